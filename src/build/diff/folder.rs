//! The documents of a folder that was named: an output folder, or a bag of the archive.
//!
//! Comes in: a folder. Goes out: the document that is looked for. Must not trust the names of files: a PDF says itself which edition it is.

use std::path::{Path, PathBuf};

use super::find::Nothing;
use super::side::Side;
use crate::build::ledgers;
use crate::ledger::EditionEntry;

/// The PDFs below a folder, by edition.
pub struct Folder {
    shown: String,
    documents: Vec<(EditionEntry, PathBuf)>,
}

/// Which document is looked for.
pub struct Key<'a> {
    /// The partnership's folder.
    pub partnership: &'a str,
    /// Template id.
    pub document: &'a str,
    /// Year.
    pub year: i32,
    /// Revision; another one is taken when it is not there.
    pub revision: u32,
}

impl<'a> Key<'a> {
    /// The document of a ledger.
    pub fn of(edition: &'a EditionEntry) -> Self {
        Self {
            partnership: &edition.partnership,
            document: &edition.document,
            year: edition.year,
            revision: edition.revision,
        }
    }

    fn is(&self, edition: &EditionEntry) -> bool {
        edition.partnership == self.partnership
            && edition.document == self.document
            && edition.year == self.year
    }
}

impl Folder {
    /// Looks through a folder.
    pub fn open(path: &Path) -> Self {
        let document = |path: PathBuf| {
            let ledger = ledgers::ledger_of(&path).ok()?;
            Some((ledger.edition, path))
        };
        Self {
            shown: ledgers::shown(path),
            documents: ledgers::pdfs(path)
                .into_iter()
                .filter_map(document)
                .collect(),
        }
    }

    /// The document: its revision, or else the highest.
    pub fn side(&self, key: &Key<'_>) -> Result<Side, Nothing> {
        let rank = |edition: &EditionEntry| (edition.revision == key.revision, edition.revision);
        let documents = self.documents.iter().filter(|(edition, _)| key.is(edition));
        match documents.max_by_key(|(edition, _)| rank(edition)) {
            Some((_, path)) => Ok(Side::of_file(path)?),
            None => Err(Nothing::Never(format!(
                "no PDF below {} is {}/{}/{}",
                self.shown, key.partnership, key.document, key.year
            ))),
        }
    }
}
