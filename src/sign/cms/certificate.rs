//! Certificates: reading them, what they are called, and which one issued which.

use der::{Decode, DecodePem, Encode};
use x509_cert::Certificate;
use x509_cert::attr::AttributeTypeAndValue;

use crate::diagnostic::Finding;
use crate::sign::codes;

/// `id-at-commonName`.
const COMMON_NAME: &str = "2.5.4.3";
/// `id-at-organizationName`.
const ORGANISATION: &str = "2.5.4.10";
/// `id-at-organizationIdentifier`.
const ORGANISATION_IDENTIFIER: &str = "2.5.4.97";
/// `id-at-surname`, `id-at-givenName`, `id-at-pseudonym`.
const PERSON: [&str; 3] = ["2.5.4.4", "2.5.4.42", "2.5.4.65"];

/// The certificates of a file: PEM with any number of them, or one in DER. `shown` is the file's name in messages.
///
/// # Errors
/// A finding when there is none, or one is damaged.
pub fn read(bytes: &[u8], shown: &str) -> Result<Vec<Certificate>, Box<Finding>> {
    let certificates = if bytes.starts_with(b"\x30") {
        vec![Certificate::from_der(bytes).map_err(|error| unreadable(shown, &error.to_string()))?]
    } else {
        read_all(bytes, shown)?
    };
    if certificates.is_empty() {
        return Err(unreadable(shown, "there is none in it"));
    }
    Ok(certificates)
}

/// The certificates in PEM of a file, of which there may be none.
///
/// # Errors
/// A finding when one is damaged.
pub fn read_all(bytes: &[u8], shown: &str) -> Result<Vec<Certificate>, Box<Finding>> {
    let read = pem_blocks(bytes).map(Certificate::from_pem);
    read.map(|one| one.map_err(|error| unreadable(shown, &error.to_string())))
        .collect()
}

/// The certificate blocks of a PEM file, whatever else it holds.
fn pem_blocks(bytes: &[u8]) -> impl Iterator<Item = &str> {
    const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
    const END: &str = "-----END CERTIFICATE-----";
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    text.match_indices(BEGIN).filter_map(move |(at, _)| {
        let rest = text.get(at..)?;
        let end = rest.find(END)? + END.len();
        rest.get(..end)
    })
}

fn unreadable(shown: &str, why: &str) -> Box<Finding> {
    Box::new(
        Finding::error(
            codes::KEY,
            format!("no certificate can be read from {shown}: {why}"),
        )
        .expected("certificates in PEM (-----BEGIN CERTIFICATE-----), or one in DER"),
    )
}

/// The bytes of a certificate.
///
/// # Errors
/// A finding when it cannot be written as it was read.
pub fn der(certificate: &Certificate) -> Result<Vec<u8>, Box<Finding>> {
    certificate.to_der().map_err(|error| {
        Box::new(Finding::error(
            codes::KEY,
            format!("the certificate cannot be encoded: {error}"),
        ))
    })
}

/// What the subject of a certificate is called: its common name, otherwise the whole name.
pub fn subject(certificate: &Certificate) -> String {
    let name = certificate.tbs_certificate().subject();
    let common = name
        .iter()
        .find(|one| one.oid.to_string() == COMMON_NAME)
        .and_then(text);
    common.unwrap_or_else(|| name.to_string())
}

/// True for the certificate of an organisation, with which nobody in person signs (a seal): its subject has an organization identifier
/// and no name of a person (ETSI EN 319 412-2 and -3), or is called what its organisation is called.
pub fn is_seal(certificate: &Certificate) -> bool {
    let name = certificate.tbs_certificate().subject();
    let part = |oid: &str| name.iter().find(|one| one.oid.to_string() == oid);
    let is_person = PERSON.iter().any(|oid| part(oid).is_some());
    let same = match (part(COMMON_NAME), part(ORGANISATION)) {
        (Some(own), Some(organisation)) => text(own).is_some() && text(own) == text(organisation),
        _ => false,
    };
    !is_person && (same || part(ORGANISATION_IDENTIFIER).is_some())
}

fn text(attribute: &AttributeTypeAndValue) -> Option<String> {
    let text = std::str::from_utf8(attribute.value.value()).ok()?;
    (!text.is_empty()).then(|| text.to_owned())
}

/// The signer's certificate, and of the others those that lead from it upwards, in that order; strangers are left out.
pub fn chain(signer: &Certificate, others: &[Certificate]) -> Vec<Certificate> {
    let mut chain = vec![signer.clone()];
    while let Some(issuer) = issuer(&chain, others) {
        chain.push(issuer);
    }
    chain
}

fn issuer(chain: &[Certificate], others: &[Certificate]) -> Option<Certificate> {
    let last = chain.last()?.tbs_certificate();
    let mut above = others
        .iter()
        .filter(|one| one.tbs_certificate().subject() == last.issuer() && !chain.contains(one));
    above.next().cloned()
}
