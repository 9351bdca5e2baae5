//! Signature fields: made from the links that a template leaves, and found in a PDF.
//!
//! Comes in: PDF bytes. Goes out: PDF bytes with tagged, labelled fields; or the fields with their places and whether they are signed.
//! Must not sign. When the typesetting engine learns to write signature fields, `make` has nothing left to do.

mod list;
mod make;

pub use list::{SignatureField, in_document, list};
pub use make::{SENTINEL, make};

use lopdf::{Document, LoadOptions};

/// What a stream of a document may at most inflate to while it is read, in bytes.
const MOST_INFLATED: usize = 64 << 20;

/// Reads a PDF strictly: what is damaged or encrypted is refused, nothing is repaired.
///
/// # Errors
/// Why it cannot be read, as the end of a sentence.
pub(super) fn parse(pdf: &[u8]) -> Result<Document, String> {
    let options = LoadOptions {
        strict: true,
        max_decompressed_size: Some(MOST_INFLATED),
        ..LoadOptions::default()
    };
    let document = Document::load_mem_with_options(pdf, options)
        .map_err(|error| format!("cannot be read: {error}"))?;
    if document.is_encrypted() || document.trailer.has(b"Encrypt") {
        return Err("is encrypted".to_owned());
    }
    if document.xref_start == 0 || document.xref_recovery.is_some() {
        return Err("has a damaged cross-reference table".to_owned());
    }
    Ok(document)
}
