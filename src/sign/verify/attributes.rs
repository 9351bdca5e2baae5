//! The signed attributes that PAdES demands (ETSI EN 319 142-1, 6.3): content type, digest, and which certificate signed.
//!
//! Comes in: an opened message, and the digest of what it should sign. Goes out: reasons. Must not judge the certificate itself.

use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{Decode, Encode};

use super::algorithm::{self, verify};
use super::message::Message;
use super::reason::{
    ATTRIBUTE_PROFILE, CERTIFICATE_SWAPPED, DIGEST_MISMATCH, OTHER_ATTRIBUTE, Reason, SIGNING_TIME,
    UNUSED_MATERIAL,
};
use crate::sign::cms::types::{self, SigningCertificateV2};

const JUDGED: &[ObjectIdentifier] = &[
    types::CONTENT_TYPE,
    types::MESSAGE_DIGEST,
    types::SIGNING_CERTIFICATE_V2,
];

/// Judges the attributes and the signature over them; gives the algorithm's name when that holds.
///
/// `content` is the type that the message must sign, `parts` the bytes.
pub fn judge(
    message: &Message,
    content: ObjectIdentifier,
    parts: &[&[u8]],
    reasons: &mut Vec<Reason>,
) -> Option<String> {
    let profile = |what: &str| ATTRIBUTE_PROFILE.because(what);
    let Some(signed) = &message.attributes else {
        reasons.push(profile("the message has no signed attributes"));
        return None;
    };
    if message.content.econtent_type != content {
        reasons.push(profile(
            "the message is not over the kind of content it should be over",
        ));
    }
    reasons.extend(content_type(message, content).err());
    reasons.extend(digest(message, parts).err());
    reasons.extend(signing_certificate(message).err());
    for one in message
        .signer
        .signed_attrs
        .iter()
        .flat_map(|all| all.iter())
    {
        if one.oid == types::SIGNING_TIME {
            let what = "the message has a signing-time attribute, which PAdES forbids";
            reasons.push(SIGNING_TIME.because(what));
        } else if !JUDGED.contains(&one.oid) {
            let what = format!("the signed attribute {} is not judged", one.oid);
            reasons.push(OTHER_ATTRIBUTE.because(what));
        }
    }
    for one in message
        .signer
        .unsigned_attrs
        .iter()
        .flat_map(|all| all.iter())
    {
        if one.oid != types::TIMESTAMP_TOKEN {
            let what = format!("the unsigned attribute {} is not judged", one.oid);
            reasons.push(UNUSED_MATERIAL.because(what));
        }
    }
    let body = message.certificate.certificate.tbs_certificate();
    let key = body.subject_public_key_info();
    let value = message.signer.signature.as_bytes();
    let algorithm = &message.signer.signature_algorithm;
    match verify(key, algorithm, message.hash, signed, value) {
        Ok(name) => Some(name),
        Err(reason) => {
            reasons.push(reason);
            None
        }
    }
}

fn content_type(message: &Message, content: ObjectIdentifier) -> Result<(), Reason> {
    let wrong = |what: &str| ATTRIBUTE_PROFILE.because(format!("content-type: {what}"));
    let value = message.signed(types::CONTENT_TYPE).map_err(wrong)?;
    let value = value.ok_or_else(|| wrong("it is missing"))?;
    match value.decode_as::<ObjectIdentifier>() {
        Ok(oid) if oid == content => Ok(()),
        _ => Err(wrong("it names another kind of content")),
    }
}

fn digest(message: &Message, parts: &[&[u8]]) -> Result<(), Reason> {
    let wrong = |what: &str| ATTRIBUTE_PROFILE.because(format!("message-digest: {what}"));
    let value = message.signed(types::MESSAGE_DIGEST).map_err(wrong)?;
    let value = value.ok_or_else(|| wrong("it is missing"))?;
    let told = value.decode_as::<&OctetStringRef>();
    let told = told.map_err(|_| wrong("it cannot be read"))?;
    match told.as_bytes() == message.hash.digest_of(parts) {
        true => Ok(()),
        false => {
            Err(DIGEST_MISMATCH.because("the signed bytes are not the bytes that were signed"))
        }
    }
}

fn signing_certificate(message: &Message) -> Result<(), Reason> {
    let wrong = |what: &str| ATTRIBUTE_PROFILE.because(format!("signing-certificate-v2: {what}"));
    let value = message
        .signed(types::SIGNING_CERTIFICATE_V2)
        .map_err(wrong)?;
    let value = value.ok_or_else(|| wrong("it is missing"))?;
    let value = value.to_der().ok();
    let value = value.and_then(|der| SigningCertificateV2::from_der(&der).ok());
    let value = value.ok_or_else(|| wrong("it cannot be read"))?;
    let first = value.certs.first().ok_or_else(|| wrong("it is empty"))?;
    let hash = algorithm::hash(first.hash_oid())?;
    match hash.digest(&message.certificate.der) == first.cert_hash.as_bytes() {
        true => Ok(()),
        false => Err(CERTIFICATE_SWAPPED
            .because("the certificate is not the one that the signer committed to")),
    }
}
