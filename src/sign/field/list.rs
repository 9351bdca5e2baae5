//! The signature fields of a PDF, in the order of its form.

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

use super::parse;
use crate::diagnostic::Finding;
use crate::sign::codes;

/// How deep fields may lie below one another.
const MOST_LEVELS: usize = 8;

/// A signature field.
#[derive(Clone, Debug, PartialEq)]
pub struct SignatureField {
    /// Its full name; the `field` of a row in `signatories.csv`.
    pub name: String,
    /// What it is, read aloud.
    pub label: String,
    /// The object that is both field and widget.
    pub widget: ObjectId,
    /// The page it stands on, from 1; 0 when it is on none.
    pub page: usize,
    /// Left, bottom, right, top, in points from the page's lower left corner.
    pub rect: [f32; 4],
    /// Whether it is signed.
    pub signed: bool,
}

impl SignatureField {
    /// Width and height in points.
    pub fn size(&self) -> (f32, f32) {
        let [left, bottom, right, top] = self.rect;
        ((right - left).abs(), (top - bottom).abs())
    }
}

/// The signature fields of a PDF.
///
/// # Errors
/// A finding when the PDF cannot be read; `shown` is what messages call it.
pub fn list(pdf: &[u8], shown: &str) -> Result<Vec<SignatureField>, Box<Finding>> {
    let document = parse(pdf)
        .map_err(|why| Box::new(Finding::error(codes::UNREADABLE, format!("{shown} {why}"))))?;
    Ok(in_document(&document))
}

/// The signature fields of a document that was read.
pub fn in_document(document: &Document) -> Vec<SignatureField> {
    let mut found = Vec::new();
    let form = document
        .catalog()
        .ok()
        .and_then(|catalog| document.get_dict_in_dict(catalog, b"AcroForm").ok());
    let fields = form.and_then(|form| array(document, form, b"Fields"));
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for field in fields.into_iter().flatten() {
        gather(document, &pages, field, "", MOST_LEVELS, &mut found);
    }
    found
}

fn gather(
    document: &Document,
    pages: &[ObjectId],
    field: &Object,
    above: &str,
    levels: usize,
    found: &mut Vec<SignatureField>,
) {
    let Ok(id) = field.as_reference() else { return };
    let Ok(dictionary) = document.get_dictionary(id) else {
        return;
    };
    let own = text(document, dictionary, b"T");
    let name = match (above, own.as_str()) {
        (_, "") => above.to_owned(),
        ("", own) => own.to_owned(),
        (above, own) => format!("{above}.{own}"),
    };
    if dictionary.get(b"FT").and_then(Object::as_name).ok() == Some(b"Sig") {
        found.push(SignatureField {
            name,
            label: text(document, dictionary, b"TU"),
            widget: id,
            page: page(dictionary, pages),
            rect: rect(document, dictionary),
            signed: dictionary.has(b"V"),
        });
    } else if let Some(below) = levels.checked_sub(1) {
        for kid in array(document, dictionary, b"Kids").into_iter().flatten() {
            gather(document, pages, kid, &name, below, found);
        }
    }
}

fn page(widget: &Dictionary, pages: &[ObjectId]) -> usize {
    let page = widget.get(b"P").and_then(Object::as_reference).ok();
    let at = page.and_then(|page| pages.iter().position(|one| *one == page));
    at.map_or(0, |at| at + 1)
}

fn rect(document: &Document, widget: &Dictionary) -> [f32; 4] {
    let numbers = array(document, widget, b"Rect").into_iter().flatten();
    let mut rect = [0.0; 4];
    for (place, number) in rect.iter_mut().zip(numbers) {
        *place = number.as_float().unwrap_or(0.0);
    }
    rect
}

fn array<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Vec<Object>> {
    let object = dictionary.get(key).ok()?;
    document.dereference(object).ok()?.1.as_array().ok()
}

fn text(document: &Document, dictionary: &Dictionary, key: &[u8]) -> String {
    let object = dictionary.get(key).ok();
    let object = object.and_then(|object| document.dereference(object).ok());
    object
        .and_then(|(_, object)| decode_text_string(object).ok())
        .unwrap_or_default()
}
