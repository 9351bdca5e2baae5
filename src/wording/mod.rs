//! The words of a PDF in reading order, and how the words of two PDFs differ.
//!
//! Comes in: the bytes of tagged PDFs. Goes out: paragraphs by the structure tree, and the changes from one document's paragraphs to another's, word by word.
//! Line breaks, page numbers, running heads, tables of contents and the numbers of headings, captions and list items are no words.
//! Must survive any bytes, and must not know what a figure means.

mod align;
mod content;
mod paragraph;
mod pieces;
mod tree;
mod words;

pub use align::changes;
pub use paragraph::{Kind, Paragraph, ParagraphChange};
pub use tree::paragraphs;
pub use words::{Mark, Run};
