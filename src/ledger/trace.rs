//! From a fact to the cells it rests on.
//!
//! Comes in: a ledger and an id. Goes out: a tree whose leaves are cells. Must end on any ledger, also one that goes in circles.

use std::collections::BTreeSet;

use serde::Serialize;

use super::entries::{FactEntry, Ledger, OriginEntry};

/// How deep a tree may be.
const DEPTH: usize = 32;

/// A fact and what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trace {
    /// Its id.
    pub id: String,
    /// Its usual Danish form; none when the ledger does not have the fact.
    pub text: Option<String>,
    /// Where it comes from.
    pub origin: Option<OriginEntry>,
    /// True when what it rests on stands earlier in the tree.
    pub again: bool,
    /// What it rests on.
    pub inputs: Vec<Trace>,
}

impl Ledger {
    /// The tree from a fact down to the cells.
    pub fn trace(&self, id: &str) -> Trace {
        self.down(id, DEPTH, &mut BTreeSet::new())
    }

    /// The trees of several facts, of which one may stand below another.
    pub fn traces(&self, ids: &[String]) -> Vec<Trace> {
        let mut seen = BTreeSet::new();
        let below = |id: &String| self.down(id, DEPTH, &mut seen);
        ids.iter().map(below).collect()
    }

    fn down(&self, id: &str, depth: usize, seen: &mut BTreeSet<String>) -> Trace {
        let fact = self.fact(id);
        let inputs = fact.map(FactEntry::derived_from).unwrap_or_default();
        let is_new = seen.insert(id.to_owned());
        let again = !inputs.is_empty() && (!is_new || depth == 0);
        let below = |input: &String| self.down(input, depth - 1, seen);
        Trace {
            id: id.to_owned(),
            text: fact.map(|fact| fact.text.clone()),
            origin: fact.map(|fact| fact.origin.clone()),
            again,
            inputs: if again {
                Vec::new()
            } else {
                inputs.iter().map(below).collect()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ledger::{EditionEntry, FORMAT, FactEntry, Ledger, OriginEntry};

    fn fact(id: &str, inputs: &[&str]) -> FactEntry {
        FactEntry {
            id: id.to_owned(),
            value: Some("1".to_owned()),
            text: "1".to_owned(),
            unit: "count".to_owned(),
            basis: "derived".to_owned(),
            illustrative: false,
            source: None,
            known: None,
            origin: OriginEntry::Derived {
                formula: inputs.join(" + "),
                inputs: inputs.iter().map(|&one| one.to_owned()).collect(),
            },
            stated: None,
            control: None,
            printed: Vec::new(),
        }
    }

    fn ledger(facts: Vec<FactEntry>) -> Ledger {
        let text = || "x".to_owned();
        Ledger {
            format: FORMAT.to_owned(),
            generator: text(),
            engine: text(),
            edition: EditionEntry {
                partnership: text(),
                document: text(),
                year: 2018,
                revision: 1,
                date: text(),
                status: text(),
                title: text(),
                output: text(),
            },
            facts,
            structural: Vec::new(),
            sources: Vec::new(),
        }
    }

    #[test]
    fn circles_and_gaps_end() {
        let circle = ledger(vec![fact("a", &["b", "b"]), fact("b", &["a", "gone"])]);
        let tree = circle.trace("a");
        assert!(tree.inputs[0].inputs[0].again && tree.inputs[1].again);
        assert_eq!(tree.inputs[0].inputs[1].text, None);
    }

    #[test]
    fn long_chains_end() {
        let id = |at: usize| format!("f{at}");
        let chain = (0..1000).map(|at| fact(&id(at), &[&id(at + 1)])).collect();
        let mut tree = &ledger(chain).trace("f0");
        let mut depth = 0;
        while let Some(next) = tree.inputs.first() {
            (tree, depth) = (next, depth + 1);
        }
        assert!(depth < 100 && tree.again);
    }
}
