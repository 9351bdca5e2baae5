//! The signed copy of an edition, and what there is to say of it.
//!
//! Comes in: an edition and its built bytes. Goes out: the signed bytes with a report of their verification.
//! A signed copy that nothing verified is not archived: without a verifier there is none that holds.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::archive::Signer;
use crate::build::Planned;
use crate::project::Project;

/// Where signed copies lie in a partnership's folder.
const FOLDER: &str = "signed";

/// A signed copy.
#[derive(Debug)]
pub struct SignedCopy {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// What the verification said.
    pub judged: Judged,
}

/// What a verification said.
#[derive(Debug)]
pub struct Judged {
    /// `passed`, `indeterminate` or `failed`.
    pub verdict: String,
    /// Who signed.
    pub signers: Vec<Signer>,
    /// Why it is not passed; empty when it is.
    pub reasons: Vec<String>,
    /// The whole report.
    pub report: Value,
}

/// The signed copy of an edition; none when there is none.
pub fn copy(project: &Project, planned: &Planned<'_>, base: &[u8], fields: &BTreeMap<String, String>) -> Option<SignedCopy> {
    let edition = planned.edition;
    let name = format!(
        "{}-{}-r{}.pdf",
        edition.document.value, edition.year.value, edition.revision.value
    );
    let folder = project.inputs.join(&planned.partnership.name).join(FOLDER);
    let pdf = fs::read(folder.join(name)).ok()?;
    let judged = judge(&pdf, base, fields);
    Some(SignedCopy { pdf, judged })
}

/// Judges a signed copy against the base that was built, whose fields are all to be signed.
pub fn judge(pdf: &[u8], base: &[u8], _fields: &BTreeMap<String, String>) -> Judged {
    let grown = pdf.len() > base.len() && pdf.starts_with(base);
    let reason = if grown {
        "this version of the program cannot verify signatures"
    } else {
        "it does not begin with the bytes that were issued"
    };
    Judged {
        verdict: if grown { "indeterminate" } else { "failed" }.to_owned(),
        signers: Vec::new(),
        reasons: vec![reason.to_owned()],
        report: serde_json::json!({ "verdict": if grown { "indeterminate" } else { "failed" }, "reasons": [reason] }),
    }
}
