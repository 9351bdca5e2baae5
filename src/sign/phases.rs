//! The phases of a signature: prepared → awaiting the signature value → sealed, perhaps stamped → signed.
//!
//! Comes in: a PDF with an empty field; later a signature value or a whole message, from a local key or from outside, in the same run or
//! weeks after. Goes out: the signed PDF. Every phase is a type of its own, so that no step can be left out.

use chrono::NaiveDateTime;
use der::DateTime;
use x509_cert::Certificate;
use x509_cert::ext::pkix::{KeyUsage, KeyUsages};

use super::append::{self, Base, Claim, HOLE_BYTES, Hole};
use super::cms::hash::Hash;
use super::cms::make::{Message, signed_attributes};
use super::cms::value::PublicKey;
use super::cms::{certificate, foreign};
use super::codes;
use super::timestamp::Token;
use crate::diagnostic::{Finding, Findings};

/// A PDF whose last revision signs a field, with a hole where the signature goes.
#[derive(Debug, PartialEq, Eq)]
pub struct Prepared {
    pdf: Vec<u8>,
    hole: Hole,
}

impl Prepared {
    /// Prepares a field; `appearance` is a PDF of one page with the field's size.
    ///
    /// # Errors
    /// A finding when the field cannot be signed.
    pub fn new(
        base: &Base,
        field: &str,
        claim: &Claim,
        appearance: Option<&[u8]>,
    ) -> Result<Self, Box<Finding>> {
        let (pdf, hole) = append::append(base, field, claim, appearance)?;
        Ok(Self { pdf, hole })
    }

    /// Takes up a prepared PDF that begins with `base` bytes of what was there before.
    ///
    /// # Errors
    /// A finding when there is no empty hole behind them, or its range is another.
    pub fn resume(pdf: Vec<u8>, base: usize) -> Result<Self, Box<Finding>> {
        let hole = Hole::find(&pdf, base);
        match hole.filter(|hole| hole.is_ranged(&pdf)) {
            Some(hole) => Ok(Self { pdf, hole }),
            None => Err(Box::new(Finding::error(
                codes::JOB,
                "the prepared PDF has no place for a signature: it was changed, or signed already",
            ))),
        }
    }

    /// The PDF with the empty hole.
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// The bytes that a signature must cover.
    pub fn signed_bytes(&self) -> Vec<u8> {
        self.hole.signed(&self.pdf)
    }

    /// Names the signer by certificate (with those above it) and makes the attributes that are to be signed.
    ///
    /// # Errors
    /// A finding when the certificate cannot sign documents.
    pub fn for_signer(self, chain: Vec<Certificate>) -> Result<Awaiting, Box<Finding>> {
        let signer = chain.first().ok_or_else(|| {
            Box::new(Finding::error(
                codes::KEY,
                "there is no certificate to sign with",
            ))
        })?;
        let key =
            PublicKey::of(signer.tbs_certificate().subject_public_key_info()).map_err(|why| {
                let name = certificate::subject(signer);
                Box::new(Finding::error(
                    codes::KEY,
                    format!("the certificate of {name} {why}"),
                ))
            })?;
        let digest = Hash::Sha256.digest(&self.signed_bytes());
        let attributes = signed_attributes(&digest, signer)?;
        Ok(Awaiting {
            prepared: self,
            chain,
            key,
            attributes,
        })
    }

    /// Takes a whole message that was made elsewhere.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn attach(
        self,
        message: &[u8],
        expected: Option<&Certificate>,
    ) -> Result<(Sealed, Findings), Findings> {
        let accepted = foreign::judge(message, &self.signed_bytes(), expected)?;
        let sealed = Sealed {
            prepared: self,
            message: accepted.message,
            signer: accepted.signer,
        };
        Ok((sealed, accepted.warnings))
    }
}

/// Prepared for a signer, and waiting for the signature value.
pub struct Awaiting {
    prepared: Prepared,
    chain: Vec<Certificate>,
    key: PublicKey,
    attributes: Vec<u8>,
}

impl Awaiting {
    /// The bytes that the key signs, over their SHA-256 digest.
    pub fn to_sign(&self) -> &[u8] {
        &self.attributes
    }

    /// The prepared PDF.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// Takes the signature value: RSA, or ECDSA as a DER sequence or as the bare numbers that tokens give.
    ///
    /// # Errors
    /// A finding when it is not the signer's signature of these bytes.
    pub fn sealed(self, value: &[u8]) -> Result<Sealed, Box<Finding>> {
        let value = self.key.normal(value);
        let (Some(signer), true) = (
            self.chain.first().cloned(),
            self.key.verifies(Hash::Sha256, &self.attributes, &value),
        ) else {
            let names: Vec<String> = self
                .chain
                .iter()
                .take(1)
                .map(certificate::subject)
                .collect();
            return Err(Box::new(
                Finding::error(
                    codes::MISMATCH,
                    format!(
                        "the signature is not that of {} over the bytes to be signed",
                        names.join("")
                    ),
                )
                .expected("a signature over the SHA-256 digest of attrs.der, made with the key of the certificate"),
            ));
        };
        let message = Message::new(&self.attributes, &self.chain, &self.key, &value)?;
        Ok(Sealed {
            prepared: self.prepared,
            message,
            signer,
        })
    }
}

/// Signed, but not yet put into the PDF: a time stamp may be added.
pub struct Sealed {
    prepared: Prepared,
    message: Message,
    signer: Certificate,
}

impl Sealed {
    /// The signature value, which a time stamp stamps.
    pub fn value(&self) -> &[u8] {
        self.message.signature()
    }

    /// Who signed.
    pub fn signer(&self) -> &Certificate {
        &self.signer
    }

    /// The message, as it would stand in the PDF now.
    ///
    /// # Errors
    /// A finding when it cannot be encoded.
    pub fn message(&self) -> Result<Vec<u8>, Box<Finding>> {
        self.message.to_der()
    }

    /// Adds a time stamp.
    ///
    /// # Errors
    /// A finding when it cannot be put in.
    pub fn stamped(self, token: &Token) -> Result<Self, Box<Finding>> {
        Ok(Self {
            message: self.message.stamped(&token.bytes)?,
            ..self
        })
    }

    /// Puts the signature into the PDF.
    ///
    /// # Errors
    /// A finding when it is larger than the hole.
    pub fn signed(self) -> Result<Signed, Box<Finding>> {
        let message = self.message()?;
        let mut pdf = self.prepared.pdf;
        match self.prepared.hole.fill(&mut pdf, &message) {
            Some(()) => Ok(Signed { pdf }),
            None => Err(Box::new(Finding::error(
                codes::FOREIGN,
                format!(
                    "the signature is {} bytes, but the PDF has room for {HOLE_BYTES}",
                    message.len()
                ),
            ))),
        }
    }
}

/// A signed PDF.
#[derive(Debug, PartialEq, Eq)]
pub struct Signed {
    /// Its bytes, which begin with those that were signed upon.
    pub pdf: Vec<u8>,
}

/// Holds a certificate against the day of the signature and against what it may be used for.
///
/// # Errors
/// A finding when it was not valid then, or is not meant for signing.
pub fn may_sign(signer: &Certificate, time: NaiveDateTime) -> Result<(), Box<Finding>> {
    let tbs = signer.tbs_certificate();
    let name = certificate::subject(signer);
    let seconds = u64::try_from(time.and_utc().timestamp()).unwrap_or(0);
    let (from, to) = (tbs.validity().not_before, tbs.validity().not_after);
    let (begins, ends) = (from.to_date_time(), to.to_date_time());
    let within =
        begins.unix_duration().as_secs() <= seconds && seconds <= ends.unix_duration().as_secs();
    if !within {
        let day = |time: DateTime| format!("{}-{:02}-{:02}", time.year(), time.month(), time.day());
        return Err(Box::new(Finding::error(
            codes::KEY,
            format!(
                "the certificate of {name} is valid from {} to {}, but the signature would bear {}",
                day(begins),
                day(ends),
                time.date()
            ),
        )));
    }
    let usage = tbs.get_extension::<KeyUsage>().ok().flatten();
    let signs = usage.is_none_or(|(_, KeyUsage(usage))| {
        usage.contains(KeyUsages::DigitalSignature) || usage.contains(KeyUsages::NonRepudiation)
    });
    if signs {
        return Ok(());
    }
    Err(Box::new(Finding::error(
        codes::KEY,
        format!("the certificate of {name} is not meant for signing documents"),
    )))
}
