//! The digest algorithms that are strong enough: SHA-256, SHA-384, SHA-512.

use sha2::{Digest, Sha256, Sha384, Sha512};
use spki::ObjectIdentifier;

use super::types;

/// A digest algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// The algorithm that an object identifier names; none when it is too weak or unknown.
    pub fn of(oid: &ObjectIdentifier) -> Option<Self> {
        match *oid {
            types::SHA_256 => Some(Self::Sha256),
            types::SHA_384 => Some(Self::Sha384),
            types::SHA_512 => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    /// The digest of some bytes.
    pub fn digest(self, bytes: &[u8]) -> Vec<u8> {
        self.digest_of(&[bytes])
    }

    /// The digest of parts, one after the other.
    pub fn digest_of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn all<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut hash = D::new();
            parts.iter().for_each(|part| hash.update(part));
            hash.finalize().to_vec()
        }
        match self {
            Self::Sha256 => all::<Sha256>(parts),
            Self::Sha384 => all::<Sha384>(parts),
            Self::Sha512 => all::<Sha512>(parts),
        }
    }
}
