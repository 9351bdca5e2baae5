//! What placeholders print, kept outside the text.
//!
//! A placeholder's value never becomes Markdown: the text gets a marker made of private-use characters (which inputs may not hold),
//! and the value waits here until the Markdown is parsed.

use std::sync::{Arc, Mutex, PoisonError};

use crate::facts::{Fact, Run};

/// Opens a marker.
pub const OPEN: char = '\u{f0000}';
/// Closes a marker.
pub const CLOSE: char = '\u{f0001}';

/// A value that a placeholder printed.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Literal text.
    Text(String),
    /// A figure in one of its forms.
    Fact(Arc<Fact>, String),
}

/// The values printed so far, shared by everything that can print.
#[derive(Clone, Debug, Default)]
pub struct Pieces(Arc<Mutex<Vec<Piece>>>);

impl Pieces {
    /// Keeps a piece and gives the marker that stands for it.
    pub fn keep(&self, piece: Piece) -> String {
        let mut pieces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pieces.push(piece);
        format!("{OPEN}{}{CLOSE}", pieces.len() - 1)
    }

    /// Keeps the pieces of a run of words and figures.
    pub fn keep_runs(&self, runs: &[Run]) -> String {
        let piece = |run: &Run| match run {
            Run::Text(words) => Piece::Text(words.clone()),
            Run::Fact(fact, form) => Piece::Fact(Arc::clone(fact), (*form).to_owned()),
        };
        runs.iter().map(|run| self.keep(piece(run))).collect()
    }

    /// Keeps text in which markers may already stand: these stay, the rest is literal.
    pub fn keep_text(&self, text: &str) -> String {
        let mut kept = String::new();
        for segment in split(text) {
            match segment {
                Segment::Literal(words) => {
                    kept.push_str(&self.keep(Piece::Text(words.to_owned())));
                }
                Segment::Marker(index) => kept.push_str(&format!("{OPEN}{index}{CLOSE}")),
            }
        }
        kept
    }

    /// The piece a marker stands for.
    pub fn get(&self, index: usize) -> Option<Piece> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(index)
            .cloned()
    }
}

/// A part of rendered text.
#[derive(Debug, PartialEq, Eq)]
pub enum Segment<'a> {
    /// Words of the text itself.
    Literal(&'a str),
    /// The index of a kept piece.
    Marker(usize),
}

/// Splits rendered text at its markers.
pub fn split(text: &str) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        let (index, tail) = after.split_once(CLOSE).unwrap_or((after, ""));
        if !before.is_empty() {
            segments.push(Segment::Literal(before));
        }
        segments.extend(index.parse().ok().map(Segment::Marker));
        rest = tail;
    }
    if !rest.is_empty() {
        segments.push(Segment::Literal(rest));
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_around_markers_is_literal() {
        let text = format!("a {OPEN}3{CLOSE} b{OPEN}12{CLOSE}");
        let expected = [
            Segment::Literal("a "),
            Segment::Marker(3),
            Segment::Literal(" b"),
            Segment::Marker(12),
        ];
        assert_eq!(split(&text), expected);
    }
}
