//! The anchors that a chain must lead to.
//!
//! Comes in: the bytes of a file with certificates. Goes out: anchors. Must hold none of its own: whom to trust is the user's decision.

use der::{Decode, Document};
use x509_cert::Certificate;

/// The certificates that are trusted.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    pub(super) anchors: Vec<Vec<u8>>,
}

impl Trust {
    /// No anchor: every signature stays indeterminate.
    pub const fn none() -> Self {
        Self {
            anchors: Vec::new(),
        }
    }

    /// Adds the certificates of a file: PEM with one or more, or one in DER.
    ///
    /// # Errors
    /// In words, when the bytes hold no certificate.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        if Certificate::from_der(bytes).is_ok() {
            self.anchors.push(bytes.to_vec());
            return Ok(());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| NO_CERTIFICATE.to_owned())?;
        let mut found = false;
        for block in text.split_inclusive(END) {
            let Some(start) = block.find(BEGIN) else {
                continue;
            };
            let unreadable =
                |error: &der::Error| format!("a certificate in it cannot be read: {error}");
            let (_, der) =
                Document::from_pem(&block[start..]).map_err(|error| unreadable(&error))?;
            Certificate::from_der(der.as_bytes()).map_err(|error| unreadable(&error))?;
            self.anchors.push(der.into_vec());
            found = true;
        }
        found.then_some(()).ok_or_else(|| NO_CERTIFICATE.to_owned())
    }
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const NO_CERTIFICATE: &str = "it holds no certificate (PEM or DER)";
