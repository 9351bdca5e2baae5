//! `restatements`: the figures that were corrected before the edition's date after an earlier document had printed them.
//!
//! Comes last: it looks at the facts the other topics made.

use std::collections::BTreeSet;

use super::revisions::words;
use crate::facts::book::FactBook;
use crate::facts::fact::{Fact, Origin};
use crate::facts::labels::label;
use crate::facts::node::Node;
use crate::facts::view::View;
use crate::model::Restatement;

/// The id of the fact that says what a figure was before a restatement.
pub fn former(one: &Restatement) -> String {
    format!("restatements/{}/{}", one.figure.value, one.date.value)
}

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let mut rows: Vec<&Restatement> = view.data.restatements.iter().collect();
    rows.retain(|one| one.date.value <= view.edition.date.value);
    rows.sort_by_key(|one| (one.date.value, one.figure.value.as_str()));
    Node::list(rows.into_iter().filter_map(|one| restatement(view, one)))
}

fn restatement(view: &mut View<'_>, one: &Restatement) -> Option<Node> {
    let id = &one.figure.value;
    let now = view
        .book
        .get(id)
        .filter(|now| now.value.is_some())
        .cloned()?;
    let label = label(view.data, id)?;
    let resting = resting(&view.book, id);
    let was = view
        .book
        .former(&now, former(one), one.was.value, &one.was.place);
    let day = format!("{}/date", former(one));
    let date = view.book.date(day, one.date.value, &one.date.place);
    let label = words(view, &label);
    Some(Node::map([
        ("figure", Node::from(id.as_str())),
        ("label", label),
        ("was", was.into()),
        ("now", now.into()),
        ("date", date.into()),
        ("reason", (&one.reason).into()),
        ("facts", Node::list(resting)),
    ]))
}

/// The ids of a figure and of everything that is worked out from it, sorted.
fn resting(book: &FactBook, id: &str) -> Vec<String> {
    let mut found = BTreeSet::from([id.to_owned()]);
    // Facts are few and formulas short; a round more finds what rests on the ones found before.
    loop {
        let rests = |fact: &Fact| match &fact.origin {
            Origin::Derived(formula) => formula.inputs.iter().any(|input| found.contains(input)),
            Origin::Cell(_) | Origin::Absent => false,
        };
        let more: Vec<String> = book
            .iter()
            .filter(|fact| !found.contains(&fact.id) && rests(fact))
            .map(|fact| fact.id.clone())
            .collect();
        if more.is_empty() {
            return found.into_iter().collect();
        }
        found.extend(more);
    }
}
