//! What a page shows, by marked content.
//!
//! Comes in: a page's content stream. Goes out: for every marked content its pieces of text with the heights they stand at. Must not look at the structure tree.

use std::collections::BTreeMap;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId, decode_text_string};

use super::pieces::Piece;

/// The most that a page's content or a font's table may unpack to, in bytes.
const LIMIT: usize = 64 << 20;

/// The pieces of each marked content of a page by its number (MCID); none when the page cannot be read.
pub(super) fn of_page(document: &Document, page: ObjectId) -> Option<BTreeMap<i64, Vec<Piece>>> {
    let fonts = document.get_page_fonts(page).ok()?;
    let fonts = fonts.into_iter().filter_map(|(name, font)| {
        let encoding = font.get_font_encoding_with_limit(document, LIMIT).ok()?;
        Some((name, encoding))
    });
    let fonts: BTreeMap<Vec<u8>, Encoding<'_>> = fonts.collect();
    let bytes = document.get_page_content_with_limit(page, LIMIT).ok()?;
    let content = Content::decode(&bytes).ok()?;
    let mut scribe = Scribe {
        fonts: &fonts,
        font: None,
        open: Vec::new(),
        height: 0.0,
        heights: Vec::new(),
        shown: BTreeMap::new(),
    };
    content.operations.iter().for_each(|one| scribe.take(one));
    Some(scribe.shown)
}

/// Writes down what the operators show.
struct Scribe<'a> {
    fonts: &'a BTreeMap<Vec<u8>, Encoding<'a>>,
    font: Option<&'a Encoding<'a>>,
    open: Vec<Marked>,
    height: f32,
    heights: Vec<f32>,
    shown: BTreeMap<i64, Vec<Piece>>,
}

/// An open marked content: its number, and what it stands for instead of what it shows.
struct Marked {
    mcid: Option<i64>,
    is_replaced: bool,
}

impl<'a> Scribe<'a> {
    fn take(&mut self, operation: &Operation) {
        match (operation.operator.as_str(), operation.operands.as_slice()) {
            ("q", _) => self.heights.push(self.height),
            ("Q", _) => self.height = self.heights.pop().unwrap_or_default(),
            ("cm", [.., y]) => self.height += y.as_float().unwrap_or_default(),
            ("BDC", [_, properties]) => self.begin(properties.as_dict().ok()),
            ("BMC", _) => self.begin(None),
            ("EMC", _) => {
                self.open.pop();
            }
            ("Tf", [Object::Name(name), _]) => self.font = self.fonts.get(name),
            ("BT", _) => self.push(String::new()),
            ("Tj", [text]) => self.show(text),
            ("TJ", [Object::Array(parts)]) => parts.iter().for_each(|part| self.show(part)),
            _ => {}
        }
    }

    fn begin(&mut self, properties: Option<&Dictionary>) {
        let get = |key: &[u8]| properties.and_then(|properties| properties.get(key).ok());
        let mcid = get(b"MCID").and_then(|mcid| mcid.as_i64().ok());
        let instead = get(b"ActualText").and_then(|text| decode_text_string(text).ok());
        let is_hidden = self.open.last().is_some_and(|one| one.is_replaced);
        self.open.push(Marked {
            mcid: mcid.or_else(|| self.open.last()?.mcid),
            is_replaced: is_hidden || instead.is_some(),
        });
        if let (Some(text), false) = (instead, is_hidden) {
            self.add(&text);
        }
    }

    fn show(&mut self, shown: &Object) {
        let (Object::String(bytes, _), Some(font)) = (shown, self.font) else {
            return;
        };
        if self.open.last().is_some_and(|one| one.is_replaced) {
            return;
        }
        if let Ok(text) = Document::decode_text(font, bytes) {
            self.add(&text);
        }
    }

    /// Adds to the last piece when it stands at the same height.
    fn add(&mut self, text: &str) {
        let Some(pieces) = self.pieces() else { return };
        match pieces.last_mut() {
            Some(last) => last.text.push_str(text),
            None => self.push(text.to_owned()),
        }
    }

    /// Begins a piece.
    fn push(&mut self, text: String) {
        let height = self.height;
        if let Some(pieces) = self.pieces() {
            pieces.push(Piece { height, text });
        }
    }

    fn pieces(&mut self) -> Option<&mut Vec<Piece>> {
        let mcid = self.open.last()?.mcid?;
        Some(self.shown.entry(mcid).or_default())
    }
}
