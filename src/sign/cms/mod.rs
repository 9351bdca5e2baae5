//! Cryptographic messages (RFC 5652) with the attributes that PAdES asks for. Must know nothing of PDF.

pub mod certificate;
pub mod foreign;
pub mod hash;
pub mod make;
pub mod types;
pub mod value;
