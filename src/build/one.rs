//! One edition in a run: whether it is fresh, stale or frozen; making it, and putting it into the output folder.

use std::io;

use super::compose::{Composed, compose_prepared};
use super::digest::sha256;
use super::editions::Planned;
use super::entry;
use super::frozen::{self, Verdict};
use super::load::{Loaded, Press};
use super::made::{Made, Today};
use super::prepare::{Prepared, prepare};
use super::reason::Reason;
use super::record::Record;
use super::report::{Mode, Outcome, State};
use super::seen::Seen;
use super::write::{Written, write};
use crate::diagnostic::{Finding, Findings};
use crate::ledger;
use crate::model::Issued;
use crate::project::Project;
use crate::read;

/// What all editions of a run share.
pub struct Shared<'a> {
    /// Where things are.
    pub project: &'a Project,
    /// The inputs.
    pub loaded: &'a Loaded,
    /// The templates.
    pub press: &'a Press,
    /// What was made before.
    pub record: &'a Record,
    /// Whether to write.
    pub mode: Mode,
    /// Whether to remember what each edition shows of the inputs.
    pub looks: bool,
}

/// What became of one edition.
pub struct Done {
    /// For the report.
    pub outcome: Outcome,
    /// What was found.
    pub findings: Findings,
    /// Why it could not be written.
    pub failure: Option<String>,
    /// Its entry of the record, when that is another than before.
    pub made: Option<Made>,
    /// What it shows of the inputs, when that was to be remembered.
    pub seen: Option<Seen>,
}

impl Done {
    /// Nothing yet.
    pub fn new(planned: &Planned<'_>) -> Self {
        Self {
            outcome: Outcome::of(planned),
            findings: Findings::new(),
            failure: None,
            made: None,
            seen: None,
        }
    }

    fn count(&mut self, made: &Made) {
        self.outcome.pages = made.pages;
        self.outcome.figures = made.printed;
    }
}

impl Shared<'_> {
    /// Brings one edition up to date.
    pub fn work(&self, planned: &Planned<'_>) -> Done {
        let mut done = Done::new(planned);
        let prepared = prepare(self.loaded, self.press, planned);
        match (planned.issued(), prepared) {
            (Some(issued), prepared) => self.keep(planned, issued, prepared, &mut done),
            (None, Ok(prepared)) => self.refresh(planned, &prepared, &mut done),
            (None, Err(findings)) => done.findings = findings,
        }
        done
    }

    /// Why an edition that was not issued would have to be made; empty when it is fresh.
    pub fn reasons(&self, planned: &Planned<'_>, prepared: &Prepared) -> Vec<Reason> {
        let Some(made) = self.record.editions.get(&planned.ident()) else {
            return vec![Reason::Unrecorded];
        };
        let mut reasons = made.against(&self.today(planned, prepared));
        reasons.extend(self.altered(planned, made).map(Reason::Altered));
        reasons
    }

    fn refresh(&self, planned: &Planned<'_>, prepared: &Prepared, done: &mut Done) {
        let known = self.record.editions.get(&planned.ident());
        done.outcome.reasons = match self.mode {
            Mode::Write => self.reasons(planned, prepared),
            Mode::Force => vec![Reason::Forced],
            Mode::Check => Vec::new(),
        };
        let sound = self.is_sound(planned);
        if let (Mode::Write, Some(made), true, []) =
            (self.mode, known, sound, done.outcome.reasons.as_slice())
        {
            done.count(made);
            done.outcome.state = State::Fresh;
            return;
        }
        let Some(composed) = self.compose(planned, prepared, done) else {
            return;
        };
        let made = Made::new(&self.today(planned, prepared), &composed);
        done.count(&made);
        if !sound {
            return;
        }
        if self.mode == Mode::Check {
            done.outcome.state = State::Checked;
            return;
        }
        match self.put(planned, &composed) {
            Ok(written) => {
                done.outcome.state = match written {
                    Written::Changed => State::Written,
                    Written::Unchanged => State::Unchanged,
                };
                done.made = (known != Some(&made)).then_some(made);
            }
            Err(error) => done.failure = Some(self.unwritable(&planned.output, &error)),
        }
    }

    /// Keeps an issued edition as it is, and says what would be other today.
    fn keep(
        &self,
        planned: &Planned<'_>,
        issued: &Issued,
        prepared: Result<Prepared, Findings>,
        done: &mut Done,
    ) {
        let Some(pdf) = frozen::kept(self.project, &planned.partnership.name, issued) else {
            done.findings.push(frozen::lost(planned, issued));
            return;
        };
        // A signed document stands in the place of the issued one, with whose bytes it begins.
        let Some(signed) = planned.signed() else {
            return;
        };
        let shown = signed.current().unwrap_or(&pdf);
        if let Some(finding) = frozen::unrecorded_copy(self.project, planned, issued, signed) {
            done.findings.push(finding);
            return;
        }
        if let Some(finding) = frozen::unrecorded(self.project, planned, issued, shown) {
            done.findings.push(finding);
            return;
        }
        let faults = entry::faults(planned, issued, &pdf);
        if !faults.is_empty() {
            done.findings.append(faults);
            return;
        }
        done.outcome.state = State::Frozen;
        if self.looks {
            let figures: Vec<&str> = issued.figures.keys().map(String::as_str).collect();
            done.seen = Some(Seen::issued(planned, &figures));
        }
        done.outcome.pages = usize::try_from(issued.pages.value).unwrap_or(0);
        done.outcome.figures = issued.figures.len();
        if self.mode != Mode::Check {
            match frozen::restore(self.project, issued, shown) {
                Ok(Written::Changed) => done.outcome.state = State::Restored,
                Ok(Written::Unchanged) => {}
                Err(error) => {
                    done.failure = Some(self.unwritable(&issued.output.value, &error));
                    done.outcome.state = State::Failed;
                }
            }
            for (output, copy) in signed.copies(&issued.output.value) {
                if let Err(error) = write(&self.project.out, &output, copy) {
                    done.failure = Some(self.unwritable(&output, &error));
                }
            }
        }
        if planned.is_superseded() {
            return;
        }
        match prepared {
            Ok(prepared) => {
                if let Some(verdict) = self.verdict(planned, issued, &prepared, done) {
                    done.findings
                        .extend(frozen::finding(planned, issued, &verdict, &pdf));
                }
            }
            Err(findings) => done.findings.append(findings),
        }
    }

    /// How an issued edition stands to today's inputs; none when today's inputs give no document.
    pub fn verdict(
        &self,
        planned: &Planned<'_>,
        issued: &Issued,
        prepared: &Prepared,
        done: &mut Done,
    ) -> Option<Verdict> {
        let today = self.today(planned, prepared);
        if planned.is_superseded() {
            return Some(Verdict::Superseded);
        }
        if frozen::is_surely_same(issued, &today) {
            return Some(Verdict::Same);
        }
        let known = self.record.editions.get(&planned.ident());
        if let Some(made) = known.filter(|made| made.against(&today).is_empty()) {
            return Some(frozen::compare(issued, &today, made));
        }
        let composed = self.compose(planned, prepared, done)?;
        let made = Made::new(&today, &composed);
        let verdict = frozen::compare(issued, &today, &made);
        done.made = Some(made);
        Some(verdict)
    }

    /// Makes the PDF in memory; when it cannot be made, the findings say why.
    pub fn compose(
        &self,
        planned: &Planned<'_>,
        prepared: &Prepared,
        done: &mut Done,
    ) -> Option<Composed> {
        match compose_prepared(self.loaded, self.press, planned, prepared) {
            Ok(mut composed) => {
                done.findings.append(std::mem::take(&mut composed.findings));
                if self.looks {
                    done.seen = Some(Seen::new(planned, &composed));
                }
                Some(composed)
            }
            Err(findings) => {
                // A figure typed in a text was reported there.
                let spoilt = self.is_spoilt(planned);
                let told = |one: &Finding| !spoilt || one.code != ledger::codes::LOOSE;
                done.findings.extend(findings.into_iter().filter(told));
                None
            }
        }
    }

    /// What the edition would be made from.
    pub fn today<'b>(&'b self, planned: &'b Planned<'b>, prepared: &'b Prepared) -> Today<'b> {
        Today {
            loaded: self.loaded,
            press: self.press,
            planned,
            prepared,
        }
    }

    /// True when neither the data nor the words that the edition prints have errors.
    pub fn is_sound(&self, planned: &Planned<'_>) -> bool {
        planned.partnership.sound && !self.is_spoilt(planned)
    }

    /// True when a text or template that the edition prints has errors in its words.
    fn is_spoilt(&self, planned: &Planned<'_>) -> bool {
        let (name, year) = (&planned.partnership.name, planned.edition.year.value);
        self.loaded.spoils(name, planned.template, year)
    }

    /// The first of an edition's files in the output folder that is not the recorded one.
    fn altered(&self, planned: &Planned<'_>, made: &Made) -> Option<String> {
        let digests = [&made.pdf, &made.ledger, &made.published];
        let files = files(&planned.output).into_iter().zip(digests);
        let mut others = files.filter(|(path, digest)| {
            let bytes = read::regular(&self.project.out.join(path), read::LARGEST_PDF);
            bytes.map_or(true, |bytes| sha256(&bytes) != **digest)
        });
        others.next().map(|(path, _)| path)
    }

    /// Writes the PDF, and beside it what it carries: the ledger and the published figures.
    fn put(&self, planned: &Planned<'_>, composed: &Composed) -> io::Result<Written> {
        let bytes = [&composed.pdf, &composed.ledger, &composed.data];
        let mut written = Written::Unchanged;
        for (path, bytes) in files(&planned.output).into_iter().zip(bytes) {
            if write(&self.project.out, &path, bytes)? == Written::Changed {
                written = Written::Changed;
            }
        }
        Ok(written)
    }

    fn unwritable(&self, output: &str, error: &io::Error) -> String {
        format!(
            "{}/{output} could not be written: {error}",
            self.project.out_shown()
        )
    }
}

/// The files of an edition below the output folder: the PDF, its ledger and its published figures.
pub fn files(output: &str) -> [String; 3] {
    let stem = output.trim_end_matches(".pdf");
    [
        output.to_owned(),
        format!("{stem}.ledger.json"),
        format!("{stem}.data.json"),
    ]
}
