//! Asking a time-stamping authority over HTTP (RFC 3161, section 3.4). The only code of the program that uses the network.

use std::time::Duration;

use ureq::Agent;

use super::fault;
use crate::diagnostic::Finding;

/// How long an authority may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How large an answer may be, in bytes.
const MOST: u64 = 64 << 10;

/// The answer of an authority to a request.
///
/// Plain HTTP is enough: the token is signed, and it is used only if it stamps the right bytes.
///
/// # Errors
/// A finding when there is no answer.
pub fn fetch(address: &str, request: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
    if !address.starts_with("http://") {
        return Err(Box::new(
            fault(format!(
                "{address} cannot be asked: only http:// addresses can"
            ))
            .hint("ask by hand (`openssl ts -query`, curl) and give the answer with --tsr FILE"),
        ));
    }
    let agent = Agent::new_with_config(
        Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .build(),
    );
    let asked = agent
        .post(address)
        .content_type("application/timestamp-query")
        .send(request);
    let read =
        asked.and_then(|mut answer| answer.body_mut().with_config().limit(MOST).read_to_vec());
    read.map_err(|error| fault(format!("{address} gave no time stamp: {error}")))
}
