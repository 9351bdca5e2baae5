//! A small window on the line a place stands in, however long the line is.
//!
//! Comes in: a place. Goes out: a line of visible text and the marked part of it.
//! Must not copy more of the source than it shows.

use std::ops::Range;

use super::place::Place;
use super::visible::visible;

/// How many characters are shown on each side of the mark, and of the mark itself.
const AROUND: usize = 100;

/// A line, or a window on one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// What is shown; `…` stands where the line was cut.
    pub(super) text: String,
    /// The marked part, in bytes of `text`.
    pub(super) mark: Range<usize>,
}

impl Excerpt {
    /// The excerpt around a place, or none when its file is empty. Only the first line of a longer span is shown.
    pub(super) fn of(place: &Place) -> Option<Self> {
        let source = place.source().text();
        if source.is_empty() {
            return None;
        }
        let span = place.span();
        let line = place.source().line_range(span.start);
        let line = line.start..line.start + source[line].trim_end_matches('\r').len();
        let start = span.start.min(line.end);
        let end = span.end.clamp(start, line.end);

        let (before, cut_before) = last_chars(&source[line.start..start]);
        let (marked, cut_mark) = first_chars(&source[start..end]);
        let rest = if cut_mark { "" } else { &source[end..line.end] };
        let (after, cut_after) = first_chars(rest);

        let mut text = String::from(if cut_before { "…" } else { "" });
        text.push_str(&visible(before));
        let from = text.len();
        text.push_str(&visible(marked));
        let to = text.len();
        text.push_str(&visible(after));
        text.push_str(if cut_mark || cut_after { "…" } else { "" });
        Some(Self {
            text,
            mark: from..to,
        })
    }
}

fn first_chars(text: &str) -> (&str, bool) {
    match text.char_indices().nth(AROUND) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

fn last_chars(text: &str) -> (&str, bool) {
    match text.char_indices().rev().nth(AROUND) {
        Some((before, c)) => (&text[before + c.len_utf8()..], true),
        None => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    #[test]
    fn a_short_line_is_shown_whole() {
        let source = SourceFile::new("a.csv", "x\r\nfø;41.2;z\r\n");
        let excerpt = Excerpt::of(&source.place(7..11)).expect("not empty");
        assert_eq!(
            (excerpt.text.as_str(), &excerpt.text[excerpt.mark]),
            ("fø;41.2;z", "41.2")
        );
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let source = SourceFile::new("a", format!("{}HIT{}", "æ".repeat(5000), "ø".repeat(5000)));
        let excerpt = Excerpt::of(&source.place(10_000..10_003)).expect("not empty");
        assert_eq!(
            excerpt.text,
            format!("…{}HIT{}…", "æ".repeat(AROUND), "ø".repeat(AROUND))
        );
        assert_eq!(&excerpt.text[excerpt.mark], "HIT");
    }

    #[test]
    fn a_span_over_lines_is_marked_to_the_end_of_the_first() {
        let source = SourceFile::new("a", "x;\"y\nz\";w");
        let excerpt = Excerpt::of(&source.place(2..7)).expect("not empty");
        assert_eq!((excerpt.text.as_str(), excerpt.mark), ("x;\"y", 2..4));
    }
}
