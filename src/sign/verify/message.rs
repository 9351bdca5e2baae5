//! A cryptographic message (RFC 5652), opened strictly: DER and nothing else, one signer, nothing that no check looks at.
//!
//! Comes in: the bytes in a signature's place. Goes out: the signer, the certificates, the content. Must not judge keys or time.

use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo};
use der::asn1::ObjectIdentifier;
use der::{Decode, Header, Reader, SliceReader};
use x509_cert::Certificate;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::algorithm::{self, is_bare};
use super::reason::{MESSAGE, Reason, SEVERAL_SIGNERS, UNUSED_MATERIAL};
use crate::sign::cms::hash::Hash;
use crate::sign::cms::types;

/// The most certificates in a message.
const CERTIFICATES: usize = 32;

/// An opened message.
pub struct Message {
    /// The one signer.
    pub signer: SignerInfo,
    /// The signer's certificate.
    pub certificate: Listed,
    /// All certificates in the message, the signer's among them.
    pub certificates: Vec<Listed>,
    /// The signed attributes as they stand there, as a SET; none when there are none.
    pub attributes: Option<Vec<u8>>,
    /// What is signed, when the message holds it itself.
    pub content: EncapsulatedContentInfo,
    /// The digest algorithm.
    pub hash: Hash,
    /// What the message carries beside what was asked for.
    pub extra: Option<Reason>,
}

/// A certificate and its very bytes.
#[derive(Clone)]
pub struct Listed {
    /// Its bytes.
    pub der: Vec<u8>,
    /// What it says.
    pub certificate: Certificate,
}

/// The DER element at the beginning of some bytes, and what follows it.
pub fn element(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let header = Header::decode(&mut reader).ok()?;
    let head = usize::try_from(reader.position()).ok()?;
    let body = usize::try_from(header.length()).ok()?;
    bytes.split_at_checked(head.checked_add(body)?)
}

/// The elements inside an element.
fn inside(element: &[u8]) -> Option<Vec<&[u8]>> {
    let mut reader = SliceReader::new(element).ok()?;
    Header::decode(&mut reader).ok()?;
    let mut rest = element.get(usize::try_from(reader.position()).ok()?..)?;
    let mut all = Vec::new();
    while !rest.is_empty() {
        let (one, left) = self::element(rest)?;
        all.push(one);
        rest = left;
    }
    Some(all)
}

/// Opens a message.
///
/// # Errors
/// A reason, when it is no message with exactly one signer whose certificate it holds.
pub fn open(der: &[u8]) -> Result<Message, Reason> {
    let unreadable =
        |error: der::Error| MESSAGE.because(format!("the message cannot be read: {error}"));
    let outer = ContentInfo::from_der(der).map_err(unreadable)?;
    if outer.content_type != types::SIGNED_DATA {
        return Err(MESSAGE.because("the message is no SignedData"));
    }
    let data: SignedData = outer.content.decode_as().map_err(unreadable)?;
    let signer = only_signer(&data)?;
    let hash = algorithm::hash(signer.digest_alg.oid)?;
    let raw = raw(der).ok_or_else(|| MESSAGE.because("the message cannot be taken apart"))?;
    let certificates = certificates(&raw.certificates)?;
    let certificate = of_signer(&signer, &certificates)?.clone();
    let crls = data.crls.as_ref().is_some_and(|crls| !crls.0.is_empty());
    let extra = crls.then(|| UNUSED_MATERIAL.because("the message carries revocation lists"));
    Ok(Message {
        certificate,
        certificates,
        attributes: raw.attributes,
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
    let version = if by_key {
        CmsVersion::V3
    } else {
        CmsVersion::V1
    };
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
        false => {
            Err(MESSAGE.because("the message's version or digest algorithms do not fit its signer"))
        }
    }
}

/// The parts of a message whose very bytes count.
struct Raw<'a> {
    certificates: Vec<&'a [u8]>,
    attributes: Option<Vec<u8>>,
}

/// The tags of the certificates in a message, and of the signed attributes in a signer.
const FIRST: u8 = 0xa0;
/// The tag of a SET.
const SET: u8 = 0x31;

fn raw(der: &[u8]) -> Option<Raw<'_>> {
    let tagged = |all: &[&'_ [u8]]| all.iter().position(|one| one.first() == Some(&FIRST));
    let wrapped = *inside(der)?.get(1)?;
    let data = inside(inside(wrapped)?.first()?)?;
    let certificates = tagged(&data).map_or(Some(Vec::new()), |at| inside(data[at]))?;
    let signer = inside(inside(data.last()?)?.first()?)?;
    let attributes = tagged(&signer).map(|at| {
        let mut set = signer[at].to_vec();
        set[0] = SET;
        set
    });
    Some(Raw {
        certificates,
        attributes,
    })
}

fn certificates(all: &[&[u8]]) -> Result<Vec<Listed>, Reason> {
    let listed = |der: &&[u8]| {
        let certificate = Certificate::from_der(der).ok()?;
        let der = der.to_vec();
        Some(Listed { der, certificate })
    };
    let listed: Option<Vec<Listed>> = all.iter().map(listed).collect();
    listed
        .filter(|all| all.len() <= CERTIFICATES)
        .ok_or_else(|| {
            MESSAGE.because("the message holds certificates of another kind, or too many")
        })
}

fn of_signer<'a>(signer: &SignerInfo, all: &'a [Listed]) -> Result<&'a Listed, Reason> {
    let is_meant = |one: &&Listed| {
        let body = one.certificate.tbs_certificate();
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
        _ => {
            Err(MESSAGE.because("the message does not hold the signer's certificate, or holds two"))
        }
    }
}

impl Message {
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
