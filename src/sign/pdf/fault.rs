//! Why a PDF cannot be read, or will not be.

use std::fmt;

/// What is wrong with the structure of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It breaks the syntax of PDF, or says two things at once.
    Damaged,
    /// It has two tables of contents for two kinds of reader (`XRefStm`).
    Hybrid,
    /// Its chain of revisions turns back on itself or overlaps.
    Chain,
    /// It is encrypted.
    Encrypted,
    /// It asks for more memory or depth than is given to one file.
    Limit,
}

/// A fault at a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind.
    pub kind: Kind,
    /// What was met, in a few words.
    pub what: &'static str,
    /// The byte offset.
    pub at: usize,
}

impl Fault {
    /// A break of the syntax.
    pub fn damaged(what: &'static str, at: usize) -> Self {
        let kind = Kind::Damaged;
        Self { kind, what, at }
    }

    /// A fault of another kind.
    pub fn of(kind: Kind, what: &'static str, at: usize) -> Self {
        Self { kind, what, at }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (byte {})", self.what, self.at)
    }
}
