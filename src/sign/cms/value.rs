//! Signature values: is this the signature of these bytes under this public key?
//!
//! Comes in: a public key, bytes, a signature. Goes out: yes or no, and the forms that the parts take in a message.
//! Knows RSA (PKCS #1 v1.5) and ECDSA on P-256 and P-384, with SHA-256, SHA-384 and SHA-512.

use der::asn1::Null;
use der::{Any, Encode};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs8::DecodePublicKey;
use sha2::{Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, ObjectIdentifier, SubjectPublicKeyInfoOwned};

use super::hash::Hash;
use super::types;

/// The smallest RSA modulus that is accepted, in bits (SOG-IS Crypto Evaluation Scheme, agreed mechanisms).
pub const LEAST_RSA_BITS: usize = 2048;

/// A public key of a kind that can be used.
pub enum PublicKey {
    /// RSA.
    Rsa(rsa::PublicKey),
    /// ECDSA on P-256.
    P256(p256::ecdsa::VerifyingKey),
    /// ECDSA on P-384.
    P384(p384::ecdsa::VerifyingKey),
}

impl PublicKey {
    /// The key that a certificate holds.
    ///
    /// # Errors
    /// Why it cannot be used, as the end of a sentence on the certificate.
    pub fn of(info: &SubjectPublicKeyInfoOwned) -> Result<Self, String> {
        let damaged = || "holds a damaged public key".to_owned();
        let encoded = info.to_der().map_err(|_| damaged())?;
        let curve =
            || -> Option<ObjectIdentifier> { info.algorithm.parameters.as_ref()?.decode_as().ok() };
        match info.algorithm.oid {
            types::RSA => {
                let key = rsa::PublicKey::from_public_key_der(&encoded).map_err(|_| damaged())?;
                let bits = rsa::traits::PublicKeyParts::size(&key) * 8;
                if bits < LEAST_RSA_BITS {
                    return Err(format!(
                        "holds an RSA key of {bits} bits; {LEAST_RSA_BITS} is the least"
                    ));
                }
                Ok(Self::Rsa(key))
            }
            types::EC if curve() == Some(types::P_256) => {
                let key = p256::ecdsa::VerifyingKey::from_public_key_der(&encoded);
                key.map(Self::P256).map_err(|_| damaged())
            }
            types::EC if curve() == Some(types::P_384) => {
                let key = p384::ecdsa::VerifyingKey::from_public_key_der(&encoded);
                key.map(Self::P384).map_err(|_| damaged())
            }
            _ => Err("holds a key that is neither RSA nor ECDSA on P-256 or P-384".to_owned()),
        }
    }

    /// True when a signature is this key's signature of some bytes. ECDSA signatures are DER sequences.
    pub fn verifies(&self, hash: Hash, bytes: &[u8], signature: &[u8]) -> bool {
        let digest = hash.digest(bytes);
        match self {
            Self::Rsa(key) => match hash {
                Hash::Sha256 => key.pkcs1v15_verify_prehash::<Sha256>(&digest, signature),
                Hash::Sha384 => key.pkcs1v15_verify_prehash::<Sha384>(&digest, signature),
                Hash::Sha512 => key.pkcs1v15_verify_prehash::<Sha512>(&digest, signature),
            }
            .is_ok(),
            Self::P256(key) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            Self::P384(key) => p384::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
        }
    }

    /// What stands as the algorithm of a signature that this key makes over a SHA-256 digest.
    pub fn algorithm(&self) -> AlgorithmIdentifierOwned {
        match self {
            Self::Rsa(_) => AlgorithmIdentifierOwned {
                oid: types::RSA_SHA_256,
                parameters: Some(Any::from(Null)),
            },
            Self::P256(_) | Self::P384(_) => AlgorithmIdentifierOwned {
                oid: types::ECDSA_SHA_256,
                parameters: None,
            },
        }
    }

    /// A signature as it stands in a message: tokens often give the bare numbers `r ‖ s` of ECDSA, which become a DER sequence.
    pub fn normal(&self, signature: &[u8]) -> Vec<u8> {
        let der = match self {
            Self::Rsa(_) => None,
            Self::P256(_) if signature.len() == 64 => p256::ecdsa::Signature::from_slice(signature)
                .ok()
                .map(|one| one.to_der().as_bytes().to_vec()),
            Self::P384(_) if signature.len() == 96 => p384::ecdsa::Signature::from_slice(signature)
                .ok()
                .map(|one| one.to_der().as_bytes().to_vec()),
            Self::P256(_) | Self::P384(_) => None,
        };
        der.unwrap_or_else(|| signature.to_vec())
    }
}
