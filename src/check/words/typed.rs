//! The words of a manuscript that were typed to be printed, with their places.

use std::ops::Range;

use super::typst;
use crate::facts::Node;
use crate::model::{Manuscript, ManuscriptKind};
use crate::prose::{PartKind, outline};

/// The spans of the words typed in a manuscript, in bytes.
pub fn typed(manuscript: &Manuscript, topics: &[&Node]) -> Vec<Range<usize>> {
    let text = manuscript.source.text();
    match manuscript.kind {
        ManuscriptKind::Layout => typst::typed(text),
        ManuscriptKind::Text => outline(text, topics)
            .unwrap_or_default()
            .into_iter()
            .filter(|part| matches!(part.kind, PartKind::Words))
            .map(|part| part.span)
            .collect(),
    }
}
