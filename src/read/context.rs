//! What is gathered while a partnership's files are read: findings, and the ids that other values may name.
//!
//! Must not grow without bound: a file with endless faults is cut short.

use std::collections::BTreeMap;

use super::codes;
use super::guides::{general, is_guide};
use super::references::Index;
use crate::diagnostic::{Finding, Findings, Place};
use crate::model::Column;

/// How many faults of one file are listed.
const MOST: usize = 500;

/// The findings so far and the index of ids.
#[derive(Debug, Default)]
pub(crate) struct Context {
    findings: Findings,
    in_file: usize,
    /// What references are looked up in.
    pub(crate) index: Index,
    columns: BTreeMap<(String, String), Vec<Place>>,
}

impl Context {
    /// Begins another file, whose faults are counted anew.
    pub(crate) fn next_file(&mut self) {
        self.in_file = 0;
    }

    /// Adds a finding, unless the file already has more than are worth listing.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.in_file += 1;
        if self.in_file < MOST {
            self.findings.push(finding);
        } else if self.in_file == MOST {
            let mut more = Finding::error(
                codes::MORE_FAULTS,
                format!("the file has {MOST} faults or more; the rest is not listed"),
            );
            more.primary = finding.primary;
            self.findings
                .push(more.hint("mend the first ones and run again"));
        }
    }

    /// True when nothing more about the current file would be listed.
    pub(crate) fn is_full(&self) -> bool {
        self.in_file >= MOST
    }

    /// The value, or none with the finding kept.
    pub(crate) fn keep<T>(&mut self, result: Result<T, Box<Finding>>) -> Option<T> {
        result.map_err(|finding| self.push(*finding)).ok()
    }

    /// Remembers a value that is there to be printed, under the name of its column or key.
    pub(crate) fn stands(&mut self, name: &str, place: &Place) {
        let file = place.source().path().rsplit('/').next().unwrap_or_default();
        let name = place.pointer().map_or_else(|| name.to_owned(), general);
        let column = self.columns.entry((file.to_owned(), name)).or_default();
        column.push(place.clone());
    }

    /// Takes what was remembered, by file and column, without what only steers.
    pub(crate) fn columns(&mut self) -> Vec<Column> {
        let columns = std::mem::take(&mut self.columns).into_iter();
        columns
            .filter(|((file, name), _)| !is_guide(file, name))
            .map(|((file, name), cells)| Column { file, name, cells })
            .collect()
    }

    /// The findings, sorted by place.
    pub(crate) fn finish(mut self) -> Findings {
        self.findings.sort();
        self.findings
    }
}
