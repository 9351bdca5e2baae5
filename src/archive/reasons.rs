//! Gathers what is wrong with a bag: so many findings a code, and then their number.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Finding, Findings, SourceFile};

/// How many findings of a code are told one by one.
const TOLD: usize = 20;

/// Findings about one bag.
#[derive(Debug)]
pub struct Reasons {
    shown: String,
    findings: Findings,
    counts: BTreeMap<&'static str, (Code, usize)>,
}

impl Reasons {
    /// None yet; `shown` is what messages call the bag.
    pub fn new(shown: &str) -> Self {
        Self {
            shown: shown.to_owned(),
            findings: Findings::new(),
            counts: BTreeMap::new(),
        }
    }

    /// Adds an error at a path in the bag.
    pub fn add(&mut self, code: Code, path: &str, message: impl Into<String>) {
        self.push(path, Finding::error(code, message));
    }

    /// Adds a warning at a path in the bag.
    pub fn note(&mut self, code: Code, path: &str, message: impl Into<String>) {
        self.push(path, Finding::warning(code, message));
    }

    /// Adds a finding at a path in the bag.
    pub fn push(&mut self, path: &str, finding: Finding) {
        let (_, count) = self
            .counts
            .entry(finding.code.id)
            .or_insert((finding.code, 0));
        *count += 1;
        if *count <= TOLD {
            let shown = if path.is_empty() {
                self.shown.clone()
            } else {
                format!("{}/{path}", self.shown)
            };
            let place = SourceFile::new(shown, "").whole();
            self.findings.push(finding.at(&place, ""));
        }
    }

    /// True when nothing was added.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The findings, with the number of those that were not told.
    pub fn finish(mut self) -> Findings {
        for (code, count) in self.counts.into_values() {
            if count > TOLD {
                let place = SourceFile::new(self.shown.clone(), "").whole();
                let message = format!("and {} more of the same ({})", count - TOLD, code.name);
                self.findings
                    .push(Finding::error(code, message).at(&place, ""));
            }
        }
        self.findings.sort();
        self.findings
    }
}
