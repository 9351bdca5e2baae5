//! A run: every planned edition, some at a time, each written as soon as it is done.

use std::io;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::codes;
use super::compose::{Composed, compose};
use super::editions::{Filter, Planned, planned};
use super::load::{Loaded, Press, load};
use super::write::{Written, write};
use crate::diagnostic::{Finding, Findings};
use crate::ledger;
use crate::project::Project;
use crate::render;

/// Whether a run writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// PDFs are written.
    Write,
    /// Everything is made and nothing is written.
    Check,
}

/// What became of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Written: it is new, or other than it was.
    Written,
    /// It already had these bytes.
    Unchanged,
    /// Made without being written.
    Checked,
    /// Not made: it has errors.
    Failed,
}

/// What became of one edition.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Outcome {
    /// Path of the PDF below the output folder.
    pub output: String,
    /// The partnership's folder.
    pub partnership: String,
    /// Template id.
    pub document: String,
    /// Year.
    pub year: i32,
    /// `draft` or `final`.
    pub status: &'static str,
    /// What became of it.
    pub state: State,
    /// Pages; 0 when it was not made.
    pub pages: usize,
    /// Figures printed.
    pub figures: usize,
}

/// What became of a run.
#[derive(Debug, Default)]
pub struct Report {
    /// Per edition, in the order of the register.
    pub outcomes: Vec<Outcome>,
    /// Everything found, sorted.
    pub findings: Findings,
    /// Why something could not be run or written; empty when all could.
    pub failures: Vec<String>,
}

/// Called as editions are done: how many there are, and the one that is done.
pub type Progress<'a> = &'a (dyn Fn(usize, Option<&Outcome>) + Sync);

/// Runs: reads, checks, makes and (in [`Mode::Write`]) writes every edition that fits the filter.
pub fn run(
    project: &Project,
    filter: &Filter,
    mode: Mode,
    jobs: NonZeroUsize,
    progress: Progress<'_>,
) -> Report {
    let mut report = Report::default();
    let mut loaded = match load(project, &filter.partnerships) {
        Ok(loaded) => loaded,
        Err(findings) => return could_not_begin(&findings),
    };
    report.findings.append(std::mem::take(&mut loaded.findings));
    let (editions, faults) = planned(&loaded, filter);
    report.findings.append(faults);
    if editions.is_empty() && !report.findings.has_errors() {
        report.findings.push(nothing(project, filter));
    }
    match Press::new(&loaded.templates_root) {
        Ok(press) => {
            let work = Work {
                project,
                loaded: &loaded,
                press: &press,
                editions: &editions,
                mode,
                progress,
            };
            work.all(jobs, &mut report);
        }
        Err(findings) => report.findings.append(findings),
    }
    render::evict();
    report.findings.sort();
    report
}

fn could_not_begin(findings: &Findings) -> Report {
    let failures = findings.iter().map(|finding| {
        let hints: String = finding
            .hints
            .iter()
            .map(|hint| format!("\n  help: {hint}"))
            .collect();
        format!("{}{hints}", finding.message)
    });
    Report {
        failures: failures.collect(),
        ..Report::default()
    }
}

fn nothing(project: &Project, filter: &Filter) -> Finding {
    let asked: Vec<String> = filter
        .partnerships
        .iter()
        .chain(&filter.documents)
        .cloned()
        .chain(filter.years.iter().map(ToString::to_string))
        .collect();
    let message = if asked.is_empty() {
        format!(
            "there is no edition to make: no register under {} has a row",
            project.inputs_shown()
        )
    } else {
        format!(
            "no edition in the registers under {} fits {}",
            project.inputs_shown(),
            asked.join(", ")
        )
    };
    Finding::error(codes::NOTHING, message).hint("`tryk list` shows every edition")
}

struct Work<'a> {
    project: &'a Project,
    loaded: &'a Loaded,
    press: &'a Press,
    editions: &'a [Planned<'a>],
    mode: Mode,
    progress: Progress<'a>,
}

struct Done {
    index: usize,
    outcome: Outcome,
    findings: Findings,
    failure: Option<String>,
}

impl Work<'_> {
    fn all(&self, jobs: NonZeroUsize, report: &mut Report) {
        let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
        (self.progress)(self.editions.len(), None);
        thread::scope(|scope| {
            for _ in 0..jobs.get().min(self.editions.len()) {
                scope.spawn(|| {
                    while let Some(one) = self.next(&next) {
                        (self.progress)(self.editions.len(), Some(&one.outcome));
                        done.lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push(one);
                    }
                });
            }
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|one: &Done| one.index);
        for one in done {
            report.outcomes.push(one.outcome);
            report.findings.append(one.findings);
            report.failures.extend(one.failure);
        }
    }

    fn next(&self, next: &AtomicUsize) -> Option<Done> {
        let index = next.fetch_add(1, Ordering::Relaxed);
        let planned = self.editions.get(index)?;
        let mut done = Done {
            index,
            outcome: outcome(planned),
            findings: Findings::new(),
            failure: None,
        };
        match compose(self.loaded, self.press, planned) {
            Ok(composed) => self.finish(planned, composed, &mut done),
            // A figure typed in a text was reported there.
            Err(findings) if self.is_spoilt(planned) => {
                let other = |one: &Finding| one.code != ledger::codes::LOOSE;
                done.findings = findings.into_iter().filter(other).collect();
            }
            Err(findings) => done.findings = findings,
        }
        Some(done)
    }

    /// True when a text or template that the edition prints has errors in its words.
    fn is_spoilt(&self, planned: &Planned<'_>) -> bool {
        let (name, year) = (&planned.partnership.name, planned.edition.year.value);
        self.loaded.spoils(name, planned.template, year)
    }

    fn finish(&self, planned: &Planned<'_>, mut composed: Composed, done: &mut Done) {
        done.findings = std::mem::take(&mut composed.findings);
        done.outcome.pages = composed.pages;
        done.outcome.figures = composed.figures;
        if !planned.partnership.sound || self.is_spoilt(planned) {
            return;
        }
        if self.mode == Mode::Check {
            done.outcome.state = State::Checked;
            return;
        }
        match self.write(planned, &composed) {
            Ok(Written::Changed) => done.outcome.state = State::Written,
            Ok(Written::Unchanged) => done.outcome.state = State::Unchanged,
            Err(error) => done.failure = Some(self.unwritable(planned, &error)),
        }
    }

    /// Writes the PDF, and beside it what it carries: the ledger and the published figures.
    fn write(&self, planned: &Planned<'_>, composed: &Composed) -> io::Result<Written> {
        let stem = planned.output.trim_end_matches(".pdf");
        let files = [
            (planned.output.clone(), &composed.pdf),
            (format!("{stem}.ledger.json"), &composed.ledger),
            (format!("{stem}.data.json"), &composed.data),
        ];
        let mut written = Written::Unchanged;
        for (path, bytes) in files {
            if write(&self.project.out, &path, bytes)? == Written::Changed {
                written = Written::Changed;
            }
        }
        Ok(written)
    }

    fn unwritable(&self, planned: &Planned<'_>, error: &io::Error) -> String {
        format!(
            "{}/{} could not be written: {error}",
            self.project.out_shown(),
            planned.output
        )
    }
}

fn outcome(planned: &Planned<'_>) -> Outcome {
    Outcome {
        output: planned.output.clone(),
        partnership: planned.partnership.name.clone(),
        document: planned.edition.document.value.clone(),
        year: planned.edition.year.value,
        status: super::status(planned.edition),
        state: State::Failed,
        pages: 0,
        figures: 0,
    }
}
