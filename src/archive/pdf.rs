//! What a PDF in a bag says of itself: the standards it claims, the text of its pages, its signature fields.
//!
//! Comes in: the bytes of a PDF, from anywhere. Goes out: claims and letters. Must survive any bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Encoding, LoadOptions, Object, ObjectId, decode_text_string};

/// The largest PDF, and the largest stream in one, that is looked into, in bytes.
pub const LIMIT: usize = 64 << 20;
/// How a template marks the place of a signature that is no field yet: `urn:x-sigfield:ID:LABEL`.
const SENTINEL: &str = "urn:x-sigfield:";

/// What a PDF says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Claims {
    /// The part and the level of PDF/A, such as `3A`; none when it claims none.
    pub pdf_a: Option<String>,
    /// The part of PDF/UA, such as `1`.
    pub pdf_ua: Option<String>,
    /// The fields for signatures, by name: what each is.
    pub fields: BTreeMap<String, String>,
    /// The names of those that are signed.
    pub signed: BTreeSet<String>,
}

/// Reads what a PDF says of itself; none when it is none that can be read.
pub fn claims(pdf: &[u8]) -> Option<Claims> {
    guarded(pdf, |document| {
        let catalog = document.catalog().ok()?;
        let stream = follow(document, catalog, b"Metadata")?.as_stream().ok()?;
        let xmp = stream.get_plain_content_with_limit(LIMIT).ok()?;
        let xmp = String::from_utf8_lossy(&xmp);
        let level = simple(&xmp, "pdfaid:conformance").unwrap_or_default();
        let mut claims = Claims {
            pdf_a: simple(&xmp, "pdfaid:part").map(|part| part + &level),
            pdf_ua: simple(&xmp, "pdfuaid:part"),
            ..Claims::default()
        };
        for id in document.page_iter() {
            widgets(document, id, &mut claims);
        }
        Some(claims)
    })
}

/// The letters and figures of every page, without spaces and marks; none when a page cannot be read.
///
/// Letters only, because line breaks, ligatures and hyphens are the layout's; enough to tell whether a printed figure stands on a page.
pub fn letters(pdf: &[u8]) -> Option<Vec<String>> {
    guarded(pdf, |document| {
        document.page_iter().map(|id| page(document, id)).collect()
    })
}

/// How many pages a PDF has; none when it cannot be read.
pub fn pages(pdf: &[u8]) -> Option<usize> {
    guarded(pdf, |document| Some(document.page_iter().count()))
}

/// The letters and figures of a text, as [`letters`] has them.
pub fn folded(text: &str) -> String {
    let text = text.nfkc_letters();
    text.chars()
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

trait Letters {
    fn nfkc_letters(&self) -> String;
}

impl Letters for str {
    /// Ligatures as letters.
    fn nfkc_letters(&self) -> String {
        use unicode_normalization::UnicodeNormalization;
        self.nfkc().collect()
    }
}

/// Loads a PDF and looks into it; a fault in the parser must not end a run over many.
fn guarded<T>(pdf: &[u8], look: impl FnOnce(&Document) -> Option<T>) -> Option<T> {
    if pdf.len() > LIMIT {
        return None;
    }
    let work = || {
        let options = LoadOptions::with_max_decompressed_size(LIMIT);
        let document = Document::load_mem_with_options(pdf, options).ok()?;
        look(&document)
    };
    catch_unwind(AssertUnwindSafe(work)).ok().flatten()
}

fn follow<'a>(document: &'a Document, of: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let (_, object) = document.dereference(of.get(key).ok()?).ok()?;
    Some(object)
}

/// The text of a simple element or attribute of XMP.
fn simple(xmp: &str, name: &str) -> Option<String> {
    let element = xmp
        .split_once(&format!("<{name}>"))
        .map(|(_, rest)| rest.split_once('<'));
    let attribute = xmp
        .split_once(&format!("{name}=\""))
        .map(|(_, rest)| rest.split_once('"'));
    let (value, _) = element.or(attribute)??;
    Some(value.trim().to_owned())
}

/// The signature fields on a page, and the places for them.
fn widgets(document: &Document, page: ObjectId, claims: &mut Claims) {
    let Ok(page) = document.get_dictionary(page) else {
        return;
    };
    let annotations = follow(document, page, b"Annots").and_then(|one| one.as_array().ok());
    for one in annotations.into_iter().flatten() {
        let Ok((_, Object::Dictionary(one))) = document.dereference(one) else {
            continue;
        };
        let text = |key: &[u8]| decode_text_string(follow(document, one, key)?).ok();
        let label = text(b"TU")
            .or_else(|| text(b"Contents"))
            .unwrap_or_default();
        let is_field =
            follow(document, one, b"FT").is_some_and(|kind| matches!(kind.as_name(), Ok(b"Sig")));
        if let (true, Some(name)) = (is_field, text(b"T")) {
            if one.has(b"V") {
                claims.signed.insert(name.clone());
            }
            claims.fields.insert(name, label);
        } else if let Some((name, label)) = sentinel(document, one) {
            claims.fields.insert(name, label);
        }
    }
}

fn sentinel(document: &Document, annotation: &Dictionary) -> Option<(String, String)> {
    let action = follow(document, annotation, b"A")?.as_dict().ok()?;
    let uri = follow(document, action, b"URI")?.as_str().ok()?;
    let uri = String::from_utf8_lossy(uri);
    let (name, label) = uri.strip_prefix(SENTINEL)?.split_once(':')?;
    Some((name.to_owned(), label.to_owned()))
}

fn page(document: &Document, id: ObjectId) -> Option<String> {
    let fonts: BTreeMap<Vec<u8>, Encoding<'_>> = document
        .get_page_fonts(id)
        .ok()?
        .into_iter()
        .filter_map(|(name, font)| Some((name, font.get_font_encoding(document).ok()?)))
        .collect();
    let content = Content::decode(&document.get_page_content(id)).ok()?;
    let mut scribe = Scribe {
        fonts: &fonts,
        font: None,
        instead: Vec::new(),
        text: String::new(),
    };
    for operation in &content.operations {
        scribe.take(&operation.operator, &operation.operands);
    }
    Some(folded(&scribe.text.replace('\u{ad}', "")))
}

/// Writes down what a page's content shows.
struct Scribe<'a> {
    fonts: &'a BTreeMap<Vec<u8>, Encoding<'a>>,
    font: Option<&'a Encoding<'a>>,
    /// True for each open marked content that stands for other text than it shows.
    instead: Vec<bool>,
    text: String,
}

impl Scribe<'_> {
    fn take(&mut self, operator: &str, operands: &[Object]) {
        match (operator, operands) {
            ("BDC", [_, properties]) => {
                let properties = properties.as_dict().ok();
                let text = properties
                    .and_then(|one| decode_text_string(one.get(b"ActualText").ok()?).ok());
                self.text.push_str(text.as_deref().unwrap_or_default());
                self.instead.push(text.is_some());
            }
            ("BDC" | "BMC", _) => self.instead.push(false),
            ("EMC", _) => {
                self.instead.pop();
            }
            ("Tf", [Object::Name(name), _]) => self.font = self.fonts.get(name),
            ("Tj", [text]) => self.show(text),
            ("TJ", [Object::Array(parts)]) => parts.iter().for_each(|part| self.show(part)),
            _ => {}
        }
    }

    fn show(&mut self, shown: &Object) {
        let (Object::String(bytes, _), Some(font)) = (shown, self.font) else {
            return;
        };
        if !self.instead.contains(&true) {
            self.text
                .push_str(&Document::decode_text(font, bytes).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_pdf_says_nothing() {
        for bytes in [
            b"".as_slice(),
            b"%PDF-1.7",
            b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF",
        ] {
            assert_eq!(claims(bytes), None);
            assert!(letters(bytes).is_none_or(|pages| pages.is_empty()));
        }
    }

    #[test]
    fn claims_are_elements_or_attributes() {
        let element = "<pdfaid:part>3</pdfaid:part>";
        assert_eq!(simple(element, "pdfaid:part").as_deref(), Some("3"));
        let attribute = "<rdf:Description pdfaid:part=\"2\"/>";
        assert_eq!(simple(attribute, "pdfaid:part").as_deref(), Some("2"));
        assert_eq!(simple("", "pdfaid:part"), None);
    }

    #[test]
    fn texts_are_compared_by_their_letters() {
        assert_eq!(folded("ﬁre\u{a0}−4,5 %"), "fire45");
    }
}
