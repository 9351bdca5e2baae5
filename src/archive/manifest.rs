//! Manifests: a digest and a path a line (RFC 8493, sections 2.1.3 and 2.2.1).
//!
//! Comes in: digests by path, or the lines of a file. Goes out: lines, or entries and faults. Must not read more of a line than the limit.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

use super::digest::{Digests, hexadecimal, parsed};
use super::path;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 4096;

/// The algorithms that bags are written with, by the names that files bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sha256, Self::Sha512];

    /// The name in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    /// The digest of this algorithm, in hexadecimal.
    pub fn of(self, digests: &Digests) -> String {
        match self {
            Self::Sha256 => hexadecimal(&digests.sha256),
            Self::Sha512 => hexadecimal(&digests.sha512),
        }
    }
}

/// What manifests say of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// SHA-256, when a manifest has it.
    pub sha256: Option<[u8; 32]>,
    /// SHA-512, when a manifest has it.
    pub sha512: Option<[u8; 64]>,
}

impl Expected {
    /// True when every digest that is known is the file's.
    pub fn fits(&self, digests: &Digests) -> bool {
        self.sha256.is_none_or(|one| one == digests.sha256)
            && self.sha512.is_none_or(|one| one == digests.sha512)
    }
}

/// The bytes of a manifest, in the order of the paths.
pub fn written(entries: &BTreeMap<String, Digests>, algorithm: Algorithm) -> Vec<u8> {
    let line = |(path, digests): (&String, &Digests)| {
        format!("{}  {}\n", algorithm.of(digests), path::encoded(path))
    };
    let lines: Vec<String> = entries.iter().map(line).collect();
    lines.concat().into_bytes()
}

/// A line that is no entry, or that names a path twice.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// The path it names, when it names one.
    pub path: Option<String>,
    /// What is wrong.
    pub what: &'static str,
}

/// Reads the lines of a manifest into what is known; `each` is told of every fault.
///
/// # Errors
/// What the operating system says.
pub fn read(
    mut manifest: impl BufRead,
    algorithm: Algorithm,
    known: &mut BTreeMap<String, Expected>,
    each: &mut dyn FnMut(Fault),
) -> io::Result<()> {
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if manifest
            .by_ref()
            .take(LONGEST)
            .read_until(b'\n', &mut line)?
            == 0
        {
            break;
        }
        let mut fault = |path: Option<&str>, what| {
            each(Fault {
                line: number,
                path: path.map(str::to_owned),
                what,
            });
        };
        if line.len() as u64 == LONGEST {
            fault(None, "is too long to be an entry");
            break;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches(['\n', '\r']);
        if text.is_empty() {
            continue;
        }
        let Some((digest, rest)) = text.split_once([' ', '\t']) else {
            fault(None, "is no digest and path");
            continue;
        };
        let path = path::decoded(rest.trim_start_matches([' ', '\t']));
        if let Some(what) = path::fault(&path) {
            fault(Some(&path), what);
        } else if !take(digest, algorithm, known.entry(path.clone()).or_default()) {
            fault(Some(&path), "has no digest of this kind, or stands twice");
        }
    }
    Ok(())
}

/// Takes up a digest; false when it is none, or there is one already.
fn take(digest: &str, algorithm: Algorithm, expected: &mut Expected) -> bool {
    match algorithm {
        Algorithm::Sha256 => put(&mut expected.sha256, parsed(digest)),
        Algorithm::Sha512 => put(&mut expected.sha512, parsed(digest)),
    }
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let is_new = place.is_none() && value.is_some();
    if is_new {
        *place = value;
    }
    is_new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> (Vec<String>, Vec<Fault>) {
        let (mut known, mut faults) = (BTreeMap::new(), Vec::new());
        let bytes = text.as_bytes();
        read(bytes, Algorithm::Sha256, &mut known, &mut |fault| {
            faults.push(fault);
        })
        .expect("memory can be read");
        (known.into_keys().collect(), faults)
    }

    #[test]
    fn manifests_read_back() {
        let of = |path: &str| (path.to_owned(), Digests::of(path.as_bytes()));
        let all = BTreeMap::from([of("data/b %.txt"), of("data/a/å.pdf")]);
        let text = String::from_utf8(written(&all, Algorithm::Sha256)).expect("text");
        let (paths, faults) = entries(&text);
        assert_eq!(paths, ["data/a/å.pdf", "data/b %.txt"]);
        assert_eq!(faults, []);
        assert!(text.contains("data/b %25.txt\n"));
    }

    #[test]
    fn lines_that_are_no_entries_are_told() {
        let digest = "0".repeat(64);
        let text =
            format!("{digest} data/a\r\n{digest}\tdata/a\n{digest}  ../x\nxyz  data/b\nalone\n");
        let (_, faults) = entries(&text);
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert_eq!(faults[1].what, "leads out of the bag");
        let endless = "x".repeat(10_000);
        assert_eq!(entries(&endless).1.len(), 1);
    }
}
