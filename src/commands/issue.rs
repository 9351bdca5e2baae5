//! `tryk issue`: closes an edition.

use std::io::{self, Write};

use super::Ending;
use super::clock;
use super::terminal::Terminal;
use crate::build::{EditionName, Event, Issuance, codes, issue};
use crate::cli::IssueArgs;
use crate::diagnostic::{Finding, Findings};
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
    let day = args.date.unwrap_or_else(clock::today);
    // In some places it is tomorrow already.
    if clock::today()
        .succ_opt()
        .is_some_and(|tomorrow| day > tomorrow)
    {
        let finding = Finding::error(
            codes::ISSUED_IN_FUTURE,
            format!("{name} cannot be issued on {day}, which is still to come"),
        )
        .hint("`--date` is the day it was issued; leave it out for today");
        terminal.findings(&Findings::from_iter([finding]))?;
        return Ok(Ending::Findings);
    }
    let progress = |event: Event<'_>| {
        if let Event::Waiting(holder) = event {
            terminal.waiting(holder);
        }
    };
    match issue(project, &name, day, &progress) {
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
