//! One of the two documents that are compared.

use std::path::Path;

use serde::Serialize;

use crate::build::codes;
use crate::build::digest::sha256;
use crate::build::ledgers;
use crate::diagnostic::{Finding, SourceFile};
use crate::ledger::{self, EditionEntry, Ledger};
use crate::model::Making;
use crate::wording::{self, Paragraph};

/// A document with everything that can be compared of it.
#[derive(Clone, Debug)]
pub struct Side {
    /// What readers are told of it.
    pub entry: SideEntry,
    /// Its ledger.
    pub ledger: Ledger,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// What it was made from, where that is known.
    pub making: Option<Making>,
}

/// What a side is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SideEntry {
    /// Where the document comes from.
    pub from: From,
    /// Its file, as it is shown; none when it was made in memory.
    pub file: Option<String>,
    /// The edition that it is.
    pub edition: EditionEntry,
    /// The day it was issued.
    pub issued: Option<String>,
    /// SHA-256 of the PDF.
    pub sha256: String,
}

/// Where a side comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum From {
    /// The inputs and templates as they are.
    WorkingData,
    /// What was issued, as it is kept with the inputs.
    Issued,
    /// The output folder, as it was last built.
    Output,
    /// A file that was named, or a file of a folder that was named.
    File,
}

/// Where a document is from, before it is read.
#[derive(Debug)]
pub struct Origin {
    /// Where it comes from.
    pub from: From,
    /// Its file, as it is shown.
    pub file: Option<String>,
    /// The day it was issued.
    pub issued: Option<String>,
    /// What it was made from.
    pub making: Option<Making>,
}

impl Side {
    /// The document in some bytes.
    ///
    /// # Errors
    /// Why it cannot be compared.
    pub fn new(pdf: &[u8], origin: Origin) -> Result<Self, Box<Finding>> {
        let shown = origin.file.as_deref().unwrap_or("the document");
        let ledger = ledger::read(pdf, shown)?;
        let paragraphs = wording::paragraphs(pdf).ok_or_else(|| untagged(shown))?;
        Ok(Self {
            entry: SideEntry {
                from: origin.from,
                file: origin.file,
                edition: ledger.edition.clone(),
                issued: origin.issued,
                sha256: sha256(pdf),
            },
            ledger,
            paragraphs,
            making: origin.making,
        })
    }

    /// The document in a file.
    ///
    /// # Errors
    /// Why it cannot be compared.
    pub fn of_file(path: &Path) -> Result<Self, Box<Finding>> {
        let file = ledgers::shown(path);
        let pdf = ledgers::bytes_of(path)?;
        let origin = Origin {
            from: From::File,
            file: Some(file),
            issued: None,
            making: None,
        };
        Self::new(&pdf, origin)
    }
}

fn untagged(shown: &str) -> Box<Finding> {
    let message = format!("the text of {shown} cannot be read: it is not tagged, or damaged");
    let finding = Finding::error(codes::NO_TEXT, message)
        .at(&SourceFile::new(shown, "").whole(), "")
        .hint("compare the PDF as `tryk build` made it; some programs drop the tags when they save a PDF");
    Box::new(finding)
}
