//! The fact that a typed figure should have been: looked up by its Danish form in the topics.

use std::collections::BTreeMap;

use crate::facts::{Fact, FactBasis, Node};
use crate::model::ManuscriptKind;

/// A fact to print instead of a typed figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The figure's text.
    pub text: String,
    /// The fact's id.
    pub fact: String,
    /// The path to it, such as `economy.activity_funds.year`.
    pub path: String,
    /// The form; `text` is the usual one.
    pub form: String,
}

impl Suggestion {
    /// What is to be written instead.
    pub fn instead(&self, kind: ManuscriptKind) -> String {
        let usual = self.form == "text";
        match kind {
            ManuscriptKind::Text if usual => format!("{{{{ {} }}}}", self.path),
            ManuscriptKind::Text => format!("{{{{ {}.{} }}}}", self.path, self.form),
            ManuscriptKind::Layout if usual => format!("#fact(d.{})", self.path),
            ManuscriptKind::Layout => format!("#fact(d.{}, form: \"{}\")", self.path, self.form),
        }
    }
}

/// How many editions print a figure at a path, and whether it stands in a cell.
type Weight = (usize, bool);

/// Every figure that the topics can print, by its text.
pub struct Suggestions(BTreeMap<String, Suggestion>);

impl Suggestions {
    /// Walks the topics of the editions; a figure that several paths print is found at the one most editions share, then at one that stands in a cell, then at the shortest.
    pub fn new(topics: &[&Node]) -> Self {
        let mut paths: BTreeMap<(String, String), (Weight, String)> = BTreeMap::new();
        for topics in topics {
            walk(topics, "", &mut |path, text, fact, form| {
                let key = (text.to_owned(), format!("{path}\n{form}"));
                let is_cell = fact.basis != FactBasis::Derived;
                let entry = paths.entry(key).or_insert(((0, is_cell), fact.id.clone()));
                entry.0.0 += 1;
            });
        }
        let mut best: BTreeMap<String, (Weight, Suggestion)> = BTreeMap::new();
        for ((text, key), (weight, fact)) in paths {
            let (path, form) = key.split_once('\n').unwrap_or((&key, "text"));
            let suggestion = Suggestion {
                text: text.clone(),
                fact,
                path: path.to_owned(),
                form: form.to_owned(),
            };
            let rank = |weight: Weight, one: &Suggestion| {
                (weight, usize::MAX - one.path.len(), one.form == "text")
            };
            let better = best
                .get(&text)
                .is_none_or(|(known, other)| rank(weight, &suggestion) > rank(*known, other));
            if better {
                best.insert(text, (weight, suggestion));
            }
        }
        Self(
            best.into_iter()
                .map(|(text, (_, one))| (text, one))
                .collect(),
        )
    }

    /// The longest figure that a text begins with; bare numbers of one digit say too little to be looked up.
    pub fn find(&self, text: &str) -> Option<&Suggestion> {
        let text = text.replace(['\u{a0}'], " ");
        let begins = |known: &&String| {
            text.strip_prefix(known.as_str()).is_some_and(|rest| {
                let mut rest = rest.chars();
                match rest.next() {
                    Some('.' | ',') => !rest.next().is_some_and(|c| c.is_ascii_digit()),
                    Some(c) => !c.is_alphanumeric(),
                    None => true,
                }
            })
        };
        let known = self.0.keys().filter(|known| known.len() > 1).filter(begins);
        known
            .max_by_key(|known| known.len())
            .and_then(|known| self.0.get(known))
    }
}

/// Every figure below a node, through names only: the places of a list change.
fn walk(node: &Node, path: &str, tell: &mut dyn FnMut(&str, &str, &Fact, &str)) {
    match node {
        Node::Map(map) => {
            // A target's bound is the baseline under another name.
            for (key, child) in map.iter().filter(|(key, _)| *key != "target") {
                let path = match path {
                    "" => key.clone(),
                    _ => format!("{path}.{key}"),
                };
                walk(child, &path, tell);
            }
        }
        Node::Fact(fact) if fact.value.is_some() => {
            let forms = fact.forms.iter().map(|(form, text)| (*form, text));
            for (form, text) in std::iter::once(("text", &fact.text)).chain(forms) {
                if text.contains(|c: char| c.is_ascii_digit()) {
                    tell(path, &text.replace('\u{a0}', " "), fact, form);
                }
            }
        }
        _ => {}
    }
}
