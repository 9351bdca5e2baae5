//! What was typed by hand in texts and templates: the words, the figures among them, and the facts they should have been.

mod allow;
mod figures;
mod find;
mod kinds;
mod suggest;
mod typed;
mod typst;

pub use allow::is_allowed;
pub use figures::{FigureKind, Typed, figures};
pub use find::{occurrences, sentence_ends};
pub use suggest::Suggestions;
pub use typed::typed;
