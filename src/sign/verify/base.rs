//! Whether a file begins with the document that was issued.

use super::signer::hexadecimal;
use super::verdict::BaseVerdict;
use crate::sign::cms::hash::Hash;
use crate::sign::pdf::File;

/// The document that was issued.
#[derive(Clone, Copy, Debug)]
pub enum Base<'a> {
    /// It is not at hand.
    Unknown,
    /// Its bytes.
    Bytes(&'a [u8]),
    /// SHA-256 of its bytes, in hexadecimal.
    Sha256(&'a str),
}

impl Base<'_> {
    /// True when there is something to compare with.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown)
    }

    /// Compares, and says how many revisions belong to the document; none of them when it is not known.
    pub(super) fn judge(&self, file: &File<'_>) -> (BaseVerdict, usize) {
        let mut ends = file.revisions().iter().enumerate();
        let found = match self {
            Self::Unknown => return (BaseVerdict::Unknown, 0),
            Self::Bytes(bytes) if !file.bytes.starts_with(bytes) => None,
            Self::Bytes(bytes) => ends.find(|(_, one)| {
                // The end of line after the last mark may have been added by the first signer.
                one.eof <= bytes.len() && bytes.len() <= one.bytes.end
            }),
            Self::Sha256(digest) => ends.find(|(_, one)| {
                let mut lengths = one.eof..=one.bytes.end;
                lengths.any(|end| hexadecimal(&Hash::Sha256.digest(&file.bytes[..end])) == **digest)
            }),
        };
        match found {
            Some((last, _)) => (BaseVerdict::Same, last + 1),
            None => (BaseVerdict::Differs, 1),
        }
    }
}
