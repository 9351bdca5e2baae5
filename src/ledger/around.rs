//! The words around a printed figure: its sentence, its row of a table, or what stands nearest.
//!
//! Comes in: the pieces of the pages, and which of them are the figure. Goes out: one line of text, and where the figure stands in it.
//! Must not leave the page.

use std::ops::Range;

use crate::render::{Scope, TextPiece};

/// How many characters are kept on each side of the figure.
const MOST: usize = 100;
/// What separates the cells of a row.
const CELL: &str = " | ";
/// Words that end in a stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "afd.", "art.", "bl.a.", "ca.", "dvs.", "f.eks.", "hhv.", "inkl.", "jf.", "mio.", "nr.",
    "pkt.", "pr.", "stk.",
];
/// Words before which a hyphen at a line's end stands for the rest of a word: *volds- og*.
const AFTER_HYPHEN: &[&str] = &["og ", "eller ", "samt ", "til "];

/// A line of text with a figure in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The line, with single ordinary spaces.
    pub text: String,
    /// Where the figure stands in it, in characters from 0.
    pub at: usize,
}

/// The line around the figure that `figure` are the pieces of and that prints `text`.
pub fn around(pieces: &[TextPiece], figure: &Range<usize>, text: &str) -> Around {
    let text = spaced(text);
    let page = page_of(pieces, figure.start);
    let Some(own) = pieces.get(figure.start).map(|piece| piece.block) else {
        return Around { text, at: 0 };
    };
    let sides = |keep: &dyn Fn(&TextPiece) -> bool| {
        let mut line = Line::default();
        let kept = |range: Range<usize>| pieces[range].iter().filter(|one| keep(one));
        kept(page.start..figure.start).for_each(|one| line.push(one));
        let before = line.take(&pieces[figure.start]);
        line.last = pieces[..figure.end].last();
        kept(figure.end..page.end).for_each(|one| line.push(one));
        Sides {
            before,
            after: line.words(),
        }
    };
    let block = sides(&|one| one.block.text == own.text);
    let row = sides(&|one| own.row.is_some() && one.block.row == own.row);
    if block.has_letters() && (own.row.is_none() || block.is_prose()) {
        block.sentence(&text).line(&text)
    } else if !row.is_empty() {
        row.line(&text)
    } else {
        sides(&|one| !matches!(one.scope, Scope::Structural(_))).line(&text)
    }
}

/// The pieces of the page that a piece stands on.
fn page_of(pieces: &[TextPiece], at: usize) -> Range<usize> {
    let page = pieces.get(at).map(|piece| piece.page);
    let is_other = |piece: &TextPiece| Some(piece.page) != page;
    let before = pieces.iter().take(at).rposition(is_other);
    let after = pieces.iter().skip(at).position(is_other);
    before.map_or(0, |last| last + 1)..after.map_or(pieces.len(), |next| at + next)
}

/// What stands on the two sides of the figure.
struct Sides {
    before: String,
    after: String,
}

impl Sides {
    fn has_letters(&self) -> bool {
        let mut both = self.before.chars().chain(self.after.chars());
        both.any(char::is_alphabetic)
    }

    /// True for whole sentences, which a cell may hold too.
    fn is_prose(&self) -> bool {
        self.after.trim_end().ends_with(['.', '!', '?', ':'])
    }

    fn is_empty(&self) -> bool {
        self.before.trim().is_empty() && self.after.trim().is_empty()
    }

    /// Only what is in the figure's sentence.
    fn sentence(&self, figure: &str) -> Self {
        let whole = format!("{}{figure}{}", self.before, self.after);
        let (start, end) = (self.before.len(), self.before.len() + figure.len());
        let from = sentence_ends(&whole).filter(|at| *at <= start).last();
        let to = sentence_ends(&whole).find(|at| *at >= end);
        Self {
            before: whole[from.unwrap_or(0)..start].to_owned(),
            after: whole[end..to.unwrap_or(whole.len())].to_owned(),
        }
    }

    /// One line, not too long on either side.
    fn line(&self, figure: &str) -> Around {
        let before = last_words(self.before.trim_start_matches([' ', '|']));
        let after = first_words(self.after.trim_end_matches([' ', '|']));
        Around {
            at: before.chars().count(),
            text: format!("{before}{figure}{after}"),
        }
    }
}

/// Where sentences end: after a stop that a capital or nothing follows.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let stops = text.match_indices(['.', '!', '?']);
    stops.filter_map(move |(at, stop)| {
        let end = at + stop.len();
        let rest = &text[end..];
        let next = rest.trim_start().trim_start_matches(['"', '”', '»', '(']);
        let is_apart = rest.is_empty() || rest.starts_with(' ');
        let begins = next.chars().next().is_none_or(char::is_uppercase);
        let word = text[..end].rsplit([' ', '(']).next().unwrap_or_default();
        let is_short = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
        (is_apart && begins && !is_short).then_some(end)
    })
}

/// Pieces put together to one text: a space where a line or a gap is, none where a word was divided.
#[derive(Default)]
struct Line<'a> {
    text: String,
    last: Option<&'a TextPiece>,
}

impl<'a> Line<'a> {
    fn push(&mut self, piece: &'a TextPiece) {
        self.gap(piece);
        self.text.push_str(&piece.text);
        self.last = Some(piece);
    }

    /// What separates the next piece from the last one.
    fn gap(&mut self, next: &TextPiece) {
        let Some(last) = self.last else { return };
        if last.block.cell != next.block.cell {
            self.text.push_str(CELL);
        } else if is_below(last, next) {
            self.end_line(&next.text);
        } else if next.rect.x0 - last.rect.x1 > (next.rect.y1 - next.rect.y0) / 8.0 {
            self.text.push(' ');
        }
    }

    /// Ends a line that `next` follows.
    fn end_line(&mut self, next: &str) {
        let stands_for_a_word = AFTER_HYPHEN.iter().any(|word| next.starts_with(word));
        let ends_with_hyphen = self.text.ends_with('-') && !stands_for_a_word;
        if !self.text.ends_with('\u{ad}') && !ends_with_hyphen {
            self.text.push(' ');
        }
    }

    /// What was written up to a piece.
    fn take(&mut self, next: &TextPiece) -> String {
        self.gap(next);
        let words = self.words();
        self.text.clear();
        words
    }

    fn words(&self) -> String {
        spaced(&self.text)
    }
}

/// True when the next piece stands in another line: letters of two lines may overlap a little.
fn is_below(last: &TextPiece, next: &TextPiece) -> bool {
    let (a, b) = (last.rect, next.rect);
    let shared = a.y1.min(b.y1) - a.y0.max(b.y0);
    let least = (a.y1 - a.y0).min(b.y1 - b.y0);
    shared < least / 2.0 || b.x1 < a.x0
}

/// The text with single ordinary spaces, one at either end kept; without marks that print nothing, and leaders shortened.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        let is_hidden = matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}');
        if is_hidden || (c == ' ' && spaced.ends_with(' ')) || (c == '.' && spaced.ends_with(".."))
        {
            continue;
        }
        spaced.push(c);
    }
    spaced
}

fn first_words(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(MOST) else {
        return text.to_owned();
    };
    let kept = &text[..end];
    let kept = kept.rsplit_once(' ').map_or(kept, |(kept, _)| kept);
    format!("{kept} …")
}

fn last_words(text: &str) -> String {
    let Some((start, _)) = text.char_indices().rev().nth(MOST - 1) else {
        return text.to_owned();
    };
    if start == 0 {
        return text.to_owned();
    }
    let kept = &text[start..];
    let kept = kept.split_once(' ').map_or(kept, |(_, kept)| kept);
    format!("… {kept}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(before: &str, figure: &str, after: &str) -> String {
        let sides = Sides {
            before: before.to_owned(),
            after: after.to_owned(),
        };
        let line = sides.sentence(figure).line(figure);
        assert_eq!(
            line.text
                .chars()
                .skip(line.at)
                .take(figure.chars().count())
                .collect::<String>(),
            figure
        );
        line.text
    }

    #[test]
    fn a_sentence_ends_before_a_capital() {
        let said = sentence(
            "Det gik. Der er ca. ",
            "870.000 kr.",
            " til det, jf. Bilag 2. Resten går.",
        );
        assert_eq!(said, "Der er ca. 870.000 kr. til det, jf. Bilag 2.");
        assert_eq!(
            sentence("I alt ", "4.800.000 kr.", " Det er nok."),
            "I alt 4.800.000 kr."
        );
        assert_eq!(
            sentence("Den ", "12. juni 2018", " mødtes vi"),
            "Den 12. juni 2018 mødtes vi"
        );
    }

    #[test]
    fn long_sentences_are_cut_at_words() {
        let said = sentence(&"ord ".repeat(60), "5", &" ord".repeat(60));
        assert!(
            said.starts_with("… ord ord") && said.ends_with("ord ord …"),
            "{said}"
        );
        assert!(said.chars().count() < 2 * MOST + 8);
        let said = sentence(&"x".repeat(500), "5", "");
        assert_eq!(said.chars().count(), MOST + 3);
    }

    #[test]
    fn divided_words_are_put_together() {
        let ended = |text: &str, next: &str| {
            let mut line = Line {
                text: text.to_owned(),
                last: None,
            };
            line.end_line(next);
            spaced(&(line.text + next))
        };
        assert_eq!(ended("trygheds\u{ad}", "planen"), "tryghedsplanen");
        assert_eq!(ended("volds-", "og tyveri"), "volds- og tyveri");
        assert_eq!(ended("BO-", "VEST"), "BO-VEST");
        assert_eq!(ended("to", "ord \u{a0}her"), "to ord her");
    }

    #[test]
    fn leaders_and_hidden_marks_are_left_out() {
        assert_eq!(spaced("Mål .......... \u{2060}5"), "Mål .. 5");
    }
}
