//! `tryk explain`: where a figure comes from and where else it stands, and what a code means.
//!
//! Comes in: a PDF and a text, a fact's id, or a code. Goes out: a page for people, or JSON. Must not need the inputs: the PDF says it all.

mod answer;
mod code;
mod figure;
mod origin;
mod page;
mod tree;

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::Ending;
use super::terminal::Terminal;
use crate::cli::ExplainArgs;
use crate::diagnostic::Finding;
use crate::project::Project;

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &ExplainArgs) -> io::Result<Ending> {
    let is_pdf = args.what.to_lowercase().ends_with(".pdf") || Path::new(&args.what).is_file();
    match &args.text {
        Some(text) => figure::in_pdf(project, terminal, &args.what, text, args.json),
        None if is_pdf => no_text(terminal, &args.what),
        None if args.what.contains('/') => figure::by_id(project, terminal, &args.what, args.json),
        None => code::run(terminal, &args.what, args.json),
    }
}

fn no_text(terminal: &Terminal, file: &str) -> io::Result<Ending> {
    let message = format!(
        "say which figure in {file} is meant\n  help: write it as it is printed: tryk explain {file} \"20 %\""
    );
    terminal.failures(&[message])?;
    Ok(Ending::Failure)
}

/// Prints one finding, and ends the run as it deserves.
fn refuse(terminal: &Terminal, finding: Finding, ending: Ending) -> io::Result<Ending> {
    terminal.findings(&[finding].into_iter().collect())?;
    Ok(ending)
}

fn print_json(terminal: &Terminal, value: &impl Serialize) -> io::Result<()> {
    let mut out = terminal.out();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)
}
