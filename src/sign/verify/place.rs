//! The place of a signature in a file: the range it signs, and the hole that holds it (ISO 32000-1, 12.8.1).
//!
//! Comes in: a signature dictionary and its revision. Goes out: the signed parts and the message. Must not open the message.

use super::message::element;
use super::reason::{BYTE_RANGE, CONTENTS_ENCODING, Reason};
use crate::sign::pdf::{Dictionary, File, Object};

/// What a signature signs, and the signature.
pub struct Signed<'a> {
    /// The bytes before the hole, and those after it.
    pub parts: [&'a [u8]; 2],
    /// The message in the hole, without its filling.
    pub message: Vec<u8>,
}

/// Takes a signature apart that a revision put there.
///
/// # Errors
/// A reason, when it does not sign its whole revision, or its hole holds anything else.
pub fn signed<'a>(
    file: &File<'a>,
    signature: &Dictionary,
    revision: usize,
) -> Result<Signed<'a>, Reason> {
    let range = |what: String| BYTE_RANGE.because(what);
    let contents = signature
        .get(b"Contents".as_slice())
        .and_then(Object::as_text);
    let contents = contents.ok_or_else(|| range("the signature has no Contents".to_owned()))?;
    let hole = contents.span.clone();
    let numbers: Vec<usize> = signature
        .get(b"ByteRange".as_slice())
        .and_then(Object::as_array)
        .into_iter()
        .flatten()
        .map_while(Object::as_count)
        .collect();
    let [0, before, after, rest] = numbers[..] else {
        return Err(range(format!(
            "the ByteRange is {numbers:?}, not 0 and three numbers"
        )));
    };
    if before != hole.start || after != hole.end {
        return Err(range(format!(
            "the signed range leaves out bytes {before} to {after}, but the signature stands at bytes {} to {}",
            hole.start, hole.end
        )));
    }
    let own = &file.revisions()[revision];
    let is_last = revision + 1 == file.revisions().len();
    let end = after.checked_add(rest);
    let whole = end == Some(own.bytes.end) || (end == Some(own.eof) && !is_last);
    if !whole || before < own.bytes.start {
        return Err(range(format!(
            "the signed range ends at byte {}, but its revision ends at byte {}",
            end.unwrap_or(usize::MAX),
            own.bytes.end
        )));
    }
    let text = file.bytes.get(hole.clone()).unwrap_or_default();
    Ok(Signed {
        parts: [
            &file.bytes[..hole.start],
            &file.bytes[hole.end..own.bytes.end.min(after + rest)],
        ],
        message: message(text, &contents.bytes)?,
    })
}

/// The message in a hole: hexadecimal in one case, without space, then nothing but zeros.
fn message(hole: &[u8], decoded: &[u8]) -> Result<Vec<u8>, Reason> {
    let wrong = |what: &str| CONTENTS_ENCODING.because(what);
    let digits = hole
        .strip_prefix(b"<")
        .and_then(|rest| rest.strip_suffix(b">"))
        .ok_or_else(|| wrong("the signature is no hexadecimal string"))?;
    let upper = digits.iter().any(u8::is_ascii_uppercase);
    let lower = digits.iter().any(u8::is_ascii_lowercase);
    let plain = digits.iter().all(u8::is_ascii_hexdigit) && digits.len() % 2 == 0;
    if !plain || (upper && lower) {
        return Err(wrong(
            "the signature is not written in hexadecimal digits of one kind",
        ));
    }
    let (message, filling) =
        element(decoded).ok_or_else(|| wrong("the signature's place holds no message"))?;
    match filling.iter().all(|byte| *byte == 0) {
        true => Ok(message.to_vec()),
        false => Err(wrong(
            "the signature is followed by something else than zeros",
        )),
    }
}
