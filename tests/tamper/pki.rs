//! A throw-away certificate authority. Its keys are fixed numbers, so every run makes the same bytes; nobody trusts them.

use p256::ecdsa::SigningKey;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::pkcs1::EncodeRsaPublicKey;
use rsa::pkcs8::DecodePrivateKey;
use sha2::{Digest, Sha256};

use super::der::{bits, int, octets, oid, seq, set, text, time, tlv};

pub const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";
pub const RSA: &str = "1.2.840.113549.1.1.1";
pub const RSA_SHA1: &str = "1.2.840.113549.1.1.5";

/// A key of a test.
#[derive(Clone)]
pub enum Key {
    P256(SigningKey),
    Rsa(Box<rsa::PrivateKey>),
}

impl Key {
    /// The elliptic curve key of a number.
    pub fn number(number: u8) -> Self {
        Self::P256(SigningKey::from_slice(&[number; 32]).unwrap())
    }

    /// An RSA key from PEM.
    pub fn rsa(pem: &str) -> Self {
        Self::Rsa(Box::new(rsa::PrivateKey::from_pkcs8_pem(pem).unwrap()))
    }

    /// Signs with SHA-256; ECDSA is deterministic (RFC 6979).
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        let digest = Sha256::digest(bytes);
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign_prehash(&digest).unwrap();
                signature.to_der().as_bytes().to_vec()
            }
            Self::Rsa(key) => key.pkcs1v15_sign_prehash::<Sha256>(&digest).unwrap(),
        }
    }

    /// The algorithm that its signatures name.
    pub fn algorithm(&self) -> Vec<u8> {
        match self {
            Self::P256(_) => seq(&[oid(ECDSA_SHA256)]),
            Self::Rsa(_) => seq(&[oid("1.2.840.113549.1.1.11"), tlv(5, &[])]),
        }
    }

    fn public(&self) -> Vec<u8> {
        match self {
            Self::P256(key) => seq(&[
                seq(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]),
                bits(&key.verifying_key().to_sec1_bytes()),
            ]),
            Self::Rsa(key) => seq(&[
                seq(&[oid(RSA), tlv(5, &[])]),
                bits(key.to_public_key().to_pkcs1_der().unwrap().as_bytes()),
            ]),
        }
    }
}

/// What a certificate says.
#[derive(Clone)]
pub struct Request {
    pub serial: u8,
    pub common: String,
    pub organisation: String,
    pub from: &'static str,
    pub to: &'static str,
    pub is_authority: bool,
    /// The bits of the key usage.
    pub usage: Option<u8>,
    pub purpose: Option<&'static str>,
}

impl Request {
    /// A person of an organisation.
    pub fn person(serial: u8, common: &str, organisation: &str) -> Self {
        Self {
            serial,
            common: common.to_owned(),
            organisation: organisation.to_owned(),
            from: "20150101000000Z",
            to: "20450101000000Z",
            is_authority: false,
            usage: Some(0xc0),
            purpose: None,
        }
    }
}

/// A key with its certificate.
#[derive(Clone)]
pub struct Identity {
    pub key: Key,
    pub certificate: Vec<u8>,
    name: Vec<u8>,
    serial: u8,
}

impl Identity {
    /// The issuer and the number of the certificate, as a message names it.
    pub fn sid(&self, issuer: &Self) -> Vec<u8> {
        seq(&[issuer.name.clone(), int(self.serial)])
    }
}

fn name(common: &str, organisation: &str) -> Vec<u8> {
    let part = |kind: &str, value: &str| set(&[seq(&[oid(kind), text(value)])]);
    seq(&[part("2.5.4.10", organisation), part("2.5.4.3", common)])
}

/// Issues a certificate; the issuer is the certificate itself when there is none.
pub fn issue(request: &Request, key: &Key, issuer: Option<&Identity>) -> Identity {
    let own = name(&request.common, &request.organisation);
    let (above, signer) = match issuer {
        Some(issuer) => (issuer.name.clone(), &issuer.key),
        None => (own.clone(), key),
    };
    let yes = tlv(1, &[0xff]);
    let mut extensions = Vec::new();
    if request.is_authority {
        let basic = octets(&seq(std::slice::from_ref(&yes)));
        extensions.push(seq(&[oid("2.5.29.19"), yes.clone(), basic]));
    }
    if let Some(usage) = request.usage {
        let unused = u8::try_from(usage.trailing_zeros()).unwrap();
        let value = octets(&tlv(3, &[unused, usage]));
        extensions.push(seq(&[oid("2.5.29.15"), yes.clone(), value]));
    }
    if let Some(purpose) = request.purpose {
        let value = octets(&seq(&[oid(purpose)]));
        extensions.push(seq(&[oid("2.5.29.37"), yes, value]));
    }
    let mut body = vec![
        tlv(0xa0, &int(2)),
        int(request.serial),
        signer.algorithm(),
        above,
        seq(&[time(request.from), time(request.to)]),
        own.clone(),
        key.public(),
    ];
    if !extensions.is_empty() {
        body.push(tlv(0xa3, &seq(&extensions)));
    }
    let body = seq(&body);
    let signature = bits(&signer.sign(&body));
    Identity {
        key: key.clone(),
        certificate: seq(&[body, signer.algorithm(), signature]),
        name: own,
        serial: request.serial,
    }
}

/// The authority and those it issued certificates to.
pub struct Pki {
    pub root: Identity,
    pub middle: Identity,
    pub first: Identity,
    pub second: Identity,
    pub stamper: Identity,
}

/// The fields of the small document, with the organisations they are for.
pub const PARTIES: [(&str, &str); 2] = [("sign_a", "Alfa Kommune"), ("sign_b", "Beta Politi")];

impl Pki {
    pub fn new() -> Self {
        let authority = |serial, common: &str| Request {
            is_authority: true,
            usage: Some(0x06),
            ..Request::person(serial, common, "Test")
        };
        let root = issue(&authority(1, "Test Root"), &Key::number(1), None);
        let middle = issue(
            &authority(2, "Test Intermediate"),
            &Key::number(2),
            Some(&root),
        );
        let person = |serial, common: &str, organisation: &str| {
            let request = Request::person(serial, common, organisation);
            issue(&request, &Key::number(serial), Some(&middle))
        };
        let stamp = Request {
            usage: Some(0x80),
            purpose: Some("1.3.6.1.5.5.7.3.8"),
            ..Request::person(6, "Test Time", "Test")
        };
        Self {
            first: person(3, "A. Alfa", PARTIES[0].1),
            second: person(4, "B. Beta", PARTIES[1].1),
            stamper: issue(&stamp, &Key::number(6), Some(&middle)),
            root,
            middle,
        }
    }

    /// Another person with a certificate of this authority.
    pub fn person(&self, request: &Request, key: &Key) -> Identity {
        issue(request, key, Some(&self.middle))
    }
}
