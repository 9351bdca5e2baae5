//! What is kept of a signed edition, in `signed/<document>-<year>-r<revision>/` beside the inputs: its states `1-<field>.pdf`,
//! `2-<field>.pdf` and so on, the plain copy `til-underskrift.pdf`, and the copies that one party signed alone, `eksemplar-<field>.pdf`.
//!
//! Comes in: an issued edition and its PDF. Goes out: the signed PDFs, and who has signed. Must not overwrite one: a signed PDF cannot
//! be made again.

mod judge;
mod keep;
mod listing;
mod read;

pub use judge::{expected, refusals, too_early};
pub use keep::{copy_kept, keep, keep_copy, keep_counterpart};
pub use listing::written as listing;
pub use read::records;

use std::collections::BTreeSet;

use serde::Serialize;

use super::digest::sha256;
use super::editions::Planned;
use crate::read::SIGNED;
use crate::sign::field::{self, SignatureField};

/// The plain copy that signing services get.
const COPY: &str = "til-underskrift.pdf";
/// Its digest beside it, as `sha256sum` writes it.
const COPY_DIGEST: &str = "til-underskrift.pdf.sha256";
/// How the names of copies begin that one party signed alone.
const COUNTERPART: &str = "eksemplar-";

/// What is kept of a signed edition.
#[derive(Debug, Default)]
pub struct Record {
    /// Its states, each of which begins with the bytes of the one before.
    pub states: Vec<SignedPdf>,
    /// The plain copy, when one was made.
    pub copy: Option<Vec<u8>>,
    /// The copies that one party signed alone, by field.
    pub counterparts: Vec<SignedPdf>,
}

/// What is kept of an edition that nobody has signed.
pub static NOTHING: Record = Record {
    states: Vec::new(),
    copy: None,
    counterparts: Vec::new(),
};

/// A kept PDF with one signature more than the one it began with.
#[derive(Debug)]
pub struct SignedPdf {
    /// The field that it signs.
    pub field: String,
    /// Its name in the folder.
    name: String,
    /// Its bytes.
    pub pdf: Vec<u8>,
}

impl Record {
    /// The document with the most signatures; none when nobody has signed it.
    pub fn current(&self) -> Option<&[u8]> {
        self.states.last().map(|one| one.pdf.as_slice())
    }

    /// The fields in which the document is signed.
    pub fn fields(&self) -> Vec<String> {
        self.states.iter().map(|one| one.field.clone()).collect()
    }

    /// What goes into the output folder beside the document whose PDF is `output`, with the paths.
    pub fn copies(&self, output: &str) -> Vec<(String, &[u8])> {
        let copy = self.copy.iter();
        let copy = copy.map(|pdf| (copy_output(output), pdf.as_slice()));
        let signed = self.counterparts.iter();
        let signed = signed.map(|one| (beside(output, &one.name), one.pdf.as_slice()));
        copy.chain(signed).collect()
    }
}

/// Who has signed an edition and who has not, by party, or by field where no signatory has the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signatures {
    /// Who has signed the document, in the order of the form.
    pub signed: Vec<String>,
    /// Who has signed a copy of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// Who has signed neither.
    pub missing: Vec<String>,
}

impl Signatures {
    /// Whether everybody has signed: `false` for the document, `true` for copies; none when neither is signed by all.
    fn is_whole(&self) -> Option<bool> {
        let parties = self.signed.iter().chain(&self.copies).chain(&self.missing);
        let parties: BTreeSet<&String> = parties.collect();
        match parties.len() {
            all if all == self.signed.len() => Some(false),
            all if all == self.copies.len() => Some(true),
            _ => None,
        }
    }
}

impl std::fmt::Display for Signatures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (signed, copies) = (self.signed.join(", "), self.copies.join(", "));
        let missing = self.missing.join(", ");
        // Some on the document and some on copies prove nothing together.
        match (signed.is_empty(), copies.is_empty(), self.is_whole()) {
            (true, true, _) => write!(f, "signed by nobody; missing {missing}"),
            (false, _, Some(false)) => write!(f, "signed by all: {signed}"),
            (_, _, Some(_)) => write!(f, "signed by all: {copies} in copies"),
            (false, true, None) => write!(f, "signed by {signed}; missing {missing}"),
            (true, false, None) => write!(f, "signed by {copies} in copies; missing {missing}"),
            (false, false, None) => {
                write!(f, "signed by {signed}, and by {copies} in copies")?;
                match missing.is_empty() {
                    true => write!(f, "; neither the document nor the copies by all"),
                    false => write!(f, "; missing {missing}"),
                }
            }
        }
    }
}

/// Who has signed an edition that was issued as `issued`; none when that has no signature fields.
pub fn signatures(planned: &Planned<'_>, issued: &[u8], record: &Record) -> Option<Signatures> {
    let fields = field::list(issued, &planned.output).ok()?;
    let has = |all: &[SignedPdf], field: &SignatureField| {
        all.iter().any(|signed| signed.field == field.name)
    };
    let of = |fits: &dyn Fn(bool, bool) -> bool| -> Vec<String> {
        let fitting = fields
            .iter()
            .filter(|one| fits(has(&record.states, one), has(&record.counterparts, one)));
        fitting.map(|field| party(planned, field)).collect()
    };
    (!fields.is_empty()).then(|| Signatures {
        signed: of(&|document, _| document),
        copies: of(&|_, copy| copy),
        missing: of(&|document, copy| !document && !copy),
    })
}

fn party(planned: &Planned<'_>, field: &SignatureField) -> String {
    let mut all = planned.partnership.data.signatories.iter();
    all.find(|one| one.field == *field.name)
        .map_or_else(|| field.name.clone(), |one| one.party.value.clone())
}

/// The folder of an edition, below the partnership's, with `/`.
pub fn folder(document: &str, year: i32, revision: u32) -> String {
    format!("{SIGNED}/{document}-{year}-r{revision}")
}

fn digest_line(copy: &[u8]) -> String {
    format!("{}  {COPY}\n", sha256(copy))
}

/// Where the plain copy goes below the output folder: `…-til-underskrift.pdf`.
pub fn copy_output(output: &str) -> String {
    beside(output, COPY)
}

/// Where a copy that one party signed alone goes below the output folder: `…-eksemplar-<field>.pdf`.
pub fn counterpart_output(output: &str, field: &str) -> String {
    beside(output, &counterpart_name(field))
}

fn counterpart_name(field: &str) -> String {
    format!("{COUNTERPART}{field}.pdf")
}

fn beside(output: &str, name: &str) -> String {
    format!("{}-{name}", output.trim_end_matches(".pdf"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(signed: &[&str], copies: &[&str], missing: &[&str]) -> String {
        let names = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect();
        let signatures = Signatures {
            signed: names(signed),
            copies: names(copies),
            missing: names(missing),
        };
        signatures.to_string()
    }

    #[test]
    fn all_have_signed_only_when_all_have_in_one_way() {
        assert_eq!(told(&[], &[], &["a"]), "signed by nobody; missing a");
        assert_eq!(told(&["a", "b"], &[], &[]), "signed by all: a, b");
        assert_eq!(
            told(&["a"], &["a", "b"], &[]),
            "signed by all: a, b in copies"
        );
        assert_eq!(
            told(&["a"], &["b"], &[]),
            "signed by a, and by b in copies; neither the document nor the copies by all"
        );
        assert_eq!(
            told(&[], &["b"], &["a"]),
            "signed by b in copies; missing a"
        );
    }
}
