//! Completeness and fixity of a bag: every file that its manifests name, no other, each with its digests.
//!
//! Comes in: a folder. Goes out: what is wrong with it, what `bag-info.txt` says, and the digest of the whole.
//! Files are read piece by piece: memory holds the paths and digests, some hundred bytes a file, whatever the files' sizes.
//! Must not follow links, write anything, or open what the bag's folder does not hold itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufReader, Read};
use std::path::Path;

use super::codes;
use super::digest::{Digests, hexadecimal, open};
use super::draft::PAYLOAD;
use super::info::Info;
use super::manifest::{self, Algorithm, Expected};
use super::path;
use super::reasons::Reasons;
use super::walk::{Contents, contents};
use crate::diagnostic::Findings;

/// The largest tag file that is read whole, in bytes.
const LARGEST: u64 = 1 << 20;
/// The files that a tag manifest cannot name.
const UNLISTED: [&str; 2] = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];
/// Where evidence is added after the bag was closed.
pub const EVIDENCE: &str = "evidence/";

/// What a look at every byte of a bag gave.
#[derive(Debug, Default)]
pub struct Fixity {
    /// Everything wrong.
    pub findings: Findings,
    /// `bag-info.txt`, when it can be read.
    pub info: Info,
    /// SHA-512 of `tagmanifest-sha512.txt`, in hexadecimal; empty when there is none.
    pub seal: String,
    /// The digests of every sound file, by path.
    pub files: BTreeMap<String, Digests>,
    /// Files that were read.
    pub count: usize,
    /// Bytes that were read.
    pub bytes: u64,
}

/// Looks at every byte of a bag; `shown` is what messages call it.
///
/// # Errors
/// What the operating system says when the folder itself cannot be listed.
pub fn fixity(bag: &Path, shown: &str) -> io::Result<Fixity> {
    let mut check = Check {
        bag,
        reasons: Reasons::new(shown),
        contents: contents(bag)?,
        expected: BTreeMap::new(),
        found: Fixity::default(),
    };
    check.odd_things();
    if check.declaration() {
        check.info();
        check.manifests();
        check.files();
        check.oxum();
    }
    check.found.findings = check.reasons.finish();
    Ok(check.found)
}

struct Check<'a> {
    bag: &'a Path,
    reasons: Reasons,
    contents: Contents,
    expected: BTreeMap<String, Expected>,
    found: Fixity,
}

impl Check<'_> {
    fn odd_things(&mut self) {
        for (path, what) in std::mem::take(&mut self.contents.odd) {
            self.reasons
                .add(codes::NOT_A_FILE, &path, format!("{path} {what}"));
        }
        let mut folded = BTreeSet::new();
        let twins = self.contents.files.keys();
        let twins: Vec<String> = twins
            .filter(|path| !folded.insert(path::folded(path)))
            .cloned()
            .collect();
        for path in twins {
            let message = format!("{path} differs from another file in capitals only");
            self.reasons.add(codes::UNSAFE_PATH, &path, message);
        }
    }

    /// True when it is a bag that can be looked at.
    fn declaration(&mut self) -> bool {
        let text = self.tag_file("bagit.txt").unwrap_or_default();
        let said = Info::parse(text.trim_start_matches('\u{feff}')).unwrap_or_default();
        let version = said.get("BagIt-Version").unwrap_or_default();
        let encoding = said.get("Tag-File-Character-Encoding").unwrap_or_default();
        let is_bag = version == "1.0" && encoding.eq_ignore_ascii_case("UTF-8");
        if !is_bag {
            let message = match text.is_empty() {
                true => "there is no bagit.txt, so this is no bag".to_owned(),
                false => {
                    format!("bagit.txt says BagIt '{version}' in '{encoding}', not 1.0 in UTF-8")
                }
            };
            self.reasons.add(codes::NO_BAG, "bagit.txt", message);
        }
        is_bag
    }

    fn info(&mut self) {
        let parsed = self.tag_file("bag-info.txt").as_deref().map(Info::parse);
        match parsed {
            Some(Some(info)) => self.found.info = info,
            Some(None) => self.reasons.add(
                codes::BAD_TAG_FILE,
                "bag-info.txt",
                "bag-info.txt has a line without a label",
            ),
            None => {}
        }
        if self.contents.files.contains_key("fetch.txt") {
            let message = "fetch.txt names files that lie elsewhere; a bag of this program holds everything itself";
            self.reasons.add(codes::BAD_TAG_FILE, "fetch.txt", message);
        }
    }

    fn manifests(&mut self) {
        for (prefix, of_payload) in [("manifest", true), ("tagmanifest", false)] {
            let mut listed = BTreeMap::new();
            for algorithm in Algorithm::ALL {
                let name = format!("{prefix}-{}.txt", algorithm.name());
                if let Err(error) = self.manifest(&name, algorithm, &mut listed) {
                    let message = format!("{name} cannot be read: {error}");
                    self.reasons.add(codes::NO_BAG, &name, message);
                }
            }
            for (path, expected) in listed {
                if path.starts_with(PAYLOAD) != of_payload {
                    let message = format!("{prefix}s may not name {path}");
                    self.reasons.add(codes::BAD_TAG_FILE, &path, message);
                } else if expected.sha256.is_some() && expected.sha512.is_some() {
                    self.expected.insert(path, expected);
                } else {
                    let message = format!("{path} stands in one of the two {prefix}s only");
                    self.reasons.add(codes::BAD_TAG_FILE, &path, message);
                    self.expected.insert(path, expected);
                }
            }
        }
    }

    fn manifest(
        &mut self,
        name: &str,
        algorithm: Algorithm,
        listed: &mut BTreeMap<String, Expected>,
    ) -> io::Result<()> {
        let Some(real) = self.contents.files.get(name) else {
            return Err(io::Error::new(io::ErrorKind::NotFound, "it is not there"));
        };
        let lines = BufReader::new(open(&self.bag.join(real))?);
        manifest::read(lines, algorithm, listed, &mut |fault| {
            let code = match fault.path.as_deref().and_then(path::fault) {
                Some(_) => codes::UNSAFE_PATH,
                None => codes::BAD_TAG_FILE,
            };
            let entry = fault.path.unwrap_or_else(|| "an entry".to_owned());
            let message = format!(
                "{name}, line {}: {} {}",
                fault.line,
                entry.escape_debug(),
                fault.what
            );
            self.reasons.add(code, name, message);
        })
    }

    /// Holds what is there against what is named.
    fn files(&mut self) {
        let named = std::mem::take(&mut self.expected);
        let there = std::mem::take(&mut self.contents.files);
        for (path, expected) in &named {
            match there.get(path) {
                Some(real) => self.file(path, real, Some(expected)),
                None => self
                    .reasons
                    .add(codes::MISSING, path, format!("{path} is missing")),
            }
        }
        for (path, real) in &there {
            if named.contains_key(path) {
                continue;
            }
            if !UNLISTED.contains(&path.as_str()) && !path.starts_with(EVIDENCE) {
                let message = format!("{path} is in the bag, but no manifest names it");
                self.reasons.add(codes::EXTRA, path, message);
            }
            self.file(path, real, None);
        }
        if let Some(digests) = self.found.files.get(UNLISTED[1]) {
            self.found.seal = hexadecimal(&digests.sha512);
        }
    }

    fn file(&mut self, path: &str, real: &str, expected: Option<&Expected>) {
        let read = Digests::of_file(&self.bag.join(real));
        let (digests, length) = match read {
            Ok(read) => read,
            Err(error) => {
                let message = format!("{path} cannot be read: {error}");
                return self.reasons.add(codes::CHANGED, path, message);
            }
        };
        self.found.count += 1;
        self.found.bytes += length;
        if expected.is_none_or(|one| one.fits(&digests)) {
            self.found.files.insert(path.to_owned(), digests);
        } else {
            let message =
                format!("{path} is not the file that was archived: its digest is another");
            self.reasons.add(codes::CHANGED, path, message);
        }
    }

    /// The payload's size as `bag-info.txt` has it.
    fn oxum(&mut self) {
        let Some(said) = self.found.info.get("Payload-Oxum").map(str::to_owned) else {
            return;
        };
        let files = self
            .found
            .files
            .keys()
            .filter(|path| path.starts_with(PAYLOAD));
        let count = files.count();
        let is_whole = self.reasons.is_empty();
        let stated: Option<usize> = said
            .split_once('.')
            .and_then(|(_, files)| files.parse().ok());
        if is_whole && stated != Some(count) {
            let message =
                format!("bag-info.txt says {said} of the payload, but there are {count} files");
            self.reasons
                .add(codes::BAD_TAG_FILE, "bag-info.txt", message);
        }
    }

    /// The text of a small tag file; none when it is not there or no text.
    fn tag_file(&self, name: &str) -> Option<String> {
        let real = self.contents.files.get(name)?;
        text(&self.bag.join(real), LARGEST)
    }
}

/// The text of a file that is not larger than a limit.
pub fn text(path: &Path, most: u64) -> Option<String> {
    let mut bytes = Vec::new();
    open(path)
        .ok()?
        .take(most + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    let is_small = bytes.len() as u64 <= most;
    String::from_utf8(bytes).ok().filter(|_| is_small)
}
