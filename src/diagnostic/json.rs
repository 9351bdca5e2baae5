//! Findings as JSON, for other programs.
//!
//! Comes in: findings. Goes out: an array of objects that keep every part of a finding.
//! Must not leave out a place: what people see, programs get.

use serde::Serialize;

use super::finding::{Finding, Label, Severity};

/// A finding, as it is written.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    code: &'a str,
    name: &'a str,
    severity: Severity,
    message: &'a str,
    expected: Option<&'a str>,
    hints: &'a [String],
    primary: Option<Position<'a>>,
    secondary: Vec<Position<'a>>,
}

/// A labelled place, as it is written; lines and columns count from 1, columns in characters.
#[derive(Serialize)]
struct Position<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    pointer: Option<&'a str>,
    label: &'a str,
}

impl<'a> From<&'a Finding> for Entry<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            code: finding.code.id,
            name: finding.code.name,
            severity: finding.severity,
            message: &finding.message,
            expected: finding.expected.as_deref(),
            hints: &finding.hints,
            primary: finding.primary.as_ref().map(Position::from),
            secondary: finding.secondary.iter().map(Position::from).collect(),
        }
    }
}

impl<'a> From<&'a Label> for Position<'a> {
    fn from(label: &'a Label) -> Self {
        let (end_line, end_column) = label.place.end();
        Self {
            file: label.place.source().path(),
            line: label.place.line(),
            column: label.place.column(),
            end_line,
            end_column,
            pointer: label.place.pointer(),
            label: &label.text,
        }
    }
}
