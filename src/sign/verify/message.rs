//! A cryptographic message (RFC 5652), opened strictly: DER and nothing else, one signer, nothing that no check looks at.
//!
//! Comes in: the bytes in a signature's place. Goes out: the signer, the certificates, the content. Must not judge keys or time.

use cms::cert::CertificateChoices;
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo};
use der::asn1::ObjectIdentifier;
use der::{Decode, Encode, Header, Reader, SliceReader};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::algorithm::{Hash, is_bare};
use super::reason::{MESSAGE, Reason, SEVERAL_SIGNERS, UNUSED_MATERIAL};
use crate::sign::cms::types;

/// The most certificates in a message.
const CERTIFICATES: usize = 32;

/// An opened message.
pub struct Message {
    /// The one signer.
    pub signer: SignerInfo,
    /// The signer's certificate.
    pub certificate: Certificate,
    /// All certificates in the message, the signer's among them.
    pub certificates: Vec<Certificate>,
    /// What is signed, when the message holds it itself.
    pub content: EncapsulatedContentInfo,
    /// The digest algorithm.
    pub hash: Hash,
    /// What the message carries beside what was asked for.
    pub extra: Option<Reason>,
}

/// The DER element at the beginning of some bytes, and what follows it.
pub fn element(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let header = Header::decode(&mut reader).ok()?;
    let head = usize::try_from(reader.position()).ok()?;
    let body = usize::try_from(header.length()).ok()?;
    bytes.split_at_checked(head.checked_add(body)?)
}

/// Opens a message.
///
/// # Errors
/// A reason, when it is no message with exactly one signer whose certificate it holds.
pub fn open(der: &[u8]) -> Result<Message, Reason> {
    let unreadable = |error: der::Error| MESSAGE.because(format!("the message cannot be read: {error}"));
    let outer = ContentInfo::from_der(der).map_err(unreadable)?;
    if outer.content_type != types::SIGNED_DATA {
        return Err(MESSAGE.because("the message is no SignedData"));
    }
    let data: SignedData = outer.content.decode_as().map_err(unreadable)?;
    let again = data.to_der().map_err(unreadable)?;
    let whole = ContentInfo {
        content_type: outer.content_type,
        content: der::Any::from_der(&again).map_err(unreadable)?,
    };
    if whole.to_der().map_err(unreadable)? != der {
        return Err(MESSAGE.because("the message is not written in DER, so it has more than one reading"));
    }
    let signer = only_signer(&data)?;
    let hash = Hash::of(signer.digest_alg.oid)?;
    let certificates = certificates(&data)?;
    let certificate = of_signer(&signer, &certificates)?.clone();
    let crls = data.crls.as_ref().is_some_and(|crls| !crls.0.is_empty());
    let extra = crls.then(|| UNUSED_MATERIAL.because("the message carries revocation lists"));
    Ok(Message {
        certificate,
        certificates,
        content: data.encap_content_info,
        hash,
        signer,
        extra,
    })
}

fn only_signer(data: &SignedData) -> Result<SignerInfo, Reason> {
    let mut signers = data.signer_infos.0.iter();
    let (Some(signer), None) = (signers.next(), signers.next()) else {
        let count = data.signer_infos.0.len();
        return Err(SEVERAL_SIGNERS.because(format!("the message holds {count} signers")));
    };
    let is_plain = data.encap_content_info.econtent_type == types::DATA;
    let by_key = matches!(signer.sid, SignerIdentifier::SubjectKeyIdentifier(_));
    let version = if by_key { CmsVersion::V3 } else { CmsVersion::V1 };
    let data_version = match is_plain && !by_key {
        true => CmsVersion::V1,
        false => CmsVersion::V3,
    };
    // Nothing protects these three, so they have to be the ones that the standard derives.
    let algorithms: Vec<_> = data.digest_algorithms.iter().collect();
    let consistent = signer.version == version
        && data.version == data_version
        && is_bare(&signer.digest_alg)
        && matches!(algorithms.as_slice(), [one] if one.oid == signer.digest_alg.oid && is_bare(one));
    match consistent {
        true => Ok(signer.clone()),
        false => Err(MESSAGE.because("the message's version or digest algorithms do not fit its signer")),
    }
}

fn certificates(data: &SignedData) -> Result<Vec<Certificate>, Reason> {
    let all = data.certificates.iter().flat_map(|set| set.0.iter());
    let all: Option<Vec<Certificate>> = all
        .map(|one| match one {
            CertificateChoices::Certificate(certificate) => Some(certificate.clone()),
            CertificateChoices::Other(_) => None,
        })
        .collect();
    all.filter(|all| all.len() <= CERTIFICATES)
        .ok_or_else(|| MESSAGE.because("the message holds certificates of another kind, or too many"))
}

fn of_signer<'a>(signer: &SignerInfo, all: &'a [Certificate]) -> Result<&'a Certificate, Reason> {
    let is_meant = |one: &&Certificate| {
        let body = one.tbs_certificate();
        match &signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(sid) => {
                *body.issuer() == sid.issuer && *body.serial_number() == sid.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(sid) => {
                let own = body.get_extension::<SubjectKeyIdentifier>();
                matches!(own, Ok(Some((_, own))) if own == *sid)
            }
        }
    };
    let mut meant = all.iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(MESSAGE.because("the message does not hold the signer's certificate, or holds two")),
    }
}

impl Message {
    /// The attributes that are signed, as they were digested: a DER `SET OF` (RFC 5652, section 5.4).
    pub fn signed_bytes(&self) -> Option<Vec<u8>> {
        self.signer.signed_attrs.as_ref()?.to_der().ok()
    }

    /// The one value of the one signed attribute of a kind.
    ///
    /// # Errors
    /// In words, when there are several.
    pub fn signed(&self, oid: ObjectIdentifier) -> Result<Option<&der::Any>, &'static str> {
        only(self.signer.signed_attrs.as_ref(), oid)
    }

    /// The one value of the one unsigned attribute of a kind.
    ///
    /// # Errors
    /// In words, when there are several.
    pub fn unsigned(&self, oid: ObjectIdentifier) -> Result<Option<&der::Any>, &'static str> {
        only(self.signer.unsigned_attrs.as_ref(), oid)
    }
}

fn only(
    attributes: Option<&x509_cert::attr::Attributes>,
    oid: ObjectIdentifier,
) -> Result<Option<&der::Any>, &'static str> {
    let all = attributes.iter().flat_map(|all| all.iter());
    let mut found = all.filter(|one| one.oid == oid);
    let Some(one) = found.next() else {
        return Ok(None);
    };
    let mut values = one.values.iter();
    match (values.next(), values.next(), found.next()) {
        (Some(value), None, None) => Ok(Some(value)),
        _ => Err("it stands there twice, or with several values"),
    }
}
