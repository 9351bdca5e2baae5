//! Time stamps (RFC 3161): a third party's word that a signature was there at a time (PAdES B-T).
//!
//! Comes in: a signature value. Goes out: a request, and from an answer or a token file the token, when it stamps this value.
//! Whether the authority is trusted is for `tryk verify`.

mod fetch;
mod token;

pub use fetch::fetch;
pub use token::{Token, request, token};

use super::codes;
use crate::diagnostic::Finding;

fn fault(message: impl Into<String>) -> Box<Finding> {
    Box::new(Finding::error(codes::TIMESTAMP, message))
}
