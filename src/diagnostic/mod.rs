//! Findings and the only printer.
//!
//! Comes in: findings from every stage. Goes out: text for people (caret under the cell), one line each, or JSON.
//! Must not know any stage.

mod code;
mod excerpt;
mod finding;
mod human;
mod json;
mod place;
mod printer;
pub mod sarif;
mod short;
mod visible;

pub use code::Code;
pub use finding::{Finding, Findings, Label, Severity};
pub use human::Human;
pub use place::{Located, Place, SourceFile};
pub use printer::{Format, print, summary};
pub use visible::{hidden, quoted, visible};
