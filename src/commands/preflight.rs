//! `tryk preflight`: what a signing service or an archive would refuse.

use std::fs;
use std::io::{self, Write};

use serde::Serialize;

use super::Ending;
use super::terminal::Terminal;
use crate::cli::{PreflightArgs, PreflightProfile};
use crate::sign::preflight::{Profile, Refusal, preflight};

/// What is said about a file.
#[derive(Serialize)]
struct FileReport {
    file: String,
    refused: Vec<Refusal>,
}

/// Runs the command.
pub fn run(terminal: &Terminal, args: &PreflightArgs) -> io::Result<Ending> {
    let profile = match args.profile {
        PreflightProfile::Nemlogin => Profile::Nemlogin,
        PreflightProfile::Archive => Profile::Archive,
    };
    let mut reports = Vec::new();
    for path in &args.files {
        let file = path.display().to_string();
        match fs::read(path) {
            Ok(bytes) => reports.push(FileReport {
                file,
                refused: preflight(&bytes, profile),
            }),
            Err(error) => {
                terminal.failures(&[format!("{file} cannot be read: {error}")])?;
                return Ok(Ending::Failure);
            }
        }
    }
    let mut out = terminal.out();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &reports)?;
        writeln!(out)?;
    } else {
        for report in &reports {
            report.print(terminal.quiet, &mut out)?;
        }
    }
    Ok(match reports.iter().all(|one| one.refused.is_empty()) {
        true => Ending::Clean,
        false => Ending::Findings,
    })
}

impl FileReport {
    fn print(&self, quiet: bool, out: &mut impl Write) -> io::Result<()> {
        if self.refused.is_empty() && !quiet {
            writeln!(out, "{}: nothing is known to be refused", self.file)?;
        }
        for one in &self.refused {
            let page = one.page.map(|page| format!("page {page}"));
            let object = one.object.map(|object| format!("object {object}"));
            let place: Vec<String> = page.into_iter().chain(object).collect();
            let place = match place.is_empty() {
                true => String::new(),
                false => format!(" ({})", place.join(", ")),
            };
            writeln!(
                out,
                "{}: refused[{}]: {}{place}",
                self.file, one.rule, one.what
            )?;
            writeln!(out, "  instead: {}", one.instead)?;
        }
        Ok(())
    }
}
