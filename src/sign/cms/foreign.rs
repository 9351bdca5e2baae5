//! A message that was made elsewhere: is it what PAdES asks for, and over these bytes?
//!
//! Comes in: a message, the bytes that it must sign, and the certificate that was expected. Goes out: the message, its signer and what is
//! merely unwanted in it; or everything that is wrong. Certificate paths and times are for `tryk verify`.

use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier, OctetString};
use der::{Any, Decode, Encode};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::hash::Hash;
use super::types::{self, SigningCertificateV2};
use super::value::PublicKey;
use super::{certificate, make::Message};
use crate::diagnostic::{Finding, Findings};
use crate::sign::codes;

/// A message that was found good.
pub struct Accepted {
    /// The message.
    pub message: Message,
    /// Who signed.
    pub signer: Certificate,
    /// What is unwanted in it, but does no harm.
    pub warnings: Findings,
}

/// Judges a message over `content`; `expected` is the certificate that the document was prepared for.
///
/// # Errors
/// Everything wrong with it.
pub fn judge(
    message: &[u8],
    content: &[u8],
    expected: Option<&Certificate>,
) -> Result<Accepted, Findings> {
    let data = parse(message).map_err(|finding| Findings::from_iter([*finding]))?;
    let mut faults = Findings::new();
    if data.encap_content_info.econtent_type != types::DATA {
        faults.push(fault("its content type is not `data`"));
    }
    if data.encap_content_info.econtent.is_some() {
        faults.push(fault("it carries the signed bytes").hint("make a detached signature"));
    }
    let infos: Vec<&SignerInfo> = data.signer_infos.0.iter().collect();
    let [info] = infos.as_slice() else {
        faults.push(fault(&format!(
            "it has {} signers; there must be one",
            infos.len()
        )));
        return Err(faults);
    };
    let Some(signer) = signer(&data, info) else {
        faults.push(fault("the signer's certificate is not in it"));
        return Err(faults);
    };
    if expected.is_some_and(|expected| *expected != signer) {
        let asked = expected.map(certificate::subject).unwrap_or_default();
        faults.push(fault(&format!(
            "it is signed by {}, but the document was prepared for {asked}",
            certificate::subject(&signer)
        )));
    }
    let mut warnings = Findings::new();
    match attributes(info, content, &signer) {
        Ok(found) => warnings.append(found),
        Err(found) => faults.append(found),
    }
    if let Err(finding) = signature(info, &signer) {
        faults.push(*finding);
    }
    if faults.is_empty() {
        Ok(Accepted {
            message: Message::of(data),
            signer,
            warnings,
        })
    } else {
        Err(faults)
    }
}

fn parse(message: &[u8]) -> Result<SignedData, Box<Finding>> {
    let unreadable = |error: der::Error| {
        Box::new(
            fault(&format!("it cannot be read: {error}"))
                .expected("a SignedData message in DER (`openssl cms -sign … -outform DER`)"),
        )
    };
    let info = ContentInfo::from_der(message).map_err(unreadable)?;
    if info.content_type != types::SIGNED_DATA {
        return Err(Box::new(fault("it is no signed message")));
    }
    info.content.decode_as().map_err(unreadable)
}

/// The certificate that the signer is named by.
fn signer(data: &SignedData, info: &SignerInfo) -> Option<Certificate> {
    let all = data.certificates.as_ref()?.0.iter();
    let mut certificates = all.filter_map(|one| match one {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    certificates
        .find(|one| match &info.sid {
            SignerIdentifier::IssuerAndSerialNumber(named) => {
                let tbs = one.tbs_certificate();
                named.issuer == *tbs.issuer() && named.serial_number == *tbs.serial_number()
            }
            SignerIdentifier::SubjectKeyIdentifier(named) => {
                let known = one
                    .tbs_certificate()
                    .get_extension::<SubjectKeyIdentifier>();
                known.is_ok_and(|known| known.is_some_and(|(_, known)| known == *named))
            }
        })
        .cloned()
}

/// Gives what is unwanted, or what is wrong.
fn attributes(
    info: &SignerInfo,
    content: &[u8],
    signer: &Certificate,
) -> Result<Findings, Findings> {
    let (mut faults, mut warnings) = (Findings::new(), Findings::new());
    let Some(hash) = Hash::of(&info.digest_alg.oid) else {
        faults.push(fault(
            "its digest algorithm is none of SHA-256, SHA-384 and SHA-512",
        ));
        return Err(faults);
    };
    match value(info, types::CONTENT_TYPE).and_then(|value| value.decode_as().ok()) {
        Some(types::DATA) => {}
        _ => faults.push(fault("its content-type attribute is missing or not `data`")),
    }
    let digest =
        value(info, types::MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
    if digest.is_none_or(|digest| digest.as_bytes() != hash.digest(content)) {
        faults.push(
            fault("its message digest is not the digest of this document")
                .hint("sign the bytes that `tryk sign prepare` wrote to signed-bytes.bin, as binary data (`openssl cms -binary`)"),
        );
    }
    let binding = value(info, types::SIGNING_CERTIFICATE_V2)
        .and_then(|value| value.decode_as::<SigningCertificateV2>().ok());
    match binding {
        None => faults.push(
            fault("it has no signing-certificate-v2 attribute, so it does not say which certificate signed")
                .hint("`openssl cms -sign -cades` adds it"),
        ),
        Some(binding) if !binds(&binding, signer) => {
            faults.push(fault("its signing-certificate-v2 attribute names another certificate"));
        }
        Some(_) => {}
    }
    if value(info, types::SIGNING_TIME).is_some() {
        warnings.push(
            Finding::warning(
                codes::FOREIGN,
                "the signature has a signing-time attribute, which PAdES does not allow; verifiers accept it all the same",
            )
            .hint("nothing needs to be done; the claimed time stands in the PDF"),
        );
    }
    if faults.is_empty() {
        Ok(warnings)
    } else {
        Err(faults)
    }
}

fn value(info: &SignerInfo, oid: ObjectIdentifier) -> Option<&Any> {
    let mut all = info
        .signed_attrs
        .as_ref()?
        .iter()
        .filter(|one| one.oid == oid);
    match (all.next(), all.next()) {
        (Some(one), None) if one.values.len() == 1 => one.values.get(0),
        _ => None,
    }
}

fn binds(binding: &SigningCertificateV2, signer: &Certificate) -> bool {
    let Some(first) = binding.certs.first() else {
        return false;
    };
    let hash = Hash::of(&first.hash_oid());
    match (hash, certificate::der(signer)) {
        (Some(hash), Ok(der)) => first.cert_hash.as_bytes() == hash.digest(&der),
        _ => false,
    }
}

fn signature(info: &SignerInfo, signer: &Certificate) -> Result<(), Box<Finding>> {
    let key = PublicKey::of(signer.tbs_certificate().subject_public_key_info())
        .map_err(|why| Box::new(fault(&format!("the signer's certificate {why}"))))?;
    let hash = hash_of(info);
    let attributes = info.signed_attrs.as_ref().and_then(|all| all.to_der().ok());
    let good = match (hash, attributes) {
        (Some(hash), Some(attributes)) => {
            key.verifies(hash, &attributes, info.signature.as_bytes())
        }
        _ => false,
    };
    if good {
        return Ok(());
    }
    let message = "the signer's certificate does not confirm the signature";
    Err(Box::new(Finding::error(codes::MISMATCH, message)))
}

/// The digest algorithm of the signature, which the plain `rsaEncryption` leaves to the message's digest.
fn hash_of(info: &SignerInfo) -> Option<Hash> {
    const BY_NAME: [(&str, Hash); 6] = [
        ("1.2.840.113549.1.1.11", Hash::Sha256),
        ("1.2.840.113549.1.1.12", Hash::Sha384),
        ("1.2.840.113549.1.1.13", Hash::Sha512),
        ("1.2.840.10045.4.3.2", Hash::Sha256),
        ("1.2.840.10045.4.3.3", Hash::Sha384),
        ("1.2.840.10045.4.3.4", Hash::Sha512),
    ];
    let oid = &info.signature_algorithm.oid;
    if *oid == types::RSA {
        return Hash::of(&info.digest_alg.oid);
    }
    let name = oid.to_string();
    let known = BY_NAME.iter().find(|(known, _)| *known == name);
    known.map(|(_, hash)| *hash)
}

fn fault(what: &str) -> Finding {
    Finding::error(
        codes::FOREIGN,
        format!("the signature cannot be taken: {what}"),
    )
}
