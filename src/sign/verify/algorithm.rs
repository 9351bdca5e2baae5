//! The algorithms that are known, and the policy: SHA-256 and its greater sisters, RSA from 2048 bits, ECDSA on P-256 and P-384.
//!
//! Comes in: a key, a message, a signature. Goes out: whether they fit. All arithmetic is RustCrypto's.

use der::asn1::ObjectIdentifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs1::DecodeRsaPublicKey;
use rustls_pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use sha2::{Digest, Sha256, Sha384, Sha512};
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::reason::{ALGORITHM_UNKNOWN, Reason, SIGNATURE_VALUE, WEAK_ALGORITHM};
use crate::sign::cms::hash::Hash;
use crate::sign::cms::types;

/// The shortest RSA key, in bits.
const RSA_BITS: u32 = 2048;

/// The digest algorithm of an identifier.
///
/// # Errors
/// A reason, when it is weak or not known.
pub fn hash(oid: ObjectIdentifier) -> Result<Hash, Reason> {
    Hash::of(&oid).ok_or_else(|| match WEAK.iter().find(|(weak, _)| *weak == oid) {
        Some((_, name)) => WEAK_ALGORITHM.because(format!("the digest is {name}")),
        None => ALGORITHM_UNKNOWN.because(format!("the digest algorithm {oid} is not known")),
    })
}

const WEAK: &[(ObjectIdentifier, &str)] = &[
    (ObjectIdentifier::new_unwrap("1.3.14.3.2.26"), "SHA-1"),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.5"), "MD5"),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.2.2"), "MD2"),
    (
        ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.4"),
        "SHA-224",
    ),
];

/// What a signature is made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    /// RSA with PKCS #1 v1.5.
    Rsa,
    /// RSA with PSS, the salt as long as the digest.
    Pss,
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
}

/// One algorithm in the form that path validation asks for.
#[derive(Debug)]
struct Algorithm {
    scheme: Scheme,
    hash: Hash,
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
}

macro_rules! algorithm {
    ($scheme:ident $hash:ident $key:ident $signature:ident) => {
        &Algorithm {
            scheme: Scheme::$scheme,
            hash: Hash::$hash,
            key: alg_id::$key,
            signature: alg_id::$signature,
        }
    };
}

const KNOWN: &[&Algorithm] = &[
    algorithm!(Rsa Sha256 RSA_ENCRYPTION RSA_PKCS1_SHA256),
    algorithm!(Rsa Sha384 RSA_ENCRYPTION RSA_PKCS1_SHA384),
    algorithm!(Rsa Sha512 RSA_ENCRYPTION RSA_PKCS1_SHA512),
    algorithm!(Pss Sha256 RSA_ENCRYPTION RSA_PSS_SHA256),
    algorithm!(Pss Sha384 RSA_ENCRYPTION RSA_PSS_SHA384),
    algorithm!(Pss Sha512 RSA_ENCRYPTION RSA_PSS_SHA512),
    algorithm!(P256 Sha256 ECDSA_P256 ECDSA_SHA256),
    algorithm!(P256 Sha384 ECDSA_P256 ECDSA_SHA384),
    algorithm!(P256 Sha512 ECDSA_P256 ECDSA_SHA512),
    algorithm!(P384 Sha256 ECDSA_P384 ECDSA_SHA256),
    algorithm!(P384 Sha384 ECDSA_P384 ECDSA_SHA384),
    algorithm!(P384 Sha512 ECDSA_P384 ECDSA_SHA512),
];

/// The algorithms that the certificates of a chain may be signed with.
pub fn of_certificates() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let all = KNOWN.iter();
    all.map(|one| *one as &dyn SignatureVerificationAlgorithm)
        .collect()
}

impl SignatureVerificationAlgorithm for Algorithm {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        self.fits(public_key, message, signature)
            .ok_or(InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

impl Algorithm {
    fn fits(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Option<()> {
        let digest = self.hash.digest(message);
        match self.scheme {
            Scheme::P256 => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(key).ok()?;
                let signature = p256::ecdsa::Signature::from_der(signature).ok()?;
                key.verify_prehash(&digest, &signature).ok()
            }
            Scheme::P384 => {
                let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(key).ok()?;
                let signature = p384::ecdsa::Signature::from_der(signature).ok()?;
                key.verify_prehash(&digest, &signature).ok()
            }
            Scheme::Rsa => match self.hash {
                Hash::Sha256 => pkcs1::<Sha256>(key, &digest, signature),
                Hash::Sha384 => pkcs1::<Sha384>(key, &digest, signature),
                Hash::Sha512 => pkcs1::<Sha512>(key, &digest, signature),
            },
            Scheme::Pss => {
                let key = rsa_key(key)?;
                let signature = rsa::pss::Signature::try_from(signature).ok()?;
                match self.hash {
                    Hash::Sha256 => rsa::pss::VerifyingKey::<Sha256>::new(key)
                        .verify_prehash(&digest, &signature)
                        .ok(),
                    Hash::Sha384 => rsa::pss::VerifyingKey::<Sha384>::new(key)
                        .verify_prehash(&digest, &signature)
                        .ok(),
                    Hash::Sha512 => rsa::pss::VerifyingKey::<Sha512>::new(key)
                        .verify_prehash(&digest, &signature)
                        .ok(),
                }
            }
        }
    }
}

fn pkcs1<D: Digest + const_oid::AssociatedOid>(
    key: &[u8],
    digest: &[u8],
    signature: &[u8],
) -> Option<()> {
    let key = rsa::pkcs1v15::VerifyingKey::<D>::new(rsa_key(key)?);
    let signature = rsa::pkcs1v15::Signature::try_from(signature).ok()?;
    key.verify_prehash(digest, &signature).ok()
}

fn rsa_key(key: &[u8]) -> Option<rsa::PublicKey> {
    let key = rsa::PublicKey::from_pkcs1_der(key).ok()?;
    (rsa_bits(&key) >= RSA_BITS).then_some(key)
}

fn rsa_bits(key: &rsa::PublicKey) -> u32 {
    use rsa::traits::PublicKeyParts;
    key.n().as_ref().bit_width()
}

/// Holds a signature against a key, and says what it was made with.
///
/// `algorithm` is the one the message names; `rsaEncryption` stands for PKCS #1 v1.5 with the message's digest.
///
/// # Errors
/// A reason, when it does not fit, is weak, or is not known.
pub fn verify(
    key: &SubjectPublicKeyInfoOwned,
    algorithm: &AlgorithmIdentifierOwned,
    hash: Hash,
    message: &[u8],
    signature: &[u8],
) -> Result<String, Reason> {
    use der::Encode;
    let unknown = |what: String| ALGORITHM_UNKNOWN.because(what);
    let raw = key.subject_public_key.raw_bytes();
    let identifier = |one: &AlgorithmIdentifierOwned| {
        let der = one.to_der().unwrap_or_default();
        contents(&der).to_vec()
    };
    if key.algorithm.oid == types::RSA {
        let parsed = rsa::PublicKey::from_pkcs1_der(raw);
        let bits = parsed.as_ref().map_or(0, rsa_bits);
        if bits < RSA_BITS {
            let what = format!("the key is RSA of {bits} bits, fewer than {RSA_BITS}");
            return Err(WEAK_ALGORITHM.because(what));
        }
    }
    let plain = algorithm.oid == types::RSA;
    let known = KNOWN.iter().find(|one| {
        let is_key = one.key.as_ref() == identifier(&key.algorithm);
        let named = match plain {
            true => one.scheme == Scheme::Rsa && is_bare(algorithm),
            false => one.signature.as_ref() == identifier(algorithm),
        };
        is_key && named && one.hash == hash
    });
    let Some(known) = known else {
        refuse_weak(algorithm.oid)?;
        return Err(unknown(format!(
            "no known algorithm is {} over {} with this key",
            algorithm.oid,
            hash.name()
        )));
    };
    match known.fits(raw, message, signature) {
        Some(()) => Ok(known.name(raw)),
        None => Err(SIGNATURE_VALUE.because("the signature does not fit the signer's key")),
    }
}

/// Refuses the signature algorithms that rest on a weak digest.
fn refuse_weak(oid: ObjectIdentifier) -> Result<(), Reason> {
    const WEAK: &[(&str, &str)] = &[
        ("1.2.840.113549.1.1.5", "SHA-1 with RSA"),
        ("1.2.840.113549.1.1.4", "MD5 with RSA"),
        ("1.2.840.10045.4.1", "ECDSA with SHA-1"),
    ];
    match WEAK.iter().find(|(weak, _)| oid.to_string() == *weak) {
        Some((_, name)) => Err(WEAK_ALGORITHM.because(format!("the signature is {name}"))),
        None => Ok(()),
    }
}

impl Algorithm {
    fn name(&self, key: &[u8]) -> String {
        let bits = || rsa_key(key).map_or(0, |key| rsa_bits(&key));
        let scheme = match self.scheme {
            Scheme::Rsa => format!("RSA {}", bits()),
            Scheme::Pss => format!("RSA-PSS {}", bits()),
            Scheme::P256 => "ECDSA P-256".to_owned(),
            Scheme::P384 => "ECDSA P-384".to_owned(),
        };
        format!("{scheme}, {}", self.hash.name())
    }
}

/// True when an identifier has no parameters, or null.
pub fn is_bare(algorithm: &AlgorithmIdentifierOwned) -> bool {
    use der::{Tag, Tagged};
    let parameters = algorithm.parameters.as_ref();
    parameters.is_none_or(|one| one.tag() == Tag::Null && one.value().is_empty())
}

/// The contents of a DER element: path validation names algorithms without their outer tag and length.
fn contents(der: &[u8]) -> &[u8] {
    let head = match der.get(1) {
        Some(length) if *length < 0x80 => 2,
        Some(length) => 2 + usize::from(length & 0x7f),
        None => 0,
    };
    der.get(head..).unwrap_or_default()
}
