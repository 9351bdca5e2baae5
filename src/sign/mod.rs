//! From a PDF with empty signature fields to signed revisions of it, and from a signed PDF to a verdict.
//!
//! Comes in: PDF bytes, certificates, keys, signatures made elsewhere. Goes out: PDF bytes that begin with the bytes that came in.
//! Must not change an earlier byte, touch the disk, or know the clock. PDF bookkeeping (`field`, `append`) and cryptography (`cms`, `key`,
//! `timestamp`) stay apart; `phases` puts them together.

pub mod append;
pub mod cms;
pub mod codes;
pub mod field;
pub mod job;
pub mod key;
pub mod pdf;
pub mod phases;
pub mod plain;
pub mod preflight;
pub mod returned;
#[cfg(test)]
mod tests;
pub mod timestamp;
pub mod verify;
