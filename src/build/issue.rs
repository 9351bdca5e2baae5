//! Issuing an edition: its bytes are kept with the inputs, and `issued.json` says what they are.
//!
//! Comes in: the name of a final edition without findings. Goes out: the kept PDF and a new entry. Must not overwrite a kept PDF.

use std::io;

use chrono::NaiveDate;

use super::archive::sources;
use super::codes;
use super::compose::Composed;
use super::digest::sha256;
use super::editions::{Planned, named};
use super::issued_file::{Entry, IssuedFile};
use super::load::{Loaded, Press, load};
use super::lock::{Lock, sweep};
use super::made::Made;
use super::name::EditionName;
use super::one::{Done, Shared};
use super::prepare::prepare;
use super::record::Record;
use super::report::{Event, Mode, Progress};
use super::write::write;
use crate::diagnostic::{Finding, Findings};
use crate::model::{EditionStatus, Issued};
use crate::project::Project;
use crate::read;

/// How issuing ended.
#[derive(Debug)]
pub enum Issuance {
    /// It is issued now: where its PDF lies and is kept, as shown.
    Issued {
        /// In the output folder.
        output: String,
        /// With the inputs.
        kept: String,
        /// SHA-256 of the PDF.
        sha256: String,
    },
    /// It was issued before, on this day.
    Already(NaiveDate),
    /// It cannot be issued.
    Refused(Findings),
    /// Something could not be read or written.
    Failed(String),
}

/// Issues an edition on a day; `today` is what that is held against.
pub fn issue(
    project: &Project,
    name: &EditionName,
    day: NaiveDate,
    today: NaiveDate,
    progress: Progress<'_>,
) -> Issuance {
    // In some places it is tomorrow already.
    if today.succ_opt().is_some_and(|tomorrow| day > tomorrow) {
        return Issuance::Refused(Findings::from_iter([too_late(name, day)]));
    }
    let only = [name.partnership.clone()];
    // Before issued.json is read: another run may be about to put an entry into it.
    let waiting = |holder: &str| progress(Event::Waiting(holder));
    let _locks = match Lock::take_for_records(project, &name.partnership, &waiting) {
        Ok(locks) => locks,
        Err(failure) => return Issuance::Failed(failure),
    };
    let loaded = match load(project, &only) {
        Ok(loaded) => loaded,
        Err(findings) => return Issuance::Refused(findings),
    };
    let (planned, faults) = match named(project, &loaded, name) {
        Ok(found) => found,
        Err(faults) => {
            let mut findings = loaded.findings.clone();
            findings.append(faults);
            return Issuance::Refused(findings);
        }
    };
    let planned = &planned;
    if day < planned.edition.date.value {
        return Issuance::Refused(Findings::from_iter([too_early(planned, day)]));
    }
    if let Some(issued) = planned.issued() {
        return Issuance::Already(issued.issued.value);
    }
    let ready = match ready(project, &loaded, planned, faults) {
        Ok(ready) => ready,
        Err(findings) => return Issuance::Refused(findings),
    };
    let desk = Desk {
        project,
        planned,
        day,
    };
    match desk.keep(&ready) {
        Ok(issuance) => issuance,
        Err(error) => Issuance::Failed(format!("{name} could not be issued: {error}")),
    }
}

/// An edition that can be issued.
struct Ready {
    composed: Composed,
    made: Made,
    /// What it was made from: later inputs may not give its bytes any more.
    sources: sources::Files,
}

/// The edition, when it is final and nothing at all is found.
fn ready(
    project: &Project,
    loaded: &Loaded,
    planned: &Planned<'_>,
    mut findings: Findings,
) -> Result<Ready, Findings> {
    findings.append(loaded.findings.clone());
    if planned.edition.status != EditionStatus::Final {
        findings.push(draft(planned));
    }
    let press = Press::new(&loaded.templates_root)?;
    let prepared = match prepare(loaded, &press, planned) {
        Ok(prepared) => prepared,
        Err(faults) => {
            findings.append(faults);
            return Err(findings);
        }
    };
    let record = Record::default();
    let shared = Shared {
        project,
        loaded,
        press: &press,
        record: &record,
        mode: Mode::Force,
        looks: false,
    };
    let mut done = Done::new(planned);
    let composed = shared.compose(planned, &prepared, &mut done);
    findings.append(done.findings);
    match composed {
        Some(composed) if findings.is_empty() => Ok(Ready {
            made: Made::new(&shared.today(planned, &prepared), &composed),
            sources: sources::now(loaded, &press, &planned.partnership.name)?,
            composed,
        }),
        _ => {
            findings.sort();
            Err(findings)
        }
    }
}

struct Desk<'a> {
    project: &'a Project,
    planned: &'a Planned<'a>,
    day: NaiveDate,
}

impl Desk<'_> {
    /// Keeps the PDF and its sources first and says so afterwards: a kill between leaves files that nothing names, and that the next attempt takes up.
    fn keep(&self, ready: &Ready) -> io::Result<Issuance> {
        let (composed, made) = (&ready.composed, &ready.made);
        let edition = self.planned.edition;
        let folder = self.project.inputs.join(&self.planned.partnership.name);
        let pdf = format!(
            "{}/{}-{}-r{}.pdf",
            read::ISSUED_FOLDER,
            edition.document.value,
            edition.year.value,
            edition.revision.value
        );
        let what = match read::regular(&folder.join(&pdf), read::LARGEST_PDF) {
            Ok(bytes) if bytes == composed.pdf => None,
            Ok(_) => Some("holds another document, which nothing names".to_owned()),
            Err(fault) if fault.is_missing() => None,
            Err(fault) => Some(format!("cannot be read: {fault}")),
        };
        if let Some(what) = what {
            let message = format!("{pdf} {what}; move it away");
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
        }
        sweep(&folder)?;
        let sources = sources::packed(&ready.sources)?;
        write(&folder, &sources::beside(&pdf), &sources)?;
        write(&folder, &pdf, &composed.pdf)?;
        let entry = Entry::new(self.planned, made, &pdf, sha256(&sources), self.day);
        let earlier: &[Issued] = &self.planned.partnership.data.issued;
        let file = IssuedFile::with(earlier, entry);
        write(&folder, read::ISSUED, &file.to_bytes())?;
        let files = super::one::files(&self.planned.output);
        for (path, bytes) in files
            .iter()
            .zip([&composed.pdf, &composed.ledger, &composed.data])
        {
            write(&self.project.out, path, bytes)?;
        }
        Ok(Issuance::Issued {
            output: format!("{}/{}", self.project.out_shown(), self.planned.output),
            kept: format!(
                "{}/{}/{pdf}",
                self.project.inputs_shown(),
                self.planned.partnership.name
            ),
            sha256: made.pdf.clone(),
        })
    }
}

fn too_early(planned: &Planned<'_>, day: NaiveDate) -> Finding {
    let dated = planned.edition.date.value;
    Finding::error(
        codes::ISSUED_TOO_EARLY,
        format!(
            "{} is dated {dated}, and cannot be issued on {day}",
            planned.ident()
        ),
    )
    .at(&planned.edition.date.place, "dated")
    .hint("`--date` is the day it is issued; it stays in issued.json for good")
}

fn too_late(name: &EditionName, day: NaiveDate) -> Finding {
    let message = format!("{name} cannot be issued on {day}, which is still to come");
    Finding::error(codes::ISSUED_IN_FUTURE, message)
        .hint("`--date` is the day it was issued; leave it out for today")
}

fn draft(planned: &Planned<'_>) -> Finding {
    Finding::error(
        codes::NOT_FINAL,
        format!(
            "{} is a draft; only a final edition is issued",
            planned.ident()
        ),
    )
    .at(&planned.edition.status.place, "still a draft")
    .hint("call it final in documents.csv when it is approved and rests on no invented figure")
}
