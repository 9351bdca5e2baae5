//! A whole PDF that a signing service gave back: taken only when it is the document that was sent, and one signature more.
//!
//! Comes in: the document as it was, and as it came back. Goes out: the field that was signed; or everything that is wrong.
//! Who may have signed, and whether the certificate is trusted, is for `tryk verify`.

use lopdf::{Dictionary, Object};

use super::append::Base;
use super::cms::{certificate, foreign};
use super::codes;
use super::field::SignatureField;
use crate::diagnostic::{Finding, Findings};

/// A returned document that was found good.
pub struct Returned {
    /// The field that was signed.
    pub field: SignatureField,
    /// Who signed, as the certificate says.
    pub signer: String,
    /// What is unwanted in it, but does no harm.
    pub warnings: Findings,
}

/// Holds what came back against what was sent; `expected` is the field that must be signed, where only one may.
///
/// # Errors
/// Everything wrong with it.
pub fn judge(sent: &Base, returned: &Base, expected: Option<&str>) -> Result<Returned, Findings> {
    let one = |message: String| Findings::from_iter([fault(message)]);
    if !returned.bytes.starts_with(&sent.bytes) {
        let finding = fault("the PDF that came back does not begin with the bytes of the document")
            .hint("the service wrote it anew, so it is another document: keep it as evidence beside the document, and sign another way (docs/signing.md)")
            .hint("or it was made of an earlier state, before the last signature");
        return Err(Findings::from_iter([finding]));
    }
    let before = sent.fields();
    let fresh: Vec<SignatureField> = returned
        .fields()
        .into_iter()
        .filter(|field| field.signed)
        .filter(|field| {
            !before
                .iter()
                .any(|old| old.name == field.name && old.signed)
        })
        .collect();
    let [field] = fresh.as_slice() else {
        return Err(one(format!(
            "the PDF that came back has {} new signatures; there must be one",
            fresh.len()
        )));
    };
    if !before.iter().any(|old| old.widget == field.widget) {
        let name = &field.name;
        return Err(one(format!(
            "the signature is in a field of its own, {name}, not in one of the document's"
        )));
    }
    if let Some(expected) = expected.filter(|expected| *expected != field.name) {
        return Err(one(format!(
            "the field {} is signed, not {expected}",
            field.name
        )));
    }
    unchanged(sent, returned, field)?;
    let (message, content) = signature(returned, field)
        .ok_or_else(|| one("the new signature does not cover the whole PDF".to_owned()))?;
    let accepted = foreign::judge(&message, &content, None)?;
    Ok(Returned {
        field: field.clone(),
        signer: certificate::subject(&accepted.signer),
        warnings: accepted.warnings,
    })
}

/// Every object of the document must be what it was, except for the value and the appearance of the field.
fn unchanged(sent: &Base, returned: &Base, field: &SignatureField) -> Result<(), Findings> {
    let mut changed = Vec::new();
    for (id, old) in &sent.document.objects {
        let new = returned.document.objects.get(id);
        let same = match (old, new) {
            (Object::Dictionary(old), Some(Object::Dictionary(new))) if *id == field.widget => {
                plain(old) == plain(new)
            }
            (old, new) => new == Some(old),
        };
        if !same {
            changed.push(id.0.to_string());
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    let message = format!(
        "the PDF that came back changes more than the signed field: objects {}",
        changed.join(", ")
    );
    Err(Findings::from_iter([fault(message)]))
}

fn plain(widget: &Dictionary) -> Dictionary {
    let mut plain = widget.clone();
    for key in ["V", "AP"] {
        plain.remove(key.as_bytes());
    }
    plain
}

/// The message of a signature that covers everything but its own hole, and the bytes that it signs.
fn signature(returned: &Base, field: &SignatureField) -> Option<(Vec<u8>, Vec<u8>)> {
    let document = &returned.document;
    let widget = document.get_dictionary(field.widget).ok()?;
    let value = document.get_dict_in_dict(widget, b"V").ok()?;
    let range: Vec<usize> = value
        .get(b"ByteRange")
        .and_then(Object::as_array)
        .ok()?
        .iter()
        .filter_map(|number| usize::try_from(number.as_i64().ok()?).ok())
        .collect();
    let [0, first, second, rest] = range.as_slice() else {
        return None;
    };
    let bytes = &returned.bytes;
    let hole = bytes.get(*first..*second)?;
    let whole =
        hole.starts_with(b"<") && hole.ends_with(b">") && second.checked_add(*rest)? == bytes.len();
    let mut content = bytes.get(..*first)?.to_vec();
    content.extend_from_slice(bytes.get(*second..)?);
    let message = value.get(b"Contents").and_then(Object::as_str).ok()?;
    whole.then(|| (trimmed(message).to_vec(), content))
}

/// A message without the zeros that fill up its hole: as long as its outermost length says.
fn trimmed(message: &[u8]) -> &[u8] {
    let length = match message {
        [_, short @ 0..=0x7f, ..] => usize::from(*short) + 2,
        [_, long, rest @ ..] => {
            let count = usize::from(long & 0x7f);
            let digits = rest.iter().take(count.min(4));
            digits.fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte)) + 2 + count
        }
        _ => message.len(),
    };
    message.get(..length).unwrap_or(message)
}

fn fault(message: impl Into<String>) -> Finding {
    Finding::error(codes::RETURNED, message)
}
