//! Reading back what is kept of signed editions, and holding it against what signing makes.
//!
//! Comes in: a partnership's issued editions. Goes out: records, who signed on which day, and findings. Must not trust a file for its name.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use chrono::DateTime;

use super::{COPY, COUNTERPART, FOLDER, Record, SignedPdf, expected, folder};
use crate::build::frozen;
use crate::build::lock::UNFINISHED;
use crate::diagnostic::{Finding, Findings, Located, SourceFile};
use crate::facts::danish;
use crate::model::{Dataset, Issued, Signature};
use crate::project::Project;
use crate::read::{LARGEST_PDF, regular};
use crate::sign::codes;
use crate::sign::returned;
use crate::sign::verify::{
    Base, Expectation, Expected, RevisionKind, Settings, Trust, Verdict, verify,
};

/// What is kept of a partnership's signed editions.
#[derive(Default)]
pub struct Records {
    /// By document, year and revision; none where the record is damaged.
    pub all: BTreeMap<(String, i32, u32), Option<Record>>,
    /// Who signed what.
    pub signatures: Vec<Signature>,
    /// What is damaged.
    pub findings: Findings,
}

/// Reads the records of a partnership's issued editions.
pub fn records(project: &Project, partnership: &str, data: &Dataset) -> Records {
    let mut records = Records::default();
    let store = project.inputs.join(partnership);
    if !store.join(FOLDER).exists() {
        return records;
    }
    for issued in &data.issued {
        let (year, revision) = (issued.year.value, issued.revision.value);
        let below = folder(&issued.document.value, year, revision);
        // An issued PDF that is lost has a finding of its own.
        let Some(base) = frozen::kept(project, partnership, issued) else {
            continue;
        };
        let reader = Reader {
            issued,
            shown: format!("{}/{partnership}/{below}", project.inputs_shown()),
            signers: expected(data, &base, &issued.output.value),
            base: &base,
        };
        let record = match reader.read(&store.join(&below)) {
            Ok((record, signatures)) => {
                records.signatures.extend(signatures);
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
    /// The folder as people know it.
    shown: String,
    /// The issued PDF.
    base: &'a [u8],
    signers: Vec<Expected>,
}

type Read = (Record, Vec<Signature>);

impl Reader<'_> {
    fn read(&self, folder: &Path) -> Result<Read, Box<Finding>> {
        let (mut numbered, mut record) = (Vec::new(), Record::default());
        let files = files(folder)
            .map_err(|error| self.broken(format!("{} cannot be read: {error}", self.shown)))?;
        for (name, pdf) in files {
            let stem = name.trim_end_matches(".pdf");
            if name == COPY {
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
            if number != at + 1 {
                return Err(self.broken(format!("{} has no state {}", self.shown, at + 1)));
            }
            record.states.push(state);
        }
        let mut signatures = self.states(&record.states)?;
        signatures.extend(self.counterparts(&record)?);
        Ok((record, signatures))
    }

    /// Every state must begin with the one before, and add the signature that its name says, and nothing else.
    fn states(&self, states: &[SignedPdf]) -> Result<Vec<Signature>, Box<Finding>> {
        let mut before = self.base;
        let mut verdict = None;
        for (at, state) in states.iter().enumerate() {
            let shown = format!("{}/{}", self.shown, state.name);
            if !state.pdf.starts_with(before) || state.pdf.len() == before.len() {
                return Err(self.broken(format!(
                    "{shown} does not begin with the bytes of the state before"
                )));
            }
            let judged = self.judged(&state.pdf);
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
            let time = own.and_then(|one| one.time.as_ref());
            signatures.extend(time.and_then(|time| self.signature(state, time.seconds)));
        }
        Ok(signatures)
    }

    fn judged(&self, pdf: &[u8]) -> Verdict {
        let expectation = Expectation {
            base: Base::Bytes(self.base),
            ..Expectation::none()
        };
        let trust = Trust::none();
        let settings = Settings {
            trust: &trust,
            now: None,
        };
        verify(pdf, &expectation, &settings)
    }

    /// Every copy that one party signed alone must be the plain copy with that party's signature.
    fn counterparts(&self, record: &Record) -> Result<Vec<Signature>, Box<Finding>> {
        let mut signatures = Vec::new();
        for one in &record.counterparts {
            let shown = format!("{}/{}", self.shown, one.name);
            let Some(copy) = &record.copy else {
                return Err(self.broken(format!(
                    "{shown} is a signed copy of {COPY}, which is not there"
                )));
            };
            let judged =
                returned::judge_copy(copy, &one.pdf, &self.signers, Some(one.field.as_str()));
            let returned = judged.map_err(|findings| {
                let first = findings.iter().next();
                let what = first.map_or("", |finding| finding.message.as_str());
                self.broken(format!("{shown} is not as it was signed: {what}"))
            })?;
            let seconds = returned.seconds;
            signatures.extend(seconds.and_then(|seconds| self.signature(one, seconds)));
        }
        Ok(signatures)
    }

    /// The signature that a kept PDF adds; its place is in that PDF, as the text that the verifier reads there.
    fn signature(&self, signed: &SignedPdf, seconds: u64) -> Option<Signature> {
        let time = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?.naive_utc();
        let text = format!("{} {}Z", signed.field, time.format("%Y-%m-%dT%H:%M:%S"));
        let span = signed.field.len() + 1..text.len();
        let place = SourceFile::new(format!("{}/{}", self.shown, signed.name), text).place(span);
        Some(Signature {
            document: self.issued.document.value.clone(),
            year: self.issued.year.value,
            revision: self.issued.revision.value,
            field: signed.field.clone(),
            day: Located {
                value: danish::local_time(time).date(),
                place,
            },
        })
    }

    fn broken(&self, what: String) -> Box<Finding> {
        let finding = Finding::error(codes::RECORD, what)
            .at(&self.issued.entry, "issued")
            .hint("put the folder back from the archive or a backup; signed PDFs cannot be made again");
        Box::new(finding)
    }
}

/// The PDFs of a folder by name; none when there is no folder.
fn files(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".pdf") && !name.starts_with(UNFINISHED) {
            files.push((name, regular(&entry.path(), LARGEST_PDF)?));
        }
    }
    files.sort();
    Ok(files)
}
