//! Keys in PEM: PKCS #8 (plain or encrypted), PKCS #1 and SEC 1.

use der::SecretDocument;
use rsa::pkcs8::EncryptedPrivateKeyInfoRef;

use super::{LocalKey, Passphrase, fault};
use crate::diagnostic::Finding;

const BEGIN: &str = "-----BEGIN ";
const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";
/// The kinds of keys that are read, by their labels.
const LABELS: [&str; 4] = [
    "PRIVATE KEY",
    ENCRYPTED,
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
];

/// True when the key of a PEM file needs a pass phrase.
pub fn is_encrypted(file: &[u8]) -> bool {
    block(file).is_some_and(|(label, _)| label == ENCRYPTED)
}

/// The key of a PEM file, whatever certificates stand beside it; `shown` is the file's name in messages.
///
/// # Errors
/// A finding when there is none, it is damaged, or the pass phrase does not open it.
pub fn pem(
    file: &[u8],
    passphrase: Option<&Passphrase>,
    shown: &str,
) -> Result<LocalKey, Box<Finding>> {
    let Some((label, text)) = block(file) else {
        let finding = fault(format!("{shown} holds no private key"))
            .expected("a PEM file with a line such as -----BEGIN PRIVATE KEY-----");
        return Err(Box::new(finding));
    };
    let damaged = || Box::new(fault(format!("the private key in {shown} is damaged")));
    let (_, document) = SecretDocument::from_pem(text).map_err(|_| damaged())?;
    let key = match label {
        "RSA PRIVATE KEY" => LocalKey::from_pkcs1(document.as_bytes()),
        "EC PRIVATE KEY" => LocalKey::from_sec1(document.as_bytes()),
        ENCRYPTED => {
            let sealed =
                EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| damaged())?;
            let passphrase = passphrase.map(|one| one.as_bytes()).unwrap_or_default();
            let opened = sealed.decrypt(passphrase).map_err(|_| {
                Box::new(
                    fault(format!("the pass phrase does not open the key in {shown}"))
                        .hint("only keys encrypted with AES (PBES2) can be opened; `openssl pkcs8 -topk8 -v2 aes-256-cbc` makes one"),
                )
            })?;
            LocalKey::from_pkcs8(opened.as_bytes())
        }
        _ => LocalKey::from_pkcs8(document.as_bytes()),
    };
    key.ok_or_else(|| {
        let finding = fault(format!("the private key in {shown} cannot be used"))
            .expected("an RSA key, or an elliptic curve key on P-256 or P-384");
        Box::new(finding)
    })
}

/// The first block with a private key, and its label. Parameters of a curve, which OpenSSL writes before a key, are skipped.
fn block(file: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(file).ok()?;
    text.match_indices(BEGIN).find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let label = rest.get(BEGIN.len()..)?.split("-----").next()?;
        let label = LABELS.into_iter().find(|known| *known == label)?;
        let end = format!("-----END {label}-----");
        let length = rest.find(&end)? + end.len();
        Some((label, rest.get(..length)?))
    })
}
