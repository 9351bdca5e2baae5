//! Every reason a verdict may give: a stable code, how much it weighs, and the word it leads to.
//!
//! The codes are part of `--json` and never change their meaning; `docs/verification.md` lists them.

use std::fmt;

use serde::Serialize;

/// How far something is proven, as in ETSI EN 319 102-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// It holds.
    Passed,
    /// It can neither be proven nor disproven with what is at hand.
    Indeterminate,
    /// It does not hold.
    Failed,
}

/// What a file is called as a whole, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Word {
    /// Everybody who must sign has signed, and nothing else happened to the document that was issued.
    Complete,
    /// The signatures hold, but it is not known from what document the file began or who must sign.
    Authentic,
    /// Nobody has signed, and it is not known that anybody must.
    Unsigned,
    /// Something cannot be proven.
    Indeterminate,
    /// Somebody who must sign has not.
    Incomplete,
    /// Somebody had signed, and the signature is no longer there.
    RolledBack,
    /// A signature does not hold.
    Invalid,
    /// The file was changed.
    Changed,
    /// The file cannot be read in one way only.
    Unreadable,
}

impl Word {
    /// The word as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Authentic => "authentic",
            Self::Unsigned => "unsigned",
            Self::Indeterminate => "indeterminate",
            Self::Incomplete => "incomplete",
            Self::RolledBack => "rolled-back",
            Self::Invalid => "invalid",
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A kind of reason.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The stable code.
    pub code: &'static str,
    /// How much it weighs.
    pub level: Level,
    /// The word it leads to, when nothing worse is found.
    pub word: Word,
    /// What it means.
    pub meaning: &'static str,
}

/// A reason in a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What kind.
    pub kind: &'static Kind,
    /// One sentence for people.
    pub text: String,
    /// Where: an object, a page, a byte.
    pub place: Option<String>,
}

impl Kind {
    /// A reason of this kind.
    pub fn because(&'static self, text: impl Into<String>) -> Reason {
        Reason {
            kind: self,
            text: text.into(),
            place: None,
        }
    }
}

impl Reason {
    /// Says where.
    #[must_use]
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        match &self.place {
            Some(place) => write!(f, " ({place})"),
            None => Ok(()),
        }
    }
}

macro_rules! kinds {
    ($($name:ident $code:literal $level:ident $word:ident $meaning:literal;)+) => {
        $(#[doc = concat!("`", $code, "`: ", $meaning)]
        pub const $name: &Kind = &Kind {
            code: $code,
            level: Level::$level,
            word: Word::$word,
            meaning: $meaning,
        };)+
        /// All kinds, from those that weigh most to mere notes.
        pub const ALL: &[&Kind] = &[$($name),+];
    };
}

kinds! {
    STRUCTURE "structure" Failed Unreadable "the file breaks the syntax of PDF, or could be read in two ways";
    HYBRID "hybrid-file" Failed Unreadable "the file has two tables of contents for two kinds of reader";
    CHAIN "revision-chain" Failed Unreadable "the chain of revisions overlaps, leads out of itself or turns back";
    ENCRYPTED "encrypted" Failed Unreadable "the file is encrypted";
    LIMIT "resource-limit" Failed Unreadable "the file asks for more memory, depth or work than one file is given";
    BASE_DIFFERS "base-differs" Failed Changed "the file does not begin with the bytes of the document that was issued";
    TRAILING_BYTES "trailing-bytes" Failed Changed "bytes follow the last revision; no signature covers them";
    CHANGED_AFTER_SIGNING "changed-after-signing" Failed Changed "a revision changes something that no signing changes";
    UNLISTED_FIELD "unlisted-field" Failed Changed "a field was signed or added that is not among those who must sign";
    BYTE_RANGE "byte-range" Failed Changed "the signed range is not the whole revision but for the signature itself";
    CONTENTS_ENCODING "contents-encoding" Failed Changed "the signature's place holds more than the signature and its filling";
    DIGEST_MISMATCH "digest-mismatch" Failed Changed "the signed bytes are not the bytes that were signed";
    SIGNATURE_VALUE "signature-value" Failed Changed "the signature does not fit the signer's key";
    MESSAGE "message" Failed Invalid "the cryptographic message cannot be read, or is not as PAdES wants it";
    SEVERAL_SIGNERS "several-signers" Failed Invalid "the message does not hold exactly one signer";
    SUB_FILTER "sub-filter" Failed Invalid "the signature is of a kind that is not known";
    CERTIFICATE_SWAPPED "certificate-swapped" Failed Invalid "the certificate is not the one that the signer committed to (signing-certificate-v2)";
    ATTRIBUTE_PROFILE "attribute-profile" Failed Invalid "a signed attribute that PAdES demands is missing, doubled or wrong";
    WEAK_ALGORITHM "weak-algorithm" Failed Invalid "a digest or key is too weak: SHA-1, MD5, RSA below 2048 bits";
    CERTIFICATE_USAGE "certificate-usage" Failed Invalid "the certificate is not meant for signing documents";
    CERTIFICATE_INVALID "certificate-invalid" Failed Invalid "the certificate, or its chain to an anchor, breaks a rule of RFC 5280";
    CERTIFICATE_EXPIRED "certificate-expired" Failed Invalid "a certificate of the chain was not valid at the time of signing";
    CERTIFICATE_REVOKED "certificate-revoked" Failed Invalid "a certificate of the chain is revoked";
    TIMESTAMP_INVALID "timestamp-invalid" Failed Invalid "the time stamp is not one over this signature, or does not hold";
    CERTIFIED "certified" Failed Invalid "the signature claims rights over later changes (DocMDP, FieldMDP), which this document does not use";
    ROLLED_BACK "rolled-back" Failed RolledBack "a signature that was there is missing";
    SIGNER_MISSING "signer-missing" Indeterminate Incomplete "somebody who must sign has not";
    COUNTERPART_SIGNATURES "counterpart-signatures" Failed Invalid "a counterpart does not hold exactly one signature";
    UNKNOWN_CHANGE "unknown-change" Indeterminate Indeterminate "a revision of a foreign file changes something that is no signing; what it does to the pages is not judged";
    UNTRUSTED "untrusted" Indeterminate Indeterminate "no chain leads from the certificate to an anchor that was given";
    ALGORITHM_UNKNOWN "algorithm-unknown" Indeterminate Indeterminate "an algorithm that this program does not know";
    NO_TIME "no-time" Indeterminate Indeterminate "the signature neither has a time stamp nor claims a time";
    TIME_AHEAD "time-ahead" Indeterminate Indeterminate "the signature claims to be from the future";
    SIGNER_UNMATCHED "signer-unmatched" Indeterminate Indeterminate "the certificate names neither the person nor the organisation that the field is for";
    SAME_SIGNER "same-signer" Indeterminate Indeterminate "one certificate signed for several parties";
    UNUSED_MATERIAL "unused-material" Indeterminate Indeterminate "the message carries certificates or attributes that no check needs and nothing protects";
    COUNTERPART_BASE "counterpart-base" Failed Changed "the counterparts do not share the same bytes";
    ORIGIN_UNKNOWN "origin-unknown" Passed Authentic "it is not known from what bytes the document began";
    SIGNERS_UNKNOWN "signers-unknown" Passed Authentic "it is not known who must sign";
    UNSIGNED "unsigned" Passed Unsigned "the file holds no signature";
    CLAIMED_TIME "claimed-time" Passed Complete "the time is the signer's word; no time stamp proves it";
    SIGNING_TIME "signing-time" Passed Complete "the message has a signing-time attribute, which PAdES forbids";
    OTHER_ATTRIBUTE "other-attribute" Passed Complete "a signed attribute that is not judged";
    REVOCATION_UNKNOWN "revocation-unknown" Passed Complete "it was not asked whether the certificates are revoked";
}

impl Serialize for Reason {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shape<'a> {
            code: &'a str,
            level: Level,
            text: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            place: &'a Option<String>,
        }
        Shape {
            code: self.kind.code,
            level: self.kind.level,
            text: &self.text,
            place: &self.place,
        }
        .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_what_fails_is_never_complete() {
        let codes: BTreeSet<&str> = ALL.iter().map(|kind| kind.code).collect();
        assert_eq!(codes.len(), ALL.len());
        for kind in ALL {
            assert!(
                kind.level == Level::Passed || kind.word > Word::Unsigned,
                "{}",
                kind.code
            );
        }
    }
}
