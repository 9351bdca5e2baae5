//! The codes a finding may bear. Each stage lists its own in a table of constants.
//!
//! Codes are stable: a number is never given to another fault. First letter by what has to be mended:
//! `F` files, `C` CSV, `J` JSON, `D` data values, `T` text and templates, `R` rules of the domain, `B` building and writing.

use std::fmt;

/// A stable code with the fault's name and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Such as `C03`.
    pub id: &'static str,
    /// The fault's name, such as `ragged-row`; reads well after "because of a".
    pub name: &'static str,
    /// One sentence on what the code means, for lists.
    pub summary: &'static str,
}

impl Code {
    /// Defines a code.
    pub const fn new(id: &'static str, name: &'static str, summary: &'static str) -> Self {
        Self { id, name, summary }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}
