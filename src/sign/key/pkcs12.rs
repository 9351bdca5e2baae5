//! Keys in PKCS #12 files (`.p12`, `.pfx`): how MitID Erhverv and most authorities hand out organisation certificates.

use der::Decode;
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use x509_cert::Certificate;

use super::{Identity, LocalKey, Passphrase, fault};
use crate::diagnostic::Finding;

/// The key and certificates of a PKCS #12 file; `shown` is the file's name in messages.
///
/// # Errors
/// A finding when the file is damaged, the pass phrase does not open it, or there is no key in it.
pub fn pkcs12(file: &[u8], passphrase: &Passphrase, shown: &str) -> Result<Identity, Box<Finding>> {
    let store = KeyStore::from_pkcs12(file, passphrase, Pkcs12ImportPolicy::Relaxed).map_err(|error| {
        Box::new(
            fault(format!("{shown} cannot be opened: {error}"))
                .hint("is the pass phrase right? only files encrypted with AES can be opened; `openssl pkcs12 -legacy` and `openssl pkcs12 -export` make a new file of an old one"),
        )
    })?;
    let Some((_, chain)) = store.private_key_chain() else {
        return Err(Box::new(fault(format!("{shown} holds no private key"))));
    };
    let key = LocalKey::from_pkcs8(chain.key().as_der()).ok_or_else(|| {
        let finding = fault(format!("the private key in {shown} cannot be used"))
            .expected("an RSA key, or an elliptic curve key on P-256 or P-384");
        Box::new(finding)
    })?;
    let certificates: Result<Vec<Certificate>, _> = chain
        .certs()
        .iter()
        .map(|one| Certificate::from_der(one.as_der()))
        .collect();
    let certificates = certificates.map_err(|error| {
        Box::new(fault(format!(
            "a certificate in {shown} is damaged: {error}"
        )))
    })?;
    Identity::of(key, &certificates)
}
