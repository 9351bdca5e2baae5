//! Files whose words people type: Markdown texts, and the Typst sources of templates.

use std::sync::Arc;

use crate::diagnostic::SourceFile;

/// A file whose words were typed by hand, not interpreted.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// The file.
    pub source: Arc<SourceFile>,
    /// How it is written.
    pub kind: ManuscriptKind,
    /// The template whose documents print it; none for what all templates share.
    pub document: Option<String>,
    /// The year whose edition prints it; none for every year.
    pub year: Option<i32>,
}

/// How a manuscript is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ManuscriptKind {
    /// Markdown with placeholders.
    Text,
    /// Typst.
    Layout,
}
