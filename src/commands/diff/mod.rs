//! `tryk diff`: what differs between an edition and another, for people, for programs, and as a PDF for the meeting.
//!
//! Comes in: what is asked. Goes out: a page for people or JSON; and the redline, written to its file.

mod figures;
mod making;
mod page;
mod texts;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::Ending;
use super::terminal::Terminal;
use crate::build::diff::{Against, Asked, Differences, What, differences, is_redline, json};
use crate::build::write_file;
use crate::cli::DiffArgs;
use crate::project::Project;
use crate::read::{LARGEST_PDF, regular};

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &DiffArgs) -> io::Result<Ending> {
    let asked = match asked(args) {
        Ok(asked) => asked,
        Err(failure) => {
            terminal.failures(&[failure])?;
            return Ok(Ending::Failure);
        }
    };
    let found = differences(project, &asked, args.pdf.is_some());
    if args.json {
        terminal.out().write_all(&json(&found.answers))?;
    } else if !terminal.quiet {
        page::print(&found.answers, asked.what.is_some(), &mut terminal.out())?;
    }
    terminal.findings(&found.findings)?;
    terminal.failures(&found.failures)?;
    if found.is_unreadable || !found.failures.is_empty() {
        return Ok(Ending::Failure);
    }
    if found.findings.has_errors() {
        if let Some(file) = &args.pdf {
            let message = format!(
                "{} was not written, because of what was found",
                file.display()
            );
            terminal.failures(&[message])?;
        }
        return Ok(Ending::Findings);
    }
    if let (Some(file), Some(pdf)) = (&args.pdf, &found.redline) {
        if let Err(failure) = keep(file, pdf) {
            terminal.failures(&[failure])?;
            return Ok(Ending::Failure);
        }
        if !args.json && !terminal.quiet {
            writeln!(terminal.out(), "\nredline  {}", file.display())?;
        }
    }
    Ok(if args.exit_code && differs(&found) {
        Ending::Findings
    } else {
        Ending::Clean
    })
}

fn asked(args: &DiffArgs) -> Result<Asked, String> {
    let what = args.edition.as_deref().map(What::parse).transpose()?;
    let against = args.against.as_deref().map(Against::parse);
    let is_one = what.is_some() || matches!(against, Some(Against::File(_)));
    if args.pdf.is_some() && !is_one {
        return Err(
            "a redline is of one document\n  help: say which: `tryk diff folehaven/plan/2019 --pdf FILE`"
                .to_owned(),
        );
    }
    Ok(Asked { what, against })
}

/// True when any document says something else.
fn differs(found: &Differences) -> bool {
    let mut compared = found
        .answers
        .iter()
        .filter_map(|one| one.compared.as_deref());
    compared.any(|one| !one.identical)
}

/// Writes the redline; a document of the register is not overwritten.
fn keep(file: &Path, pdf: &[u8]) -> Result<(), String> {
    let shown = file.display();
    let there = regular(file, LARGEST_PDF);
    if file.exists() && !there.is_ok_and(|bytes| is_redline(&bytes)) {
        return Err(format!(
            "{shown} is there and is no redline, so it is not written over\n  help: name another file"
        ));
    }
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let written = name
        .ok_or_else(|| io::Error::other("it names no file"))
        .and_then(|name| {
            fs::create_dir_all(folder)?;
            write_file(folder, &name, pdf)
        });
    written
        .map(drop)
        .map_err(|error| format!("{shown} could not be written: {error}"))
}
