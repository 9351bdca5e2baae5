//! Everything that is typed by hand, for the rules on words: the texts and the sources of templates, the texts of a partnership.
//!
//! Comes in: the folders. Goes out: manuscripts, not interpreted.
//! Must not report faults of the files: whoever reads them for an edition does.

use super::context::Context;
use super::encoding::Encoding;
use super::file::{self, Entry, Root};
use crate::model::{Manuscript, ManuscriptKind};

/// How deep folders of sources may nest.
const DEPTH: usize = 6;

/// The manuscripts under the templates: every text of the templates named, and every Typst source.
pub fn template_manuscripts(templates: &Root, documents: &[String]) -> Vec<Manuscript> {
    let mut found = Vec::new();
    for document in documents {
        texts(
            templates,
            &format!("{document}/text"),
            document,
            None,
            &mut found,
        );
    }
    layouts(templates, "", documents, DEPTH, &mut found);
    found
}

/// The manuscripts of a partnership: its own texts, of all years and of one.
pub fn manuscripts(inputs: &Root, partnership: &str, documents: &[String]) -> Vec<Manuscript> {
    let mut found = Vec::new();
    for document in documents {
        let folder = format!("{partnership}/text/{document}");
        texts(inputs, &folder, document, None, &mut found);
        for entry in entries(inputs, &folder) {
            if let (true, Ok(year)) = (entry.is_folder, entry.name.parse()) {
                let folder = format!("{folder}/{}", entry.name);
                texts(inputs, &folder, document, Some(year), &mut found);
            }
        }
    }
    found
}

fn entries(root: &Root, folder: &str) -> Vec<Entry> {
    match folder.is_empty() || root.has(folder) {
        true => root.entries(folder).unwrap_or_default(),
        false => Vec::new(),
    }
}

fn texts(
    root: &Root,
    folder: &str,
    document: &str,
    year: Option<i32>,
    found: &mut Vec<Manuscript>,
) {
    for entry in entries(root, folder) {
        if !entry.is_folder && entry.name.ends_with(".md") {
            let path = format!("{folder}/{}", entry.name);
            add(
                root,
                &path,
                ManuscriptKind::Text,
                Some(document),
                year,
                found,
            );
        }
    }
}

fn layouts(
    root: &Root,
    folder: &str,
    documents: &[String],
    depth: usize,
    found: &mut Vec<Manuscript>,
) {
    for entry in entries(root, folder) {
        let path = match folder {
            "" => entry.name.clone(),
            _ => format!("{folder}/{}", entry.name),
        };
        if entry.is_folder && depth > 0 {
            layouts(root, &path, documents, depth - 1, found);
        } else if !entry.is_folder && path.ends_with(".typ") {
            let first = path.split('/').next();
            let document = first.filter(|name| documents.iter().any(|one| one == name));
            let kind = ManuscriptKind::Layout;
            add(root, &path, kind, document, None, found);
        }
    }
}

fn add(
    root: &Root,
    path: &str,
    kind: ManuscriptKind,
    document: Option<&str>,
    year: Option<i32>,
    found: &mut Vec<Manuscript>,
) {
    let mut cx = Context::default();
    if let Some(source) = file::text(root, path, Encoding::Utf8, &mut cx) {
        found.push(Manuscript {
            source,
            kind,
            document: document.map(str::to_owned),
            year,
        });
    }
}
