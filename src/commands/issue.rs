//! `tryk issue`: closes an edition.

use std::io::{self, Write};

use super::Ending;
use super::clock;
use super::terminal::Terminal;
use crate::build::{EditionName, Event, Issuance, issue};
use crate::cli::IssueArgs;
use crate::project::Project;

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &IssueArgs) -> io::Result<Ending> {
    let name: EditionName = match args.edition.parse() {
        Ok(name) => name,
        Err(fault) => {
            terminal.failures(&[format!("'{}' names no edition: {fault}", args.edition)])?;
            return Ok(Ending::Failure);
        }
    };
    let today = clock::today();
    let day = args.date.unwrap_or(today);
    let progress = |event: Event<'_>| {
        if let Event::Waiting(holder) = event {
            terminal.waiting(holder);
        }
    };
    match issue(project, &name, day, today, &progress) {
        Issuance::Issued {
            output,
            kept,
            sha256,
        } => {
            if !terminal.quiet {
                writeln!(
                    terminal.out(),
                    "issued   {output}\nkept as  {kept}\nsha256   {sha256}"
                )?;
            }
            Ok(Ending::Clean)
        }
        Issuance::Already(day) => {
            if !terminal.quiet {
                writeln!(terminal.out(), "{name} was issued on {day}")?;
            }
            Ok(Ending::Clean)
        }
        Issuance::Refused(findings) => {
            terminal.findings(&findings)?;
            Ok(Ending::Findings)
        }
        Issuance::Failed(failure) => {
            terminal.failures(&[failure])?;
            Ok(Ending::Failure)
        }
    }
}
