//! `tryk check`: says everything that is wrong, and writes nothing.

use std::io::{self, Write};

use super::build::{summary, with_progress};
use super::terminal::Terminal;
use super::{Ending, filter, jobs};
use crate::build::{self, Mode, registry};
use crate::cli::{CheckArgs, FindingFormat};
use crate::diagnostic::{Format, print, sarif};
use crate::project::Project;

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &CheckArgs) -> io::Result<Ending> {
    let report = with_progress(terminal, |progress| {
        build::run(
            project,
            &filter(&args.selection),
            Mode::Check,
            jobs(args.jobs),
            progress,
        )
    });
    terminal.failures(&report.failures)?;
    let mut out = terminal.out();
    let findings = &report.findings;
    match args.format {
        FindingFormat::Human => print(findings, Format::Human, true, &mut out)?,
        FindingFormat::Short => print(findings, Format::Short, false, &mut out)?,
        FindingFormat::Json => print(findings, Format::Json, false, &mut out)?,
        FindingFormat::Sarif => {
            let version = env!("CARGO_PKG_VERSION");
            sarif::write(findings, &registry::pages(), version, &mut out)?;
        }
    }
    if args.format == FindingFormat::Human && !terminal.quiet && report.failures.is_empty() {
        writeln!(out, "{}", summary(&report))?;
    }
    Ok(Ending::of(&report))
}
