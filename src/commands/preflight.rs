//! `tryk preflight`: what a signing service or an archive would refuse.

use std::io::{self, Write};

use serde::Serialize;

use super::Ending;
use super::terminal::Terminal;
use crate::cli::{PreflightArgs, PreflightProfile};
use crate::read::{LARGEST_PDF, regular};
use crate::sign::preflight::{Profile, Refusal, preflight};

/// How to do without what the service refuses.
const COPY: &str =
    "hint: `tryk sign copy EDITION` makes a copy of an issued edition without all this";

/// The rules against what such a copy leaves out.
const MENDED: &[&str] = &["structure-type", "attachment", "form", "link"];

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
        match regular(path, LARGEST_PDF) {
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
        let mut refused = reports.iter().flat_map(|one| &one.refused);
        let mends = |one: &Refusal| MENDED.contains(&one.rule);
        if profile == Profile::Nemlogin && !terminal.quiet && refused.any(mends) {
            writeln!(out, "{COPY}")?;
        }
    }
    Ok(match reports.iter().all(|one| one.refused.is_empty()) {
        true => Ending::Clean,
        false => Ending::Findings,
    })
}

/// How many places of one thing are named before the rest is counted.
const NAMED: usize = 3;

impl FileReport {
    fn print(&self, quiet: bool, out: &mut impl Write) -> io::Result<()> {
        if self.refused.is_empty() && !quiet {
            writeln!(out, "{}: nothing is known to be refused", self.file)?;
        }
        let mut rules: Vec<(&str, Vec<&Refusal>)> = Vec::new();
        for one in &self.refused {
            match rules.iter_mut().find(|(rule, _)| *rule == one.rule) {
                Some((_, all)) => all.push(one),
                None => rules.push((one.rule, vec![one])),
            }
        }
        for (rule, all) in rules {
            let things = things(&all).join("; ");
            writeln!(out, "{}: refused[{rule}]: {things}", self.file)?;
            if let Some(one) = all.first() {
                writeln!(out, "  instead: {}", one.instead)?;
            }
        }
        Ok(())
    }
}

/// What is refused, each thing once with its places.
fn things(refused: &[&Refusal]) -> Vec<String> {
    let mut things: Vec<(&str, Vec<String>)> = Vec::new();
    for one in refused {
        let places = place(one).into_iter();
        match things.iter_mut().find(|(what, _)| *what == one.what) {
            Some((_, all)) => all.extend(places),
            None => things.push((&one.what, places.collect())),
        }
    }
    let told = things.into_iter().map(|(what, places)| {
        let more = places.len().saturating_sub(NAMED);
        let first = places.iter().take(NAMED).cloned().collect::<Vec<_>>();
        match (first.join(", "), more) {
            (first, _) if first.is_empty() => what.to_owned(),
            (first, 0) => format!("{what} ({first})"),
            (first, more) => format!("{what} ({first}, and {more} more)"),
        }
    });
    told.collect()
}

fn place(one: &Refusal) -> Option<String> {
    let object = one.object.map(|object| format!("object {object}"));
    match (object, one.page) {
        (Some(object), Some(page)) => Some(format!("{object} on page {page}")),
        (object, None) => object,
        (None, Some(page)) => Some(format!("page {page}")),
    }
}
