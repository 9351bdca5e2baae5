//! Counterparts: copies of one document, each signed by one party alone.
//!
//! Comes in: the copies, the document, who must sign. Goes out: a verdict on each, who signed which, and one on all together.
//! A service may have added the field itself, so a copy's field says nothing: who signed is read from the certificate.

use serde::Serialize;

use super::reason::{
    COUNTERPART_BASE, COUNTERPART_SIGNATURES, Level, ORIGIN_UNKNOWN, Reason, SAME_SIGNER,
    SIGNER_MISSING, SIGNER_UNMATCHED, SIGNERS_UNKNOWN, Word,
};
use super::{Base, Expectation, Expected, Settings, Verdict, founds, signer, verify};
use crate::sign::pdf::File;

/// The verdict on counterparts.
#[derive(Clone, Debug, Serialize)]
pub struct Counterparts {
    /// The word that sums it up.
    pub word: Word,
    /// How far it is proven as a whole.
    pub level: Level,
    /// The copies, in the order they were given.
    pub copies: Vec<Counterpart>,
    /// The fields of those who must sign and have signed no copy.
    pub missing: Vec<String>,
    /// What concerns no single copy.
    pub reasons: Vec<Reason>,
}

/// One copy.
#[derive(Clone, Debug, Serialize)]
pub struct Counterpart {
    /// The field, in the register, of the one who signed it.
    pub party: Option<String>,
    /// The verdict on it.
    pub verdict: Verdict,
}

/// Judges copies that should be the same document, each signed by another party.
pub fn counterparts(
    files: &[&[u8]],
    base: Base<'_>,
    signers: Option<&[Expected]>,
    settings: &Settings<'_>,
) -> Counterparts {
    let mut reasons = Vec::new();
    let document = match base {
        Base::Unknown => {
            let what = "there is no issued document to compare the copies with, only the copies with each other";
            reasons.push(ORIGIN_UNKNOWN.because(what));
            files.first().and_then(|first| document(first))
        }
        _ => None,
    };
    let base = document.map_or(base, Base::Bytes);
    let expectation = Expectation {
        base,
        is_counterpart: true,
        ..Expectation::none()
    };
    let mut copies: Vec<Counterpart> = files
        .iter()
        .map(|file| Counterpart {
            party: None,
            verdict: verify(file, &expectation, settings),
        })
        .collect();
    if document.is_some() && files.iter().any(|file| self::document(file) != document) {
        let what = "the copies do not begin with the same bytes, so they are not one document";
        reasons.push(COUNTERPART_BASE.because(what));
    }
    let mut missing = Vec::new();
    match signers {
        Some(signers) => parties(&mut copies, signers, &mut missing, &mut reasons),
        None => reasons.push(SIGNERS_UNKNOWN.because("it is not known who must sign")),
    }
    weighed(copies, missing, reasons)
}

/// The bytes of a copy before the first signature.
fn document(bytes: &[u8]) -> Option<&[u8]> {
    let file = File::read(bytes).ok()?;
    let first = founds(&file).ok()?.first()?.revision;
    let last = file.revisions().get(first.checked_sub(1)?)?;
    bytes.get(..last.eof)
}

/// Finds out who signed which copy; nobody signs two, and none is signed by a stranger.
fn parties(
    copies: &mut [Counterpart],
    signers: &[Expected],
    missing: &mut Vec<String>,
    reasons: &mut Vec<Reason>,
) {
    let mut taken: Vec<&str> = Vec::new();
    for copy in copies {
        let signature = copy
            .verdict
            .signatures
            .iter_mut()
            .find(|one| !one.is_timestamp);
        let Some(signature) = signature else { continue };
        let Some(who) = signature.signer.clone() else {
            continue;
        };
        let mut fitting = signers.iter().filter(|one| signer::matches(&who, one));
        match (fitting.next(), fitting.next()) {
            (Some(party), None) if taken.contains(&party.field.as_str()) => {
                let what = format!("another copy is signed for {} too", party.organisation);
                signature.push(SAME_SIGNER.because(what));
            }
            (Some(party), None) => {
                taken.push(&party.field);
                copy.party = Some(party.field.clone());
            }
            _ => {
                let what = format!(
                    "'{}' is not one of those who must sign, or could be several",
                    who.name
                );
                signature.push(SIGNER_UNMATCHED.because(what));
            }
        }
        copy.verdict.weigh();
    }
    for one in signers
        .iter()
        .filter(|one| !taken.contains(&one.field.as_str()))
    {
        let what = format!(
            "{} has signed no copy (field '{}')",
            one.organisation, one.field
        );
        missing.push(one.field.clone());
        reasons.push(SIGNER_MISSING.because(what));
    }
}

fn weighed(copies: Vec<Counterpart>, missing: Vec<String>, reasons: Vec<Reason>) -> Counterparts {
    let own = reasons.iter().map(|one| (one.kind.word, one.kind.level));
    let theirs = copies
        .iter()
        .map(|one| (one.verdict.word, one.verdict.level));
    let all: Vec<(Word, Level)> = own.chain(theirs).collect();
    let word = all.iter().map(|(word, _)| *word).max();
    let level = all.iter().map(|(_, level)| *level).max();
    Counterparts {
        word: word.unwrap_or(Word::Complete),
        level: level.unwrap_or(Level::Passed),
        copies,
        missing,
        reasons,
    }
}

/// Holds that a copy has exactly one signature.
pub(super) fn one_signature(verdict: &mut Verdict) {
    let count = verdict
        .signatures
        .iter()
        .filter(|one| !one.is_timestamp)
        .count();
    if count != 1 {
        let what = format!("the copy holds {count} signatures, not one");
        verdict.push(COUNTERPART_SIGNATURES.because(what));
    }
}
