//! `tryk build`: writes the PDF of every edition.

use std::io::{self, Write};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::Terminal;
use super::{Ending, jobs};
use crate::build::{self, Event, Mode, Report, State};
use crate::cli::BuildArgs;
use crate::project::Project;

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &BuildArgs) -> io::Result<Ending> {
    let begun = Instant::now();
    let mode = if args.force { Mode::Force } else { Mode::Write };
    let report = with_progress(terminal, |progress| {
        build::run(project, &args.filter(), mode, jobs(args.jobs), progress)
    });
    terminal.findings(&report.findings)?;
    terminal.failures(&report.failures)?;
    if args.json {
        serde_json::to_writer_pretty(terminal.out(), &report.outcomes)?;
        writeln!(terminal.out())?;
    } else if !terminal.quiet {
        print(&report, begun, &mut terminal.out())?;
    }
    Ok(Ending::of(&report))
}

/// Works with a progress bar when a person would see it.
pub fn with_progress<T>(terminal: &Terminal, work: impl FnOnce(build::Progress<'_>) -> T) -> T {
    let bar = if terminal.shows_progress() {
        ProgressBar::new(0)
    } else {
        ProgressBar::hidden()
    };
    let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let worked = work(&|event| match event {
        Event::Waiting(holder) => terminal.waiting(holder),
        Event::Begun(total) => bar.set_length(total as u64),
        Event::Done(outcome) => {
            bar.set_message(outcome.output.clone());
            bar.inc(1);
        }
    });
    bar.finish_and_clear();
    worked
}

fn print(report: &Report, begun: Instant, out: &mut dyn Write) -> io::Result<()> {
    let widest = report
        .outcomes
        .iter()
        .map(|one| one.output.chars().count())
        .max()
        .unwrap_or(0);
    for one in &report.outcomes {
        let word = word(one.state);
        if one.state == State::Failed {
            writeln!(out, "{word:<9}  {}", one.output)?;
        } else {
            let (pages, status) = (one.pages, one.status);
            writeln!(
                out,
                "{word:<9}  {:<widest$}  {pages:>2} pages  {status}",
                one.output
            )?;
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    writeln!(out, "{} in {seconds:.1} s", summary(report))
}

/// The word for what became of a document.
pub fn word(state: State) -> &'static str {
    match state {
        State::Written => "written",
        State::Unchanged => "unchanged",
        State::Fresh => "fresh",
        State::Frozen => "frozen",
        State::Restored => "restored",
        State::Checked => "checked",
        State::Failed => "failed",
    }
}

/// How many documents there are, and how many of each kind: `11 documents: 3 written, 8 unchanged`.
pub fn summary(report: &Report) -> String {
    let total = report.outcomes.len();
    let noun = if total == 1 { "document" } else { "documents" };
    let counts: Vec<String> = [
        State::Written,
        State::Unchanged,
        State::Fresh,
        State::Restored,
        State::Frozen,
        State::Checked,
        State::Failed,
    ]
    .into_iter()
    .filter_map(|state| {
        let count = report
            .outcomes
            .iter()
            .filter(|one| one.state == state)
            .count();
        (count > 0).then(|| format!("{count} {}", word(state)))
    })
    .collect();
    if counts.is_empty() {
        format!("{total} {noun}")
    } else {
        format!("{total} {noun}: {}", counts.join(", "))
    }
}
