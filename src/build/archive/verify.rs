//! `tryk archive verify`: one verdict per bag, with its reasons.
//!
//! Comes in: the folders of bags. Goes out: a report on each. Must not write, nor trust a file before its digest was found right.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::shelf::{Shelved, is_tar, is_tar_of_a_bag, shelf, shelved};
use super::signed::Policy;
use super::{evidence, signed, told};
use crate::archive::{self, Entry, Fixity, Reasons, SET, Set, Statement, codes, pdf};
use crate::diagnostic::Findings;
use crate::ledger;
use crate::sign::verify::Trust;

/// The largest JSON file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// What a bag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Complete and unchanged, and everything that could be asked holds.
    Passed,
    /// Something is wrong.
    Failed,
}

/// A report on a bag.
#[derive(Debug)]
pub struct BagReport {
    /// How it was named.
    pub shown: String,
    /// Its verdict.
    pub verdict: Verdict,
    /// Why, and what could not be asked.
    pub findings: Findings,
    /// What it says of its documents; none when that cannot be read.
    pub set: Option<Set>,
    /// SHA-512 of its tag manifest, which stands for the whole bag.
    pub seal: String,
    /// Files and bytes that were read.
    pub read: (usize, u64),
    /// The bag before it in the chain, when it was found and is the right one.
    pub previous: Option<String>,
    /// The times of its time-stamps, the oldest first.
    pub evidence: Vec<String>,
}

/// Verifies bags; those beside each other are followed along the chain of years.
///
/// `trust` is believed beside the certificates that the bags hold themselves.
pub fn verify(bags: &[PathBuf], trust: &Trust) -> Vec<BagReport> {
    let known: Vec<Shelved> = bags.iter().filter_map(|bag| shelved(bag)).collect();
    // `archive verify folder/*` names the tar beside a bag too; the bag itself is looked at.
    let is_named = |bag: &Path| bags.iter().any(|one| *one == bag.with_extension(""));
    let looked_at = bags.iter();
    let looked_at = looked_at.filter(|bag| !(is_tar_of_a_bag(bag) && is_named(bag)));
    looked_at.map(|bag| report(bag, &known, trust)).collect()
}

fn report(bag: &Path, known: &[Shelved], trust: &Trust) -> BagReport {
    let shown = shown(bag);
    let mut reasons = Reasons::new(&shown);
    let fixity = archive::fixity(bag, &shown).unwrap_or_else(|error| {
        reasons.add(
            codes::NO_BAG,
            "",
            match is_tar(bag) {
                true => format!("{shown} is a tar of a bag: unpack it first"),
                false => format!("{shown} cannot be read: {error}"),
            },
        );
        Fixity::default()
    });
    let mut examined = Examined {
        bag,
        fixity: &fixity,
        reasons,
        known,
        trust,
        previous: None,
        evidence: Vec::new(),
    };
    let is_bag =
        !fixity.findings.iter().any(|one| one.code == codes::NO_BAG) && !fixity.files.is_empty();
    let set = if is_bag { examined.all() } else { None };
    let mut findings = fixity.findings.clone();
    let (previous, evidence) = (
        examined.previous.take(),
        std::mem::take(&mut examined.evidence),
    );
    findings.append(examined.reasons.finish());
    findings.sort();
    BagReport {
        verdict: match findings.has_errors() {
            true => Verdict::Failed,
            false => Verdict::Passed,
        },
        seal: fixity.seal.clone(),
        read: (fixity.count, fixity.bytes),
        shown,
        findings,
        set,
        previous,
        evidence,
    }
}

/// How messages call a bag.
pub(super) fn shown(bag: &Path) -> String {
    let shown = bag.to_string_lossy().replace('\\', "/");
    shown.trim_end_matches('/').to_owned()
}

/// A bag whose bytes are known.
pub(super) struct Examined<'a> {
    pub(super) bag: &'a Path,
    pub(super) fixity: &'a Fixity,
    pub(super) reasons: Reasons,
    known: &'a [Shelved],
    pub(super) trust: &'a Trust,
    previous: Option<String>,
    evidence: Vec<String>,
}

impl Examined<'_> {
    fn all(&mut self) -> Option<Set> {
        self.chain();
        self.evidence = evidence::judge(self);
        let set = self.text(SET).map(|json| Set::parse(&json));
        let set = match set {
            Some(Ok(set)) => set,
            Some(Err(why)) => {
                self.reasons.add(
                    codes::INCOMPLETE_SET,
                    SET,
                    format!("{SET} cannot be read: {why}"),
                );
                return None;
            }
            None => {
                self.reasons.add(codes::INCOMPLETE_SET, SET, format!("{SET} is not there, or not as it was: what the bag should hold is not known"));
                return None;
            }
        };
        for message in told::differences(&self.fixity.info, &set) {
            self.reasons
                .add(codes::INCOMPLETE_SET, "bag-info.txt", message);
        }
        for path in ["index.html", "index.pdf", &set.findings] {
            self.must_have(path);
        }
        let policy = self.policy(&set);
        for entry in &set.editions {
            for path in entry.files() {
                self.must_have(path);
            }
            self.document(entry, &policy);
            self.statement(entry);
        }
        Some(set)
    }

    /// The policy in force when the bag was made, with whom is trusted today.
    fn policy(&mut self, set: &Set) -> Policy {
        let mut trust = self.trust.clone();
        for path in &set.trust {
            self.must_have(path);
            if let Some(Err(why)) = self.bytes(path).map(|bytes| trust.add(&bytes)) {
                self.reasons.add(
                    codes::BAD_SIGNATURE,
                    path,
                    format!("{path} cannot be used: {why}"),
                );
            }
        }
        let day = self
            .fixity
            .info
            .get("Bagging-Date")
            .and_then(|day| day.parse().ok());
        Policy::of(trust, day.unwrap_or_default())
    }

    fn must_have(&mut self, path: &str) {
        if !self.fixity.files.contains_key(path) {
            let message = format!("{path} is not in the bag, or not as it was, but belongs to it");
            self.reasons.add(codes::INCOMPLETE_SET, path, message);
        }
    }

    /// Follows the links to other bags, among those given and those beside this one.
    fn chain(&mut self) {
        let info = &self.fixity.info;
        let own: Option<i32> = info
            .get("Partnership-Year")
            .and_then(|year| year.parse().ok());
        let beside = shelf(self.bag.join("..").as_path());
        for (label, is_same_year) in [("Previous-Bag", false), ("Supplements-Bag", true)] {
            let seal = info.get(&format!("{label}-SHA512"));
            let (Some(name), Some(seal)) = (info.get(label), seal) else {
                continue;
            };
            let named = |bag: &&Shelved| bag.name == name;
            let candidates: Vec<&Shelved> =
                self.known.iter().chain(&beside).filter(named).collect();
            let Some(first) = candidates.first() else {
                let message = format!(
                    "{name}, which this bag names as its {label}, is not beside it; the chain was not followed"
                );
                self.reasons
                    .note(codes::UNSEEN_PREVIOUS, "bag-info.txt", message);
                continue;
            };
            let fits = |year: i32| {
                own.is_some_and(|own| {
                    if is_same_year {
                        year == own
                    } else {
                        year < own
                    }
                })
            };
            match candidates.iter().find(|bag| bag.seal == seal) {
                Some(bag) if fits(bag.year) => {
                    if !is_same_year {
                        self.previous = Some(name.to_owned());
                    }
                }
                Some(bag) => {
                    let message = format!(
                        "{name}, which this bag names as its {label}, is of {}: the years are out of order",
                        bag.year
                    );
                    self.reasons
                        .add(codes::BROKEN_CHAIN, "bag-info.txt", message);
                }
                None => {
                    let message = format!(
                        "{name} is not the bag that this one was made after: its tag manifest has the digest {}…, not {}…",
                        first.seal.get(..16).unwrap_or_default(),
                        seal.get(..16).unwrap_or_default()
                    );
                    self.reasons
                        .add(codes::BROKEN_CHAIN, "bag-info.txt", message);
                }
            }
        }
    }

    fn document(&mut self, entry: &Entry, policy: &Policy) {
        let Some(bytes) = self.pdf(&entry.pdf) else {
            return;
        };
        let changed = signed::changed(entry, &bytes, policy, &mut |path| self.pdf(path));
        for (path, message) in changed {
            self.reasons.add(codes::BAD_SIGNATURE, &path, message);
        }
        self.ledger(entry, &bytes);
    }

    /// The bytes of a sound PDF that claims the standards; what is wrong with it is told.
    fn pdf(&mut self, path: &str) -> Option<Vec<u8>> {
        let bytes = self.bytes(path)?;
        let claims = pdf::claims(&bytes);
        let message = match &claims {
            None => format!("{path} is no PDF that can be read"),
            Some(claims) => {
                let level = claims.pdf_a.as_deref().unwrap_or("nothing");
                if matches!(level, "2A" | "3A") && claims.pdf_ua.as_deref() == Some("1") {
                    return Some(bytes);
                }
                let ua = claims.pdf_ua.as_deref().unwrap_or("nothing");
                format!(
                    "{path} claims PDF/A {level} and PDF/UA {ua}, not PDF/A-2a or 3a and PDF/UA-1"
                )
            }
        };
        self.reasons.add(codes::BAD_PDF, path, message);
        claims.map(|_| bytes)
    }

    /// The ledger beside a PDF is the one inside, and what it says is printed stands on its page.
    fn ledger(&mut self, entry: &Entry, bytes: &[u8]) {
        for (path, name) in [(&entry.ledger, "ledger.json"), (&entry.data, "data.json")] {
            let beside = self.bytes(path);
            if beside.is_some() && ledger::attached(bytes, name) != beside {
                let message = format!("{path} is not the {name} inside {}", entry.pdf);
                self.reasons.add(codes::BAD_LEDGER, path, message);
            }
        }
        let Ok(read) = ledger::read(bytes, &entry.pdf) else {
            return self.reasons.add(
                codes::BAD_LEDGER,
                &entry.pdf,
                format!("{} carries no ledger that can be read", entry.pdf),
            );
        };
        let Some(pages) = pdf::letters(bytes) else {
            return self.reasons.add(
                codes::BAD_PDF,
                &entry.pdf,
                format!("the pages of {} cannot be read", entry.pdf),
            );
        };
        let printed = read
            .facts
            .iter()
            .flat_map(|fact| fact.printed.iter().map(move |one| (fact, one)));
        for (fact, one) in printed {
            let page = one.page.checked_sub(1).and_then(|at| pages.get(at));
            if !page.is_some_and(|letters| letters.contains(&pdf::folded(&one.text))) {
                let message = format!(
                    "the ledger of {} says that {} stands on page {} as '{}', but it does not",
                    entry.pdf, fact.id, one.page, one.text
                );
                self.reasons.add(codes::BAD_LEDGER, &entry.pdf, message);
            }
        }
    }

    fn statement(&mut self, entry: &Entry) {
        let Some(json) = self.text(&entry.statement) else {
            return;
        };
        let path = &entry.statement;
        let statement = match Statement::parse(&json) {
            Ok(statement) => statement,
            Err(why) => {
                return self.reasons.add(
                    codes::BAD_PROVENANCE,
                    path,
                    format!("{path} cannot be read: {why}"),
                );
            }
        };
        let subjects: Vec<&str> = statement
            .subject
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        if !subjects.contains(&entry.pdf.as_str()) {
            self.reasons.add(
                codes::BAD_PROVENANCE,
                path,
                format!("{path} says nothing of {}", entry.pdf),
            );
        }
        for one in statement.subject.iter().chain(statement.sources()) {
            let digests = one.place().and_then(|place| self.fixity.files.get(&place));
            if !digests.is_some_and(|digests| one.fits(digests)) {
                let message = format!(
                    "{path} names {}, but the bag has no such file with that digest",
                    one.name
                );
                self.reasons.add(codes::BAD_PROVENANCE, path, message);
            }
        }
    }

    /// The bytes of a sound file of the bag; none when it is not there, or not as it was.
    pub(super) fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.fixity.files.get(path)?;
        read(self.bag, path)
    }

    pub(super) fn text(&self, path: &str) -> Option<String> {
        String::from_utf8(self.bytes(path)?).ok()
    }
}

/// The bytes of a file of a bag that is no link, up to a limit.
pub(super) fn read(bag: &Path, path: &str) -> Option<Vec<u8>> {
    if archive::path::fault(path).is_some() {
        return None;
    }
    let path = bag.join(path);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    File::open(path)
        .ok()?
        .take(LARGEST)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}
