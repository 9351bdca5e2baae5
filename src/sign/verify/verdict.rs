//! What is said about a file: one word, and everything it rests on.
//!
//! The shapes are those of `tryk verify --json`; `docs/verification.md` explains them.

use serde::Serialize;

use super::reason::{self, Kind, Level, Reason, Word};

/// The verdict on a file.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// The word that sums it up.
    pub word: Word,
    /// How far it is proven as a whole.
    pub level: Level,
    /// Whether the document is the one that was issued.
    pub base: BaseVerdict,
    /// What every revision is, oldest first.
    pub revisions: Vec<RevisionVerdict>,
    /// Every signature, oldest first.
    pub signatures: Vec<SignatureVerdict>,
    /// The fields of those who must sign and have not.
    pub missing: Vec<String>,
    /// What concerns the file and no single signature.
    pub reasons: Vec<Reason>,
}

/// Whether the document is the one that was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BaseVerdict {
    /// The file begins with its bytes.
    Same,
    /// It does not.
    Differs,
    /// Nothing was given to compare with.
    Unknown,
}

/// What a revision is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevisionVerdict {
    /// Its number, from 1.
    pub number: usize,
    /// What it does.
    pub kind: RevisionKind,
    /// The field it signs, when it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Its first byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
}

/// What a revision does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RevisionKind {
    /// It is the document, or a part of it that was there before the first signature.
    Base,
    /// It fills an empty signature field.
    Signature,
    /// It adds an invisible signature field and fills it.
    AddedSignature,
    /// It adds a time stamp over the whole document.
    DocumentTimestamp,
    /// It adds certificates and revocation lists for later years (DSS).
    ValidationData,
    /// It does something else.
    Other,
}

/// The verdict on a signature.
#[derive(Clone, Debug, Serialize)]
pub struct SignatureVerdict {
    /// The name of its field.
    pub field: String,
    /// The number of the revision that it signs, from 1.
    pub revision: usize,
    /// True for a time stamp over the document.
    pub is_timestamp: bool,
    /// How far it is proven.
    pub level: Level,
    /// Who signed, as the certificate says.
    pub signer: Option<Signer>,
    /// When.
    pub time: Option<Time>,
    /// The time that its time stamp tells, also when nobody says whether to trust that.
    #[serde(skip)]
    pub(super) told: Option<Time>,
    /// The algorithms, such as `ECDSA P-256, SHA-256`.
    pub algorithm: Option<String>,
    /// What there is to say.
    pub reasons: Vec<Reason>,
}

/// Who signed, as a certificate says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// The name (CN).
    pub name: String,
    /// The organisation (O).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// The unit (OU).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Who issued the certificate (the issuer's CN, else its whole name).
    pub issuer: String,
    /// The certificate's number, in hexadecimal.
    pub serial: String,
    /// SHA-256 of the certificate, in hexadecimal.
    pub sha256: String,
}

/// When something was signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Time {
    /// Universal time, such as `2018-06-20T09:30:00Z`.
    pub at: String,
    /// What vouches for it.
    pub proof: Proof,
    /// Seconds since 1970.
    #[serde(skip)]
    pub seconds: u64,
}

/// What vouches for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Proof {
    /// A time stamp by an authority.
    Timestamp,
    /// The signer's word.
    Claimed,
}

/// What cannot be proven of a signature, and never will be, whoever is trusted.
const HOPELESS: &[&Kind] = &[
    reason::SIGNER_UNMATCHED,
    reason::SAME_SIGNER,
    reason::TIME_AHEAD,
    reason::NO_TIME,
    reason::ALGORITHM_UNKNOWN,
    reason::UNUSED_MATERIAL,
];

impl SignatureVerdict {
    /// Why the signature will never be called good though nothing failed, whoever is trusted.
    pub fn hopeless(&self) -> impl Iterator<Item = &Reason> {
        self.reasons
            .iter()
            .filter(|one| HOPELESS.contains(&one.kind))
    }

    /// When it was made: as the time stamp tells, whoever is trusted, else as the signer claims.
    pub fn told(&self) -> Option<&Time> {
        self.told.as_ref().or(self.time.as_ref())
    }

    /// True when nothing speaks against it.
    pub fn holds(&self) -> bool {
        self.level == Level::Passed
    }

    /// The verdict with one more reason.
    #[must_use]
    pub(super) fn with(mut self, reason: Reason) -> Self {
        self.push(reason);
        self
    }

    /// Adds a reason, and weighs it.
    pub(super) fn push(&mut self, reason: Reason) {
        self.level = self.level.max(reason.kind.level);
        self.reasons.push(reason);
    }
}

impl Verdict {
    /// A verdict that has nothing to say yet.
    pub(super) fn new() -> Self {
        Self {
            word: Word::Complete,
            level: Level::Passed,
            base: BaseVerdict::Unknown,
            revisions: Vec::new(),
            signatures: Vec::new(),
            missing: Vec::new(),
            reasons: Vec::new(),
        }
    }

    /// Every reason, the file's first.
    pub fn all_reasons(&self) -> impl Iterator<Item = &Reason> {
        let signatures = self.signatures.iter().flat_map(|one| &one.reasons);
        self.reasons.iter().chain(signatures)
    }

    /// Every reason that speaks against the file, whoever is trusted and whoever is still to sign.
    pub fn failures(&self) -> impl Iterator<Item = &Reason> {
        self.all_reasons()
            .filter(|one| one.kind.level == Level::Failed)
    }

    /// True when the file is what it should be, and everybody has signed.
    pub fn is_complete(&self) -> bool {
        self.word == Word::Complete && self.level == Level::Passed
    }

    /// Adds a reason on the file, and weighs it.
    pub(super) fn push(&mut self, reason: Reason) {
        self.reasons.push(reason);
        self.weigh();
    }

    /// Finds the word and the level again.
    pub(super) fn weigh(&mut self) {
        let kinds = || self.all_reasons().map(|reason| reason.kind);
        let word = kinds().map(|kind| kind.word).max();
        let level = kinds().map(|kind| kind.level).max();
        self.word = word.unwrap_or(Word::Complete);
        self.level = level.unwrap_or(Level::Passed);
    }
}
