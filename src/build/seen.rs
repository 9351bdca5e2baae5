//! What documents show of the inputs: the cells that their figures rest on, their words, and the figures they ask for in vain.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::Composed;
use super::editions::Planned;
use crate::diagnostic::Place;
use crate::facts::{FactBook, FactUnit, Node, Origin};

/// A cell: its file and where it begins.
type Key = (String, usize);

/// What one edition shows, or several together.
#[derive(Debug, Default)]
pub struct Seen {
    /// Cells whose value stands on a page, or that one on a page rests on or is held against; with the document.
    shown: BTreeMap<Key, String>,
    /// Cells that some figure comes from, printed or not.
    figures: BTreeSet<Key>,
    /// The letters and digits of the pages.
    words: String,
    /// What is asked for and stands nowhere in the inputs.
    wanted: Vec<Wanted>,
}

/// A figure that a document prints the house words for, since no row has it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The fact's id.
    pub id: String,
    /// Beside which a row is missing.
    pub near: Place,
    /// The template that asks.
    pub template: Place,
    /// Where the PDF goes, below the output folder.
    pub output: String,
    /// Its page, from 1.
    pub page: usize,
}

impl Seen {
    /// What an edition shows on its pages.
    pub fn new(planned: &Planned<'_>, composed: &Composed) -> Self {
        let printed = &composed.layout.printed;
        let mut seen = Self::of(planned, printed.iter().map(|one| one.id.as_str()));
        let words = composed.layout.pieces.iter();
        seen.words = words.map(|one| folded(&one.text)).collect();
        let wanted = printed.iter().filter_map(|one| {
            let near = planned.facts.book.get(&one.id)?.wanted.clone()?;
            Some(Wanted {
                id: one.id.clone(),
                near,
                template: planned.template.id.place.clone(),
                output: planned.output.clone(),
                page: one.page,
            })
        });
        seen.wanted = wanted.collect();
        seen
    }

    /// What an issued edition shows, without making it again: the figures that it was issued with, and of words all that it may have printed.
    pub fn issued(planned: &Planned<'_>, figures: &[&str]) -> Self {
        let mut seen = Self::of(planned, figures.iter().copied());
        gather(&planned.facts.topics, &mut seen.words);
        seen
    }

    fn of<'a>(planned: &'a Planned<'_>, printed: impl Iterator<Item = &'a str>) -> Self {
        let book = &planned.facts.book;
        let mut seen = Self::default();
        for fact in book.iter() {
            if let Origin::Cell(place) = &fact.origin
                && !matches!(fact.unit, FactUnit::Year | FactUnit::Years)
            {
                seen.figures.insert(key(place));
            }
        }
        for place in cells(book, printed) {
            seen.shown.insert(key(&place), planned.output.clone());
        }
        seen
    }

    /// Takes in what another edition shows.
    pub fn add(&mut self, other: Self) {
        self.shown.extend(other.shown);
        self.figures.extend(other.figures);
        self.words.push('\n');
        self.words.push_str(&other.words);
        self.wanted.extend(other.wanted);
    }

    /// The document that shows a cell as a figure, or through one that rests on it.
    pub fn shows(&self, place: &Place) -> Option<&str> {
        self.shown.get(&key(place)).map(String::as_str)
    }

    /// True when figures come from a cell, printed or not.
    pub fn is_figure(&self, place: &Place) -> bool {
        self.figures.contains(&key(place))
    }

    /// True when a document has the words of a cell, wherever they come from.
    pub fn says(&self, place: &Place) -> bool {
        let text = folded(place.text().trim_matches('"'));
        !text.is_empty() && self.words.contains(&text)
    }

    /// What is asked for in vain, in the order of the documents.
    pub fn wanted(&self) -> &[Wanted] {
        &self.wanted
    }
}

/// The cells that figures rest on or are held against, down to the last.
fn cells<'a>(book: &'a FactBook, printed: impl Iterator<Item = &'a str>) -> Vec<Place> {
    let mut open: Vec<&str> = printed.collect();
    let (mut known, mut cells) = (BTreeSet::new(), Vec::new());
    while let Some(id) = open.pop() {
        let Some(fact) = book.get(id).filter(|_| known.insert(id)) else {
            continue;
        };
        match &fact.origin {
            Origin::Cell(place) => cells.push(place.clone()),
            Origin::Derived(formula) => open.extend(formula.inputs.iter().map(String::as_str)),
            Origin::Absent => {}
        }
        let control = fact.control.iter().flat_map(|one| &one.inputs);
        open.extend(control.map(String::as_str));
    }
    cells
}

fn gather(node: &Node, words: &mut String) {
    match node {
        Node::Text(text) => words.push_str(&folded(text)),
        Node::Fact(fact) => {
            for form in fact.forms.values().chain([&fact.text]) {
                words.push_str(&folded(form));
                words.push('\n');
            }
        }
        Node::List(items) => items.iter().for_each(|item| gather(item, words)),
        Node::Map(map) => map.values().for_each(|item| gather(item, words)),
        _ => {}
    }
    words.push('\n');
}

fn key(place: &Place) -> Key {
    (place.source().path().to_owned(), place.span().start)
}

/// Letters and digits alone: where lines break and how words are joined does not matter.
fn folded(text: &str) -> String {
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
