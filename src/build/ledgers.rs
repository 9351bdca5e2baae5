//! The ledgers of the documents that were made.
//!
//! Comes in: a PDF, or the output folder. Goes out: the ledger that the PDF carries, or all of them.
//! Must not follow links to other folders.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Finding, Findings, Severity};
use crate::ledger::{self, Ledger, Shelf, Shelved};
use crate::project::Project;
use crate::read::{self, LARGEST_PDF};

/// The ledger in a PDF, without regard to what lies beside it.
///
/// # Errors
/// A finding when there is none to be had.
pub fn ledger_of(pdf: &Path) -> Result<Ledger, Box<Finding>> {
    ledger::read(&bytes_of(pdf)?, &shown(pdf))
}

/// The bytes of a PDF that a person named.
///
/// # Errors
/// A finding when it cannot be read.
pub fn bytes_of(pdf: &Path) -> Result<Vec<u8>, Box<Finding>> {
    read::regular(pdf, LARGEST_PDF).map_err(|fault| read::unreadable(&fault, &shown(pdf)))
}

/// How messages call a file or folder that a person named.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The PDFs below a folder, sorted.
pub fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    gather(folder, "", &mut paths);
    paths.sort();
    paths.into_iter().map(|path| folder.join(path)).collect()
}

/// The ledgers of every document below the output folder, and a warning for each that cannot be read.
///
/// The copy beside a PDF is read when it is there, since that is quicker. Files that carry no ledger are no documents of this program.
pub fn ledgers(project: &Project) -> (Shelf, Findings) {
    let mut paths = Vec::new();
    gather(&project.out, "", &mut paths);
    paths.sort();
    let (mut shelf, mut findings) = (Shelf::default(), Findings::new());
    for path in paths {
        let shown = format!("{}/{path}", project.out_shown());
        match ledger_below(project, &path) {
            Ok(ledger) => shelf.ledgers.push(Shelved {
                path: shown,
                ledger,
            }),
            Err(finding) if finding.code == ledger::codes::NO_LEDGER => {}
            Err(finding) => findings.push(Finding {
                severity: Severity::Warning,
                ..*finding
            }),
        }
    }
    (shelf, findings)
}

fn ledger_below(project: &Project, path: &str) -> Result<Ledger, Box<Finding>> {
    let beside = format!("{}.ledger.json", path.trim_end_matches(".pdf"));
    let copy = read::regular(&project.out.join(&beside), LARGEST_PDF).ok();
    let copy = copy.and_then(|json| ledger::parse(&json, &beside).ok());
    match copy {
        Some(ledger) => Ok(ledger),
        None => ledger_of(&project.out.join(path)),
    }
}

/// The paths of the PDFs below a folder, with `/`.
fn gather(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let path = format!("{prefix}{name}");
        if name.starts_with('.') || path == read::ARCHIVE {
            continue;
        }
        if is_folder {
            gather(&entry.path(), &format!("{path}/"), paths);
        } else if name.ends_with(".pdf") {
            paths.push(path);
        }
    }
}
