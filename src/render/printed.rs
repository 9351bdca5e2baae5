//! What is printed where: the facts that a laid out document bears.
//!
//! Comes in: the pages as Typst laid them out. Goes out: every printed fact with its page and position, in document order.
//! Must not judge a fact: the caller compares the texts with the values.

use std::ops::Range;

use typst::foundations::{Content, Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::utils::PicoStr;
use typst_layout::{PagedDocument, PagedIntrospector};

use super::codes::FACT_LABEL;
use super::diagnose::Places;
use super::pages::{Rect, TextPiece, of_fact, together};
use crate::diagnostic::{Finding, Findings};

/// The label that templates put on the metadata of a fact.
const LABEL: &str = "fact";

/// A fact as it stands on a page.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct PrintedFact {
    /// The fact's id.
    pub id: String,
    /// The text printed.
    pub text: String,
    /// The form asked for, when it is not the usual one.
    pub form: Option<String>,
    /// The page, counted from 1 (not the number printed on it).
    pub page: usize,
    /// Where it stands on the page, in points from the upper left corner, to the hundredth.
    pub rect: Rect,
    /// The pieces of the layout that are its text.
    pub pieces: Range<usize>,
}

/// The printed facts in document order, or findings on labels that do not bear one.
pub(super) fn printed_facts(
    document: &PagedDocument,
    pieces: &[TextPiece],
    places: &Places,
) -> Result<Vec<PrintedFact>, Findings> {
    let introspector = document.introspector();
    let Some(label) = Label::new(PicoStr::intern(LABEL)) else {
        return Ok(Vec::new());
    };
    let mut printed = Vec::new();
    let mut findings = Findings::new();
    for content in introspector.query(&Selector::Label(label)) {
        match printed_fact(introspector, pieces, &content) {
            Some(fact) => printed.push(fact),
            None => findings.push(
                places.mark(
                    Finding::error(FACT_LABEL, "a `<fact>` label does not stand before the text of its fact")
                        .expected("metadata with the texts `fact` and `text`, and perhaps `form`; then just that text; then `<fact-end>`")
                        .hint("print facts with `fact` from /shared/lib.typ"),
                    content.span(),
                ),
            ),
        }
    }
    if findings.is_empty() {
        Ok(printed)
    } else {
        Err(findings)
    }
}

fn printed_fact(
    introspector: &PagedIntrospector,
    pieces: &[TextPiece],
    content: &Content,
) -> Option<PrintedFact> {
    let Value::Dict(entries) = &content.to_packed::<MetadataElem>()?.value else {
        return None;
    };
    let location = content.location()?;
    let position = introspector.position(location)?;
    let mine = of_fact(pieces, location)?;
    let (stands, rect) = together(&pieces[mine.clone()])?;
    if folded(&stands) != folded(&text(entries, "text")?) {
        return None;
    }
    Some(PrintedFact {
        id: text(entries, "fact")?,
        text: text(entries, "text")?,
        form: text(entries, "form"),
        page: position.page.get(),
        rect,
        pieces: mine,
    })
}

fn text(entries: &Dict, key: &str) -> Option<String> {
    match entries.get(key) {
        Ok(Value::Str(text)) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

/// Spaces may be set as others; nothing else may differ.
fn folded(text: &str) -> String {
    text.split_whitespace().collect()
}
