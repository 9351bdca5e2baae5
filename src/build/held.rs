//! Rules of the domain that no single check holds: the program is made so that they hold, and several findings tell when they would not.
//!
//! Goes out: their pages, beside those of `check::RULES`. Must not look at anything.

use crate::diagnostic::Code;

/// A rule that is held elsewhere than in a check of its own.
#[derive(Debug)]
pub struct HeldRule {
    /// Its code, which no finding bears.
    pub code: Code,
    /// What holds.
    pub checks: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// An example of the fault.
    pub example: &'static str,
    /// How to correct it.
    pub correct: &'static str,
    /// Where and how it is held.
    pub held: &'static str,
}

/// All of them.
pub const HELD: &[HeldRule] = &[ONE_VALUE, KEPT_BYTES];

const ONE_VALUE: HeldRule = HeldRule {
    code: Code::new(
        "R17",
        "one-value-everywhere",
        "a fact has one value in all documents",
    ),
    checks: "The same fact says the same in every document that prints it: a figure has one cell or one formula, and when that changes, every document that prints the figure is made again or, when it was issued, told.",
    why: "Readers hold the plan, the status report and the agreement side by side; two values of one figure make both doubtful.",
    example: "The budget of an activity is corrected in activities.csv after the plan was sent out: the status report would print another budget than the plan.",
    correct: "Build again; `tryk list` says which documents are stale and because of which cell. For a document that was issued, add a revision, or declare the correction in restatements.csv.",
    held: "By no check of the data, since no data can break it: texts and templates print facts by their ids and cannot hold a value of their own (R05, R15 and R19 find what is typed, L01 and L03 what a page shows that is no fact, or not as the fact has it). The build record makes stale documents again; B07 tells of issued ones, R32 and B13 of corrections. `tests/tie_out.rs` holds the ledgers of a whole build against each other.",
};

const KEPT_BYTES: HeldRule = HeldRule {
    code: Code::new(
        "R22",
        "issued-bytes-stay",
        "an issued or signed PDF is never changed",
    ),
    checks: "An issued PDF keeps the bytes whose digest stands in issued.json, and a signed one begins with the bytes of the state before it. Other data lead to a new revision, never to other bytes.",
    why: "What was sent out, decided on and signed is evidence; a file that changes afterwards proves nothing, and breaks its signatures.",
    example: "A figure is corrected after the agreement was signed, and the next build would put other bytes in its place.",
    correct: "Add a revision to documents.csv with its date and reason. When the kept bytes are lost or damaged, put them back from the archive or a backup.",
    held: "A build puts issued and signed bytes back and never makes others. B07 and B08 tell when today's data, words or layout would be others, B09 when the bytes are nowhere, B15, B16 and B17 when issued.json does not fit what was issued, S13 when the signed states do not follow on one another. `tryk verify` proves it for a PDF, `tryk archive verify` for a bag (A13, A22). `tests/revisions.rs`, `tests/issued.rs` and `tests/tamper` try to break it.",
};
