//! JSON text into a tree with positions.
//!
//! Comes in: text. Goes out: the tree, or the first fault of syntax.
//! Must not overflow the stack: depth is counted before anything recurses.

use std::sync::Arc;

use jsonc_parser::{CollectOptions, ParseOptions, ast, parse_to_ast};
use serde::de::IgnoredAny;

use crate::diagnostic::{Finding, SourceFile};
use crate::read::codes;

/// How deep lists and objects may be nested.
const DEPTH: usize = 64;

/// The largest JSON text that is read, in bytes; its tree takes some twenty times as much.
const LIMIT: usize = 8 << 20;

/// JSON as RFC 8259 has it: every relaxation of the parser turned off.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// The tree of a JSON text.
pub(super) fn parse(source: &Arc<SourceFile>) -> Result<ast::Value<'_>, Box<Finding>> {
    let text = source.text();
    if text.len() > LIMIT {
        let message = format!(
            "{} is larger than {} MB, the most that is read of JSON",
            source.path(),
            LIMIT >> 20
        );
        return Err(Box::new(
            Finding::error(codes::TOO_LARGE, message).at(&source.whole(), ""),
        ));
    }
    if let Some(at) = too_deep(text) {
        let finding = Finding::error(
            codes::TOO_DEEP,
            format!("the JSON is nested more than {DEPTH} levels deep"),
        );
        return Err(Box::new(
            finding.at(&source.place(at..at + 1), "this is one level too many"),
        ));
    }
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| strict_fault(source, &error))?;
    match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => parsed
            .value
            .ok_or_else(|| fault(source, 0..0, "there is no value")),
        Err(error) => {
            let range = error.range();
            Err(fault(
                source,
                range.start..range.end,
                &error.kind().to_string(),
            ))
        }
    }
}

/// Where a list or object opens that lies too deep.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > DEPTH {
                    return Some(at);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

fn strict_fault(source: &Arc<SourceFile>, error: &serde_json::Error) -> Box<Finding> {
    let text = source.text();
    let at = (source.line_start(error.line()) + error.column().saturating_sub(1)).min(text.len());
    let (before, after) = text.split_at(text.floor_char_boundary(at));
    if before.trim_end().ends_with(',') && after.starts_with(['}', ']']) {
        let comma = before.trim_end().len() - 1;
        let finding = fault(
            source,
            comma..comma + 1,
            "a comma stands after the last entry",
        );
        return Box::new(finding.hint("delete the comma"));
    }
    if after.starts_with("//") || after.starts_with("/*") {
        let finding = fault(
            source,
            before.len()..before.len() + 2,
            "a comment stands in it",
        );
        return Box::new(finding.hint("delete the comment; JSON has none"));
    }
    let said = error.to_string();
    let message = match said.rsplit_once(" at line ") {
        _ if error.is_eof() => "it ends too early",
        Some((message, _)) => message,
        None => &said,
    };
    let length = after.chars().next().map_or(0, char::len_utf8);
    let mut finding = *fault(source, before.len()..before.len() + length, message);
    if error.is_eof() {
        finding = finding.hint("a bracket, a brace or a quotation mark is not closed");
    }
    Box::new(finding)
}

fn fault(source: &Arc<SourceFile>, span: std::ops::Range<usize>, message: &str) -> Box<Finding> {
    let finding = Finding::error(
        codes::SYNTAX,
        format!("{} is not JSON: {message}", source.path()),
    );
    Box::new(finding.at(&source.place(span), "here"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> String {
        let finding = *parse(&SourceFile::new("p.json", text)).expect_err("it is refused");
        let place = finding.primary.map(|label| label.place.to_string());
        format!("{} {}", place.unwrap_or_default(), finding.message)
    }

    #[test]
    fn syntax_is_strict_and_has_a_place() {
        for (text, expected) in [
            (
                "{\n\"æ\": 1,}",
                "p.json:2:7 p.json is not JSON: a comma stands after the last entry",
            ),
            (
                "{\"a\": 01}",
                "p.json:1:8 p.json is not JSON: invalid number",
            ),
            (
                "{\"a\": 1 // x\n}",
                "p.json:1:9 p.json is not JSON: a comment stands in it",
            ),
            (
                "{'a': 1}",
                "p.json:1:2 p.json is not JSON: key must be a string",
            ),
            ("[1, 2", "p.json:1:5 p.json is not JSON: it ends too early"),
            (
                "{} {}",
                "p.json:1:4 p.json is not JSON: trailing characters",
            ),
            ("\"\\ud800\"", "p.json:1:2 p.json is not JSON: "),
        ] {
            assert!(said(text).starts_with(expected), "{}", said(text));
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_recursion() {
        let text = "[".repeat(10_000_000 / 2);
        assert_eq!(
            said(&text),
            "p.json:1:65 the JSON is nested more than 64 levels deep"
        );
        assert!(parse(&SourceFile::new("p.json", r#"{"a": "[[[\"[[["}"#)).is_ok());
    }

    proptest! {
        #[test]
        fn both_parsers_agree(text in r#"[\[\]{}",:0-9a-u\\ .+-]{0,24}"#) {
            let strict = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            prop_assert_eq!(parse(&SourceFile::new("p.json", text)).is_ok(), strict);
        }
    }
}
