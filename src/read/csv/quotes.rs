//! Judges the quotes of a record, which the CSV reader takes leniently.

use std::sync::Arc;

use super::records::Cells;
use crate::diagnostic::{Finding, SourceFile};
use crate::read::codes;
use crate::read::context::Context;

/// True when every quoted cell is closed and ends at its closing quote; otherwise there is a finding.
pub(super) fn check(source: &Arc<SourceFile>, cells: &Cells, cx: &mut Context) -> bool {
    for span in &cells.spans {
        let raw = &source.text()[span.clone()];
        let Some(message) = fault(raw) else { continue };
        let start = span.start + raw.find('"').unwrap_or_default();
        cx.push(
            Finding::error(codes::QUOTING, message)
                .at(&source.place(start..start + 1), "this quote")
                .expected("a cell in quotes is quoted whole, and quotes inside it are doubled"),
        );
        return false;
    }
    true
}

/// What is wrong with a cell's quotes.
fn fault(raw: &str) -> Option<&'static str> {
    let Some(quoted) = raw.strip_prefix('"') else {
        return raw
            .trim_start()
            .starts_with('"')
            .then_some("a space stands before a cell's opening quote");
    };
    let mut rest = quoted;
    while let Some(at) = rest.find('"') {
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(after) => rest = after,
            None if rest.trim().is_empty() => return None,
            None => return Some("a quoted cell goes on after its closing quote"),
        }
    }
    Some("a quoted cell is never closed")
}
