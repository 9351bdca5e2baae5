//! Pass phrases and PINs: from an environment variable, a file descriptor, or asked for. Never an argument, and never shown.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use zeroize::Zeroizing;

use crate::build::Stopped;
use crate::cli::KeyArgs;
use crate::sign::key::Passphrase;

/// How long a pass phrase may be, in bytes.
const MOST: u64 = 1024;

/// The pass phrase of a key.
pub fn passphrase(args: &KeyArgs, prompt: &str) -> Result<Passphrase, Stopped> {
    if let Some(name) = &args.passphrase_env {
        return env::var(name).map(Zeroizing::new).map_err(|_| {
            Stopped::Failure(format!(
                "the environment variable {name} holds no pass phrase"
            ))
        });
    }
    if let Some(number) = args.passphrase_fd {
        return from_descriptor(number);
    }
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(|error| {
            Stopped::Failure(format!(
                "the pass phrase cannot be asked for ({error}); give --passphrase-env or --passphrase-fd"
            ))
        })
}

/// The first line of a descriptor that the caller opened for us.
fn from_descriptor(number: u32) -> Result<Passphrase, Stopped> {
    let mut line = Zeroizing::new(String::new());
    let read = File::open(format!("/dev/fd/{number}"))
        .and_then(|file| BufReader::new(file.take(MOST)).read_line(&mut line));
    match read {
        Ok(_) => Ok(Zeroizing::new(
            line.trim_end_matches(['\r', '\n']).to_owned(),
        )),
        Err(error) => Err(Stopped::Failure(format!(
            "file descriptor {number} cannot be read: {error}"
        ))),
    }
}
