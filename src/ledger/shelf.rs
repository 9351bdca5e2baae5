//! Ledgers side by side: which figures a text stands for, and where else a fact stands or is used.
//!
//! Comes in: the ledgers of documents. Goes out: references into them. Must not read files.

use super::entries::{FactEntry, FormulaEntry, Ledger, OriginEntry, Printing, StructuralEntry};

/// A ledger and where its PDF lies.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// The PDF's path as it is shown.
    pub path: String,
    /// Its ledger.
    pub ledger: Ledger,
}

/// The ledgers of several documents, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// They.
    pub ledgers: Vec<Shelved>,
}

/// What a text stands for in one document.
#[derive(Debug, Default)]
pub struct Matches<'a> {
    /// The facts with the places that print it, in the order of their first places.
    pub facts: Vec<(&'a FactEntry, Vec<&'a Printing>)>,
    /// Figures that are no facts.
    pub structural: Vec<&'a StructuralEntry>,
}

impl Ledger {
    /// The fact with an id.
    pub fn fact(&self, id: &str) -> Option<&FactEntry> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// What a text stands for, whatever its spaces, dashes and capitals.
    pub fn matches(&self, text: &str) -> Matches<'_> {
        let asked = folded(text);
        let facts = self.facts.iter().filter_map(|fact| {
            let here = fact.printed.iter();
            let here: Vec<&Printing> = here.filter(|one| folded(&one.text) == asked).collect();
            (!here.is_empty()).then_some((fact, here))
        });
        let mut facts: Vec<_> = facts.collect();
        facts.sort_by(|a, b| place(&a.1).total_cmp(&place(&b.1)));
        let structural = self.structural.iter();
        Matches {
            facts,
            structural: structural
                .filter(|one| folded(&one.text) == asked)
                .collect(),
        }
    }

    /// Printed texts that may have been meant, the most likely first, at most five.
    pub fn near(&self, text: &str) -> Vec<&str> {
        let asked = folded(text);
        let printed = self.facts.iter().flat_map(|fact| &fact.printed);
        let mut near: Vec<(usize, &str)> = printed
            .filter_map(|one| Some((distance(&asked, &folded(&one.text))?, one.text.as_str())))
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(5).map(|(_, text)| text).collect()
    }

    /// The facts that are worked out from a fact, or held against it.
    pub fn users<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a FactEntry> {
        self.facts.iter().filter(move |fact| {
            let derived = fact.derived_from().iter().any(|input| input == id);
            let control = fact.control.iter().flat_map(|one| &one.inputs);
            derived || control.into_iter().any(|input| input == id)
        })
    }
}

impl FactEntry {
    /// The ids of the facts that it is worked out from.
    pub fn derived_from(&self) -> &[String] {
        match &self.origin {
            OriginEntry::Derived { inputs, .. } => inputs,
            OriginEntry::Cell { .. } | OriginEntry::Absent => &[],
        }
    }

    /// The formula that gives it, or that it is held against.
    pub fn formula(&self) -> Option<FormulaEntry> {
        match &self.origin {
            OriginEntry::Derived { formula, inputs } => Some(FormulaEntry {
                formula: formula.clone(),
                inputs: inputs.clone(),
            }),
            OriginEntry::Cell { .. } | OriginEntry::Absent => self.control.clone(),
        }
    }
}

/// Where the first of some places is, as one number down the pages.
fn place(printed: &[&Printing]) -> f64 {
    const PAGE: f64 = 1e5;
    let down = |one: &&Printing| {
        let page = u32::try_from(one.page).unwrap_or(u32::MAX);
        f64::from(page) * PAGE + one.rect[1] + one.rect[0] / PAGE
    };
    printed.first().map_or(0.0, down)
}

/// A text without what people type otherwise: spaces, dashes, capitals.
fn folded(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let dashes = ['−', '–', '—', '‐', '‑'];
    words.join(" ").replace(dashes, "-").to_lowercase()
}

/// How far a printed text is from the one asked for; none when it was hardly meant.
fn distance(asked: &str, printed: &str) -> Option<usize> {
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let (mine, theirs) = (digits(asked), digits(printed));
    if asked.is_empty() || asked.len() > 64 {
        return None;
    }
    if !mine.is_empty() && mine == theirs {
        return Some(0);
    }
    let edits = strsim::osa_distance(asked, printed);
    let is_part = asked.len() > 1 && printed.contains(asked);
    (is_part || edits <= asked.chars().count().div_ceil(4)).then_some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_as_people_type_them() {
        assert_eq!(folded("\u{a0}−4  Procentpoint"), "-4 procentpoint");
    }

    #[test]
    fn near_misses_are_those_that_may_be_meant() {
        assert_eq!(distance("870000", "870.000 kr."), Some(0));
        assert_eq!(distance("20,0 %", "20 %"), Some(2));
        assert_eq!(distance("870.001 kr.", "870.000 kr."), Some(1));
        assert_eq!(distance("20 %", "41,2"), None);
        assert_eq!(distance("", "41,2"), None);
    }
}
