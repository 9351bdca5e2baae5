//! What is gathered while a partnership's files are read: findings, and the ids that other values may name.
//!
//! Must not grow without bound: a file with endless faults is cut short.

use super::codes;
use super::references::Index;
use crate::diagnostic::{Finding, Findings};

/// How many faults of one file are listed.
const MOST: usize = 500;

/// The findings so far and the index of ids.
#[derive(Debug, Default)]
pub(crate) struct Context {
    findings: Findings,
    in_file: usize,
    /// What references are looked up in.
    pub(crate) index: Index,
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

    /// The findings, sorted by place.
    pub(crate) fn finish(mut self) -> Findings {
        self.findings.sort();
        self.findings
    }
}
