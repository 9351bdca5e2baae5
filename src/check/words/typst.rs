//! The words of a Typst source that reach a page, found on its syntax tree: text in markup, numbers put into markup, and strings that read as words.
//!
//! Lengths, percentages, colours, patterns, comparisons and keys are code. What stands in `structural(…)` is declared.

use std::ops::Range;

use typst_syntax::{LinkedNode, SyntaxKind, parse};

/// Functions whose strings are no words, or whose content is declared.
const FUNCTIONS: [&str; 12] = [
    "structural",
    "rgb",
    "numbering",
    "display",
    "datetime",
    "json",
    "image",
    "read",
    "regex",
    "panic",
    "assert",
    "at",
];
/// Named arguments that take patterns and names.
const NAMED: [&str; 6] = ["numbering", "patterns", "paper", "font", "dash", "fill"];

/// The spans of the words, in bytes.
pub fn typed(text: &str) -> Vec<Range<usize>> {
    let root = parse(text);
    let mut spans = Vec::new();
    gather(&LinkedNode::new(&root), &mut spans);
    spans
}

fn gather(node: &LinkedNode<'_>, spans: &mut Vec<Range<usize>>) {
    match node.kind() {
        SyntaxKind::Text => spans.push(node.range()),
        SyntaxKind::Int | SyntaxKind::Float | SyntaxKind::Numeric => {
            if node.parent_kind() == Some(SyntaxKind::Markup) {
                spans.push(node.range());
            }
        }
        SyntaxKind::Str if is_prose(node) => spans.push(node.range()),
        SyntaxKind::FuncCall if FUNCTIONS.contains(&callee(node).as_str()) => {}
        SyntaxKind::Named | SyntaxKind::Keyed if NAMED.contains(&first(node).as_str()) => {}
        SyntaxKind::ModuleImport
        | SyntaxKind::ModuleInclude
        | SyntaxKind::Raw
        | SyntaxKind::Equation => {}
        _ => node.children().for_each(|child| gather(&child, spans)),
    }
}

/// A string reads as words when it has a space, or is a number and nothing else; and when it is compared with nothing.
fn is_prose(node: &LinkedNode<'_>) -> bool {
    let text = node.leaf_text();
    let inner = text.trim_matches('"');
    let number = inner.starts_with(|c: char| c.is_ascii_digit())
        && inner
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let compares = |kind: SyntaxKind| {
        matches!(
            kind,
            SyntaxKind::EqEq
                | SyntaxKind::ExclEq
                | SyntaxKind::In
                | SyntaxKind::Lt
                | SyntaxKind::LtEq
                | SyntaxKind::Gt
                | SyntaxKind::GtEq
        )
    };
    let compared = |parent: &LinkedNode<'_>| {
        parent.kind() == SyntaxKind::Binary && parent.children().any(|child| compares(child.kind()))
    };
    let mut above = node.parent();
    let mut is_compared = false;
    while let Some(parent) = above {
        is_compared |= compared(parent);
        above = match parent.kind() {
            SyntaxKind::Array | SyntaxKind::Parenthesized | SyntaxKind::Binary => parent.parent(),
            _ => None,
        };
    }
    (inner.contains(' ') || number) && !is_compared
}

/// The name of the function that is called.
fn callee(node: &LinkedNode<'_>) -> String {
    let Some(callee) = node.children().next() else {
        return String::new();
    };
    let name = match callee.kind() {
        SyntaxKind::FieldAccess => callee.children().next_back(),
        _ => Some(callee),
    };
    name.map(|name| name.leaf_text().to_string())
        .unwrap_or_default()
}

/// The name of a named argument.
fn first(node: &LinkedNode<'_>) -> String {
    let name = node.children().next();
    name.map(|name| name.leaf_text().to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        typed(text)
            .into_iter()
            .map(|span| &text[span])
            .filter(|one| one.contains(|c: char| c.is_ascii_digit()))
            .collect()
    }

    #[test]
    fn words_on_the_page_are_found() {
        assert_eq!(
            words("I 2018 var #fact(x) andelen #20 x"),
            ["I 2018 var", "20"]
        );
        assert_eq!(
            words("#table([Mål 2021], caption: \"Tal for 2018\")"),
            ["Mål 2021", "\"Tal for 2018\""]
        );
        assert_eq!(words("#let x = \"2018\""), ["\"2018\""]);
    }

    #[test]
    fn code_is_not() {
        for code in [
            "#import \"/shared/lib 2.typ\": *",
            "#set text(size: 11.5pt, fill: rgb(\"#0d4f60\"), costs: (runt: 200%))",
            "#set heading(numbering: \"1.1\")",
            "#if x.value == \"1\" [a] else if x.value in (\"2\", \"3\") [b]",
            "#structural(\"scale\")[100 m]",
            "#counter(page).display(\"1\")",
            "#let key = \"per_1000\"",
            "// 2018\n/* 20 % */",
            "+ punkt\n5. punkt",
        ] {
            assert_eq!(words(code), [""; 0], "{code}");
        }
    }
}
