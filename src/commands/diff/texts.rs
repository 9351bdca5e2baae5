//! The paragraphs that differ, word by word: removed words in `[-…-]`, added ones in `{+…+}`, as wdiff writes them.

use clap::builder::styling::{AnsiColor, Style};

use super::super::words::{HEAD, QUIET, wrapped};
use crate::build::diff::Compared;
use crate::wording::{Kind, Mark, ParagraphChange, Run};

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();
/// Kept words beyond so many on a side of a change are left out.
const CONTEXT: usize = 12;

/// The paragraphs, under their heading.
pub(super) fn told(compared: &Compared) -> String {
    let words = compared.texts.iter().filter(|one| !one.figures_only);
    let words: Vec<String> = words.map(paragraph).collect();
    let figures = compared.texts.len() - words.len();
    let mut parts = Vec::new();
    if !words.is_empty() {
        parts.push(format!("{HEAD}Text{HEAD:#}\n{}", words.concat()));
    }
    if figures > 0 {
        let (noun, verb) = if figures == 1 {
            ("paragraph or row", "differs")
        } else {
            ("paragraphs and rows", "differ")
        };
        parts.push(format!("{QUIET}And {figures} {noun} that {verb} in figures alone (--json and --pdf have them).{QUIET:#}\n"));
    }
    parts.join("\n")
}

fn paragraph(change: &ParagraphChange) -> String {
    let what = match (change.old_page, change.new_page) {
        (Some(_), Some(_)) => "changed",
        (None, _) => "added",
        (_, None) => "removed",
    };
    let section = if change.section.is_empty() || change.kind == Kind::Heading {
        String::new()
    } else {
        format!(", under {}", change.section)
    };
    let head = format!(
        "  {QUIET}{what} {}, {}{section}{QUIET:#}\n",
        kind(change.kind),
        pages(change)
    );
    let last = change.runs.len().saturating_sub(1);
    let runs = change.runs.iter().enumerate();
    let runs: Vec<String> = runs
        .map(|(at, run)| marked(run, at == 0, at == last))
        .collect();
    head + &styled(&wrapped(&runs.join(" "), 4))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Paragraph => "paragraph",
        Kind::Heading => "heading",
        Kind::Item => "item",
        Kind::Row => "row",
        Kind::Caption => "caption",
        Kind::Figure => "description of a figure",
        Kind::Note => "note",
    }
}

fn pages(change: &ParagraphChange) -> String {
    match (change.old_page, change.new_page) {
        (Some(old), Some(new)) if old != new => format!("page {old} → {new}"),
        (Some(page), _) | (None, Some(page)) => format!("page {page}"),
        (None, None) => String::new(),
    }
}

fn marked(run: &Run, is_first: bool, is_last: bool) -> String {
    match run.mark {
        Mark::Removed => format!("[-{}-]", run.text),
        Mark::Added => format!("{{+{}+}}", run.text),
        Mark::Kept => cut(&run.text, is_first, is_last),
    }
}

/// The kept words that stand near a change.
fn cut(text: &str, is_first: bool, is_last: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let count = words.len();
    match (is_first, is_last) {
        (true, true) => text.to_owned(),
        (true, false) if count > CONTEXT => format!("… {}", words[count - CONTEXT..].join(" ")),
        (false, true) if count > CONTEXT => format!("{} …", words[..CONTEXT].join(" ")),
        (false, false) if count > 2 * CONTEXT => {
            let (before, after) = (&words[..CONTEXT], &words[count - CONTEXT..]);
            format!("{} … {}", before.join(" "), after.join(" "))
        }
        _ => text.to_owned(),
    }
}

/// Colours the marks, which may run over several lines; the signs alone say it too.
fn styled(text: &str) -> String {
    let text = text
        .replace("[-", &format!("{REMOVED}[-"))
        .replace("-]", &format!("-]{REMOVED:#}"));
    text.replace("{+", &format!("{ADDED}{{+"))
        .replace("+}", &format!("+}}{ADDED:#}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_far_from_a_change_are_left_out() {
        let long = "ord ".repeat(30);
        let long = long.trim();
        assert_eq!(
            cut(long, true, false),
            format!("… {}", "ord ".repeat(12).trim())
        );
        assert_eq!(
            cut(long, false, true),
            format!("{} …", "ord ".repeat(12).trim())
        );
        assert_eq!(cut("to ord", false, false), "to ord");
        assert_eq!(cut(long, true, true), long);
    }
}
