//! What values may name: the ids that `partnership.json` defines, and the templates.
//!
//! Comes in: the JSON before it is decoded, so that a fault elsewhere in it hides no reference. Goes out: an index to look ids up in.
//! Must not look at anything but ids.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::context::Context;
use super::json::Object;
use super::suggest::{closest, did_you_mean, listed};
use super::value::Value;
use crate::diagnostic::{Finding, Located, Place, quoted};
use crate::model::Text;

/// Kinds of things that values name by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// An entry of `sources`.
    Source,
    /// An entry of `parties`.
    Party,
    /// An entry of `administrations`.
    Administration,
    /// A party or an administration.
    Organisation,
    /// An entry of `bodies`.
    Body,
    /// An entry of `focus_areas`.
    FocusArea,
    /// An entry of `areas`.
    Area,
    /// An entry of `goals`.
    Goal,
    /// An entry of `indicators`.
    Indicator,
    /// A template folder.
    Document,
}

/// The lists of `partnership.json` and the kinds their entries are.
const LISTS: &[(&str, &[Kind])] = &[
    ("sources", &[Kind::Source]),
    ("parties", &[Kind::Party, Kind::Organisation]),
    (
        "administrations",
        &[Kind::Administration, Kind::Organisation],
    ),
    ("bodies", &[Kind::Body]),
    ("focus_areas", &[Kind::FocusArea]),
    ("areas", &[Kind::Area]),
    ("goals", &[Kind::Goal]),
    ("indicators", &[Kind::Indicator]),
];

impl Kind {
    /// What one of them is called in messages.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Party => "party",
            Self::Administration => "administration",
            Self::Organisation => "party or administration",
            Self::Body => "body",
            Self::FocusArea => "focus area",
            Self::Area => "area",
            Self::Goal => "goal",
            Self::Indicator => "indicator",
            Self::Document => "template",
        }
    }
}

/// Ids by kind, with where they are defined.
#[derive(Debug, Default)]
pub(crate) struct Index {
    shelves: BTreeMap<Kind, Shelf>,
}

/// The ids of one kind.
#[derive(Debug, Default)]
struct Shelf {
    list: Option<Place>,
    ids: BTreeMap<String, Option<Place>>,
    /// Those that some value names.
    named: BTreeSet<String>,
    /// An entry's id could not be read: it may be the one that is looked for.
    has_gaps: bool,
}

impl Index {
    /// Makes the template ids known.
    pub(crate) fn add_documents(&mut self, ids: &[String]) {
        let shelf = self.shelves.entry(Kind::Document).or_default();
        shelf.ids.extend(ids.iter().map(|id| (id.clone(), None)));
    }

    /// The ids of a kind that nothing named, in their order.
    pub(crate) fn idle(&self, kind: Kind) -> Vec<Text> {
        let shelf = self.shelves.get(&kind);
        let all = shelf.into_iter().flat_map(|shelf| {
            let idle = shelf
                .ids
                .iter()
                .filter(|(id, _)| !shelf.named.contains(*id));
            idle.filter_map(|(id, place)| Some(Located::new(id.clone(), place.clone()?)))
        });
        all.collect()
    }

    /// True when the id is defined, or when that cannot be known.
    fn admits(&self, kind: Kind, id: &str) -> bool {
        self.shelves
            .get(&kind)
            .is_none_or(|shelf| shelf.has_gaps || shelf.ids.contains_key(id))
    }
}

/// Gathers the ids of `partnership.json`; ids that stand twice are findings.
pub(crate) fn collect(root: &Object<'_>, cx: &mut Context) {
    for (key, kinds) in LISTS {
        let Some((list, entries)) = root.peek_list(key) else {
            continue;
        };
        for kind in *kinds {
            let shelf = cx.index.shelves.entry(*kind).or_default();
            shelf.list.get_or_insert_with(|| list.clone());
        }
        for entry in &entries {
            collect_id(entry, kinds, cx);
        }
    }
}

fn collect_id(entry: &Value<'_>, kinds: &[Kind], cx: &mut Context) {
    let found = entry.peek_text("id");
    for kind in kinds {
        let shelf = cx.index.shelves.entry(*kind).or_default();
        let Some((id, place)) = &found else {
            shelf.has_gaps = true;
            continue;
        };
        let Some(first) = shelf.ids.insert((*id).to_owned(), Some(place.clone())) else {
            continue;
        };
        let message = format!(
            "the id {} stands twice, and names more than one {}",
            quoted(id),
            kind.noun()
        );
        let mut finding = Finding::error(codes::REPEATED_ID, message).at(place, "again here");
        if let Some(first) = &first {
            finding = finding.and(first, "first here");
        }
        cx.push(finding.hint("give one of them another id"));
        return;
    }
}

/// Adds a finding when an id is not defined.
pub(crate) fn check(kind: Kind, id: &str, name: &str, place: &Place, cx: &mut Context) {
    if let Some(shelf) = cx.index.shelves.get_mut(&kind) {
        shelf.named.insert(id.to_owned());
    }
    if cx.index.admits(kind, id) {
        return;
    }
    let Some(shelf) = cx.index.shelves.get(&kind) else {
        return;
    };
    let message = format!("{name} {} is not the id of any {}", quoted(id), kind.noun());
    let mut finding = Finding::error(codes::UNKNOWN_REFERENCE, message).at(place, "");
    let known = || shelf.ids.keys().map(String::as_str);
    let meant = closest(id, known());
    match (
        meant.and_then(|meant| shelf.ids.get(meant)?.as_ref()),
        &shelf.list,
    ) {
        (Some(meant), _) => finding = finding.and(meant, "this one?"),
        (None, Some(list)) => finding = finding.and(list, "they are defined here"),
        (None, None) => {}
    }
    finding = finding.expected(match known().next() {
        Some(_) => format!("one of: {}", listed(known())),
        None => "none is defined".to_owned(),
    });
    finding.hints.extend(did_you_mean(id, known()));
    cx.push(finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::read::json::decode_source;

    /// The findings about some references, after the ids of a JSON text were gathered.
    fn findings(json: &str, references: &[(Kind, &str)]) -> Vec<Finding> {
        let mut cx = Context::default();
        cx.index.add_documents(&["plan".to_owned()]);
        let source = SourceFile::new("p.json", json);
        decode_source(
            &source,
            |root, cx| {
                root.ignore(&["goals", "parties", "administrations"]);
                collect(root, cx);
                Some(())
            },
            &mut cx,
        );
        for (kind, id) in references {
            check(*kind, id, "x", &source.whole(), &mut cx);
        }
        cx.finish().into_iter().collect()
    }

    #[test]
    fn what_is_defined_may_be_named() {
        let json = r#"{"parties": [{"id": "kk"}], "administrations": [{"id": "okf"}]}"#;
        let named = [
            (Kind::Party, "kk"),
            (Kind::Organisation, "okf"),
            (Kind::Organisation, "kk"),
            (Kind::Document, "plan"),
        ];
        assert!(findings(json, &named).is_empty());
        assert!(findings("{}", &[(Kind::Goal, "unknowable")]).is_empty());
    }

    #[test]
    fn what_is_not_defined_points_at_what_is() {
        let json = r#"{"parties": [{"id": "kk"}, {"id": "politi"}], "administrations": []}"#;
        let found = findings(json, &[(Kind::Party, "polti"), (Kind::Party, "zebra")]);
        assert_eq!(found[0].message, "x `polti` is not the id of any party");
        assert_eq!(found[0].hints, ["did you mean `politi`?"]);
        assert_eq!(found[0].secondary[0].place.text(), "\"politi\"");
        assert_eq!(found[1].expected.as_deref(), Some("one of: kk, politi"));
        assert_eq!(found[1].secondary[0].place.text(), "\"parties\"");
    }

    #[test]
    fn an_entry_without_an_id_may_be_the_one() {
        assert!(findings(r#"{"goals": [{"no": 1}]}"#, &[(Kind::Goal, "tryghed")]).is_empty());
    }

    #[test]
    fn ids_stand_once_also_across_parties_and_administrations() {
        let json = r#"{"parties": [{"id": "kk"}], "administrations": [{"id": "kk"}], "goals": [{"id": "a"}, {"id": "a"}]}"#;
        let messages: Vec<String> = findings(json, &[])
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        assert_eq!(
            messages,
            [
                "the id `kk` stands twice, and names more than one party or administration",
                "the id `a` stands twice, and names more than one goal",
            ]
        );
    }
}
