//! A year's set of documents as a BagIt 1.0 bag (RFC 8493), and the way back.
//!
//! Comes in: bytes and paths. Goes out: a bag that is written at once or not at all; and what is wrong with a bag.
//! Must not rewrite a bag, follow a link, nor write outside the folder it is given.

pub mod codes;

mod digest;
mod draft;
mod fixity;
mod index;
mod info;
mod manifest;
pub mod path;
pub mod pdf;
mod reasons;
mod set;
mod statement;
pub mod tarball;
mod walk;

pub use digest::{Digests, hexadecimal};
pub use draft::{Draft, Finished};
pub use fixity::{EVIDENCE, Fixity, fixity, text};
pub use index::html;
pub use info::Info;
pub use reasons::Reasons;
pub use set::{
    Decision, Entry, Exception, FILE as SET, FORMAT as SET_FORMAT, Field, Figure, Set, Signed,
    Signer,
};
pub use statement::{Making, Resource, Statement};
