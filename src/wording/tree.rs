//! The paragraphs of a tagged PDF, by its structure tree (ISO 32000-1, 14.7).
//!
//! Comes in: the bytes of a PDF. Goes out: its paragraphs in reading order, or nothing when it is not tagged or cannot be read.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, decode_text_string};

use super::content;
use super::paragraph::{Kind, Paragraph};
use super::pieces::{Piece, Text};
use super::words::shown;

/// How much a PDF may unpack to, in bytes.
const LIMIT: usize = 64 << 20;
/// How deep the tree is followed, and how many of its elements.
const DEPTH: usize = 64;
const ELEMENTS: usize = 1_000_000;
/// What separates the cells of a row.
const CELL: &str = " | ";

/// Elements that stand inside a line.
const INLINE: &[&str] = &["Span", "Em", "Strong", "Quote", "Code", "Sub", "Annot"];
/// Inline elements that may lead to another chapter.
const REFERENCES: &[&str] = &["Link", "Reference"];
/// Elements whose text is no words of the document: what is generated from its structure.
const LEFT_OUT: &[&str] = &["TOC", "TOCI", "Lbl", "Artifact"];

/// The paragraphs of a PDF in reading order; none when it is not tagged, or no PDF.
pub fn paragraphs(pdf: &[u8]) -> Option<Vec<Paragraph>> {
    if pdf.len() > LIMIT {
        return None;
    }
    // The parser has been fed with damaged files, but a fault in it must not end a run over many PDFs.
    catch_unwind(AssertUnwindSafe(|| read(pdf))).ok().flatten()
}

fn read(pdf: &[u8]) -> Option<Vec<Paragraph>> {
    let options = LoadOptions::with_max_decompressed_size(LIMIT);
    let document = Document::load_mem_with_options(pdf, options).ok()?;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let shown = pages
        .iter()
        .map(|page| content::of_page(&document, *page).unwrap_or_default());
    let root = document
        .catalog()
        .ok()?
        .get_deref(b"StructTreeRoot", &document);
    let root = root.and_then(Object::as_dict).ok()?;
    let mut walk = Walk {
        document: &document,
        shown: shown.collect(),
        pages: (1..).zip(&pages).map(|(at, page)| (*page, at)).collect(),
        left: ELEMENTS,
        section: String::new(),
        open: Open::default(),
        paragraphs: Vec::new(),
    };
    walk.kids(root, None, Kind::Paragraph, DEPTH);
    walk.close(Kind::Paragraph);
    Some(walk.paragraphs)
}

/// Goes through the tree.
struct Walk<'a> {
    document: &'a Document,
    /// The pieces of every page by marked content.
    shown: Vec<BTreeMap<i64, Vec<Piece>>>,
    pages: BTreeMap<ObjectId, usize>,
    left: usize,
    section: String,
    open: Open,
    paragraphs: Vec<Paragraph>,
}

/// The paragraph that is being put together.
#[derive(Default)]
struct Open {
    text: Text,
    page: Option<usize>,
}

impl<'a> Walk<'a> {
    /// The kids of an element: marked contents and inline elements belong to one paragraph, others are paragraphs of their own.
    fn kids(&mut self, element: &'a Dictionary, page: Option<usize>, kind: Kind, depth: usize) {
        let page = self.page_of(element).or(page);
        let Ok(kids) = element.get_deref(b"K", self.document) else {
            return;
        };
        let one = std::slice::from_ref(kids);
        let kids = kids.as_array().map_or(one, Vec::as_slice);
        for kid in kids {
            if depth == 0 || self.left == 0 {
                return;
            }
            self.left -= 1;
            let Ok((_, kid)) = self.document.dereference(kid) else {
                continue;
            };
            match kid {
                Object::Integer(mcid) => self.content(page, *mcid),
                Object::Dictionary(kid) => self.kid(kid, page, kind, depth - 1),
                _ => {}
            }
        }
    }

    fn kid(&mut self, kid: &'a Dictionary, page: Option<usize>, kind: Kind, depth: usize) {
        if let Ok(mcid) = kid.get(b"MCID").and_then(Object::as_i64) {
            let page = self.page_of(kid).or(page);
            return self.content(page, mcid);
        }
        // What has no name is no element: an annotation that a link points to.
        let Ok(name) = kid.get(b"S").and_then(Object::as_name) else {
            return;
        };
        let name = String::from_utf8_lossy(name);
        match name.as_ref() {
            name if LEFT_OUT.contains(&name) => {}
            name if REFERENCES.contains(&name) => self.reference(kid, page, kind, depth),
            name if INLINE.contains(&name) => self.kids(kid, page, kind, depth),
            "TR" => self.row(kid, page, depth),
            "Figure" => self.figure(kid, page, depth),
            name => {
                self.close(kind);
                let inner = inner(name, kind);
                self.kids(kid, page, inner, depth);
                self.close(inner);
            }
        }
    }

    /// A reference to a chapter is marked when it is a number.
    fn reference(&mut self, link: &'a Dictionary, page: Option<usize>, kind: Kind, depth: usize) {
        let outer = std::mem::take(&mut self.open);
        self.kids(link, page, kind, depth);
        let own = std::mem::replace(&mut self.open, outer);
        if let Some(page) = own.page {
            self.open.page.get_or_insert(page);
            let is_chapter = |text: &str| is_number(text) || is_number(&format!("{text}."));
            self.open.text.append(&own.text, is_chapter);
        }
    }

    /// A row is one paragraph.
    fn row(&mut self, row: &'a Dictionary, page: Option<usize>, depth: usize) {
        self.close(Kind::Paragraph);
        let from = self.paragraphs.len();
        let mut cells: Vec<String> = Vec::new();
        let mut first = None;
        let kids = row
            .get_deref(b"K", self.document)
            .and_then(Object::as_array);
        for cell in kids.into_iter().flatten() {
            let Ok((_, Object::Dictionary(cell))) = self.document.dereference(cell) else {
                continue;
            };
            let page = self.page_of(row).or(page);
            self.kids(cell, page, Kind::Row, depth.saturating_sub(1));
            self.close(Kind::Row);
            let parts: Vec<Paragraph> = self.paragraphs.drain(from..).collect();
            first = first.or(parts.first().map(|part| part.page));
            let texts: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
            cells.push(texts.join(" "));
        }
        if let (Some(page), true) = (first, cells.iter().any(|cell| !cell.is_empty())) {
            self.paragraphs.push(Paragraph {
                kind: Kind::Row,
                section: self.section.clone(),
                page,
                text: cells.join(CELL),
            });
        }
    }

    /// A chart or map is what is said of it; a figure that holds text is that text.
    fn figure(&mut self, figure: &'a Dictionary, page: Option<usize>, depth: usize) {
        self.close(Kind::Paragraph);
        let said = figure.get_deref(b"Alt", self.document).ok();
        let Some(said) = said.and_then(|alt| decode_text_string(alt).ok()) else {
            self.kids(figure, page, Kind::Paragraph, depth);
            return self.close(Kind::Paragraph);
        };
        let page = self
            .page_of(figure)
            .or(page)
            .or_else(|| self.first_page(figure));
        let mut text = Text::default();
        let (page, height) = (page.unwrap_or(1), 0.0);
        text.extend(page, &[Piece { height, text: said }]);
        self.add(Kind::Figure, page, text);
    }

    fn content(&mut self, page: Option<usize>, mcid: i64) {
        let Some(page) = page else { return };
        let shown = self.shown.get(page - 1).and_then(|page| page.get(&mcid));
        if let Some(pieces) = shown {
            self.open.page.get_or_insert(page);
            self.open.text.extend(page, pieces);
        }
    }

    fn close(&mut self, kind: Kind) {
        let open = std::mem::take(&mut self.open);
        if let Some(page) = open.page {
            self.add(kind, page, open.text);
        }
    }

    fn add(&mut self, kind: Kind, page: usize, text: Text) {
        let text = text.finish();
        let text = match kind {
            Kind::Heading => without_number(&text).to_owned(),
            Kind::Caption => without_caption_number(&text),
            _ => text,
        };
        if text.is_empty() {
            return;
        }
        if kind == Kind::Heading {
            self.section = shown(&text);
        }
        self.paragraphs.push(Paragraph {
            kind,
            section: self.section.clone(),
            page,
            text,
        });
    }

    fn page_of(&self, element: &Dictionary) -> Option<usize> {
        let page = element.get(b"Pg").and_then(Object::as_reference).ok()?;
        self.pages.get(&page).copied()
    }

    /// The page of the first marked content below an element.
    fn first_page(&self, element: &'a Dictionary) -> Option<usize> {
        let mut at = element;
        for _ in 0..DEPTH {
            let kids = at.get_deref(b"K", self.document).ok()?;
            let first = kids.as_array().map_or(Some(kids), |kids| kids.first())?;
            let (_, first) = self.document.dereference(first).ok()?;
            at = first.as_dict().ok()?;
            if let Some(page) = self.page_of(at) {
                return Some(page);
            }
        }
        None
    }
}

/// What a paragraph inside an element is.
fn inner(name: &str, outer: Kind) -> Kind {
    let is_heading = name
        .strip_prefix('H')
        .is_some_and(|level| level.chars().all(|c| c.is_ascii_digit()));
    match name {
        "LI" | "LBody" => Kind::Item,
        "Caption" => Kind::Caption,
        "Note" => Kind::Note,
        "Title" => Kind::Heading,
        _ if is_heading => Kind::Heading,
        "L" | "Table" | "Sect" | "Part" | "Document" => Kind::Paragraph,
        _ => outer,
    }
}

/// A heading without its number: `A.`, `2.`, `3.1`.
fn without_number(text: &str) -> &str {
    match text.split_once(' ') {
        Some((number, rest)) if is_number(number) => rest.trim_start(),
        _ => text,
    }
}

fn is_number(word: &str) -> bool {
    let is_letter = |part: &str| part.len() == 1 && part.chars().all(|c| c.is_ascii_uppercase());
    let is_count = |part: &str| part.len() < 3 && part.chars().all(|c| c.is_ascii_digit());
    let stem = word.strip_suffix('.').unwrap_or(word);
    let mut parts = stem.split('.');
    word.contains('.') && parts.all(|part| !part.is_empty() && (is_letter(part) || is_count(part)))
}

/// A caption without its number: `Tabel 3 Aktiviteter` is `Tabel: Aktiviteter`.
fn without_caption_number(text: &str) -> String {
    let folded = text.replacen('\u{a0}', " ", 1);
    let mut words = folded.splitn(3, ' ');
    match (words.next(), words.next(), words.next()) {
        (Some(kind), Some(number), Some(rest))
            if number.chars().all(|c| c.is_ascii_digit()) && !number.is_empty() =>
        {
            format!("{kind}: {rest}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_structure_are_no_words() {
        assert_eq!(without_number("A. Om partnerskabet"), "Om partnerskabet");
        assert_eq!(without_number("3.1 Mål"), "Mål");
        assert_eq!(without_number("3B og AKB"), "3B og AKB");
        assert_eq!(without_number("2018 i tal"), "2018 i tal");
        assert_eq!(
            without_caption_number("Tabel\u{a0}3 Aktiviteter 2019"),
            "Tabel: Aktiviteter 2019"
        );
        assert_eq!(
            without_caption_number("Kort over området"),
            "Kort over området"
        );
    }

    #[test]
    fn what_is_no_tagged_pdf_has_no_paragraphs() {
        for bytes in [b"".as_slice(), b"%PDF-1.7", b"{}"] {
            assert_eq!(paragraphs(bytes), None);
        }
    }
}
