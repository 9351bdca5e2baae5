//! `tryk check`: says everything that is wrong, and writes nothing.

use std::io::{self, Write};

use super::build::{summary, with_progress};
use super::terminal::Terminal;
use super::{Ending, filter, jobs};
use crate::build::{self, Mode};
use crate::cli::{CheckArgs, FindingFormat};
use crate::diagnostic::{Format, print};
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
    let format = match args.format {
        FindingFormat::Human => Format::Human,
        FindingFormat::Short => Format::Short,
        FindingFormat::Json => Format::Json,
    };
    let mut out = terminal.out();
    print(&report.findings, format, true, &mut out)?;
    if args.format == FindingFormat::Human && !terminal.quiet && report.failures.is_empty() {
        writeln!(out, "{}", summary(&report))?;
    }
    Ok(Ending::of(&report))
}
