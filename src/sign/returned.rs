//! A whole PDF that a signing service gave back: taken only when it is the document that was sent, and one signature more.
//!
//! Comes in: the document as it was sent, and as it came back. Goes out: who signed in which field; or everything that is wrong.
//! Whether the certificate is trusted is for `tryk verify`.

use super::codes;
use super::verify::{
    Base, Expectation, Expected, Reason, RevisionKind, Settings, SignatureVerdict, Verdict,
    counterparts, reason, verify,
};
use crate::diagnostic::{Finding, Findings};

/// A returned document that was found good.
#[derive(Debug)]
pub struct Returned {
    /// The field that was signed; of a copy that one party signs alone, the field of that party in the register.
    pub field: String,
    /// Who signed, as the certificate says.
    pub signer: String,
    /// When, in seconds since 1970; none when nothing tells.
    pub seconds: Option<u64>,
    /// What is unwanted in it, but does no harm.
    pub warnings: Findings,
}

/// Holds what came back against what was sent; `expected` is the field that must be signed, where only one may.
///
/// # Errors
/// Everything wrong with it.
pub fn judge(sent: &[u8], returned: &[u8], expected: Option<&str>) -> Result<Returned, Findings> {
    begins(sent, returned)?;
    let expectation = Expectation {
        base: Base::Bytes(sent),
        ..Expectation::none()
    };
    let verdict = verify(returned, &expectation, &Settings::trusting_nobody(None));
    sound(&verdict)?;
    let fresh = |kind: RevisionKind| -> Vec<&str> {
        let fitting = verdict.revisions.iter().filter(|one| one.kind == kind);
        fitting.filter_map(|one| one.field.as_deref()).collect()
    };
    if let [name, ..] = fresh(RevisionKind::AddedSignature).as_slice() {
        let message =
            format!("the signature is in a field of its own, {name}, not in one of the document's");
        let finding = fault(message).hint(
            "such a service needs the plain copy, which every party signs alone: `tryk sign copy EDITION`",
        );
        return Err(Findings::from_iter([finding]));
    }
    let signed = fresh(RevisionKind::Signature);
    let [field] = signed.as_slice() else {
        let count = signed.len();
        return Err(one(format!(
            "the PDF that came back has {count} new signatures; there must be one"
        )));
    };
    if let Some(expected) = expected.filter(|expected| expected != field) {
        return Err(one(format!("the field {field} is signed, not {expected}")));
    }
    Ok(returned_in(&verdict, (*field).to_owned(), |one| {
        one.field == **field
    }))
}

/// Holds a signed copy that came back against the plain copy that was sent. Who signed is read from the certificate; `now` is in seconds
/// since 1970.
///
/// # Errors
/// Everything wrong with it.
pub fn judge_copy(
    sent: &[u8],
    returned: &[u8],
    signers: &[Expected],
    expected: Option<&str>,
    now: u64,
) -> Result<Returned, Findings> {
    begins(sent, returned)?;
    let settings = Settings::trusting_nobody(Some(now));
    let all = counterparts(&[returned], Base::Bytes(sent), Some(signers), &settings);
    let Some(copy) = all.copies.first() else {
        return Err(one("there is no copy".to_owned()));
    };
    sound(&copy.verdict)?;
    let signatures = copy.verdict.signatures.iter();
    let hopeless: Findings = signatures
        .flat_map(SignatureVerdict::hopeless)
        .map(refusal)
        .collect();
    let Some(party) = copy.party.clone().filter(|_| hopeless.is_empty()) else {
        return Err(hopeless);
    };
    if let Some(expected) = expected.filter(|expected| *expected != party) {
        return Err(one(format!(
            "the copy is signed for the field {party}, not {expected}"
        )));
    }
    Ok(returned_in(&copy.verdict, party, |_| true))
}

/// Holds a copy that was taken in once against the plain copy, whoever must sign today. Gives the time of its signature, in seconds since
/// 1970.
///
/// # Errors
/// Everything wrong with it.
pub fn judge_kept_copy(sent: &[u8], kept: &[u8]) -> Result<Option<u64>, Findings> {
    begins(sent, kept)?;
    let expectation = Expectation {
        base: Base::Bytes(sent),
        is_counterpart: true,
        ..Expectation::none()
    };
    let verdict = verify(kept, &expectation, &Settings::trusting_nobody(None));
    sound(&verdict)?;
    Ok(returned_in(&verdict, String::new(), |_| true).seconds)
}

fn refusal(reason: &Reason) -> Finding {
    let message = format!("the signed copy is not kept, since it would never count: {reason}");
    let finding = Finding::error(codes::REFUSED, message);
    match reason.kind == reason::SIGNER_UNMATCHED {
        true => finding.hint(OTHER_NAME),
        false => finding,
    }
}

/// How a certificate with another name is made known.
pub const OTHER_NAME: &str = "when it is the party's under another name, give that name in partnership.json: `\"certificate_names\": [\"…\"]` of the party";

fn begins(sent: &[u8], returned: &[u8]) -> Result<(), Findings> {
    if returned.starts_with(sent) {
        return Ok(());
    }
    let finding = fault("the PDF that came back does not begin with the bytes of the document")
        .hint("the service wrote it anew, so it is another document: keep it as evidence beside the document, and sign another way (docs/signing.md)")
        .hint("or it was made of an earlier state, before the last signature");
    Err(Findings::from_iter([finding]))
}

/// Nothing may speak against it, whoever is trusted.
fn sound(verdict: &Verdict) -> Result<(), Findings> {
    let faults: Findings = verdict
        .failures()
        .map(|one| fault(format!("the PDF that came back does not hold: {one}")))
        .collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(faults),
    }
}

/// What verifiers will remark.
fn warnings(verdict: &Verdict) -> Findings {
    let remarked = |one: &&Reason| one.kind == reason::SIGNING_TIME;
    let told = verdict.all_reasons().filter(remarked);
    told.map(|one| Finding::warning(codes::FOREIGN, one.text.clone()))
        .collect()
}

/// What is said of the signature that fits.
fn returned_in(
    verdict: &Verdict,
    field: String,
    fits: impl Fn(&SignatureVerdict) -> bool,
) -> Returned {
    let mut signatures = verdict.signatures.iter().filter(|one| !one.is_timestamp);
    let found = signatures.find(|one| fits(one));
    let signer = found.and_then(|one| one.signer.as_ref());
    Returned {
        field,
        signer: signer.map(|one| one.name.clone()).unwrap_or_default(),
        seconds: found.and_then(|one| Some(one.told()?.seconds)),
        warnings: warnings(verdict),
    }
}

fn one(message: String) -> Findings {
    Findings::from_iter([fault(message)])
}

fn fault(message: impl Into<String>) -> Finding {
    Finding::error(codes::RETURNED, message)
}
