//! Two paragraphs, word by word.

use super::pieces::REFERENCE;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// They stand in both.
    Kept,
    /// They stand in the old one only.
    Removed,
    /// They stand in the new one only.
    Added,
}

/// Words with one mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// What became of them.
    pub mark: Mark,
    /// The words, with single ordinary spaces between them, and no-break spaces inside figures.
    pub text: String,
}

/// The words of a text; a figure is one, since no ordinary space stands in it.
fn words(text: &str) -> Vec<&str> {
    text.split(' ').filter(|word| !word.is_empty()).collect()
}

/// All of a text with one mark.
pub(super) fn whole(text: &str, mark: Mark) -> Vec<Run> {
    vec![Run {
        mark,
        text: shown(text),
    }]
}

/// How two texts differ.
pub(super) struct Difference {
    /// The words of both; removed ones stand before those that take their place.
    pub(super) runs: Vec<Run>,
    /// True when every removed word is a figure, and another figure takes its place.
    pub(super) figures_only: bool,
}

/// How a text differs from an old one.
pub(super) fn difference(old: &str, new: &str) -> Difference {
    let (old, new) = (words(old), words(new));
    let folded = |words: &[&str]| -> Vec<String> { words.iter().map(|one| folded(one)).collect() };
    let ops = capture_diff_slices(Algorithm::Myers, &folded(&old), &folded(&new));
    let is_change = |op: &&DiffOp| !matches!(op, DiffOp::Equal { .. });
    let is_figure = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let figures_only = ops.iter().filter(is_change).all(|op| {
        let (removed, added) = (&old[op.old_range()], &new[op.new_range()]);
        removed.len() == added.len() && removed.iter().chain(added).all(is_figure)
    });
    let mut runs = Vec::new();
    for op in joined(&ops, &old) {
        let added = &new[op.new_range()];
        if is_change(&&op) {
            push(&mut runs, Mark::Removed, &old[op.old_range()]);
            push(&mut runs, Mark::Added, added);
        } else {
            push(&mut runs, Mark::Kept, added);
        }
    }
    Difference { runs, figures_only }
}

/// Changes with a single short word between them are one change: it reads easier.
fn joined(ops: &[DiffOp], old: &[&str]) -> Vec<DiffOp> {
    let is_small = |op: &DiffOp| {
        let range = op.old_range();
        let is_short =
            |word: &&str| word.chars().count() <= 3 && word.chars().any(char::is_alphanumeric);
        range.len() == 1 && old[range].iter().all(is_short)
    };
    let mut joined: Vec<DiffOp> = Vec::new();
    for (at, op) in ops.iter().enumerate() {
        let is_equal = matches!(op, DiffOp::Equal { .. });
        let between = at > 0 && at + 1 < ops.len();
        let merges = !is_equal || (between && is_small(op));
        match joined.last_mut() {
            Some(last) if merges && !matches!(last, DiffOp::Equal { .. }) => {
                *last = DiffOp::Replace {
                    old_index: last.old_range().start,
                    old_len: last.old_range().len() + op.old_range().len(),
                    new_index: last.new_range().start,
                    new_len: last.new_range().len() + op.new_range().len(),
                };
            }
            _ => joined.push(*op),
        }
    }
    joined
}

fn push(runs: &mut Vec<Run>, mark: Mark, words: &[&str]) {
    if !words.is_empty() {
        runs.push(Run {
            mark,
            text: shown(&words.join(" ")),
        });
    }
}

/// As people are shown it.
pub(super) fn shown(text: &str) -> String {
    text.replace(REFERENCE, "")
}

/// What two words have in common that say the same: of a reference, that it is one.
pub(super) fn folded(word: &str) -> String {
    match word.split_once(REFERENCE) {
        Some((before, _)) => format!("{before}{REFERENCE}"),
        None => word.replace('\u{a0}', " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(old: &str, new: &str) -> String {
        let run = |run: &Run| match run.mark {
            Mark::Kept => run.text.clone(),
            Mark::Removed => format!("[-{}-]", run.text),
            Mark::Added => format!("[+{}+]", run.text),
        };
        let runs: Vec<String> = difference(old, new).runs.iter().map(run).collect();
        runs.join(" ")
    }

    #[test]
    fn words_are_removed_and_added() {
        assert_eq!(
            marked("Det går godt i området", "Det går bedre i området"),
            "Det går [-godt-] [+bedre+] i området"
        );
        assert_eq!(marked("a b", "a b c"), "a b [+c+]");
        assert_eq!(
            marked("i alt | 5 | 6", "i alt | 7 | 8"),
            "i alt | [-5-] [+7+] | [-6-] [+8+]"
        );
    }

    #[test]
    fn changes_around_a_short_word_are_one() {
        assert_eq!(
            marked(
                "uændret fra 2017 til 2018 i alt",
                "uændret fra 2018 til 2019 i alt"
            ),
            "uændret fra [-2017 til 2018-] [+2018 til 2019+] i alt"
        );
    }

    #[test]
    fn a_figure_is_one_word() {
        let one = difference(
            "Budget 60.000\u{a0}kr. i alt",
            "Budget 75.000\u{a0}kr. i alt",
        );
        assert_eq!(one.runs[1].text, "60.000\u{a0}kr.");
        let figures_only = |old: &str, new: &str| difference(old, new).figures_only;
        assert!(one.figures_only && figures_only("fra 5 til 6", "fra 6 til 7"));
        assert!(!figures_only("faldet 5", "steget 6"));
        assert_eq!(
            marked("kapitel \u{e000}I.", "kapitel \u{e000}J."),
            "kapitel J."
        );
        assert!(!figures_only("a", "a 5"));
    }
}
