//! Files that travel inside the PDF (PDF/A-3, ISO 19005-3, associated files).
//!
//! Comes in: bytes made from the laid out pages. Goes out: the source of a main file that sets the template and attaches them.
//! Must not change the layout: attachments leave nothing on a page.

use serde_json::json;
use typst::foundations::Bytes;

/// The virtual path of the main file that sets a template with its attachments.
pub(super) const EDITION_PATH: &str = "/edition.typ";
/// The virtual folder that attachments are served from.
const FOLDER: &str = "/attachments/";

/// A file inside the PDF.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// Its name.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub media_type: &'static str,
    /// What it is, in a Danish phrase.
    pub description: &'static str,
    /// How it relates to the document: `source`, `data`, `alternative` or `supplement` (ISO 32000-2, AFRelationship).
    pub relationship: &'static str,
}

/// The source that sets the template at `main` and attaches the files.
pub(super) fn wrapper(main: &str, attachments: &[Attachment]) -> String {
    let mut source = format!("#include {}\n", json!(main));
    for one in attachments {
        source.push_str(&format!(
            "#pdf.attach({}, read({}, encoding: none), mime-type: {}, description: {}, relationship: {})\n",
            json!(one.name),
            json!(format!("{FOLDER}{}", one.name)),
            json!(one.media_type),
            json!(one.description),
            json!(one.relationship),
        ));
    }
    source
}

/// The bytes served at a virtual path.
pub(super) fn served(path: &str, attachments: &[Attachment]) -> Option<Bytes> {
    let name = path.strip_prefix(FOLDER)?;
    let found = attachments.iter().find(|one| one.name == name)?;
    Some(Bytes::new(found.bytes.clone()))
}
