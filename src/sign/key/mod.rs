//! Keys that sign: from PEM and PKCS #12 files, and on tokens through PKCS #11.
//!
//! Comes in: the bytes of key files, or the name of a token, and pass phrases. Goes out: an [`Identity`]. Must not keep or show a secret:
//! keys and pass phrases are wiped when they are no longer needed.

mod local;
mod pem;
#[cfg(feature = "pkcs11")]
pub mod pkcs11;
mod pkcs12;

use x509_cert::Certificate;
use zeroize::Zeroizing;

pub use local::LocalKey;
pub use pem::{is_encrypted, pem};
pub use pkcs12::pkcs12;

use super::cms::certificate;
use super::cms::value::PublicKey;
use super::codes;
use crate::diagnostic::Finding;

/// A pass phrase, which is wiped when it goes.
pub type Passphrase = Zeroizing<String>;

/// Something that signs.
pub trait Signer {
    /// The signature of some bytes over their SHA-256 digest: RSA PKCS #1 v1.5, or ECDSA.
    ///
    /// # Errors
    /// A finding when the key cannot sign.
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, Box<Finding>>;
}

/// Who signs: a key, its certificate, and those above it.
pub struct Identity {
    /// The signer's certificate, then its issuer's, and so on.
    pub chain: Vec<Certificate>,
    /// The key.
    pub signer: Box<dyn Signer>,
}

impl Identity {
    /// The key with that of the certificates that belongs to it.
    ///
    /// # Errors
    /// A finding when none does.
    pub fn of(key: LocalKey, certificates: &[Certificate]) -> Result<Self, Box<Finding>> {
        let own = certificates.iter().find(|one| key.belongs_to(one));
        let Some(own) = own else {
            let named: Vec<String> = certificates.iter().map(certificate::subject).collect();
            if named.is_empty() {
                let finding = fault("the key has no certificate beside it");
                return Err(Box::new(finding.hint(
                    "`--cert FILE` gives the certificate of the key, and those above it",
                )));
            }
            let mut finding = fault("the key belongs to none of the certificates");
            for one in certificates {
                let key = one.tbs_certificate().subject_public_key_info();
                if let Err(why) = PublicKey::of(key) {
                    let name = certificate::subject(one);
                    finding = finding.hint(format!("the certificate of {name} {why}"));
                }
            }
            return Err(Box::new(finding.hint(format!(
                "the certificates are those of {}",
                named.join(", ")
            ))));
        };
        Ok(Self {
            chain: certificate::chain(own, certificates),
            signer: Box::new(key),
        })
    }

    /// The signer's certificate.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.chain.first()
    }
}

fn fault(message: impl Into<String>) -> Finding {
    Finding::error(codes::KEY, message)
}
