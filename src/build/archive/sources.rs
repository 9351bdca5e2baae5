//! What a document is made from: a partnership's inputs and the templates, as files by their paths in the project.
//!
//! Comes in: the folders of a project, or what was kept when an edition was issued. Goes out: files in memory.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::archive::tarball;
use crate::build::digest::sha256;
use crate::build::load::{Loaded, Press};
use crate::build::signed;
use crate::diagnostic::Findings;
use crate::model::Issued;
use crate::project::Project;
use crate::read;

/// Files by path in the project, such as `inputs/folehaven/documents.csv` or `templates/plan/main.typ`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The most that the sources of a document may be together, in bytes.
const MOST: u64 = 512 << 20;

/// The sources as they are now.
///
/// # Errors
/// What kept a file from being read.
pub fn now(loaded: &Loaded, press: &Press, partnership: &str) -> Result<Files, Findings> {
    let (inputs, findings) = read::snapshot_of(&loaded.inputs, partnership);
    if findings.has_errors() {
        return Err(findings);
    }
    let inputs = inputs
        .into_iter()
        .map(|(path, bytes)| (format!("inputs{path}"), bytes));
    let templates = press.files.iter();
    let templates = templates.map(|(path, bytes)| (format!("templates{path}"), bytes.to_vec()));
    let data = loaded
        .partnerships
        .iter()
        .find(|one| one.name == partnership);
    let signings = data.and_then(|one| signed::listing(&one.data.signings));
    let signings = signings.map(|(path, bytes)| (format!("inputs/{partnership}/{path}"), bytes));
    Ok(inputs.chain(templates).chain(signings).collect())
}

/// The path of what is kept of an issued edition's sources, from the path of its PDF.
pub fn beside(pdf: &str) -> String {
    format!("{}.sources.tar", pdf.trim_end_matches(".pdf"))
}

/// The bytes in which they are kept.
///
/// # Errors
/// A refusal of a path that cannot be kept.
pub fn packed(files: &Files) -> io::Result<Vec<u8>> {
    tarball::of_files(files)
}

/// The sources of an edition as they were when it was issued; none when they were not kept, are others than those that were, or cannot
/// be read any more.
pub fn as_issued(project: &Project, partnership: &str, issued: &Issued) -> Option<Files> {
    let kept = project
        .inputs
        .join(partnership)
        .join(beside(&issued.pdf.value));
    let bytes = read::regular(&kept, MOST).ok()?;
    let recorded = issued.sources.as_ref();
    if recorded.is_some_and(|recorded| *recorded != *sha256(&bytes)) {
        return None;
    }
    tarball::files(&bytes, MOST).ok()
}

/// Writes the files below a folder.
///
/// # Errors
/// What the operating system says.
pub fn unpack(files: &Files, folder: &Path) -> io::Result<()> {
    for (path, bytes) in files {
        if let Some(fault) = crate::archive::path::fault(path) {
            return Err(io::Error::other(format!("the path {path} {fault}")));
        }
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, bytes)?;
    }
    Ok(())
}
