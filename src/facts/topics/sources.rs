//! `sources`: the sources of everything the edition sees. Comes last: it looks at the facts the other topics made.

use crate::facts::node::Node;
use crate::facts::view::View;

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let sources = &view.data.partnership.sources;
    let nodes: Vec<Node> = sources
        .iter()
        .filter_map(|source| {
            let resting: Vec<&str> = view
                .book
                .iter()
                .filter(|fact| fact.source.as_deref() == Some(&source.id.value))
                .map(|fact| fact.id.as_str())
                .collect();
            if resting.is_empty() {
                return None;
            }
            let facts = Node::list(resting);
            let retrieved = source.retrieved.as_ref().map(|day| {
                view.book.date(
                    format!("sources/{}/retrieved", source.id.value),
                    day.value,
                    &day.place,
                )
            });
            Some(Node::map([
                ("id", Node::from(&source.id)),
                ("title", (&source.title).into()),
                ("publisher", source.publisher.as_ref().into()),
                ("url", source.url.as_ref().into()),
                ("retrieved", retrieved.into()),
                ("facts", facts),
            ]))
        })
        .collect();
    nodes.into()
}
