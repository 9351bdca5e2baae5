//! Figures on the pages that are no facts: those of the document's structure, those in names, and those that belong to nothing.
//!
//! A figure is a run of digits. It is accounted for when it stands inside a fact, inside a structural mark of the template,
//! or inside a text of the data (a name, a title, a case number) printed as it is.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::facts::Node;
use crate::render::{Rect, Scope, TextPiece};

/// A figure that is no fact.
#[derive(Clone, Debug)]
pub struct Loose {
    /// Its structural kind, `name` for a figure in a text of the data, or `loose` when it belongs to nothing.
    pub kind: String,
    /// The word it stands in.
    pub text: String,
    /// Page, from 1.
    pub page: usize,
    /// Where it stands.
    pub rect: Rect,
}

impl Loose {
    /// True when it belongs to nothing.
    pub fn is_unaccounted(&self) -> bool {
        self.kind == "loose"
    }
}

/// Every word with a digit outside facts, in page order; `topics` holds the texts whose figures are names.
pub fn loose(pieces: &[TextPiece], topics: &Node) -> Vec<Loose> {
    let mut phrases = Vec::new();
    gather(topics, &mut phrases);
    phrases.sort_unstable();
    phrases.dedup();
    let mut pages: BTreeMap<usize, Vec<&TextPiece>> = BTreeMap::new();
    for piece in pieces {
        pages.entry(piece.page).or_default().push(piece);
    }
    pages
        .into_values()
        .flat_map(|pieces| of_page(&pieces, &phrases))
        .collect()
}

/// The texts of the data that hold a digit, folded.
fn gather(node: &Node, phrases: &mut Vec<String>) {
    match node {
        Node::Text(text) if text.contains(|c: char| c.is_ascii_digit()) => phrases.push(fold(text)),
        Node::List(items) => items.iter().for_each(|item| gather(item, phrases)),
        Node::Map(map) => map.values().for_each(|item| gather(item, phrases)),
        _ => {}
    }
}

/// Spaces, hyphens and quotation marks may change on a page: a line ends, a sign becomes typographic.
fn folds_away(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{ad}' | '\'' | '’' | '"' | '”')
}

fn fold(text: &str) -> String {
    text.chars().filter(|c| !folds_away(*c)).collect()
}

fn of_page(pieces: &[&TextPiece], phrases: &[String]) -> Vec<Loose> {
    let named = named_characters(pieces, phrases);
    let mut found = Vec::new();
    let mut offset = 0;
    for piece in pieces {
        let count = piece.text.chars().filter(|c| !folds_away(*c)).count();
        if !matches!(piece.scope, Scope::Fact(_)) {
            found.extend(words(piece).filter_map(|word| classify(piece, &word, &named, offset)));
        }
        offset += count;
    }
    found
}

/// Which characters of the page's folded text stand inside a text of the data.
fn named_characters(pieces: &[&TextPiece], phrases: &[String]) -> Vec<bool> {
    let page: String = pieces.iter().map(|piece| fold(&piece.text)).collect();
    let mut starts = vec![0; page.len() + 1];
    let mut index = 0;
    for (at, _) in page.char_indices() {
        starts[at] = index;
        index += 1;
    }
    starts[page.len()] = index;
    let mut named = vec![false; index];
    for phrase in phrases {
        for (at, found) in page.match_indices(phrase.as_str()) {
            named[starts[at]..starts[at + found.len()]].fill(true);
        }
    }
    named
}

struct Word {
    chars: Range<usize>,
    text: String,
}

/// The words of a piece that hold a digit.
fn words(piece: &TextPiece) -> impl Iterator<Item = Word> {
    let chars: Vec<char> = piece.text.chars().collect();
    let mut words = Vec::new();
    let mut start = 0;
    for end in 0..=chars.len() {
        if end == chars.len() || chars[end].is_whitespace() {
            let word = &chars[start..end];
            if word.iter().any(char::is_ascii_digit) {
                words.push(Word {
                    chars: start..end,
                    text: word.iter().collect(),
                });
            }
            start = end + 1;
        }
    }
    words.into_iter()
}

fn classify(piece: &TextPiece, word: &Word, named: &[bool], offset: usize) -> Option<Loose> {
    let kind = match &piece.scope {
        Scope::Fact(_) => return None,
        Scope::Structural(kind) => kind.as_str(),
        Scope::Text => {
            let before = piece
                .text
                .chars()
                .take(word.chars.start)
                .filter(|c| !folds_away(*c))
                .count();
            let kept = word.text.chars().filter(|c| !folds_away(*c));
            let mut digits = kept
                .zip(offset + before..)
                .filter(|(c, _)| c.is_ascii_digit());
            let is_named = |at: usize| named.get(at).copied().unwrap_or(false);
            let all_named = digits.all(|(_, at)| is_named(at));
            if all_named { "name" } else { "loose" }
        }
    };
    Some(Loose {
        kind: kind.to_owned(),
        text: word.text.clone(),
        page: piece.page,
        rect: piece.part(word.chars.clone()),
    })
}
