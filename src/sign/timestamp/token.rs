//! The request for a time stamp, and the token in an answer.

use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use der::asn1::OctetString;
use der::{DateTime, Decode, Encode};

use super::fault;
use crate::diagnostic::Finding;
use crate::sign::cms::hash::Hash;
use crate::sign::cms::types::{self, MessageImprint, TimeStampReq, TimeStampResp, TstInfo};

/// A time-stamp token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes, a `SignedData` over what it says.
    pub bytes: Vec<u8>,
    /// When it was stamped.
    pub time: DateTime,
}

/// The request to stamp a signature value. It has no nonce: a signature value is unique, so an old answer cannot stand in for a new one.
///
/// # Errors
/// A finding when it cannot be encoded.
pub fn request(signature: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
    let encoded = OctetString::new(Hash::Sha256.digest(signature)).and_then(|digest| {
        TimeStampReq {
            version: 1,
            message_imprint: MessageImprint {
                hash_algorithm: types::sha256(),
                hashed_message: digest,
            },
            req_policy: None,
            nonce: None,
            cert_req: true,
            extensions: None,
        }
        .to_der()
    });
    encoded.map_err(|error| fault(format!("the time stamp cannot be asked for: {error}")))
}

/// The token in an answer of a time-stamping authority, or in a file that holds the bare token; only if it stamps this signature value.
///
/// # Errors
/// A finding that says why it cannot be used.
pub fn token(answer: &[u8], signature: &[u8]) -> Result<Token, Box<Finding>> {
    let bytes = unwrapped(answer)?;
    let stamp =
        stated(&bytes).ok_or_else(|| fault("what came as a time stamp is none (RFC 3161)"))?;
    let imprint = &stamp.message_imprint;
    let hash = Hash::of(&imprint.hash_algorithm.oid)
        .ok_or_else(|| fault("the time stamp rests on a weak or unknown digest"))?;
    if imprint.hashed_message.as_bytes() != hash.digest(signature) {
        return Err(Box::new(
            fault("the time stamp stamps something else than this signature")
                .hint("stamp the bytes of the signature value: `openssl ts -query -data sig.bin -sha256 -cert`"),
        ));
    }
    let time = stamp
        .time()
        .ok_or_else(|| fault("the time stamp has no readable time"))?;
    Ok(Token { bytes, time })
}

/// The token itself, when the authority granted it.
fn unwrapped(answer: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
    if ContentInfo::from_der(answer).is_ok() {
        return Ok(answer.to_vec());
    }
    let response = TimeStampResp::from_der(answer)
        .map_err(|error| fault(format!("what came as a time stamp cannot be read: {error}")))?;
    let status = &response.status;
    if status.status > 1 {
        let words = status.words();
        return Err(fault(format!(
            "the time-stamping authority refused (status {}): {words}",
            status.status
        )));
    }
    response
        .time_stamp_token
        .and_then(|token| token.to_der().ok())
        .ok_or_else(|| fault("the time-stamping authority granted the stamp but sent none"))
}

/// What a token says.
fn stated(token: &[u8]) -> Option<TstInfo> {
    let info = ContentInfo::from_der(token).ok()?;
    if info.content_type != types::SIGNED_DATA {
        return None;
    }
    let data: SignedData = info.content.decode_as().ok()?;
    if data.encap_content_info.econtent_type != types::TST_INFO {
        return None;
    }
    let content: OctetString = data.encap_content_info.econtent?.decode_as().ok()?;
    TstInfo::from_der(content.as_bytes()).ok()
}
