//! Reading a ledger back out of a PDF.
//!
//! Comes in: the bytes of a PDF, or of a `ledger.json`. Goes out: the ledger, or a finding that says why there is none.
//! Must survive any bytes: the file may come from anywhere.

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Dictionary, Document, LoadOptions, Object, Stream, decode_text_string};
use serde::Deserialize;

use super::codes;
use super::entries::{FORMAT, Ledger};
use crate::diagnostic::{Code, Finding, SourceFile};

/// The largest PDF, and the largest stream in one, that is read, in bytes.
pub const LIMIT: usize = 64 << 20;
/// The name of the attachment.
const NAME: &str = "ledger.json";
/// How deep a tree of names is followed, and how many of its nodes.
const DEPTH: usize = 16;
const NODES: usize = 4096;

/// The ledger that a PDF carries; `shown` is what messages call the file.
///
/// # Errors
/// A finding when the bytes are no PDF, or it carries no ledger that this program knows.
pub fn read(pdf: &[u8], shown: &str) -> Result<Ledger, Box<Finding>> {
    if pdf.len() > LIMIT {
        let most = LIMIT >> 20;
        let message = format!("{shown} is larger than {most} MB, the most that is read");
        return Err(Box::new(refused(codes::NO_PDF, shown, message)));
    }
    // The parser has been fed with damaged files, but a fault in it must not end a run over many PDFs.
    let found = catch_unwind(AssertUnwindSafe(|| attachment(pdf, NAME))).unwrap_or(Err(NotPdf));
    match found {
        Ok(Some(json)) => parse(&json, shown),
        Ok(None) => Err(Box::new(
            refused(codes::NO_LEDGER, shown, format!("{shown} carries no ledger"))
                .hint("only PDFs made by `tryk build` carry one, and some programs drop attachments when they save a PDF"),
        )),
        Err(NotPdf) => {
            let message = format!("{shown} is no PDF that can be read");
            Err(Box::new(refused(codes::NO_PDF, shown, message)))
        }
    }
}

/// The bytes of an attached file, as they were attached; none when the PDF has no such attachment.
pub fn attached(pdf: &[u8], name: &str) -> Option<Vec<u8>> {
    let found = catch_unwind(AssertUnwindSafe(|| attachment(pdf, name)));
    found.unwrap_or(Err(NotPdf)).ok().flatten()
}

/// What the bytes of a PDF say of it.
#[derive(Debug)]
pub struct Carried {
    /// `ledger.json`, as it was attached.
    pub ledger: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
}

/// The ledger that a PDF carries, as bytes, and its pages; none when the bytes are no PDF, or it carries none.
pub fn carried(pdf: &[u8]) -> Option<Carried> {
    let found = catch_unwind(AssertUnwindSafe(|| {
        let document = load(pdf).ok()?;
        Some(Carried {
            ledger: attachment_of(&document, NAME).ok()??,
            pages: document.get_pages().len(),
        })
    }));
    found.ok().flatten()
}

/// The ledger in the bytes of a `ledger.json`.
///
/// # Errors
/// A finding when it is none that this program knows.
pub fn parse(json: &[u8], shown: &str) -> Result<Ledger, Box<Finding>> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
    }
    let unknown = |message: String| Box::new(refused(codes::UNKNOWN_FORMAT, shown, message));
    let head: Head = serde_json::from_slice(json)
        .map_err(|error| unknown(format!("the ledger of {shown} cannot be read: {error}")))?;
    if head.format != FORMAT {
        let format = head.format.chars().take(40).collect::<String>();
        let message = format!("the ledger of {shown} has the format '{format}'");
        return Err(Box::new(unknown(message).expected(FORMAT)));
    }
    serde_json::from_slice(json)
        .map_err(|error| unknown(format!("the ledger of {shown} is no {FORMAT}: {error}")))
}

struct NotPdf;

/// The bytes of the attachment, when there is one.
fn attachment(pdf: &[u8], name: &str) -> Result<Option<Vec<u8>>, NotPdf> {
    attachment_of(&load(pdf)?, name)
}

fn load(pdf: &[u8]) -> Result<Document, NotPdf> {
    let options = LoadOptions::with_max_decompressed_size(LIMIT);
    Document::load_mem_with_options(pdf, options).map_err(|_| NotPdf)
}

fn attachment_of(document: &Document, name: &str) -> Result<Option<Vec<u8>>, NotPdf> {
    let catalog = document.catalog().map_err(|_| NotPdf)?;
    let files = Files { document, name };
    let stream = files.by_name(catalog).or_else(|| files.associated(catalog));
    match stream {
        Some(stream) => {
            let content = stream.get_plain_content_with_limit(LIMIT);
            content.map(Some).map_err(|_| NotPdf)
        }
        None => Ok(None),
    }
}

struct Files<'a> {
    document: &'a Document,
    name: &'a str,
}

impl<'a> Files<'a> {
    /// Looks in the tree of names (ISO 32000-2, 7.11.4).
    fn by_name(&self, catalog: &'a Dictionary) -> Option<&'a Stream> {
        let names = self.dictionary(catalog, b"Names")?;
        let mut open = vec![(self.dictionary(names, b"EmbeddedFiles")?, 0)];
        for _ in 0..NODES {
            let (node, depth) = open.pop()?;
            let leaves = self.array(node, b"Names").chunks_exact(2);
            if let Some(found) = leaves.map(|pair| &pair[1]).find_map(|one| self.file(one)) {
                return Some(found);
            }
            if depth < DEPTH {
                let kids = self.array(node, b"Kids").iter();
                let kids = kids.filter_map(|kid| self.follow(kid)?.as_dict().ok());
                open.extend(kids.map(|kid| (kid, depth + 1)));
            }
        }
        None
    }

    /// Looks among the associated files (ISO 32000-2, 14.13).
    fn associated(&self, catalog: &'a Dictionary) -> Option<&'a Stream> {
        let files = self.array(catalog, b"AF").iter();
        files.take(NODES).find_map(|one| self.file(one))
    }

    /// The stream of a file specification, when it has the name that is looked for.
    fn file(&self, specification: &'a Object) -> Option<&'a Stream> {
        let specification = self.follow(specification)?.as_dict().ok()?;
        let named = |key: &[u8]| {
            let name = self.follow(specification.get(key).ok()?)?;
            decode_text_string(name).ok()
        };
        let name = named(b"UF").or_else(|| named(b"F"))?;
        let embedded = self.dictionary(specification, b"EF")?;
        let stream = embedded.get(b"F").or_else(|_| embedded.get(b"UF")).ok()?;
        let stream = self.follow(stream)?.as_stream().ok()?;
        (name == self.name).then_some(stream)
    }

    fn follow(&self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, one)| one)
    }

    fn dictionary(&self, of: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.follow(of.get(key).ok()?)?.as_dict().ok()
    }

    fn array(&self, of: &'a Dictionary, key: &[u8]) -> &'a [Object] {
        let array = of
            .get(key)
            .ok()
            .and_then(|one| self.follow(one)?.as_array().ok());
        array.map(Vec::as_slice).unwrap_or_default()
    }
}

fn refused(code: Code, shown: &str, message: String) -> Finding {
    let place = SourceFile::new(shown, "").whole();
    Finding::error(code, message).at(&place, "")
}
