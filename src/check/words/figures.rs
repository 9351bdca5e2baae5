//! Figures in typed words: everything with a digit that is of no allowed kind, and number words before something counted.

use std::ops::Range;

use super::kinds::KINDS;
use crate::facts::danish::{MONTHS, word_of_count};

/// A figure typed by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Where it stands, in bytes of the whole text.
    pub span: Range<usize>,
    /// What it is.
    pub kind: FigureKind,
}

/// What a typed figure is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Digits.
    Digits,
    /// A number word before something that the data count: the topic's path to the count.
    Counted(usize, &'static str),
}

/// What the data count: the beginning of the noun, and the path to the count.
const COUNTED: [(&str, &str); 9] = [
    ("parter", "partnership.counts.parties"),
    ("forvaltninger", "partnership.counts.administrations"),
    ("indsatsområder", "partnership.counts.focus_areas"),
    ("medlemmer", "partnership.counts.members"),
    ("mål", "partnership.counts.goals"),
    ("målene", "partnership.counts.goals"),
    ("målsætninger", "partnership.counts.goals"),
    ("gerningstyper", "partnership.counts.selected"),
    ("aktiviteter", "activities.count"),
];

/// Units that belong to the figure before them.
const UNITS: [&str; 8] = [
    "%",
    "kr.",
    "kr",
    "mio.",
    "procent",
    "procentpoint",
    "pct.",
    "årsværk",
];

/// The figures in a part of a text.
pub fn figures(text: &str, part: Range<usize>) -> Vec<Typed> {
    let words = words(text, part);
    let mut found: Vec<Typed> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        if found.last().is_some_and(|last| word.start < last.span.end) {
            continue;
        }
        if text[word.clone()].contains(|c: char| c.is_ascii_digit()) {
            let allowed = KINDS
                .iter()
                .any(|is_kind| is_kind(&text[..word.start], &text[word.start..]));
            if !allowed {
                let span = date(text, &words[index..])
                    .unwrap_or_else(|| with_unit(text, word, words.get(index + 1)));
                found.push(Typed {
                    span,
                    kind: FigureKind::Digits,
                });
            }
        } else if let Some(counted) = counted(text, &words[index..]) {
            found.push(counted);
        }
    }
    found
}

/// The words of a part, without the punctuation around them.
fn words(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let separates = |c: char| {
        c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '*' | '_' | '"' | '”' | '–')
    };
    let mut words = Vec::new();
    let mut start = part.start;
    let within = &text[part.clone()];
    let ends = within
        .char_indices()
        .filter(|(_, c)| separates(*c))
        .map(|(at, c)| (part.start + at, part.start + at + c.len_utf8()));
    for (end, next) in ends.chain([(part.end, part.end)]) {
        let word = &text[start..end];
        let closes = |c: char| matches!(c, ',' | ';' | ':' | '!' | '?');
        let trimmed = word.trim_end_matches(closes);
        if !trimmed.is_empty() {
            words.push(start..start + trimmed.len());
        }
        start = next;
    }
    words
}

fn with_unit(text: &str, word: &Range<usize>, next: Option<&Range<usize>>) -> Range<usize> {
    let unit = next.filter(|next| {
        let (close, unit) = (next.start <= word.end + 2, &text[(*next).clone()]);
        close && (UNITS.contains(&unit) || UNITS.contains(&unit.trim_end_matches('.')))
    });
    let end = unit.map_or_else(
        || word.start + text[word.clone()].trim_end_matches('.').len(),
        |unit| unit.end,
    );
    word.start..end
}

/// A day with its month and, where there is one, its year.
fn date(text: &str, words: &[Range<usize>]) -> Option<Range<usize>> {
    let (day, month) = (words.first()?, words.get(1)?);
    // A month belongs to the day before it.
    let is_month = MONTHS.contains(&text[month.clone()].trim_end_matches('.'));
    if !is_month || !text[day.clone()].ends_with('.') {
        return None;
    }
    let year = words.get(2).map(|year| {
        let digits = text[year.clone()].trim_end_matches('.');
        (year.start + digits.len(), digits)
    });
    let is_year = |digits: &str| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let year = year.filter(|(_, digits)| is_year(digits));
    Some(day.start..year.map_or(month.end, |(end, _)| end))
}

/// A number word from *to*, with at most one word between it and what is counted.
fn counted(text: &str, words: &[Range<usize>]) -> Option<Typed> {
    let count = word_of_count(&text[words.first()?.clone()]).filter(|count| *count > 1)?;
    let (path, noun) = words.iter().skip(1).take(2).find_map(|word| {
        let lower = text[word.clone()].to_lowercase();
        let lower = lower.trim_end_matches('.');
        let known = COUNTED.iter().find(|(noun, _)| lower == *noun);
        known.map(|(_, path)| (*path, word))
    })?;
    Some(Typed {
        span: words[0].start..noun.end,
        kind: FigureKind::Counted(count, path),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let figures = figures(text, 0..text.len());
        figures.into_iter().map(|one| &text[one.span]).collect()
    }

    #[test]
    fn figures_are_found_with_their_unit() {
        assert_eq!(
            found("Der er 870.000 kr. og 20 % i 2018."),
            ["870.000 kr.", "20 %", "2018"]
        );
        assert_eq!(found("den 12. juni 2018."), ["12. juni 2018"]);
        assert_eq!(found("2017-niveau (12)"), ["2017-niveau", "12"]);
    }

    #[test]
    fn number_words_count_before_what_is_counted() {
        assert_eq!(
            found("de syv kommunale forvaltninger og to gange"),
            ["syv kommunale forvaltninger"]
        );
        assert_eq!(found("tre indsatsområder."), ["tre indsatsområder."]);
        assert_eq!(
            found("en aktivitet, fire måneder, at to parter"),
            ["to parter"]
        );
    }

    #[test]
    fn allowed_kinds_are_left_alone() {
        for allowed in [
            "1. første\n2. anden",
            "## 2. Baggrund",
            "Boligforeningen 3B's afdeling",
            "lov nr. 692 af 8. juni 2018",
            "offentlighedsloven § 15, stk. 2",
            "direktiv (EU) 2016/2102",
            "EN 301 549 og PDF/A-3 efter WCAG 2.1",
            "se afsnit 3",
            "https://example.org/2018",
        ] {
            assert_eq!(found(allowed), [""; 0], "{allowed}");
        }
    }
}
