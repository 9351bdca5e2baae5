//! What became of a run and of each edition in it.

use super::editions::Planned;
use super::reason::Reason;
use crate::diagnostic::Findings;

/// Whether a run writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// PDFs that are missing or stale are made and written.
    Write,
    /// Every PDF is made, and written when its bytes are others.
    Force,
    /// Everything is made and nothing is written.
    Check,
}

/// What became of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Written: it is new, or other than it was.
    Written,
    /// Made again with the bytes that it had.
    Unchanged,
    /// Nothing that it is made from has changed; it was not made.
    Fresh,
    /// Issued: its bytes are kept.
    Frozen,
    /// Issued: its bytes were put back.
    Restored,
    /// Made without being written.
    Checked,
    /// Not made: it has errors.
    Failed,
}

/// What became of one edition.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Outcome {
    /// Path of the PDF below the output folder.
    pub output: String,
    /// The partnership's folder.
    pub partnership: String,
    /// Template id.
    pub document: String,
    /// Year.
    pub year: i32,
    /// Revision.
    pub revision: u32,
    /// `draft` or `final`.
    pub status: &'static str,
    /// What became of it.
    pub state: State,
    /// Why it was made.
    pub reasons: Vec<Reason>,
    /// Pages; 0 when it was not made.
    pub pages: usize,
    /// Figures printed.
    pub figures: usize,
}

impl Outcome {
    /// An edition of which nothing has become yet.
    pub fn of(planned: &Planned<'_>) -> Self {
        Self {
            output: planned.output.clone(),
            partnership: planned.partnership.name.clone(),
            document: planned.edition.document.value.clone(),
            year: planned.edition.year.value,
            revision: planned.edition.revision.value,
            status: super::status(planned.edition),
            state: State::Failed,
            reasons: Vec::new(),
            pages: 0,
            figures: 0,
        }
    }
}

/// What became of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// Per edition, in the order of the register.
    pub outcomes: Vec<Outcome>,
    /// Everything found, sorted.
    pub findings: Findings,
    /// Why something could not be run or written; empty when all could.
    pub failures: Vec<String>,
}

/// What a run tells while it goes on.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// Another run holds the lock: who.
    Waiting(&'a str),
    /// There are so many editions.
    Begun(usize),
    /// One is done.
    Done(&'a Outcome),
}

/// Is called with what happens.
pub type Progress<'a> = &'a (dyn Fn(Event<'_>) + Sync);
