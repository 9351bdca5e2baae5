//! The ledger of an edition: every printed figure with its value, form, origin, formula, page and rectangle.
//!
//! Comes in: the edition's facts and its laid out pages. Goes out: `ledger.json` and `data.json`, which travel inside the PDF and lie beside it;
//! and a finding for every figure on a page that belongs to no fact and to no declared structural kind.
//! Back again: the ledger that a PDF carries, what it says of a figure, and how it differs from another.
//! Must not format a value, nor touch the disk.

mod around;
mod changes;
pub mod codes;
mod compare;
mod entries;
mod loose;
mod make;
mod read;
mod shelf;
mod trace;

pub use changes::{ChangeKind, Difference, FactChange, fact_changes};
pub use compare::misprints;
pub use entries::{
    DATA_FORMAT, Data, DataFact, EditionEntry, FORMAT, FactEntry, FormulaEntry, Ledger,
    OriginEntry, Printing, SourceEntry, StructuralEntry,
};
pub use loose::{Loose, loose};
pub use make::{Frame, known, make, reaches};
pub use read::{Carried, LIMIT, attached, carried, parse, read};
pub use shelf::{Matches, Shelf, Shelved};
pub use trace::Trace;
