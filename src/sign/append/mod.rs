//! One revision more: new bytes after the old ones.
//!
//! Comes in: a PDF, a field, what the field is to show. Goes out: the PDF's bytes, unchanged, and after them a revision that overrides the
//! field's widget alone, with a hole for the signature. Must know nothing of cryptography.

mod appearance;
mod base;
mod hole;
mod revision;
mod signature;

pub use base::Base;
pub use hole::{HOLE_BYTES, Hole};
pub use signature::{Claim, append};
