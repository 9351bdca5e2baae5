//! How pages for people are set: widths, wrapping, the marked figure.

use clap::builder::styling::Style;

use crate::diagnostic::visible;
use crate::ledger::Printing;

/// Headings and marked figures.
pub(super) const HEAD: Style = Style::new().bold();
/// What stands beside the answer.
pub(super) const QUIET: Style = Style::new().dimmed();

/// The widest a line gets, in characters.
pub(super) const WIDTH: usize = 96;

/// The text in lines with an indent, each with a line end.
pub(super) fn wrapped(text: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let lines = lines(text, WIDTH - indent);
    lines
        .iter()
        .map(|line| format!("{margin}{line}\n"))
        .collect()
}

/// The text after a label that stands at the beginning of the first line; the labels' column is `indent` wide.
pub(super) fn labelled(label: &str, text: &str, indent: usize) -> String {
    let width = indent.saturating_sub(2);
    let body = wrapped(text, indent);
    let first = body.trim_start();
    format!(
        "  {QUIET}{label}{QUIET:#}{:gap$}{first}",
        "",
        gap = width.saturating_sub(label.chars().count())
    )
}

/// The lines of a text, broken between words.
fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in visible(text).split(' ') {
        let last = lines.last().map_or(0, |line| line.chars().count());
        let fits = last == 0 || last + 1 + word.chars().count() <= width;
        match lines.last_mut() {
            Some(line) if fits && last > 0 => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line) if fits => line.push_str(word),
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The words around a figure, with the figure between marks.
pub(super) fn marked(printing: &Printing) -> String {
    let count = printing.text.chars().count();
    let part = |from: usize, length: usize| -> String {
        printing.around.chars().skip(from).take(length).collect()
    };
    let (before, after) = (part(0, printing.at), part(printing.at + count, usize::MAX));
    let figure = printing.text.as_str();
    visible(&format!("{before}»{figure}«{after}")).into_owned()
}

/// A word for a number of things: `1 page`, `2 pages`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(
            lines("a bb ccc dddddd e", 5),
            ["a bb", "ccc", "dddddd", "e"]
        );
        assert_eq!(lines("", 5), [""]);
    }
}
