//! Signatures by hand, honest unless a test changes something.

use sha2::{Digest, Sha256};

use super::der::{int, octets, oid, seq, set, sorted, time, tlv};
use super::pki::{Identity, Pki};

pub const SHA256: &str = "2.16.840.1.101.3.4.2.1";
pub const SHA1: &str = "1.3.14.3.2.26";
const DATA: &str = "1.2.840.113549.1.7.1";
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.47";
const TIMESTAMP: &str = "1.2.840.113549.1.9.16.2.14";

/// A message that is being put together.
#[derive(Clone)]
pub struct Cms {
    pub content: &'static str,
    /// What is embedded, for time stamps.
    pub embedded: Option<Vec<u8>>,
    pub digest: Vec<u8>,
    pub digest_algorithm: &'static str,
    /// The certificate that the signer commits to.
    pub committed: Option<Vec<u8>>,
    pub certificates: Vec<Vec<u8>>,
    pub more_attributes: Vec<Vec<u8>>,
    pub unsigned: Vec<Vec<u8>>,
    /// How often the signer stands there.
    pub signers: usize,
    pub sid: Vec<u8>,
    pub signature_algorithm: Vec<u8>,
    pub signer: Identity,
    /// Without it there are no signed attributes at all.
    pub has_attributes: bool,
}

/// An attribute.
pub fn attribute(kind: &str, value: Vec<u8>) -> Vec<u8> {
    seq(&[oid(kind), set(&[value])])
}

fn committed(certificate: &[u8]) -> Vec<u8> {
    let hash = octets(&Sha256::digest(certificate));
    seq(&[seq(&[seq(&[hash])])])
}

impl Cms {
    /// An honest message over the digest of some bytes.
    pub fn over(pki: &Pki, signer: &Identity, bytes: &[u8]) -> Self {
        Self {
            content: DATA,
            embedded: None,
            digest: Sha256::digest(bytes).to_vec(),
            digest_algorithm: SHA256,
            committed: Some(signer.certificate.clone()),
            certificates: vec![signer.certificate.clone(), pki.middle.certificate.clone()],
            more_attributes: Vec::new(),
            unsigned: Vec::new(),
            signers: 1,
            sid: signer.sid(&pki.middle),
            signature_algorithm: signer.key.algorithm(),
            signer: signer.clone(),
            has_attributes: true,
        }
    }

    fn attributes(&self) -> Vec<u8> {
        let mut all = vec![
            attribute(CONTENT_TYPE, oid(self.content)),
            attribute(MESSAGE_DIGEST, octets(&self.digest)),
        ];
        if let Some(certificate) = &self.committed {
            all.push(attribute(SIGNING_CERTIFICATE, committed(certificate)));
        }
        all.extend(self.more_attributes.iter().cloned());
        sorted(&all)
    }

    /// The signature value.
    pub fn value(&self) -> Vec<u8> {
        self.signer.key.sign(&tlv(0x31, &self.attributes()))
    }

    /// The message.
    pub fn der(&self) -> Vec<u8> {
        let algorithm = seq(&[oid(self.digest_algorithm)]);
        let mut signer = vec![int(1), self.sid.clone(), algorithm.clone()];
        if self.has_attributes {
            signer.push(tlv(0xa0, &self.attributes()));
        }
        signer.push(self.signature_algorithm.clone());
        signer.push(octets(&self.value()));
        if !self.unsigned.is_empty() {
            signer.push(tlv(0xa1, &sorted(&self.unsigned)));
        }
        let signer = seq(&signer);
        let mut content = vec![oid(self.content)];
        content.extend(self.embedded.iter().map(|one| tlv(0xa0, &octets(one))));
        let version = if self.content == DATA { 1 } else { 3 };
        let data = seq(&[
            int(version),
            set(&[algorithm]),
            seq(&content),
            tlv(0xa0, &sorted(&self.certificates)),
            tlv(0x31, &signer.repeat(self.signers)),
        ]);
        seq(&[oid(SIGNED_DATA), tlv(0xa0, &data)])
    }

    /// The message with a time stamp over its signature.
    pub fn stamped(mut self, pki: &Pki, at: &str) -> Self {
        let token = token(pki, &self.value(), at).der();
        self.unsigned.push(attribute(TIMESTAMP, token));
        self
    }
}

/// The unsigned attribute with a time stamp.
pub fn stamp(token: &Cms) -> Vec<u8> {
    attribute(TIMESTAMP, token.der())
}

/// A time-stamp token over some bytes.
pub fn token(pki: &Pki, stamped: &[u8], at: &str) -> Cms {
    let imprint = seq(&[seq(&[oid(SHA256)]), octets(&Sha256::digest(stamped))]);
    let info = seq(&[int(1), oid("1.2.3.4"), imprint, int(9), time(at)]);
    let mut cms = Cms::over(pki, &pki.stamper, &info);
    cms.content = TST_INFO;
    cms.embedded = Some(info);
    cms
}
