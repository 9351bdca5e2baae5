//! The verbs, one file each.
//!
//! Comes in: parsed arguments. Goes out: what the user sees, and how the run ended. Must hold no logic that a stage should own.

mod archive;
mod build;
mod check;
mod clock;
mod completions;
mod diff;
mod explain;
mod issue;
mod list;
mod preflight;
mod sign;
mod terminal;
mod verify;
mod watch;
mod words;

use std::num::NonZeroUsize;
use std::thread;

use crate::build::{Filter, Report};
use crate::cli::{BuildArgs, Cli, Command, Common, Selection};
use crate::project::Project;
use terminal::Terminal;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Nothing is wrong.
    Clean,
    /// There are findings that keep documents from being made.
    Findings,
    /// The run could not begin, or could not write.
    Failure,
}

impl Ending {
    /// The exit code: 0, 1 or 2.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failure => 2,
        }
    }

    /// How a run with this report ended.
    fn of(report: &Report) -> Self {
        if !report.failures.is_empty() {
            Self::Failure
        } else if report.findings.has_errors() {
            Self::Findings
        } else {
            Self::Clean
        }
    }
}

/// Runs a command.
pub fn run(cli: Cli) -> Ending {
    let terminal = Terminal::new(&cli.common);
    let project = project(cli.common);
    let ended = match cli.command.unwrap_or(Command::Build(cli.build)) {
        Command::Build(args) => build::run(&project, &terminal, &args),
        Command::Check(args) => check::run(&project, &terminal, &args),
        Command::List(args) => list::run(&project, &terminal, &args),
        Command::Diff(args) => diff::run(&project, &terminal, &args),
        Command::Issue(args) => issue::run(&project, &terminal, &args),
        Command::Watch(args) => watch::run(&project, &terminal, &args),
        Command::Sign(command) => sign::run(&project, &terminal, &command),
        Command::Verify(args) => verify::run(&project, &terminal, &args),
        Command::Preflight(args) => preflight::run(&terminal, &args),
        Command::Explain(args) => explain::run(&project, &terminal, &args),
        Command::Archive(args) => archive::run(&project, &terminal, &args),
        Command::Completions { shell } => completions::run(&terminal, shell),
    };
    ended.unwrap_or_else(|error| terminal.could_not_print(&error))
}

fn project(common: Common) -> Project {
    Project {
        inputs: common.inputs,
        templates: common.templates,
        out: common.out,
    }
}

fn filter(selection: &Selection) -> Filter {
    Filter {
        partnerships: selection.partnerships.clone(),
        documents: selection.documents.clone(),
        years: selection.years.clone(),
    }
}

fn jobs(asked: Option<NonZeroUsize>) -> NonZeroUsize {
    asked
        .or_else(|| thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN)
}

impl BuildArgs {
    fn filter(&self) -> Filter {
        filter(&self.selection)
    }
}
