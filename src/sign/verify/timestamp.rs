//! Time-stamp tokens (RFC 3161): a message of an authority over the digest of something, and a time.
//!
//! Comes in: a token, and what it should stamp. Goes out: the time, when everything holds. Must not fall back on another time.

use der::{Decode, Encode};

use super::algorithm;
use super::chain::{self, Purpose};
use super::message::{Message, open};
use super::reason::{Level, Reason, TIMESTAMP_INVALID, UNTRUSTED};
use super::trust::Trust;
use super::verdict::{Proof, Time};
use super::{attributes, signer};
use crate::sign::cms::types::{self, TstInfo};

/// What a token proves.
pub struct Stamp {
    /// The time; none when the token does not hold.
    pub time: Option<Time>,
    /// The time that an unbroken token tells, whoever is trusted: no proof of anything.
    pub told: Option<Time>,
    /// Who stamped it, and with which algorithm.
    pub message: Option<Message>,
    /// The algorithm's name.
    pub algorithm: Option<String>,
    /// What there is to say.
    pub reasons: Vec<Reason>,
}

/// Judges a token that should stamp some bytes.
pub fn judge(token: &[u8], stamped: &[&[u8]], trust: &Trust) -> Stamp {
    let mut stamp = Stamp {
        time: None,
        told: None,
        message: None,
        algorithm: None,
        reasons: Vec::new(),
    };
    let message = match open(token) {
        Ok(message) => message,
        Err(reason) => {
            stamp.reasons.push(reason);
            return stamp;
        }
    };
    let told = info(&message).and_then(|(info, content)| {
        imprint(&info, stamped)?;
        let time = info
            .time()
            .ok_or_else(|| invalid("its time cannot be read"))?;
        Ok((time, content))
    });
    match told {
        Ok((time, content)) => {
            let reasons = &mut stamp.reasons;
            let parts = [content.as_slice()];
            stamp.algorithm = attributes::judge(&message, types::TST_INFO, &parts, reasons);
            let seconds = chain::seconds(&time);
            chain::judge(&message, trust, seconds, Purpose::Time, reasons);
            let passed = |one: &Reason| one.kind.level == Level::Passed;
            let holds = reasons.iter().all(passed);
            let intact = |one: &Reason| passed(one) || one.kind == UNTRUSTED;
            let is_intact = reasons.iter().all(intact);
            let time = Time {
                at: time.to_string(),
                proof: Proof::Timestamp,
                seconds,
            };
            stamp.told = is_intact.then(|| time.clone());
            stamp.time = holds.then_some(time);
        }
        Err(reason) => stamp.reasons.push(reason),
    }
    stamp.reasons.extend(message.extra.clone());
    stamp.message = Some(message);
    for reason in &mut stamp.reasons {
        reason.place = Some("the time stamp".to_owned());
    }
    stamp
}

fn invalid(what: &str) -> Reason {
    TIMESTAMP_INVALID.because(format!("the time stamp does not hold: {what}"))
}

/// What the token says, and the bytes that its authority signed.
fn info(message: &Message) -> Result<(TstInfo, Vec<u8>), Reason> {
    let content = message.content.econtent.as_ref();
    let content = content.ok_or_else(|| invalid("it is empty"))?;
    let bytes = content.decode_as::<&der::asn1::OctetStringRef>();
    let bytes = bytes.map_err(|_| invalid("its content cannot be read"))?;
    let bytes = bytes.as_bytes().to_vec();
    let info = TstInfo::from_der(&bytes).map_err(|_| invalid("its content is no TSTInfo"))?;
    match info.version {
        1 => Ok((info, bytes)),
        _ => Err(invalid("its version is not 1")),
    }
}

fn imprint(info: &TstInfo, stamped: &[&[u8]]) -> Result<(), Reason> {
    let hash = algorithm::hash(info.message_imprint.hash_algorithm.oid)?;
    let told = info.message_imprint.hashed_message.as_bytes();
    match told == hash.digest_of(stamped) {
        true => Ok(()),
        false => Err(invalid("it stamps something else")),
    }
}

/// Judges the token inside a signature's message, when there is one.
pub fn of_signature(message: &Message, trust: &Trust) -> Option<Stamp> {
    let failed = |reason| Stamp {
        time: None,
        told: None,
        message: None,
        algorithm: None,
        reasons: vec![reason],
    };
    match message.unsigned(types::TIMESTAMP_TOKEN) {
        Ok(None) => None,
        Ok(Some(token)) => Some(match token.to_der() {
            Ok(der) => judge(&der, &[message.signer.signature.as_bytes()], trust),
            Err(_) => failed(invalid("it cannot be read")),
        }),
        Err(what) => Some(failed(invalid(what))),
    }
}

impl Stamp {
    /// Who stamped it.
    pub fn authority(&self) -> Option<super::verdict::Signer> {
        self.message
            .as_ref()
            .map(|one| signer::signer(&one.certificate))
    }
}
