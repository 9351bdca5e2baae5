//! The verdict on a signed PDF: what is proven about it, and what is not.
//!
//! Comes in: bytes, and what is expected of them: the issued document, who must sign, whom to trust. Goes out: a [`Verdict`].
//! Must survive any bytes, touch no disk, and know no clock but the time it is given.
//!
//! Closed world: the document's own bytes are known, so everything after them has to be on a short list of changes. A foreign PDF gets the same
//! checks, but what is not on the list is called indeterminate instead of changed.

mod algorithm;
mod attributes;
mod base;
mod chain;
mod change;
mod counterparts;
mod message;
mod place;
pub mod reason;
mod signature;
mod signer;
mod time;
mod timestamp;
mod trust;
mod verdict;

pub use base::Base;
pub use counterparts::{Counterparts, counterparts};
pub use reason::{Level, Reason, Word};
pub use timestamp::{Stamp, judge as timestamp};
pub use trust::Trust;
pub use verdict::{
    BaseVerdict, Proof, RevisionKind, RevisionVerdict, SignatureVerdict, Signer, Time, Verdict,
};

use std::collections::BTreeMap;

use self::change::{Change, Unlisted, fields};
use self::reason::{
    BASE_DIFFERS, BYTE_RANGE, CHAIN, CHANGED_AFTER_SIGNING, ENCRYPTED, HYBRID, LIMIT,
    ORIGIN_UNKNOWN, ROLLED_BACK, SAME_SIGNER, SIGNER_MISSING, SIGNER_UNMATCHED, SIGNERS_UNKNOWN,
    STRUCTURE, TRAILING_BYTES, UNKNOWN_CHANGE, UNLISTED_FIELD, UNSIGNED,
};
use self::signature::Found;
use crate::sign::pdf::{Dictionary, Entry, Fault, File, Kind, Object, page_of};

/// One who must sign.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The name of the signature field.
    pub field: String,
    /// The person, when it is known who.
    pub name: Option<String>,
    /// The organisation.
    pub organisation: String,
    /// Other names that its certificates bear.
    pub certificate_names: Vec<String>,
}

/// What is expected of a file.
#[derive(Clone, Debug)]
pub struct Expectation<'a> {
    /// The document that was issued.
    pub base: Base<'a>,
    /// Who must sign; none when it is not known.
    pub signers: Option<Vec<Expected>>,
    /// The fields that are known to have been signed once.
    pub recorded: Vec<String>,
    /// True for a counterpart: a copy that one party alone signs, in whatever field.
    pub is_counterpart: bool,
}

impl Expectation<'_> {
    /// Nothing is known: a foreign file.
    pub fn none() -> Self {
        Self {
            base: Base::Unknown,
            signers: None,
            recorded: Vec::new(),
            is_counterpart: false,
        }
    }

    fn is_closed(&self) -> bool {
        self.base.is_known() || self.signers.is_some() || self.is_counterpart
    }
}

/// What the judge rests on.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// Whom to trust.
    pub trust: &'a Trust,
    /// Now, in seconds since 1970; none leaves out the check of claimed times against it.
    pub now: Option<u64>,
}

/// Nobody.
static NOBODY: Trust = Trust::none();

impl Settings<'_> {
    /// Nobody is trusted: what holds whoever is, and what fails.
    pub fn trusting_nobody(now: Option<u64>) -> Self {
        Self {
            trust: &NOBODY,
            now,
        }
    }
}

/// Judges a file.
pub fn verify(bytes: &[u8], expectation: &Expectation<'_>, settings: &Settings<'_>) -> Verdict {
    let mut verdict = Verdict::new();
    match File::read(bytes) {
        Ok(file) => {
            let mut judge = Judge {
                file: &file,
                expectation,
                settings,
                verdict,
                founds: Vec::new(),
            };
            if let Err(fault) = judge.run() {
                judge.verdict.push(unreadable(&fault));
            }
            judge.verdict.weigh();
            judge.verdict
        }
        Err(fault) => {
            verdict.push(unreadable(&fault));
            verdict
        }
    }
}

/// The reason that a fault in the structure is.
fn unreadable(fault: &Fault) -> Reason {
    let kind = match fault.kind {
        Kind::Damaged => STRUCTURE,
        Kind::Hybrid => HYBRID,
        Kind::Chain => CHAIN,
        Kind::Encrypted => ENCRYPTED,
        Kind::Limit => LIMIT,
    };
    kind.because(fault.what).at(format!("byte {}", fault.at))
}

struct Judge<'a> {
    file: &'a File<'a>,
    expectation: &'a Expectation<'a>,
    settings: &'a Settings<'a>,
    verdict: Verdict,
    founds: Vec<Found>,
}

impl Judge<'_> {
    fn run(&mut self) -> Result<(), Fault> {
        let trailing = self.file.trailing();
        if trailing > 0 {
            let at = self.file.bytes.len() - trailing;
            let what =
                format!("{trailing} bytes follow the last revision; no signature covers them");
            self.verdict
                .push(TRAILING_BYTES.because(what).at(format!("byte {at}")));
        }
        self.founds = founds(self.file)?;
        let based = self.base();
        self.revisions(based);
        self.signatures();
        self.expected();
        Ok(())
    }

    /// Compares the document, and says how many revisions are its own.
    fn base(&mut self) -> usize {
        let (base, own) = self.expectation.base.judge(self.file);
        self.verdict.base = base;
        match base {
            BaseVerdict::Same => return own,
            BaseVerdict::Differs => {
                let what = "the file does not begin with the bytes of the document that was issued";
                self.verdict.push(BASE_DIFFERS.because(what));
            }
            BaseVerdict::Unknown => {
                let what = "there is no issued document to compare the beginning of the file with";
                self.verdict.push(ORIGIN_UNKNOWN.because(what));
            }
        }
        // What came before the first signature was in front of the first signer.
        let first = self.founds.iter().map(|one| one.revision).min();
        own.max(1).max(first.unwrap_or(0))
    }

    /// Says what every revision is.
    fn revisions(&mut self, based: usize) {
        for number in 0..self.file.revisions().len() {
            let (kind, field) = match number < based {
                true => (RevisionKind::Base, None),
                false => match change::judge(self.file, number) {
                    Ok(change) => self.listed(number, &change),
                    Err(unlisted) => {
                        self.unlisted(number, &unlisted);
                        (RevisionKind::Other, None)
                    }
                },
            };
            let bytes = &self.file.revisions()[number].bytes;
            self.verdict.revisions.push(RevisionVerdict {
                number: number + 1,
                kind,
                field,
                start: bytes.start,
                end: bytes.end,
            });
        }
    }

    /// A change on the list; in a closed world the field must be one of those who must sign.
    fn listed(&mut self, number: usize, change: &Change) -> (RevisionKind, Option<String>) {
        let field = change.signed.first();
        let name = field.map(|field| field.name.clone());
        let signs = matches!(
            change.kind,
            RevisionKind::Signature | RevisionKind::AddedSignature
        );
        if let (true, Some(field), Some(signers)) = (signs, field, &self.expectation.signers) {
            let is_listed = signers.iter().any(|one| one.field == field.name);
            if !is_listed || change.kind == RevisionKind::AddedSignature {
                let what = format!(
                    "the field '{}' is not among those who must sign",
                    field.name
                );
                let place = self.place(Some(field.widget), number);
                self.verdict.push(UNLISTED_FIELD.because(what).at(place));
            }
        }
        (change.kind, name)
    }

    fn unlisted(&mut self, number: usize, unlisted: &Unlisted) {
        let kind = match self.expectation.is_closed() {
            true => CHANGED_AFTER_SIGNING,
            false => UNKNOWN_CHANGE,
        };
        let what = format!("revision {} {}", number + 1, unlisted.what);
        let place = self.place(unlisted.object, number);
        self.verdict.push(kind.because(what).at(place));
    }

    fn place(&self, object: Option<u32>, revision: usize) -> String {
        let Some(object) = object else {
            return format!("revision {}", revision + 1);
        };
        let before = revision.saturating_sub(1);
        let page =
            page_of(self.file, object, before).or_else(|| page_of(self.file, object, revision));
        match page {
            Some(page) => format!("object {object}, page {page}"),
            None => format!("object {object}"),
        }
    }

    fn signatures(&mut self) {
        let mut fields: BTreeMap<(usize, usize), &str> = BTreeMap::new();
        let mut verdicts = Vec::new();
        for found in &self.founds {
            let mut verdict = signature::judge(self.file, found, self.settings);
            let contents = found
                .dictionary
                .get(b"Contents".as_slice())
                .and_then(Object::as_text);
            let span = contents.map_or((0, 0), |text| (text.span.start, text.span.end));
            if let Some(other) = fields.insert(span, &found.field.name) {
                let what = format!("the field '{other}' has the very same signature");
                verdict.push(BYTE_RANGE.because(what));
            }
            verdicts.push(verdict);
        }
        self.verdict.signatures = verdicts;
        self.verdict.weigh();
    }

    /// Holds the signatures against those who must sign.
    fn expected(&mut self) {
        let verdict = &mut self.verdict;
        let signed = |verdict: &Verdict, field: &str| {
            let mut all = verdict.signatures.iter();
            all.any(|one| one.field == field && !one.is_timestamp)
        };
        for field in &self.expectation.recorded {
            if !signed(verdict, field) {
                let what = format!("the field '{field}' was signed, and in this file it is not");
                verdict.push(ROLLED_BACK.because(what));
            }
        }
        if self.expectation.is_counterpart {
            return counterparts::one_signature(verdict);
        }
        let Some(signers) = &self.expectation.signers else {
            let reason = match verdict.signatures.is_empty() {
                true => UNSIGNED.because("the file holds no signature"),
                false => SIGNERS_UNKNOWN.because("it is not known who must sign"),
            };
            verdict.push(reason);
            return;
        };
        for one in signers {
            if !signed(verdict, &one.field) {
                let what = format!(
                    "{} has not signed (field '{}')",
                    one.organisation, one.field
                );
                verdict.missing.push(one.field.clone());
                verdict.push(SIGNER_MISSING.because(what));
            }
        }
        identities(verdict, signers);
        verdict.weigh();
    }
}

/// Everybody must have signed in the own field, with a certificate of their own.
fn identities(verdict: &mut Verdict, signers: &[Expected]) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for signature in verdict
        .signatures
        .iter_mut()
        .filter(|one| !one.is_timestamp)
    {
        let Some(who) = signature.signer.clone() else {
            continue;
        };
        if let Some(other) = seen.insert(who.sha256.clone(), signature.field.clone()) {
            let what = format!("the same certificate signed the field '{other}'");
            signature.push(SAME_SIGNER.because(what));
        }
        let expected = signers.iter().find(|one| one.field == signature.field);
        if let Some(expected) = expected.filter(|one| !signer::matches(&who, one)) {
            let organisation = who.organisation.iter();
            let organisation: String = organisation.map(|name| format!(", {name}")).collect();
            let what = format!(
                "the certificate is of '{}{organisation}', and the field is for '{}'",
                who.name, expected.organisation
            );
            signature.push(SIGNER_UNMATCHED.because(what));
        }
    }
}

/// The most bytes that the signatures of a file may digest together.
const DIGESTED: usize = 1 << 30;

/// The signatures that the form of the last revision, or of any earlier one, holds; oldest first.
fn founds(file: &File<'_>) -> Result<Vec<Found>, Fault> {
    let last = file.revisions().len().saturating_sub(1);
    let mut found = Vec::new();
    for field in fields(file, last)? {
        let Some(value) = &field.value else { continue };
        let holder = value.as_reference().map_or(field.widget, |id| id.0);
        let Some(dictionary) = dictionary(file, value, last)? else {
            continue;
        };
        let revision = file.entry(holder, last).map_or(0, |(_, revision)| revision);
        found.push(Found {
            field,
            dictionary,
            revision,
            is_packed: matches!(file.entry(holder, last), Some((Entry::Packed { .. }, _))),
        });
    }
    // Each signature digests the file up to its own end.
    if found.len().saturating_mul(file.bytes.len()) > DIGESTED {
        return Err(Fault::of(
            Kind::Limit,
            "the file has too many signatures",
            0,
        ));
    }
    found.sort_by_key(|one| one.revision);
    Ok(found)
}

fn dictionary(
    file: &File<'_>,
    value: &Object,
    revision: usize,
) -> Result<Option<Dictionary>, Fault> {
    match file.follow(value, revision)? {
        Object::Dictionary(dictionary) => Ok(Some(dictionary)),
        Object::Null => Ok(None),
        _ => Err(Fault::damaged(
            "the value of a signature field is no signature",
            0,
        )),
    }
}
