//! The snapshot of everything under `templates/` that all editions share.
//!
//! Comes in: bytes by virtual path. Goes out: bytes and parsed sources, each parsed once.
//! Must not read the disk, and must not hold a lock while a document is set: a source is parsed in its own cell.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::{FileId, Source};

/// Everything under `templates/`, by virtual path such as `/plan/main.typ`. Immutable, shared by all editions.
pub struct TemplateFiles(BTreeMap<String, TemplateFile>);

struct TemplateFile {
    bytes: Bytes,
    source: OnceLock<FileResult<Source>>,
}

impl TemplateFiles {
    /// Takes the snapshot: every path starts with `/`, which stands for the folder `templates/`.
    pub fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let file = |bytes| TemplateFile {
            bytes: Bytes::new(bytes),
            source: OnceLock::new(),
        };
        Self(
            files
                .into_iter()
                .map(|(path, bytes)| (path, file(bytes)))
                .collect(),
        )
    }

    /// The bytes at a virtual path.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(|file| file.bytes.as_slice())
    }

    /// All virtual paths with their bytes, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0
            .iter()
            .map(|(path, file)| (path.as_str(), file.bytes.as_slice()))
    }

    /// The bytes as Typst shares them.
    pub(super) fn bytes(&self, id: FileId) -> FileResult<Bytes> {
        self.find(id).map(|file| file.bytes.clone())
    }

    /// The parsed source.
    pub(super) fn source(&self, id: FileId) -> FileResult<Source> {
        let file = self.find(id)?;
        file.source.get_or_init(|| parse(id, &file.bytes)).clone()
    }

    fn find(&self, id: FileId) -> FileResult<&TemplateFile> {
        let path = id.vpath().get_with_slash();
        self.0
            .get(path)
            .ok_or_else(|| FileError::NotFound(project_path(path).into()))
    }
}

/// The path people know a template file by.
pub(super) fn project_path(virtual_path: &str) -> String {
    format!("templates{virtual_path}")
}

fn parse(id: FileId, bytes: &[u8]) -> FileResult<Source> {
    let text = std::str::from_utf8(bytes)?;
    Ok(Source::new(
        id,
        text.trim_start_matches('\u{feff}').to_owned(),
    ))
}
