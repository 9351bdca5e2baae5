//! Who a certificate says it is, and whether that is whom a field is for.

use std::fmt::Write as _;

use der::asn1::{ObjectIdentifier, PrintableStringRef, TeletexStringRef, Utf8StringRef};
use der::{Tag, Tagged};
use x509_cert::name::Name;

use super::Expected;
use super::message::Listed;
use super::verdict::Signer;
use crate::sign::cms::hash::Hash;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const UNIT: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.11");
/// The shortest name that may be found inside a longer one.
const TELLING: usize = 4;

/// What a certificate says.
pub fn signer(listed: &Listed) -> Signer {
    let body = listed.certificate.tbs_certificate();
    let (subject, issuer) = (body.subject(), body.issuer());
    Signer {
        name: part(subject, COMMON_NAME).unwrap_or_else(|| subject.to_string()),
        organisation: part(subject, ORGANISATION),
        unit: part(subject, UNIT),
        issuer: part(issuer, COMMON_NAME).unwrap_or_else(|| issuer.to_string()),
        serial: hexadecimal(body.serial_number().as_bytes()),
        sha256: hexadecimal(&Hash::Sha256.digest(&listed.der)),
    }
}

/// The first value of a kind in a name.
fn part(name: &Name, oid: ObjectIdentifier) -> Option<String> {
    let found = name.iter().find(|one| one.oid == oid)?;
    let text = match found.value.tag() {
        Tag::Utf8String => found
            .value
            .decode_as::<Utf8StringRef<'_>>()
            .ok()?
            .to_string(),
        Tag::PrintableString => {
            let text = found.value.decode_as::<PrintableStringRef<'_>>();
            text.ok()?.to_string()
        }
        Tag::TeletexString => {
            let text = found.value.decode_as::<TeletexStringRef<'_>>();
            text.ok()?.to_string()
        }
        _ => return None,
    };
    // A name must not steer a terminal.
    let clean = text.chars().filter(|c| !c.is_control());
    Some(clean.collect())
}

/// True when the certificate names the person or the organisation that a field is for.
///
/// Case and space do not count. A name that is wanted may be a part of the one that is told; the other way round only a whole part
/// between commas counts: "Københavns Kommune" stands for "Københavns Kommune, Økonomiforvaltningen", and "Kommune" does not.
pub fn matches(signer: &Signer, expected: &Expected) -> bool {
    let told = [
        Some(&signer.name),
        signer.organisation.as_ref(),
        signer.unit.as_ref(),
    ];
    let told: Vec<String> = told.into_iter().flatten().map(|one| plain(one)).collect();
    let organisation = &expected.organisation;
    let whole = expected.name.iter().chain([organisation]);
    let mut wanted = whole
        .chain(&expected.certificate_names)
        .map(|one| plain(one));
    let mut parts = organisation.split(',').map(plain);
    wanted.any(|wanted| told.iter().any(|told| is_within(&wanted, told)))
        || parts.any(|part| is_telling(&part) && told.contains(&part))
}

fn is_within(short: &str, long: &str) -> bool {
    let words = |text: &str| format!(" {text} ");
    is_telling(short) && words(long).contains(&words(short))
}

fn is_telling(name: &str) -> bool {
    name.chars().count() >= TELLING
}

/// Small letters, with one space between words and no punctuation.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, organisation: &str) -> Signer {
        Signer {
            name: name.into(),
            organisation: Some(organisation.into()),
            ..Signer::default()
        }
    }

    fn wanted(organisation: &str) -> Expected {
        Expected {
            field: "f".into(),
            name: Some("Bo Holm".into()),
            organisation: organisation.into(),
            certificate_names: vec!["Rigspolitiet".into()],
        }
    }

    #[test]
    fn a_part_of_the_organisation_is_enough_but_not_a_part_of_a_word() {
        let kk = wanted("Københavns Kommune, Økonomiforvaltningen");
        assert!(matches(&told("X", "KØBENHAVNS KOMMUNE"), &kk));
        assert!(matches(&told("Bo Holm", "Other"), &kk));
        assert!(!matches(&told("X", "Københavns Politi"), &kk));
        assert!(!matches(&told("X", "Kom"), &kk));
        assert!(!matches(&told("X", "Kommune"), &kk));
        assert!(matches(&told("X", "Økonomiforvaltningen"), &kk));
        assert!(!matches(&told("X", "avns"), &kk));
        assert!(matches(&told("X", "RIGSPOLITIET"), &kk));
    }
}
