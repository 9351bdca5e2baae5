//! `tryk archive create`: a year as a bag.

use std::io::{self, Write};

use serde_json::json;

use super::super::{Ending, clock};
use super::files;
use crate::build::Event;
use crate::build::archive::{Accepted, Archival, Order, Retention, create};
use crate::cli::CreateArgs;
use crate::commands::terminal::Terminal;
use crate::project::Project;

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &CreateArgs) -> io::Result<Ending> {
    let accepted: Result<Vec<Accepted>, String> =
        args.accepted.iter().map(|text| text.parse()).collect();
    let (accepted, trust) = match (accepted, files(&args.trust)) {
        (Ok(accepted), Ok(trust)) => (accepted, trust),
        (accepted, trust) => {
            let faults = [accepted.err(), trust.err()].into_iter().flatten();
            terminal.failures(&faults.collect::<Vec<_>>())?;
            return Ok(Ending::Failure);
        }
    };
    let order = Order {
        partnership: args.partnership.clone(),
        year: args.year,
        day: args.date.unwrap_or_else(clock::today),
        archive: args
            .archive
            .clone()
            .unwrap_or_else(|| project.out.join("archive")),
        accepted,
        retention: Retention {
            class: args.retention_class.clone(),
            until: args.retain_until,
            legal_hold: args.legal_hold,
        },
        trust,
        tar: args.tar,
    };
    let progress = |event: Event<'_>| {
        if let Event::Waiting(holder) = event {
            terminal.waiting(holder);
        }
    };
    said(terminal, args, create(project, &order, &progress))
}

fn said(terminal: &Terminal, args: &CreateArgs, archival: Archival) -> io::Result<Ending> {
    match archival {
        Archival::Created {
            bag,
            tar,
            documents,
            seal,
            findings,
        } => {
            terminal.findings(&findings)?;
            let bag = bag.to_string_lossy().replace('\\', "/");
            let tar = tar.map(|path| path.to_string_lossy().replace('\\', "/"));
            if args.json {
                let said =
                    json!({ "bag": bag, "tar": tar, "documents": documents, "sha512": seal });
                writeln!(terminal.out(), "{said:#}")?;
            } else if !terminal.quiet {
                let noun = if documents == 1 {
                    "document"
                } else {
                    "documents"
                };
                writeln!(terminal.out(), "archived  {bag} ({documents} {noun})")?;
                if let Some(tar) = tar {
                    writeln!(terminal.out(), "tar       {tar}")?;
                }
                writeln!(terminal.out(), "sha512    {seal}")?;
            }
            Ok(Ending::Clean)
        }
        Archival::Already(bag) => {
            let bag = bag.to_string_lossy().replace('\\', "/");
            if args.json {
                writeln!(terminal.out(), "{:#}", json!({ "bag": bag, "new": false }))?;
            } else if !terminal.quiet {
                writeln!(terminal.out(), "nothing is new since {bag}")?;
            }
            Ok(Ending::Clean)
        }
        Archival::Refused(findings) => {
            terminal.findings(&findings)?;
            Ok(Ending::Findings)
        }
        Archival::Failed(failure) => {
            terminal.failures(&[failure])?;
            Ok(Ending::Failure)
        }
    }
}
