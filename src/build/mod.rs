//! Puts the stages together: the register's editions in, PDFs in the output folder out.
//!
//! Comes in: a project and which editions are asked for. Goes out: an outcome per edition, and every finding of the run.
//! Must not know a document's content.

mod appearance;
pub mod archive;
pub mod codes;
mod compose;
mod condition;
pub mod diff;
mod digest;
mod editions;
mod entry;
mod frozen;
pub mod held;
mod issue;
mod issued_file;
mod judge;
mod known;
mod ledgers;
mod load;
mod lock;
mod made;
mod name;
mod one;
mod prepare;
mod reason;
mod record;
pub mod registry;
mod report;
mod run;
mod seen;
mod signed;
mod signing;
mod signing_copy;
mod unmade;
mod unused;
mod watch;
mod write;

pub use appearance::Shown;
pub use compose::{Composed, compose};
pub use condition::{Condition, Would, conditions};
pub use editions::{Filter, Planned, planned};
pub use entry::unnamed;
pub use issue::{Issuance, issue};
pub use known::{Known, Origin, known};
pub use ledgers::{ledger_of, ledgers};
pub use load::{Loaded, Partnership, Press, load};
pub use name::EditionName;
pub use prepare::{Prepared, prepare};
pub use reason::{FigureChange, Reason, listed};
pub use report::{Event, Mode, Outcome, Progress, Report, State};
pub use run::{nothing, run};
pub use signed::Signatures;
pub use signing::{Desk, Paper, Stopped, Target};
pub use unmade::how_to_make;
pub use watch::watch;
pub use write::write as write_file;
pub use write::write_new;

use crate::model::{Edition, EditionStatus};

/// The code of an edition's status: `draft` or `final`.
pub fn status(edition: &Edition) -> &'static str {
    match edition.status.value {
        EditionStatus::Draft => "draft",
        EditionStatus::Final => "final",
    }
}
