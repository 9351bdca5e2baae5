//! `tryk archive reproduce`: a bag's documents made again.

use std::io::{self, Write};

use serde_json::json;

use super::super::Ending;
use crate::build::archive::{Likeness, Reproduced, reproduce};
use crate::cli::ReproduceArgs;
use crate::commands::terminal::Terminal;

/// Runs the command.
pub fn run(terminal: &Terminal, args: &ReproduceArgs) -> io::Result<Ending> {
    let mut said = Ok(());
    let done = reproduce(&args.bag, &mut |one| {
        if !args.json && !terminal.quiet && said.is_ok() {
            said = told(one, &mut terminal.out());
        }
    });
    said?;
    terminal.findings(&done.findings)?;
    if args.json {
        writeln!(terminal.out(), "{:#}", json!(done.documents))?;
    }
    Ok(if done.findings.has_errors() {
        Ending::Findings
    } else {
        Ending::Clean
    })
}

fn told(one: &Reproduced, out: &mut dyn Write) -> io::Result<()> {
    let word = match one.likeness {
        Likeness::Identical => "identical",
        Likeness::SamePages => "same pages",
        Likeness::SameContent => "same content",
        Likeness::Different => "DIFFERENT",
        Likeness::NotMade => "NOT MADE",
    };
    writeln!(out, "{word:<13}{}", one.pdf)?;
    match &one.difference {
        Some(difference) => writeln!(out, "             └ {difference}"),
        None => Ok(()),
    }
}
