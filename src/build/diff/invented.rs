//! Which figures of an excerpt are invented: the excerpt is the words of a PDF, whose ledger tells what its figures are.
//!
//! Comes in: the ledger of a document, and a text of its pages. Goes out: the text in parts, with the invented figures apart. Must not change a word.

use std::ops::Range;

use serde::Serialize;

use crate::ledger::{FactEntry, Ledger, Printing, StructuralEntry};

/// Everything that a document prints as a figure, and whether it is invented.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<Known>);

/// A figure where it stands.
#[derive(Clone, Debug)]
struct Known {
    /// What is printed, with ordinary spaces.
    text: Vec<char>,
    /// Its page.
    page: usize,
    /// The letters before it, the nearest first.
    before: Vec<char>,
    /// The letters after it.
    after: Vec<char>,
    /// The first cell of its row.
    row: Option<Vec<char>>,
    /// The id of an invented one.
    invented: Option<String>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The words.
    pub text: String,
    /// The id of the fact, when the words are an invented figure.
    pub illustrative: Option<String>,
}

/// An invented figure in a text: its characters, and the fact's id.
type Found<'a> = (Range<usize>, &'a str);

impl Figures {
    /// What the ledger of a document tells.
    pub fn of(ledger: &Ledger) -> Self {
        let printed = |fact: &'_ FactEntry| -> Vec<Known> {
            let is_invented = fact.illustrative && fact.value.is_some();
            let id = is_invented.then(|| fact.id.clone());
            let printed = fact.printed.iter();
            printed.map(|one| known(one, id.clone())).collect()
        };
        let facts = ledger.facts.iter().flat_map(printed);
        Self(facts.chain(ledger.structural.iter().map(name)).collect())
    }

    /// The parts of some texts that follow each other, with a space between them.
    ///
    /// They stand on a page, or on none when they only describe a chart: then a figure is told by the row
    /// of a table that has the name of its series.
    pub fn parts(&self, texts: &[&str], page: Option<usize>) -> Vec<Vec<Part>> {
        let whole: Vec<char> = texts.join(" ").chars().map(ordinary).collect();
        let found = self.find(&whole, page);
        let mut start = 0;
        let parts = texts.iter().map(|text| {
            let chars: Vec<char> = text.chars().collect();
            let parts = split(&chars, start, &found);
            start += chars.len() + 1;
            parts
        });
        parts.collect()
    }

    /// The invented figures of a text, in order.
    fn find(&self, text: &[char], page: Option<usize>) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            match self.at(text, at, page) {
                Some(known) => {
                    let range = at..at + known.text.len();
                    at = range.end;
                    let id = known.invented.as_deref();
                    found.extend(id.map(|id| (range, id)));
                }
                None => at += 1,
            }
        }
        found
    }

    /// The figure that stands in a text at a place: the longest, and of several that read the same the one
    /// among whose words the place is. A paragraph may go on overleaf.
    fn at(&self, text: &[char], at: usize, page: Option<usize>) -> Option<&Known> {
        let here = self.0.iter().filter(|one| {
            let is_near = page.is_none_or(|page| one.page == page || one.page == page + 1);
            is_near && one.stands_at(text, at)
        });
        here.max_by_key(|one| {
            let akin = match page {
                Some(_) => one.shared(text, at),
                None => (one.named_before(text, at), false),
            };
            let is_here = page == Some(one.page);
            (one.text.len(), akin, is_here, one.invented.is_some())
        })
    }
}

impl Known {
    /// True when a text has it at a place, and not as a part of something longer.
    fn stands_at(&self, text: &[char], at: usize) -> bool {
        let end = at + self.text.len();
        let is_here = !self.text.is_empty() && text.get(at..end) == Some(self.text.as_slice());
        let before = &text[..at];
        is_here && !goes_on(before.iter().rev()) && !goes_on(text[end..].iter())
    }

    /// How many letters around a place are those around it, and whether that is all there is around it.
    fn shared(&self, text: &[char], at: usize) -> (usize, bool) {
        let before = text[..at].iter().rev();
        let after = &text[at + self.text.len()..];
        let before = same(&self.before, before);
        let after = same(&self.after, after.iter());
        let shared = before + after;
        (shared, shared == self.before.len() + self.after.len())
    }

    /// Where the name of its row was last said before a place.
    fn named_before(&self, text: &[char], at: usize) -> usize {
        let Some(row) = self.row.as_deref().filter(|row| !row.is_empty()) else {
            return 0;
        };
        let said = text[..at]
            .windows(row.len())
            .rposition(|words| words == row);
        said.map_or(0, |said| said + 1)
    }
}

fn known(one: &Printing, invented: Option<String>) -> Known {
    let text: Vec<char> = one.text.chars().map(ordinary).collect();
    let around: Vec<char> = one.around.chars().collect();
    let from = one.at.min(around.len());
    let to = (from + text.len()).min(around.len());
    let letters = |c: &&char| is_letter(**c);
    Known {
        before: around[..from]
            .iter()
            .rev()
            .filter(letters)
            .copied()
            .collect(),
        after: around[to..].iter().filter(letters).copied().collect(),
        row: one
            .around
            .split_once(" | ")
            .map(|(first, _)| first.chars().collect()),
        page: one.page,
        text,
        invented,
    }
}

/// A figure of a name or of the structure: what is longer than an invented figure is none.
fn name(one: &StructuralEntry) -> Known {
    let text = one.text.trim_end_matches(|c: char| !c.is_alphanumeric());
    Known {
        text: text.chars().map(ordinary).collect(),
        page: one.page,
        before: Vec::new(),
        after: Vec::new(),
        row: None,
        invented: None,
    }
}

/// No-break spaces are told apart nowhere here.
fn ordinary(c: char) -> char {
    if c == '\u{a0}' { ' ' } else { c }
}

/// Spaces, hyphens and what separates cells may be others where a text was read another way.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '%' | '.' | ',' | '(' | ')' | '±' | '−' | '+')
}

/// How many letters two texts share from their beginning.
fn same<'a>(known: &[char], text: impl Iterator<Item = &'a char>) -> usize {
    let letters = text.filter(|c| is_letter(**c));
    known
        .iter()
        .zip(letters)
        .take_while(|(a, b)| a == b)
        .count()
}

/// True when a word or a number goes on with these characters: `1.000` after the 1.
fn goes_on<'a>(mut next: impl Iterator<Item = &'a char>) -> bool {
    match next.next() {
        Some('.' | ',') => next.next().is_some_and(char::is_ascii_digit),
        Some(c) => c.is_alphanumeric(),
        None => false,
    }
}

/// The parts of a text that begins at a place of the whole.
fn split(chars: &[char], start: usize, found: &[Found<'_>]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut push = |range: Range<usize>, id: Option<&str>| {
        if !range.is_empty() {
            parts.push(Part {
                text: chars[range].iter().collect(),
                illustrative: id.map(ToOwned::to_owned),
            });
        }
    };
    let mut done = 0;
    for (range, id) in found {
        let from = range.start.saturating_sub(start).clamp(done, chars.len());
        let to = range.end.saturating_sub(start).clamp(from, chars.len());
        if from < to {
            push(done..from, None);
            push(from..to, Some(id));
            done = to;
        }
    }
    push(done..chars.len(), None);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(around: &str, text: &str, page: usize, invented: bool) -> Known {
        let at = around.find(text).expect("it stands there");
        let printing = Printing {
            text: text.to_owned(),
            form: "text".to_owned(),
            around: around.to_owned(),
            at: around[..at].chars().count(),
            page,
            rect: [0.0; 4],
        };
        known(&printing, invented.then(|| "x".to_owned()))
    }

    fn marked(figures: &[Known], texts: &[&str], page: usize) -> String {
        let page = (page > 0).then_some(page);
        let parts = Figures(figures.to_vec()).parts(texts, page);
        let text = |part: &Part| match part.illustrative {
            Some(_) => format!("<{}>", part.text),
            None => part.text.clone(),
        };
        let texts = parts.iter().map(|parts| parts.iter().map(text).collect());
        texts.collect::<Vec<String>>().join("|")
    }

    #[test]
    fn the_words_around_tell_figures_that_read_the_same_apart() {
        let figures = [
            figure("Der var 5 møder i 2019.", "5", 1, true),
            figure("Der er 5 parter.", "5", 1, false),
        ];
        assert_eq!(
            marked(&figures, &["Der var 5 møder i 2019. Der er 5 parter."], 1),
            "Der var <5> møder i 2019. Der er 5 parter."
        );
        let cells = [
            figure("Tyveri | 12 | 5", "5", 1, false),
            figure("Vold | 12 | 5", "5", 1, true),
        ];
        assert_eq!(marked(&cells, &["Vold | 12 | 5"], 1), "Vold | 12 | <5>");
        assert_eq!(marked(&cells, &["Tyveri | 12 | 5"], 1), "Tyveri | 12 | 5");
        let alone = [figure("5", "5", 1, true), figure("Et 5 til", "5", 1, false)];
        assert_eq!(marked(&alone, &["5"], 1), "<5>");
    }

    #[test]
    fn a_description_names_its_series() {
        let figures = [
            figure("Byen | 9 % | 12 %", "12 %", 2, false),
            figure("Bydelen | 13 % | 12 %", "12 %", 3, true),
        ];
        let text = "Byen: 2017 9 %, 2018 12 %. Bydelen: 2017 13 %, 2018 12 %.";
        assert_eq!(
            marked(&figures, &[text], 0),
            "Byen: 2017 9 %, 2018 12 %. Bydelen: 2017 13 %, 2018 <12 %>."
        );
    }

    #[test]
    fn a_part_of_a_longer_figure_or_word_is_none() {
        let figures = [
            figure("5", "5", 1, true),
            figure("1.005 kr.", "1.005 kr.", 1, false),
            figure("en", "en", 1, true),
        ];
        assert_eq!(
            marked(&figures, &["15, 5,5 og 1.005\u{a0}kr. og 5. Men en."], 1),
            "15, 5,5 og 1.005\u{a0}kr. og <5>. Men <en>."
        );
    }

    #[test]
    fn runs_of_a_paragraph_are_split_each_for_itself() {
        let figures = [figure("I alt 60.000 kr. i 2019", "60.000 kr.", 2, true)];
        let texts = ["I alt", "60.000\u{a0}kr.", "i 2019"];
        assert_eq!(
            marked(&figures, &texts, 1),
            "I alt|<60.000\u{a0}kr.>|i 2019"
        );
        assert_eq!(
            marked(&figures, &texts, 2),
            "I alt|<60.000\u{a0}kr.>|i 2019"
        );
        assert_eq!(marked(&figures, &texts, 3), "I alt|60.000\u{a0}kr.|i 2019");
    }
}
