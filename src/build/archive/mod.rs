//! Archiving, put together: which documents of a year go into a bag, what they are made from, and the judgement of a bag as a whole.
//!
//! Comes in: a project, or bags. Goes out: a bag, or a report on one. Must not know a document's content.

mod contents;
mod create;
mod documents;
mod evidence;
mod exceptions;
mod figures;
mod index;
mod info;
mod rebuild;
mod reproduce;
mod shelf;
mod signed;
pub(super) mod sources;
mod told;
mod verify;

pub use create::{Archival, Order, Retention, create};
pub use evidence::{Renewal, renew, request};
pub use exceptions::{Accepted, Kind};
pub use reproduce::{Likeness, Reproduced, Reproduction, reproduce};
pub use verify::{BagReport, Verdict, verify};
