//! The shapes of what is compared, and of what differs.

use serde::Serialize;

use super::words::Run;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A paragraph of running text.
    Paragraph,
    /// A heading or a title.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table, with ` | ` between its cells.
    Row,
    /// A caption.
    Caption,
    /// What is said of a chart or a map to those who do not see it.
    Figure,
    /// A footnote.
    Note,
}

/// A paragraph as a reader hears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: Kind,
    /// The heading that it stands under, without its number; empty before the first.
    pub section: String,
    /// The page on which it begins, from 1.
    pub page: usize,
    /// Its text, with single ordinary spaces between words and no-break spaces kept inside figures.
    pub text: String,
}

/// A paragraph that was changed, added or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParagraphChange {
    /// What it is.
    pub kind: Kind,
    /// The heading that it stands under; for a removed one, in the old document.
    pub section: String,
    /// What stands before or after it and names it, when none of its own words is kept: `Budget`.
    pub label: Option<String>,
    /// Its page in the old document; none when it was added.
    pub old_page: Option<usize>,
    /// Its page in the new document; none when it was removed.
    pub new_page: Option<usize>,
    /// True when nothing but figures differs: the words are the same.
    pub figures_only: bool,
    /// Its words in order: kept, removed, added.
    pub runs: Vec<Run>,
}
