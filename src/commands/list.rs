//! `tryk list`: the editions of the registers.

use std::io::{self, Write};

use serde::Serialize;

use super::terminal::Terminal;
use super::{Ending, filter};
use crate::build::{self, Planned, load, planned};
use crate::cli::ListArgs;
use crate::project::Project;

/// A row of the list.
#[derive(Serialize)]
struct Row {
    partnership: String,
    document: String,
    year: i32,
    revision: u32,
    date: String,
    status: &'static str,
    /// `present` when there is a PDF, else `missing`.
    state: &'static str,
    output: String,
}

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &ListArgs) -> io::Result<Ending> {
    let filter = filter(&args.selection);
    let loaded = match load(project, &filter.partnerships) {
        Ok(loaded) => loaded,
        Err(findings) => {
            terminal.findings(&findings)?;
            return Ok(Ending::Failure);
        }
    };
    let (editions, faults) = planned(&loaded, &filter);
    terminal.findings(&loaded.findings)?;
    terminal.findings(&faults)?;
    let rows: Vec<Row> = editions.iter().map(|one| row(project, one)).collect();
    let mut out = terminal.out();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
    } else {
        print(&rows, &mut out)?;
    }
    let errors = loaded.findings.has_errors() || faults.has_errors();
    Ok(if errors {
        Ending::Findings
    } else {
        Ending::Clean
    })
}

fn row(project: &Project, planned: &Planned<'_>) -> Row {
    let edition = planned.edition;
    let present = project.out.join(&planned.output).is_file();
    Row {
        partnership: planned.partnership.name.clone(),
        document: edition.document.value.clone(),
        year: edition.year.value,
        revision: edition.revision.value,
        date: edition.date.value.to_string(),
        status: build::status(edition),
        state: if present { "present" } else { "missing" },
        output: planned.output.clone(),
    }
}

fn print(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let width =
        |of: &dyn Fn(&Row) -> usize, head: usize| rows.iter().map(of).max().unwrap_or(0).max(head);
    let partnership = width(&|row| row.partnership.len(), 11);
    let document = width(&|row| row.document.len(), 8);
    writeln!(
        out,
        "{:<partnership$}  {:<document$}  YEAR  REV  DATE        STATUS  STATE    OUTPUT",
        "PARTNERSHIP", "DOCUMENT"
    )?;
    for row in rows {
        writeln!(
            out,
            "{:<partnership$}  {:<document$}  {}  {:>3}  {}  {:<6}  {:<7}  {}",
            row.partnership,
            row.document,
            row.year,
            row.revision,
            row.date,
            row.status,
            row.state,
            row.output
        )?;
    }
    Ok(())
}
