//! Everything under a folder as bytes, for the engine that may not touch the disk itself.
//!
//! Comes in: the templates' root. Goes out: bytes by virtual path (`/plan/main.typ`). Must not interpret them.

use std::collections::BTreeMap;

use super::context::Context;
use super::file::Root;
use crate::diagnostic::Findings;

/// How deep folders may nest; a link to a folder above would nest for ever.
const DEPTH: usize = 12;

/// Folders of finished documents, which nothing is made from.
const KEPT: &[&str] = &[super::issued::FOLDER, super::issued::SIGNED];

/// The files under a root, and what kept any of them from being read.
pub fn snapshot(root: &Root) -> (BTreeMap<String, Vec<u8>>, Findings) {
    let mut cx = Context::default();
    let mut files = BTreeMap::new();
    gather(root, "", DEPTH, &mut files, &mut cx);
    (files, cx.finish())
}

/// The same of a partnership's folder under the inputs, without the PDFs that are kept there: the paths begin with `/` and the folder's name.
pub fn snapshot_of(inputs: &Root, partnership: &str) -> (BTreeMap<String, Vec<u8>>, Findings) {
    let mut cx = Context::default();
    let mut files = BTreeMap::new();
    for entry in cx.keep(inputs.entries(partnership)).unwrap_or_default() {
        let path = format!("{partnership}/{}", entry.name);
        if entry.is_folder && !KEPT.contains(&entry.name.as_str()) {
            gather(inputs, &path, DEPTH, &mut files, &mut cx);
        } else if !entry.is_folder
            && let Some(bytes) = cx.keep(inputs.bytes(&path))
        {
            files.insert(format!("/{path}"), bytes);
        }
    }
    (files, cx.finish())
}

fn gather(
    root: &Root,
    folder: &str,
    depth: usize,
    files: &mut BTreeMap<String, Vec<u8>>,
    cx: &mut Context,
) {
    if depth == 0 {
        return;
    }
    for entry in cx.keep(root.entries(folder)).unwrap_or_default() {
        let path = if folder.is_empty() {
            entry.name.clone()
        } else {
            format!("{folder}/{}", entry.name)
        };
        if entry.is_folder {
            gather(root, &path, depth - 1, files, cx);
        } else if let Some(bytes) = cx.keep(root.bytes(&path)) {
            files.insert(format!("/{path}"), bytes);
        }
    }
}
