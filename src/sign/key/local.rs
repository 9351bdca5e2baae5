//! A private key in memory. Its libraries wipe it when it goes.

use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::pkcs1::DecodeRsaPrivateKey;
use rsa::pkcs8::DecodePrivateKey;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use super::{Signer, fault};
use crate::diagnostic::Finding;
use crate::sign::cms::value::PublicKey;

/// A private key of a kind that can sign.
pub enum LocalKey {
    /// RSA.
    Rsa(Box<rsa::PrivateKey>),
    /// ECDSA on P-256.
    P256(p256::ecdsa::SigningKey),
    /// ECDSA on P-384.
    P384(p384::ecdsa::SigningKey),
}

impl LocalKey {
    /// A key in PKCS #8.
    pub fn from_pkcs8(der: &[u8]) -> Option<Self> {
        let rsa = || rsa::PrivateKey::from_pkcs8_der(der).ok();
        let p256 = || p256::ecdsa::SigningKey::from_pkcs8_der(der).ok();
        let p384 = || p384::ecdsa::SigningKey::from_pkcs8_der(der).ok();
        rsa()
            .map(|key| Self::Rsa(Box::new(key)))
            .or_else(|| p256().map(Self::P256))
            .or_else(|| p384().map(Self::P384))
    }

    /// An RSA key in PKCS #1.
    pub fn from_pkcs1(der: &[u8]) -> Option<Self> {
        let key = rsa::PrivateKey::from_pkcs1_der(der).ok()?;
        Some(Self::Rsa(Box::new(key)))
    }

    /// An elliptic curve key in the form of SEC 1.
    pub fn from_sec1(der: &[u8]) -> Option<Self> {
        let p256 = || p256::SecretKey::from_sec1_der(der).ok();
        let p384 = || p384::SecretKey::from_sec1_der(der).ok();
        p256()
            .map(|key| Self::P256(key.into()))
            .or_else(|| p384().map(|key| Self::P384(key.into())))
    }

    /// True when a certificate holds this key's public half.
    pub fn belongs_to(&self, certificate: &Certificate) -> bool {
        let info = certificate.tbs_certificate().subject_public_key_info();
        match (self, PublicKey::of(info)) {
            (Self::Rsa(own), Ok(PublicKey::Rsa(other))) => own.to_public_key() == other,
            (Self::P256(own), Ok(PublicKey::P256(other))) => *own.verifying_key() == other,
            (Self::P384(own), Ok(PublicKey::P384(other))) => *own.verifying_key() == other,
            _ => false,
        }
    }
}

impl Signer for LocalKey {
    /// The same bytes give the same signature: ECDSA takes its number from the bytes and the key (RFC 6979).
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
        let digest = Sha256::digest(bytes);
        let signed = match self {
            Self::Rsa(key) => key.pkcs1v15_sign_prehash::<Sha256>(&digest).ok(),
            Self::P256(key) => {
                let signature: Option<p256::ecdsa::Signature> = key.sign_prehash(&digest).ok();
                signature.map(|one| one.to_der().as_bytes().to_vec())
            }
            Self::P384(key) => {
                let signature: Option<p384::ecdsa::Signature> = key.sign_prehash(&digest).ok();
                signature.map(|one| one.to_der().as_bytes().to_vec())
            }
        };
        signed.ok_or_else(|| Box::new(fault("the key cannot sign")))
    }
}
