//! A run: every planned edition, some at a time, each written as soon as it is done.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::codes;
use super::editions::{Filter, Planned, planned};
use super::entry;
use super::load::{Partnership, Press, load};
use super::lock::{Lock, sweep};
use super::made::Made;
use super::one::{Done, Shared};
use super::record::{self, Record};
use super::report::{Event, Mode, Progress, Report};
use super::seen::Seen;
use crate::diagnostic::{Finding, Findings};
use crate::project::Project;
use crate::render;

/// Runs: reads, checks, and makes the editions that fit the filter; a run that writes makes only those that are missing or stale, and
/// keeps issued ones as they are.
///
/// Runs that write to one folder take turns.
pub fn run(
    project: &Project,
    filter: &Filter,
    mode: Mode,
    jobs: NonZeroUsize,
    progress: Progress<'_>,
) -> Report {
    let mut report = Report::default();
    // Before anything is read: what another run is still writing must not be taken for old.
    let _lock = match begin_writing(project, mode, progress) {
        Ok(lock) => lock,
        Err(error) => {
            let message = format!("{} cannot be written to: {error}", project.out_shown());
            report.failures.push(message);
            return report;
        }
    };
    let mut loaded = match load(project, &filter.partnerships) {
        Ok(loaded) => loaded,
        Err(findings) => return could_not_begin(&findings),
    };
    report.findings.append(std::mem::take(&mut loaded.findings));
    let (editions, faults) = planned(&loaded, filter);
    report.findings.append(faults);
    report.findings.append(entry::unnamed(&loaded));
    if editions.is_empty() && !report.findings.has_errors() {
        report.findings.push(nothing(project, filter));
    }
    match Press::new(&loaded.templates_root) {
        Ok(press) => {
            let mut record = Record::read(&project.out);
            let shared = Shared {
                project,
                loaded: &loaded,
                press: &press,
                record: &record,
                mode,
                looks: mode == Mode::Check && filter.is_of_all_editions(),
            };
            let mut done = all(&shared, &editions, jobs, progress);
            let unused = shared.looks.then(|| unused(&editions, &mut done));
            let made = gather(&editions, done, &mut report);
            // Faults first: a document that cannot be made shows nothing.
            if !report.findings.has_errors() {
                report.findings.extend(unused.into_iter().flatten());
            }
            if mode != Mode::Check {
                report.failures.extend(keep(project, &mut record, made));
            }
        }
        Err(findings) => report.findings.append(findings),
    }
    render::evict();
    report.findings.sort();
    report
}

/// Takes the lock of a run that writes, and removes what killed runs left; a run that cannot begin takes none.
fn begin_writing(
    project: &Project,
    mode: Mode,
    progress: Progress<'_>,
) -> io::Result<Option<Lock>> {
    if mode == Mode::Check || !project.inputs.is_dir() || !project.templates.is_dir() {
        return Ok(None);
    }
    let lock = Lock::take(&project.out, &|holder| progress(Event::Waiting(holder)))?;
    sweep(&project.out)?;
    Ok(Some(lock))
}

/// Every edition, so many at a time, in their order.
fn all(
    shared: &Shared<'_>,
    editions: &[Planned<'_>],
    jobs: NonZeroUsize,
    progress: Progress<'_>,
) -> Vec<Done> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    progress(Event::Begun(editions.len()));
    thread::scope(|scope| {
        for _ in 0..jobs.get().min(editions.len()) {
            scope.spawn(|| {
                while let Some((index, planned)) = take(editions, &next) {
                    let one = shared.work(planned);
                    progress(Event::Done(&one.outcome));
                    done.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((index, one));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, one)| one).collect()
}

fn take<'a, 'b>(
    editions: &'a [Planned<'b>],
    next: &AtomicUsize,
) -> Option<(usize, &'a Planned<'b>)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, editions.get(index)?))
}

/// What no document of a partnership prints, and what they ask for in vain; nothing when one of them could not be made.
fn unused(editions: &[Planned<'_>], done: &mut [Done]) -> Findings {
    let mut shown: BTreeMap<&str, (&Partnership, Option<Seen>)> = BTreeMap::new();
    for (planned, one) in editions.iter().zip(done) {
        let partnership = planned.partnership;
        let none = || (partnership, Some(Seen::default()));
        let (_, all) = shown.entry(&partnership.name).or_insert_with(none);
        *all = all.take().zip(one.seen.take()).map(|(mut all, seen)| {
            all.add(seen);
            all
        });
    }
    let complete = shown
        .into_values()
        .filter_map(|(partnership, seen)| Some((partnership, seen?)));
    complete
        .flat_map(|(partnership, seen)| super::unused::look(partnership, &seen))
        .collect()
}

/// Puts everything into the report, and gives the entries that the record must take up.
fn gather(editions: &[Planned<'_>], done: Vec<Done>, report: &mut Report) -> Vec<(String, Made)> {
    let mut made = Vec::new();
    for (planned, one) in editions.iter().zip(done) {
        report.outcomes.push(one.outcome);
        report.findings.append(one.findings);
        report.failures.extend(one.failure);
        made.extend(one.made.map(|made| (planned.ident(), made)));
    }
    made
}

/// Brings the record up to date; gives why it could not be written.
fn keep(project: &Project, record: &mut Record, made: Vec<(String, Made)>) -> Option<String> {
    if made.is_empty() {
        return None;
    }
    record.editions.extend(made);
    let error = record.write(&project.out).err()?;
    let path = format!("{}/{}", project.out_shown(), record::FILE);
    Some(format!("{path} could not be written: {error}"))
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

/// The finding about a filter that no edition fits.
pub fn nothing(project: &Project, filter: &Filter) -> Finding {
    let asked: Vec<String> = filter
        .partnerships
        .iter()
        .chain(&filter.documents)
        .cloned()
        .chain(filter.years.iter().map(ToString::to_string))
        .collect();
    let message = if asked.is_empty() {
        format!(
            "there is no edition: no register under {} has a row",
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
