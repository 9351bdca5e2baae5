//! `tryk archive renew`: a new time-stamp over a bag.

use std::fs;
use std::io::{self, Write};

use super::super::Ending;
use crate::build::archive::{Renewal, renew, request};
use crate::cli::RenewArgs;
use crate::commands::terminal::Terminal;
use crate::diagnostic::Findings;
use crate::read::{LARGEST_PDF, regular};

/// Runs the command.
pub fn run(terminal: &Terminal, args: &RenewArgs) -> io::Result<Ending> {
    if let Some(path) = &args.how.request {
        let bytes = match request(&args.bag) {
            Ok(bytes) => bytes,
            Err(finding) => return refused(terminal, *finding),
        };
        if let Err(error) = fs::write(path, bytes) {
            terminal.failures(&[format!("{} could not be written: {error}", path.display())])?;
            return Ok(Ending::Failure);
        }
        if !terminal.quiet {
            writeln!(terminal.out(), "request  {}", path.display())?;
        }
        return Ok(Ending::Clean);
    }
    let renewal = match (&args.how.tsa, &args.how.token) {
        (Some(address), _) => Renewal::Ask(address.clone()),
        (None, Some(path)) => match regular(path, LARGEST_PDF) {
            Ok(bytes) => Renewal::Token(bytes),
            Err(error) => {
                terminal.failures(&[format!("{} cannot be read: {error}", path.display())])?;
                return Ok(Ending::Failure);
            }
        },
        (None, None) => Renewal::Token(Vec::new()),
    };
    match renew(&args.bag, &renewal) {
        Ok((path, time)) => {
            if !terminal.quiet {
                writeln!(terminal.out(), "time-stamped  {time}\nkept as       {path}")?;
            }
            Ok(Ending::Clean)
        }
        Err(finding) => refused(terminal, *finding),
    }
}

fn refused(terminal: &Terminal, finding: crate::diagnostic::Finding) -> io::Result<Ending> {
    terminal.findings(&Findings::from_iter([finding]))?;
    Ok(Ending::Findings)
}
