//! Refuses characters that print as nothing, or are read otherwise than they look.

use std::sync::Arc;

use super::codes;
use super::context::Context;
use crate::diagnostic::{Finding, Place, SourceFile, hidden};

/// Adds a finding for every hidden character of a file.
pub(crate) fn check(source: &Arc<SourceFile>, cx: &mut Context) {
    let text = source.text();
    for (at, c) in text.char_indices() {
        let what = match c {
            '\r' if text[at + 1..].starts_with('\n') => None,
            '\r' => Some("a carriage return without a line feed"),
            c => hidden(c),
        };
        if let Some(what) = what {
            cx.push(finding(c, what, &source.place(at..at + c.len_utf8())));
            if cx.is_full() {
                return;
            }
        }
    }
}

/// Adds a finding for the first hidden character of a string that was written with escapes.
pub(crate) fn check_decoded(text: &str, place: &Place, cx: &mut Context) {
    if let Some((c, what)) = text.chars().find_map(|c| hidden(c).map(|what| (c, what))) {
        cx.push(finding(c, what, place));
    }
}

fn finding(c: char, what: &str, place: &Place) -> Finding {
    let message = format!("the text holds U+{:04X}, {what}", u32::from(c));
    Finding::error(codes::HIDDEN_CHARACTER, message)
        .at(place, "here")
        .hint("delete it and type the text anew there")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(text: &str) -> Vec<String> {
        let mut cx = Context::default();
        check(&SourceFile::new("a.csv", text), &mut cx);
        let message = |finding: Finding| {
            let place = finding.primary.map(|label| label.place.to_string());
            format!("{} {}", place.unwrap_or_default(), finding.message)
        };
        cx.finish().into_iter().map(message).collect()
    }

    #[test]
    fn names_the_code_point_and_the_place() {
        assert_eq!(
            findings("a\r\nb\u{202e}\u{e000}"),
            [
                "a.csv:2:2 the text holds U+202E, a bidirectional control mark, which reorders text unseen",
                "a.csv:2:3 the text holds U+E000, a private-use character",
            ]
        );
        assert_eq!(
            findings("a\rb"),
            ["a.csv:1:2 the text holds U+000D, a carriage return without a line feed"]
        );
        assert!(findings("Blåbær\tog 🌱 – “citat”\n").is_empty());
    }

    #[test]
    fn endless_faults_are_cut_short() {
        assert_eq!(findings(&"\u{200b}".repeat(100_000)).len(), 500);
    }
}
