//! `data/set.json`: what a bag says of its documents. Every path in it is a path in the bag.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where it lies.
pub const FILE: &str = "data/set.json";
/// The format it declares.
pub const FORMAT: &str = "tryk-archive/1";

/// The documents of a partnership and year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// [`FORMAT`].
    pub format: String,
    /// The partnership's folder.
    pub partnership: String,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: i32,
    /// The program with its version and source.
    pub tool: String,
    /// The typesetting engine.
    pub engine: String,
    /// The documents.
    pub editions: Vec<Entry>,
    /// What was accepted though it should not be.
    pub exceptions: Vec<Exception>,
    /// The certificates that were trusted for signatures at the time of archiving.
    pub trust: Vec<String>,
    /// The findings at the time of archiving.
    pub findings: String,
    /// Figures of the year that the documents print.
    pub figures: Vec<Figure>,
}

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its identity, such as `folehaven/plan/2019/r1`.
    pub ident: String,
    /// Template id.
    pub document: String,
    /// Its revision.
    pub revision: u32,
    /// Its title.
    pub title: String,
    /// The date it bears.
    pub date: String,
    /// `draft` or `final`.
    pub status: String,
    /// The day it was issued; none when it was not.
    pub issued: Option<String>,
    /// True when a newer revision has taken its place.
    pub superseded: bool,
    /// Case number.
    pub case_no: Option<String>,
    /// Document number.
    pub doc_no: Option<String>,
    /// Why this revision was made.
    pub reason: String,
    /// Pages.
    pub pages: usize,
    /// The PDF as it was built.
    pub pdf: String,
    /// What it prints.
    pub ledger: String,
    /// Its published figures.
    pub data: String,
    /// Decisions on it.
    pub decisions: Vec<Decision>,
    /// The fields that are to be signed, by id.
    pub fields: BTreeMap<String, Field>,
    /// The signed copy; none when there is none.
    pub signed: Option<Signed>,
    /// The plain copy, and those of it that one party each signed alone; none when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparts: Option<Signed>,
    /// What it was made from.
    pub statement: String,
    /// True when it was made again from the bag's own sources, with the same bytes, at the time of archiving.
    pub reproduced: bool,
}

/// A decision of a body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The body's name.
    pub body: String,
    /// The day.
    pub date: String,
    /// *godkendt*, *taget til efterretning* or *drøftet*.
    pub decision: String,
    /// True when the row is an invented example.
    pub illustrative: bool,
}

/// A field for a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// What it is, as it is read aloud.
    pub label: String,
    /// Who must sign, when it is known.
    pub name: Option<String>,
    /// For which organisation.
    pub organisation: String,
    /// What its certificates call it, where that is another name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificate_names: Vec<String>,
}

/// A signed copy, or several of one plain copy, and what was said of it at the time of archiving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The PDF; of copies that one party each signed alone, the unsigned one.
    pub pdf: String,
    /// Those copies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<String>,
    /// The report of the verification.
    pub report: String,
    /// Its verdict, such as `passed`.
    pub verdict: String,
    /// Who signed, in the order of signing.
    pub signers: Vec<Signer>,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signer {
    /// Its field.
    pub field: String,
    /// The name in the certificate.
    pub name: String,
    /// When, as far as it is known.
    pub time: Option<String>,
}

/// An exception and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Its kind, as it is accepted on the command line.
    pub kind: String,
    /// Why it was accepted.
    pub reason: String,
    /// What was accepted.
    pub accepted: Vec<String>,
}

/// A figure of the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it is looked for under.
    pub group: String,
    /// What it is called.
    pub label: String,
    /// How it is written.
    pub text: String,
    /// True for an invented example.
    pub illustrative: bool,
    /// The kinds of document that print it.
    pub documents: Vec<String>,
}

impl Set {
    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("its keys are texts");
        bytes.push(b'\n');
        bytes
    }

    /// Reads the file.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(json: &str) -> Result<Self, String> {
        let set: Self = serde_json::from_str(json).map_err(|error| error.to_string())?;
        if set.format == FORMAT {
            Ok(set)
        } else {
            Err(format!("its format is '{}'", set.format))
        }
    }
}

impl Entry {
    /// The files that the bag must have because of it.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let signed = self.signed.iter().chain(&self.counterparts);
        let signed = signed.flat_map(|one| {
            let copies = one.copies.iter().map(String::as_str);
            copies.chain([one.pdf.as_str(), one.report.as_str()])
        });
        [&self.pdf, &self.ledger, &self.data, &self.statement]
            .into_iter()
            .map(String::as_str)
            .chain(signed)
    }
}
