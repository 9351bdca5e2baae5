//! Markdown with placeholders over the facts in, blocks of text and figures out.
//!
//! Comes in: text files and an edition's facts. Goes out: [`Block`]s that templates print as values, or findings at file:line:column.
//! Must not make Typst source: nothing of a text or of the data is ever code.

mod block;
pub mod codes;
mod environment;
mod filters;
mod line;
mod markdown;
mod object;
mod outline;
mod pieces;
mod text;

pub use block::{Block, Inline};
pub use line::line;
pub use outline::{Figure, Part, PartKind, outline};
pub use text::{Texts, blocks};
