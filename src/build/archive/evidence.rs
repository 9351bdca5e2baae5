//! Evidence: time-stamps (RFC 3161) over a bag as a whole.
//!
//! The first stamps `tagmanifest-sha512.txt`, which stands for every byte of the bag. Each later one stamps a list, `evidence/NNNN.txt`, of the
//! digests of the tag manifest and of all evidence before it, so that it takes over before the older one grows weak.
//! Comes in: a bag, an authority or a token. Goes out: a new file beside the older ones. Must not change a file that is there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::shelf::SEALED;
use super::verify::{Examined, read, shown};
use crate::archive::{self, Digests, EVIDENCE, codes, hexadecimal};
use crate::build::lock::{Lock, UNFINISHED};
use crate::build::write::readable_by_all;
use crate::diagnostic::Finding;
use crate::sign::timestamp;
use crate::sign::verify::{Level, timestamp as judged};

/// Where a time-stamp comes from.
#[derive(Debug)]
pub enum Renewal {
    /// This authority is asked.
    Ask(String),
    /// An answer or a bare token.
    Token(Vec<u8>),
}

/// The most time-stamps that a bag may have.
const MOST: usize = 9999;

fn token_path(number: usize) -> String {
    format!("{EVIDENCE}{number:04}.tsr")
}

fn list_path(number: usize) -> String {
    format!("{EVIDENCE}{number:04}.txt")
}

/// The folder that a bag lies in.
fn beside(bag: &Path) -> PathBuf {
    bag.join("..")
}

/// How many time-stamps a bag has.
fn count(bag: &Path) -> usize {
    let there = |number: &usize| bag.join(token_path(*number)).symlink_metadata().is_ok();
    (1..=MOST).take_while(there).count()
}

/// What the next time-stamp of a bag is over: the tag manifest, or a list of it and of everything that was stamped.
fn stamped(bag: &Path, number: usize) -> Option<Vec<u8>> {
    if number == 1 {
        return read(bag, SEALED);
    }
    let line = |path: String| {
        let digest = Digests::of(&read(bag, &path)?).sha512;
        Some(format!("{}  {path}\n", hexadecimal(&digest)))
    };
    let earlier = (1..number).flat_map(|one| {
        let list = (one > 1).then(|| list_path(one));
        list.into_iter().chain([token_path(one)])
    });
    let lines: Option<Vec<String>> = [SEALED.to_owned()]
        .into_iter()
        .chain(earlier)
        .map(line)
        .collect();
    Some(lines?.concat().into_bytes())
}

/// The request for the next time-stamp of a bag.
///
/// # Errors
/// A finding when the bag is not sound.
pub fn request(bag: &Path) -> Result<Vec<u8>, Box<Finding>> {
    let (_, bytes) = next(bag)?;
    timestamp::request(&bytes)
}

/// Adds a time-stamp to a sound bag; gives its path and its time.
///
/// # Errors
/// A finding when the bag is not sound, or there is no time-stamp over it to be had.
pub fn renew(bag: &Path, renewal: &Renewal) -> Result<(String, String), Box<Finding>> {
    let failed = |error: io::Error| {
        Box::new(Finding::error(
            codes::NO_TIMESTAMP,
            format!("the evidence could not be written: {error}"),
        ))
    };
    let _lock = Lock::take(&beside(bag), &|_| {}).map_err(failed)?;
    let (number, bytes) = next(bag)?;
    let answer = match renewal {
        Renewal::Ask(address) => timestamp::fetch(address, &timestamp::request(&bytes)?)?,
        Renewal::Token(answer) => answer.clone(),
    };
    let token = timestamp::token(&answer, &bytes)?;
    if number > 1 {
        put(bag, &list_path(number), &bytes).map_err(failed)?;
    }
    let path = token_path(number);
    put(bag, &path, &token.bytes).map_err(failed)?;
    Ok((format!("{}/{path}", shown(bag)), token.time.to_string()))
}

/// The number of the next time-stamp, and what it is over, of a bag whose every byte is as it should be.
fn next(bag: &Path) -> Result<(usize, Vec<u8>), Box<Finding>> {
    let shown = shown(bag);
    let refused = |what: String| {
        Finding::error(
            codes::NO_TIMESTAMP,
            format!("{shown} is not time-stamped: {what}"),
        )
    };
    let fixity = archive::fixity(bag, &shown).map_err(|error| refused(error.to_string()))?;
    if fixity.findings.has_errors() {
        let hint = format!("`tryk archive verify {shown}` says what is wrong");
        return Err(Box::new(
            refused("it is not complete and unchanged".to_owned()).hint(hint),
        ));
    }
    let number = count(bag) + 1;
    let bytes =
        stamped(bag, number).ok_or_else(|| refused("its evidence cannot be read".to_owned()))?;
    Ok((number, bytes))
}

/// Writes a new file of a bag; one that a kill left unnamed by a token is written anew.
fn put(bag: &Path, path: &str, bytes: &[u8]) -> io::Result<()> {
    let path = bag.join(path);
    let folder = path.parent().unwrap_or(bag);
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::with_prefix_in(UNFINISHED, beside(bag))?;
    file.write_all(bytes)?;
    readable_by_all(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Judges the time-stamps of a bag; gives their times, the oldest first.
pub(super) fn judge(examined: &mut Examined<'_>) -> Vec<String> {
    let mut times = Vec::new();
    let count = count(examined.bag);
    let belongs = |path: &str| {
        (1..=count).any(|one| path == token_path(one) || (one > 1 && path == list_path(one)))
    };
    let others: Vec<String> = examined
        .fixity
        .files
        .keys()
        .filter(|path| path.starts_with(EVIDENCE) && !belongs(path))
        .cloned()
        .collect();
    for path in others {
        examined.reasons.add(
            codes::BAD_EVIDENCE,
            &path,
            format!("{path} is no evidence of this bag"),
        );
    }
    for number in 1..=count {
        let path = token_path(number);
        let is_listed =
            number == 1 || read(examined.bag, &list_path(number)) == stamped(examined.bag, number);
        let (Some(token), Some(bytes), true) = (
            examined.bytes(&path),
            stamped(examined.bag, number),
            is_listed,
        ) else {
            let message = format!("what {path} is over is not there, or not as it was");
            examined.reasons.add(codes::BAD_EVIDENCE, &path, message);
            continue;
        };
        match timestamp::token(&token, &bytes) {
            Ok(told) => times.push(told.time.to_string()),
            Err(finding) => {
                examined.reasons.add(
                    codes::BAD_EVIDENCE,
                    &path,
                    format!("{path}: {}", finding.message),
                );
                continue;
            }
        }
        let stamp = judged(&token, &[&bytes], examined.trust);
        for reason in stamp.reasons {
            let message = format!("{path}: {}", reason.text);
            match reason.kind.level {
                Level::Passed => {}
                Level::Indeterminate => examined.reasons.note(codes::BAD_EVIDENCE, &path, message),
                Level::Failed => examined.reasons.add(codes::BAD_EVIDENCE, &path, message),
            }
        }
    }
    times
}
