//! `tryk list`: the editions of the registers, and the condition of each.

use std::io::{self, Write};

use serde::Serialize;

use super::terminal::Terminal;
use super::{Ending, filter};
use crate::build::{self, Condition, Planned, conditions, load, nothing, planned, unnamed};
use crate::cli::ListArgs;
use crate::diagnostic::Findings;
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
    output: String,
    #[serde(flatten)]
    condition: Condition,
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
    terminal.findings(&unnamed(&loaded))?;
    let conditions = match conditions(project, &loaded, &editions) {
        Ok(conditions) => conditions,
        Err(findings) => {
            terminal.findings(&findings)?;
            return Ok(Ending::Findings);
        }
    };
    let mut rows = Vec::new();
    let mut errors = loaded.findings.has_errors() || faults.has_errors();
    for (planned, (condition, found)) in editions.iter().zip(conditions) {
        terminal.findings(&found)?;
        errors |= found.has_errors();
        rows.push(row(planned, condition));
    }
    if rows.is_empty() && !errors {
        terminal.findings(&Findings::from_iter([nothing(project, &filter)]))?;
        errors = true;
    }
    let mut out = terminal.out();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &rows)?;
        writeln!(out)?;
    } else if !rows.is_empty() {
        print(&rows, &mut out)?;
    }
    Ok(if errors {
        Ending::Findings
    } else {
        Ending::Clean
    })
}

fn row(planned: &Planned<'_>, condition: Condition) -> Row {
    let edition = planned.edition;
    Row {
        partnership: planned.partnership.name.clone(),
        document: edition.document.value.clone(),
        year: edition.year.value,
        revision: edition.revision.value,
        date: edition.date.value.to_string(),
        status: build::status(edition),
        output: planned.output.clone(),
        condition,
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
            row.condition.word(),
            row.output
        )?;
        if let Some(reason) = row.condition.reason() {
            writeln!(out, "{:>partnership$}  └ {reason}", "")?;
        }
    }
    Ok(())
}
