//! The paragraphs of two documents side by side: which are the same, which take the place of which.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::paragraph::{Kind, Paragraph, ParagraphChange};
use super::words::{Mark, difference, folded, shown, whole};

/// Two paragraphs that share less than this part of their words are two paragraphs.
const AKIN: f64 = 0.4;
/// What stands before a text of which no word is kept is its label when it is no longer than this.
const LABEL: usize = 60;
/// Stretches with more pairs than this are not searched for paragraphs that take each other's place.
const PAIRS: usize = 40_000;

/// What must change in the old paragraphs to make the new ones, in reading order.
///
/// Where words stand on a page does not matter: neither line breaks nor pages are compared.
pub fn changes(old: &[Paragraph], new: &[Paragraph]) -> Vec<ParagraphChange> {
    let keys = |all: &[Paragraph]| -> Vec<(Kind, String)> {
        all.iter().map(|one| (one.kind, key(&one.text))).collect()
    };
    let ops = capture_diff_slices(Algorithm::Patience, &keys(old), &keys(new));
    let mut changes = Vec::new();
    // What is removed and what is added next to each other may be one paragraph that was changed.
    let mut gap = (0..0, 0..0);
    for op in &ops {
        let (of_old, of_new) = (op.old_range(), op.new_range());
        if matches!(op, DiffOp::Equal { .. }) {
            between((old, gap.0), (new, gap.1), &mut changes);
            gap = (of_old.end..of_old.end, of_new.end..of_new.end);
        } else {
            gap = (gap.0.start..of_old.end, gap.1.start..of_new.end);
        }
    }
    between((old, gap.0), (new, gap.1), &mut changes);
    changes
}

/// The text without what a line's end or another chapter's number may change.
fn key(text: &str) -> String {
    text.split(' ')
        .flat_map(|word| folded(word).chars().collect::<Vec<char>>())
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// The changes in a stretch in which no paragraph is the same.
fn between(
    (old, of_old): (&[Paragraph], Range<usize>),
    (new, of_new): (&[Paragraph], Range<usize>),
    changes: &mut Vec<ParagraphChange>,
) {
    let (mut i, mut j) = (of_old.start, of_new.start);
    for (a, b) in pairs(&old[of_old.clone()], &new[of_new.clone()]) {
        let (a, b) = (of_old.start + a, of_new.start + b);
        changes.extend(old[i..a].iter().map(removed));
        changes.extend(new[j..b].iter().map(added));
        let near = [new[..b].last(), new.get(b + 1)];
        changes.push(changed(&old[a], &new[b], near));
        (i, j) = (a + 1, b + 1);
    }
    changes.extend(old[i..of_old.end].iter().map(removed));
    changes.extend(new[j..of_new.end].iter().map(added));
}

/// The paragraphs that take each other's place, in order, so that as much as possible is kept.
fn pairs(old: &[Paragraph], new: &[Paragraph]) -> Vec<(usize, usize)> {
    if old.is_empty() || new.is_empty() || old.len() * new.len() > PAIRS {
        return Vec::new();
    }
    let width = new.len() + 1;
    let words = |all: &[Paragraph]| -> Vec<Vec<String>> { all.iter().map(bag).collect() };
    let (old_words, new_words) = (words(old), words(new));
    let akin = |a: usize, b: usize| {
        let is_kind = old[a].kind == new[b].kind;
        let share = if is_kind {
            shared(&old_words[a], &new_words[b])
        } else {
            0.0
        };
        if share < AKIN { 0.0 } else { share }
    };
    let mut best = vec![0.0_f64; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let with = akin(a, b);
            let with = if with > 0.0 {
                with + best[(a + 1) * width + b + 1]
            } else {
                0.0
            };
            let without = best[(a + 1) * width + b].max(best[a * width + b + 1]);
            best[a * width + b] = with.max(without);
        }
    }
    let (mut a, mut b, mut pairs) = (0, 0, Vec::new());
    while a < old.len() && b < new.len() {
        let here = best[a * width + b];
        if here <= best[(a + 1) * width + b] {
            a += 1;
        } else if here <= best[a * width + b + 1] {
            b += 1;
        } else {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        }
    }
    pairs
}

/// The words of a paragraph, sorted. Figures change most: they count only where there is nothing else, and then all the same.
fn bag(paragraph: &Paragraph) -> Vec<String> {
    let words = paragraph.text.split(' ');
    let words = words.filter(|word| word.contains(char::is_alphanumeric));
    let is_figure = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let (figures, others): (Vec<&str>, Vec<&str>) = words.partition(is_figure);
    if others.is_empty() {
        return vec![String::new(); figures.len()];
    }
    let mut words: Vec<String> = others.iter().map(|word| word.to_lowercase()).collect();
    words.sort_unstable();
    words
}

/// How much two bags share, from 0 to 1 (Sørensen and Dice).
fn shared(a: &[String], b: &[String]) -> f64 {
    let (mut i, mut j, mut same) = (0, 0, 0_u32);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, same) = (i + 1, j + 1, same + 1),
        }
    }
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX);
    if all == 0 {
        0.0
    } else {
        2.0 * f64::from(same) / f64::from(all)
    }
}

/// `near` stands before and after the new paragraph: a value alone is named by what is before it, or else after it.
fn changed(old: &Paragraph, new: &Paragraph, near: [Option<&Paragraph>; 2]) -> ParagraphChange {
    let difference = difference(&old.text, &new.text);
    let stands_alone = difference.runs.iter().all(|run| run.mark != Mark::Kept);
    let is_label = |one: &&Paragraph| {
        let has_figure = one.text.contains(|c: char| c.is_ascii_digit());
        let is_short = one.text.chars().count() <= LABEL;
        one.kind == new.kind && one.section == new.section && is_short && !has_figure
    };
    let label = near
        .into_iter()
        .flatten()
        .find(is_label)
        .filter(|_| stands_alone);
    ParagraphChange {
        kind: new.kind,
        section: new.section.clone(),
        label: label.map(|one| shown(&one.text)),
        old_page: Some(old.page),
        new_page: Some(new.page),
        figures_only: difference.figures_only,
        runs: difference.runs,
    }
}

fn removed(old: &Paragraph) -> ParagraphChange {
    ParagraphChange {
        kind: old.kind,
        section: old.section.clone(),
        label: None,
        old_page: Some(old.page),
        new_page: None,
        figures_only: false,
        runs: whole(&old.text, Mark::Removed),
    }
}

fn added(new: &Paragraph) -> ParagraphChange {
    ParagraphChange {
        kind: new.kind,
        section: new.section.clone(),
        label: None,
        old_page: None,
        new_page: Some(new.page),
        figures_only: false,
        runs: whole(&new.text, Mark::Added),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(texts: &[&str]) -> Vec<Paragraph> {
        let paragraph = |(at, text): (usize, &&str)| Paragraph {
            kind: Kind::Paragraph,
            section: String::new(),
            page: at + 1,
            text: (*text).to_owned(),
        };
        texts.iter().enumerate().map(paragraph).collect()
    }

    fn told(old: &[&str], new: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
        let changes = changes(&paragraphs(old), &paragraphs(new));
        changes
            .iter()
            .map(|one| (one.old_page, one.new_page))
            .collect()
    }

    #[test]
    fn line_ends_and_pages_do_not_matter() {
        assert_eq!(told(&["a b", "c"], &["x", "a b", "c"]), [(None, Some(1))]);
        assert_eq!(told(&["https://a.dk/b c"], &["https://a.dk/ b c"]), []);
    }

    #[test]
    fn akin_paragraphs_take_each_others_place() {
        let old = [
            "Det går godt i hele området",
            "Noget helt andet står her",
            "Slut",
        ];
        let new = [
            "En ny begyndelse uden lige",
            "Det går bedre i hele området",
            "Slut",
        ];
        assert_eq!(
            told(&old, &new),
            [(None, Some(1)), (Some(1), Some(2)), (Some(2), None)]
        );
    }

    #[test]
    fn paragraphs_that_share_little_are_removed_and_added() {
        assert_eq!(
            told(&["en to tre"], &["fire fem seks"]),
            [(Some(1), None), (None, Some(1))]
        );
        assert_eq!(
            told(&["28.\u{a0}januar"], &["6.\u{a0}maj"]),
            [(Some(1), Some(1))]
        );
        assert_eq!(told(&[], &[]), []);
        assert_eq!(told(&["a"], &[]), [(Some(1), None)]);
    }
}
