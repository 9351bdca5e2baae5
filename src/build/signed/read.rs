//! Reading back what is kept of signed editions, and holding it against what signing makes.
//!
//! Comes in: a partnership's issued editions. Goes out: records, who signed on which day, and findings. Must not trust a file for its name.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use chrono::DateTime;

use super::{COPY, COPY_DIGEST, COUNTERPART, Record, SignedPdf, digest_line, folder, listing};
use crate::build::frozen;
use crate::build::lock::UNFINISHED;
use crate::diagnostic::{Finding, Findings};
use crate::model::{Dataset, Issued, Signature, Signing};
use crate::project::Project;
use crate::read::{LARGEST_PDF, SIGNED, regular};
use crate::sign::codes;
use crate::sign::field;
use crate::sign::returned;
use crate::sign::verify::{Base, Expectation, RevisionKind, Settings, Verdict, verify};

/// What is kept of a partnership's signed editions.
#[derive(Default)]
pub struct Records {
    /// By document, year and revision; none where the record is damaged.
    pub all: BTreeMap<(String, i32, u32), Option<Record>>,
    /// Who signed what.
    pub signings: Vec<Signing>,
    /// What is damaged.
    pub findings: Findings,
}

/// Reads the records of a partnership's issued editions; where a document is made again from its sources, the list that takes their place.
pub fn records(project: &Project, partnership: &str, data: &Dataset) -> Records {
    let mut records = Records::default();
    let store = project.inputs.join(partnership);
    if !is_there(&store.join(SIGNED)) {
        return records;
    }
    let inputs = project.inputs_shown();
    match listing::read(&store, &format!("{inputs}/{partnership}")) {
        Ok(Some(signings)) => {
            records.signings = signings;
            return records;
        }
        Ok(None) => {}
        Err(finding) => records.findings.push(*finding),
    }
    for issued in &data.issued {
        let (year, revision) = (issued.year.value, issued.revision.value);
        let below = folder(&issued.document.value, year, revision);
        // A link that leads nowhere, to a share that is not there, is damage.
        if store.join(SIGNED).is_dir() && !is_there(&store.join(&below)) {
            continue;
        }
        let reader = Reader {
            issued,
            below: &below,
            shown: format!("{inputs}/{partnership}/{below}"),
        };
        let base = frozen::kept(project, partnership, issued).ok_or_else(|| {
            reader.broken(format!(
                "{} was signed, but its issued PDF is lost",
                issued.output.value
            ))
        });
        let read = base.and_then(|base| reader.read(&base, &store.join(&below)));
        let record = match read {
            Ok((record, signing)) => {
                records.signings.push(signing);
                Some(record)
            }
            Err(finding) => {
                records.findings.push(*finding);
                None
            }
        };
        let key = (issued.document.value.clone(), year, revision);
        records.all.insert(key, record);
    }
    records
}

struct Reader<'a> {
    issued: &'a Issued,
    /// The folder below the partnership's.
    below: &'a str,
    /// The same as people know it.
    shown: String,
}

type Read = (Record, Signing);

impl Reader<'_> {
    fn read(&self, base: &[u8], folder: &Path) -> Result<Read, Box<Finding>> {
        let (mut numbered, mut record) = (Vec::new(), Record::default());
        let files = files(folder)
            .map_err(|error| self.broken(format!("{} cannot be read: {error}", self.shown)))?;
        for (name, pdf) in files {
            let stem = name.strip_suffix(".pdf").unwrap_or(&name);
            if name == COPY {
                self.holds_digest(folder, &pdf)?;
                record.copy = Some(pdf);
            } else if let Some(field) = stem.strip_prefix(COUNTERPART) {
                let field = field.to_owned();
                record.counterparts.push(SignedPdf { field, name, pdf });
            } else if let Some((number, field)) = stem.split_once('-')
                && let Ok(number) = number.parse::<usize>()
            {
                let field = field.to_owned();
                numbered.push((number, SignedPdf { field, name, pdf }));
            }
        }
        numbered.sort_by_key(|(number, _)| *number);
        for (at, (number, state)) in numbered.into_iter().enumerate() {
            if number == at {
                let what = format!(
                    "{} has two states {number}, one of them {}",
                    self.shown, state.name
                );
                return Err(self.broken(what));
            }
            if number != at + 1 {
                return Err(self.broken(format!("{} has no state {}", self.shown, at + 1)));
            }
            record.states.push(state);
        }
        let mut signatures = self.states(base, &record.states)?;
        signatures.extend(self.counterparts(&record)?);
        let fields = field::list(base, &self.issued.output.value);
        let fields = fields.map_err(|finding| self.broken(finding.message))?;
        let signing = Signing {
            document: self.issued.document.value.clone(),
            year: self.issued.year.value,
            revision: self.issued.revision.value,
            fields: fields.into_iter().map(|one| one.name).collect(),
            signatures,
        };
        Ok((record, signing))
    }

    /// The plain copy must be the one that was made.
    fn holds_digest(&self, folder: &Path, copy: &[u8]) -> Result<(), Box<Finding>> {
        const MOST: u64 = 1024;
        let told = regular(&folder.join(COPY_DIGEST), MOST).unwrap_or_default();
        if told == digest_line(copy).as_bytes() {
            return Ok(());
        }
        let shown = &self.shown;
        Err(self.broken(format!(
            "{shown}/{COPY} is not the plain copy that was made: {COPY_DIGEST} beside it has another digest, or is not there"
        )))
    }

    /// Every state must begin with the one before, and add the signature that its name says, and nothing else.
    fn states(&self, base: &[u8], states: &[SignedPdf]) -> Result<Vec<Signature>, Box<Finding>> {
        let mut before = base;
        let mut verdict = None;
        for (at, state) in states.iter().enumerate() {
            let shown = format!("{}/{}", self.shown, state.name);
            if !state.pdf.starts_with(before) || state.pdf.len() == before.len() {
                return Err(self.broken(format!(
                    "{shown} does not begin with the bytes of the state before"
                )));
            }
            let judged = judged(base, &state.pdf);
            if let Some(reason) = judged.failures().next() {
                return Err(self.broken(format!("{shown} is not as it was signed: {reason}")));
            }
            let fresh = judged.revisions.iter();
            let fresh = fresh.filter(|one| one.kind == RevisionKind::Signature);
            let signed = fresh.filter_map(|one| one.field.as_deref());
            let named = states.iter().take(at + 1).map(|one| one.field.as_str());
            if !signed.eq(named) {
                return Err(self.broken(format!(
                    "{shown} is signed in other fields than the names of the files say"
                )));
            }
            before = &state.pdf;
            verdict = Some(judged);
        }
        let verdict = verdict.iter().flat_map(|one| &one.signatures);
        let mut signatures = Vec::new();
        for state in states {
            let own = verdict.clone().find(|one| one.field == state.field);
            let time = own.and_then(|one| one.told());
            signatures.extend(time.and_then(|time| self.signature(state, time.seconds)));
        }
        Ok(signatures)
    }

    /// Every copy that one party signed alone must be the plain copy with one signature.
    fn counterparts(&self, record: &Record) -> Result<Vec<Signature>, Box<Finding>> {
        let mut signatures = Vec::new();
        for one in &record.counterparts {
            let shown = format!("{}/{}", self.shown, one.name);
            let Some(copy) = &record.copy else {
                return Err(self.broken(format!(
                    "{shown} is a signed copy of {COPY}, which is not there"
                )));
            };
            let seconds = returned::judge_kept_copy(copy, &one.pdf).map_err(|findings| {
                let first = findings.iter().next();
                let what = first.map_or("", |finding| finding.message.as_str());
                self.broken(format!("{shown} is not as it was signed: {what}"))
            })?;
            signatures.extend(seconds.and_then(|seconds| self.signature(one, seconds)));
        }
        Ok(signatures)
    }

    /// The signature that a kept PDF adds.
    fn signature(&self, signed: &SignedPdf, seconds: u64) -> Option<Signature> {
        let time = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?.naive_utc();
        let file = format!("{}/{}", self.below, signed.name);
        let root = self.shown.strip_suffix(self.below)?.trim_end_matches('/');
        Some(listing::signature(root, file, &signed.field, time))
    }

    fn broken(&self, what: String) -> Box<Finding> {
        let finding = Finding::error(codes::RECORD, what)
            .at(&self.issued.entry, "issued")
            .hint("put the folder back from the archive or a backup; signed PDFs cannot be made again");
        Box::new(finding)
    }
}

fn judged(base: &[u8], pdf: &[u8]) -> Verdict {
    let expectation = Expectation {
        base: Base::Bytes(base),
        ..Expectation::none()
    };
    verify(pdf, &expectation, &Settings::trusting_nobody(None))
}

/// True for anything of that name, also a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// The PDFs of a folder by name.
fn files(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".pdf") && !name.starts_with(UNFINISHED) {
            let bytes = regular(&entry.path(), LARGEST_PDF)
                .map_err(|fault| io::Error::other(format!("{name}: {fault}")))?;
            files.push((name, bytes));
        }
    }
    files.sort();
    Ok(files)
}
