//! Puts the stages together: the register's editions in, PDFs in the output folder out.
//!
//! Comes in: a project and which editions are asked for. Goes out: an outcome per edition, and every finding of the run.
//! Must not know a document's content.

pub mod codes;
mod compose;
mod editions;
mod ledgers;
mod load;
pub mod registry;
mod run;
mod write;

pub use compose::{Composed, compose};
pub use editions::{Filter, Planned, planned};
pub use ledgers::{ledger_of, ledgers};
pub use load::{Loaded, Partnership, Press, load};
pub use run::{Mode, Outcome, Progress, Report, State, run};

use crate::model::{Edition, EditionStatus};

/// The code of an edition's status: `draft` or `final`.
pub fn status(edition: &Edition) -> &'static str {
    match edition.status.value {
        EditionStatus::Draft => "draft",
        EditionStatus::Final => "final",
    }
}
