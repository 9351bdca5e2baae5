//! A signature that is made elsewhere, as a folder of files: what `sign prepare` leaves and `sign attach` takes up.
//!
//! Comes in: a prepared document. Goes out: named bytes, and back. What the description says is held against the other files, so that a
//! folder that was changed is refused. Must not touch the disk.

use der::EncodePem;
use der::pem::LineEnding;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_cert::Certificate;

use super::cms::certificate;
use super::codes;
use super::phases::{Awaiting, Prepared};
use crate::diagnostic::Finding;

/// The description.
pub const DESCRIPTION: &str = "job.json";
/// The PDF with an empty hole.
pub const PDF: &str = "prepared.pdf";
/// The bytes that a whole message must sign.
pub const SIGNED_BYTES: &str = "signed-bytes.bin";
/// The bytes that the key must sign.
pub const ATTRIBUTES: &str = "attrs.der";
/// Their SHA-256 digest, for keys that sign digests.
pub const DIGEST: &str = "attrs.sha256";

const FORMAT: &str = "tryk-signing-job/1";

/// What the folder is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    format: String,
    /// The full name of the edition; none for a PDF outside the register.
    pub edition: Option<String>,
    /// The field.
    pub field: String,
    /// How many bytes there were before.
    base_bytes: usize,
    /// Their SHA-256 digest.
    base_sha256: String,
    /// SHA-256 of the prepared PDF.
    prepared_sha256: String,
    /// SHA-256 of the bytes that a whole message must sign; its message-digest attribute.
    signed_bytes_sha256: String,
    /// SHA-256 of the bytes that the key must sign; none when the signer was not named.
    attributes_sha256: Option<String>,
    /// The signer's certificate and those above it, in PEM.
    certificates: Vec<String>,
}

/// A named file.
pub type File = (&'static str, Vec<u8>);

impl Job {
    /// The files of a job; `base` is what the prepared PDF begins with.
    ///
    /// # Errors
    /// A finding when the certificate cannot sign documents.
    pub fn files(
        edition: Option<String>,
        field: &str,
        base: &[u8],
        prepared: Prepared,
        chain: Vec<Certificate>,
    ) -> Result<Vec<File>, Box<Finding>> {
        let mut files = vec![
            (PDF, prepared.pdf().to_vec()),
            (SIGNED_BYTES, prepared.signed_bytes()),
        ];
        let mut job = Self {
            format: FORMAT.to_owned(),
            edition,
            field: field.to_owned(),
            base_bytes: base.len(),
            base_sha256: digest(base),
            prepared_sha256: digest(prepared.pdf()),
            signed_bytes_sha256: digest(&prepared.signed_bytes()),
            attributes_sha256: None,
            certificates: chain
                .iter()
                .filter_map(|one| one.to_pem(LineEnding::LF).ok())
                .collect(),
        };
        if !chain.is_empty() {
            let awaiting = prepared.for_signer(chain)?;
            job.attributes_sha256 = Some(digest(awaiting.to_sign()));
            files.push((ATTRIBUTES, awaiting.to_sign().to_vec()));
            files.push((DIGEST, Sha256::digest(awaiting.to_sign()).to_vec()));
        }
        let mut description = serde_json::to_vec_pretty(&job).unwrap_or_default();
        description.push(b'\n');
        files.push((DESCRIPTION, description));
        Ok(files)
    }

    /// Reads a description.
    ///
    /// # Errors
    /// A finding when it is none.
    pub fn read(description: &[u8]) -> Result<Self, Box<Finding>> {
        let job: Self = serde_json::from_slice(description)
            .map_err(|error| fault(format!("{DESCRIPTION} cannot be read: {error}")))?;
        if job.format != FORMAT {
            let message = format!("{DESCRIPTION} has the format {}, not {FORMAT}", job.format);
            return Err(fault(message));
        }
        Ok(job)
    }

    /// Takes up the prepared PDF again.
    ///
    /// # Errors
    /// A finding when a file was changed, or does not fit the others.
    pub fn resume(&self, pdf: Vec<u8>) -> Result<Resumed, Box<Finding>> {
        let base = pdf.get(..self.base_bytes).unwrap_or_default();
        if digest(&pdf) != self.prepared_sha256 || digest(base) != self.base_sha256 {
            return Err(fault(format!("{PDF} is not the one that was prepared")));
        }
        let base = base.to_vec();
        let prepared = Prepared::resume(pdf, self.base_bytes)?;
        if digest(&prepared.signed_bytes()) != self.signed_bytes_sha256 {
            return Err(fault(format!("{DESCRIPTION} was changed")));
        }
        let chain = certificate::read_all(self.certificates.concat().as_bytes(), DESCRIPTION)?;
        Ok(Resumed {
            base,
            prepared,
            chain,
        })
    }

    /// Names the signer again.
    ///
    /// # Errors
    /// A finding when no signer was named, or the bytes to be signed would be others.
    pub fn await_value(&self, resumed: Resumed) -> Result<Awaiting, Box<Finding>> {
        if resumed.chain.is_empty() {
            let finding = Finding::error(
                codes::JOB,
                "the document was prepared without a certificate, so it can take a whole message only",
            )
            .hint("prepare it again with --cert, or attach a whole message with --cms");
            return Err(Box::new(finding));
        }
        let awaiting = resumed.prepared.for_signer(resumed.chain)?;
        if self.attributes_sha256.as_deref() != Some(&digest(awaiting.to_sign())) {
            return Err(fault(format!("{DESCRIPTION} was changed")));
        }
        Ok(awaiting)
    }
}

/// A job that was taken up.
pub struct Resumed {
    /// What the document was when it was prepared.
    pub base: Vec<u8>,
    /// The prepared document.
    pub prepared: Prepared,
    /// The signer's certificate and those above it; empty when no signer was named.
    pub chain: Vec<Certificate>,
}

fn digest(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn fault(message: String) -> Box<Finding> {
    let finding = Finding::error(codes::JOB, message);
    Box::new(finding.hint("prepare the document again with `tryk sign prepare`"))
}
