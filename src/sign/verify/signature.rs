//! One signature: its place, its message, its signer, its time.
//!
//! Comes in: a signature that was found in a revision. Goes out: the verdict on it, with everything that speaks against it.

use super::chain::{self, Purpose};
use super::change::Field;
use super::message::{Message, open};
use super::place::{Signed, signed};
use super::reason::{
    BYTE_RANGE, CERTIFICATE_EXPIRED, CERTIFIED, CLAIMED_TIME, Level, MESSAGE, NO_TIME,
    REVOCATION_UNKNOWN, Reason, SUB_FILTER, TIME_AHEAD,
};
use super::timestamp::{self, Stamp};
use super::verdict::{SignatureVerdict, Time};
use super::{Settings, attributes, signer, time};
use crate::sign::cms::types;
use crate::sign::pdf::{Dictionary, File, Object, is_named};

/// A signature that was found.
pub struct Found {
    /// Its field.
    pub field: Field,
    /// Its dictionary.
    pub dictionary: Dictionary,
    /// The revision that put it there, from 0.
    pub revision: usize,
    /// True when it stands in an object stream, where no byte range can leave it out.
    pub is_packed: bool,
}

impl Found {
    /// True for a time stamp over the document.
    pub fn is_timestamp(&self) -> bool {
        is_named(&self.dictionary, b"Type", b"DocTimeStamp")
    }
}

/// Judges a signature.
pub fn judge(file: &File<'_>, found: &Found, settings: &Settings<'_>) -> SignatureVerdict {
    let mut verdict = SignatureVerdict {
        field: found.field.name.clone(),
        revision: found.revision + 1,
        is_timestamp: found.is_timestamp(),
        level: Level::Passed,
        signer: None,
        time: None,
        told: None,
        algorithm: None,
        reasons: Vec::new(),
    };
    for reason in outside(found) {
        verdict.push(reason);
    }
    if found.is_packed {
        let what = "the signature stands in an object stream, where no range can leave it out";
        return verdict.with(BYTE_RANGE.because(what));
    }
    match signed(file, &found.dictionary, found.revision) {
        Ok(signed) if found.is_timestamp() => document_timestamp(&signed, settings, &mut verdict),
        Ok(signed) => signature(&signed, found, settings, &mut verdict),
        Err(reason) => verdict.push(reason),
    }
    verdict
}

/// What the dictionary says beside the message.
fn outside(found: &Found) -> Vec<Reason> {
    let dictionary = &found.dictionary;
    let mut reasons = Vec::new();
    let known: &[&[u8]] = match found.is_timestamp() {
        true => &[b"ETSI.RFC3161"],
        false => &[b"ETSI.CAdES.detached", b"adbe.pkcs7.detached"],
    };
    let filter = dictionary
        .get(b"SubFilter".as_slice())
        .and_then(Object::as_name);
    if !filter.is_some_and(|name| known.contains(&name)) {
        let name = String::from_utf8_lossy(filter.unwrap_or(b"nothing")).into_owned();
        reasons.push(SUB_FILTER.because(format!("the signature's SubFilter is {name}")));
    }
    if dictionary.contains_key(b"Reference".as_slice()) {
        let what = "the signature claims rights over later changes (DocMDP or FieldMDP)";
        reasons.push(CERTIFIED.because(what));
    }
    reasons
}

fn document_timestamp(
    signed: &Signed<'_>,
    settings: &Settings<'_>,
    verdict: &mut SignatureVerdict,
) {
    let stamp = timestamp::judge(&signed.message, &signed.parts, settings.trust);
    verdict.signer = stamp.authority();
    verdict.algorithm = stamp.algorithm;
    verdict.time = stamp.time;
    stamp.reasons.into_iter().for_each(|one| verdict.push(one));
}

fn signature(
    signed: &Signed<'_>,
    found: &Found,
    settings: &Settings<'_>,
    verdict: &mut SignatureVerdict,
) {
    let message = match open(&signed.message) {
        Ok(message) => message,
        Err(reason) => return verdict.push(reason),
    };
    let mut reasons = Vec::new();
    if message.content.econtent.is_some() {
        let what = "the message brings a content of its own, and signs that instead of the file";
        reasons.push(MESSAGE.because(what));
    }
    verdict.signer = Some(signer::signer(&message.certificate));
    verdict.algorithm = attributes::judge(&message, types::DATA, &signed.parts, &mut reasons);
    reasons.extend(message.extra.clone());
    let stamp = timestamp::of_signature(&message, settings.trust);
    verdict.told = stamp.as_ref().and_then(|one| one.told.clone());
    verdict.time = proven(stamp, found, &message, settings, &mut reasons);
    match &verdict.time {
        Some(time) => {
            chain::judge(
                &message,
                settings.trust,
                time.seconds,
                Purpose::Documents,
                &mut reasons,
            );
            reasons.push(
                REVOCATION_UNKNOWN.because("it was not asked whether the certificate was revoked"),
            );
        }
        // What its stamp tells may still be proven by an anchor.
        None if verdict.told.is_some() => {}
        None => reasons.push(
            NO_TIME.because("the signature has no time, so its certificate cannot be judged"),
        ),
    }
    let is_told = reasons.iter().any(|one| one.kind == CERTIFICATE_EXPIRED);
    if let Some(told) = verdict.told().filter(|_| !is_told) {
        reasons.extend(chain::validity(&message, told.seconds).err());
    }
    reasons.into_iter().for_each(|one| verdict.push(one));
}

/// The time that the time stamp proves, else the one the signer claims.
fn proven(
    stamp: Option<Stamp>,
    found: &Found,
    message: &Message,
    settings: &Settings<'_>,
    reasons: &mut Vec<Reason>,
) -> Option<Time> {
    let ahead = |time: &Time| settings.now.is_some_and(|now| time.seconds > now + SLACK);
    if let Some(stamp) = stamp {
        reasons.extend(stamp.reasons);
        if let Some(told) = stamp.told.filter(|told| ahead(told)) {
            let what = format!("the time stamp is from the future, {}", told.at);
            reasons.push(TIME_AHEAD.because(what));
        }
        if let Some(time) = stamp.time {
            return Some(time);
        }
    }
    let time = time::claimed(&found.dictionary, Some(message))?;
    match ahead(&time) {
        true => {
            reasons
                .push(TIME_AHEAD.because(format!("the signature claims to be from {}", time.at)));
        }
        false => reasons
            .push(CLAIMED_TIME.because("the time is the signer's word; no time stamp proves it")),
    }
    Some(time)
}

/// How far a signer's clock may be ahead, in seconds.
const SLACK: u64 = 600;
