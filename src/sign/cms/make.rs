//! The message of a signature: PAdES baseline B-B, detached, one signer.
//!
//! Comes in: a digest, certificates, a signature value. Goes out: the attributes that are signed, and the message.

use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::attr::{Attribute, Attributes};

use super::certificate;
use super::types::{self, EssCertIdV2, SigningCertificateV2};
use super::value::PublicKey;
use crate::diagnostic::Finding;
use crate::sign::codes;

/// The attributes to be signed, as the DER of a SET: content type, message digest, signing certificate. There is no signing time, since
/// PAdES forbids it (ETSI EN 319 142-1, 6.3): the claimed time stands in the PDF.
///
/// # Errors
/// A finding when the certificate cannot be encoded.
pub fn signed_attributes(digest: &[u8], signer: &Certificate) -> Result<Vec<u8>, Box<Finding>> {
    let hash = Sha256::digest(certificate::der(signer)?);
    encoded(|| {
        let binding = SigningCertificateV2 {
            certs: vec![EssCertIdV2 {
                hash_algorithm: None,
                cert_hash: OctetString::new(hash.to_vec())?,
                issuer_serial: None,
            }],
            policies: None,
        };
        let attributes: Attributes = SetOfVec::try_from(vec![
            attribute(types::CONTENT_TYPE, Any::encode_from(&types::DATA)?)?,
            attribute(
                types::MESSAGE_DIGEST,
                Any::encode_from(&OctetString::new(digest.to_vec())?)?,
            )?,
            attribute(types::SIGNING_CERTIFICATE_V2, Any::encode_from(&binding)?)?,
        ])?;
        attributes.to_der()
    })
}

/// A signature as a message.
pub struct Message {
    data: SignedData,
}

impl Message {
    /// Puts a message together; the certificates are the signer's and those above it.
    ///
    /// # Errors
    /// A finding when a part cannot be encoded.
    pub fn new(
        attributes: &[u8],
        certificates: &[Certificate],
        key: &PublicKey,
        signature: &[u8],
    ) -> Result<Self, Box<Finding>> {
        let data = encoded(|| {
            let signer = certificates
                .first()
                .ok_or_else(|| der::Error::from(der::ErrorKind::Failed))?;
            let tbs = signer.tbs_certificate();
            let info = SignerInfo {
                version: CmsVersion::V1,
                sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                    issuer: tbs.issuer().clone(),
                    serial_number: tbs.serial_number().clone(),
                }),
                digest_alg: types::sha256(),
                signed_attrs: Some(Attributes::from_der(attributes)?),
                signature_algorithm: key.algorithm(),
                signature: OctetString::new(signature)?,
                unsigned_attrs: None,
            };
            let all: Vec<CertificateChoices> = certificates
                .iter()
                .map(|one| CertificateChoices::Certificate(one.clone()))
                .collect();
            Ok(SignedData {
                version: CmsVersion::V1,
                digest_algorithms: SetOfVec::try_from(vec![types::sha256()])?,
                encap_content_info: EncapsulatedContentInfo {
                    econtent_type: types::DATA,
                    econtent: None,
                },
                certificates: Some(CertificateSet(SetOfVec::try_from(all)?)),
                crls: None,
                signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
            })
        })?;
        Ok(Self { data })
    }

    /// A message that was made elsewhere and found good.
    pub fn of(data: SignedData) -> Self {
        Self { data }
    }

    /// The signature value, which a time stamp stamps.
    pub fn signature(&self) -> &[u8] {
        let mut infos = self.data.signer_infos.0.iter();
        infos.next().map_or(&[], |info| info.signature.as_bytes())
    }

    /// The same message with a time-stamp token over the signature value (PAdES B-T).
    ///
    /// # Errors
    /// A finding when the token cannot be put in.
    pub fn stamped(mut self, token: &[u8]) -> Result<Self, Box<Finding>> {
        self.data.signer_infos = encoded(|| {
            let mut infos: Vec<SignerInfo> = self.data.signer_infos.0.iter().cloned().collect();
            for info in &mut infos {
                let mut all: Vec<Attribute> = info
                    .unsigned_attrs
                    .iter()
                    .flat_map(|one| one.iter().cloned())
                    .collect();
                all.push(attribute(types::TIMESTAMP_TOKEN, Any::from_der(token)?)?);
                info.unsigned_attrs = Some(SetOfVec::try_from(all)?);
            }
            Ok(SignerInfos(SetOfVec::try_from(infos)?))
        })?;
        Ok(self)
    }

    /// Its bytes.
    ///
    /// # Errors
    /// A finding when it cannot be encoded.
    pub fn to_der(&self) -> Result<Vec<u8>, Box<Finding>> {
        encoded(|| {
            ContentInfo {
                content_type: types::SIGNED_DATA,
                content: Any::encode_from(&self.data)?,
            }
            .to_der()
        })
    }
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute {
        oid,
        values: SetOfVec::try_from(vec![value])?,
    })
}

fn encoded<T>(make: impl FnOnce() -> der::Result<T>) -> Result<T, Box<Finding>> {
    make().map_err(|error| {
        let message = format!("the signature cannot be encoded: {error}");
        Box::new(Finding::error(codes::FOREIGN, message))
    })
}
