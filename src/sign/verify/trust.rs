//! The anchors that a chain must lead to.
//!
//! Comes in: the bytes of a file with certificates. Goes out: anchors. Must hold none of its own: whom to trust is the user's decision.

use der::{Decode, DecodePem, Encode};
use x509_cert::Certificate;

/// The certificates that are trusted.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    pub(super) anchors: Vec<Vec<u8>>,
}

impl Trust {
    /// No anchor: every signature stays indeterminate.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds the certificates of a file: PEM with one or more, or one in DER.
    ///
    /// # Errors
    /// In words, when the bytes hold no certificate.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), String> {
        if let Ok(one) = Certificate::from_der(bytes) {
            return self.keep(&one);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| NO_CERTIFICATE.to_owned())?;
        let mut found = false;
        for block in text.split_inclusive(END) {
            let Some(start) = block.find(BEGIN) else {
                continue;
            };
            let one = Certificate::from_pem(&block[start..])
                .map_err(|error| format!("a certificate in it cannot be read: {error}"))?;
            self.keep(&one)?;
            found = true;
        }
        found.then_some(()).ok_or_else(|| NO_CERTIFICATE.to_owned())
    }

    fn keep(&mut self, one: &Certificate) -> Result<(), String> {
        let der = one
            .to_der()
            .map_err(|error| format!("a certificate in it cannot be read: {error}"))?;
        self.anchors.push(der);
        Ok(())
    }
}

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const NO_CERTIFICATE: &str = "it holds no certificate (PEM or DER)";
