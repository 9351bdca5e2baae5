//! A cell as it stands in the inputs, or as the ledger remembers it when they are gone.

use std::sync::Arc;

use super::super::words::WIDTH;
use crate::diagnostic::{Human, Place, SourceFile, visible};
use crate::ledger::OriginEntry;
use crate::project::Project;
use crate::read::{Root, source};

/// How the ledger calls the inputs folder in paths.
const INPUTS: &str = "inputs/";
/// How the names of signed PDFs end, in which no line or column can be shown.
const PDF: &str = ".pdf";

/// Where a cell is, and its line with the cell underlined; or what it held.
pub(super) struct CellShown {
    /// File, line and column.
    pub(super) place: String,
    /// The line, in several lines; or a note.
    pub(super) below: Vec<String>,
}

/// Shows the cell of an origin; none for an origin that is no cell.
pub(super) fn cell(project: &Project, origin: &OriginEntry, indent: usize) -> Option<CellShown> {
    let OriginEntry::Cell { cell, .. } = origin else {
        return None;
    };
    let held = format!("reads {}", visible(cell));
    let below = match found(project, origin) {
        Found::Here(place) => excerpt(&place, WIDTH - indent),
        Found::Changed => vec![format!("{held} (the file has changed since)")],
        Found::Signature => vec![format!(
            "{held} (told by the signature in it; `tryk verify` shows it)"
        )],
        Found::Gone => vec![format!("{held} (the file is not here)")],
    };
    Some(CellShown {
        place: place(origin)?,
        below,
    })
}

/// File, line and column of a cell.
pub(super) fn place(origin: &OriginEntry) -> Option<String> {
    match origin {
        OriginEntry::Cell {
            file, line, column, ..
        } => Some(match file.ends_with(PDF) {
            true => visible(file).to_string(),
            false => format!("{}:{line}:{column}", visible(file)),
        }),
        OriginEntry::Derived { .. } | OriginEntry::Absent => None,
    }
}

enum Found {
    Here(Place),
    Changed,
    /// A signed PDF, in which no line can be shown.
    Signature,
    Gone,
}

/// Looks the cell up in the inputs of today.
fn found(project: &Project, origin: &OriginEntry) -> Found {
    let OriginEntry::Cell {
        file,
        line,
        column,
        cell,
        ..
    } = origin
    else {
        return Found::Gone;
    };
    let relative = file.strip_prefix(INPUTS).unwrap_or(file);
    let Ok(root) = Root::open(&project.inputs, project.inputs_shown()) else {
        return Found::Gone;
    };
    if relative.ends_with(PDF) {
        return match root.has(relative) {
            true => Found::Signature,
            false => Found::Gone,
        };
    }
    let Some(source) = source(&root, relative) else {
        return Found::Gone;
    };
    match place_in(&source, *line, *column, cell) {
        Some(place) => Found::Here(place),
        None => Found::Changed,
    }
}

/// The place of a text at a line and column; none when another text stands there.
fn place_in(source: &Arc<SourceFile>, line: usize, column: usize, text: &str) -> Option<Place> {
    let start = source.line_start(line);
    let rest = source.text().get(start..)?;
    let (skipped, _) = rest.char_indices().nth(column.checked_sub(1)?)?;
    let from = start + skipped;
    let is_there = source.text().get(from..)?.starts_with(text);
    is_there.then(|| source.place(from..from + text.len()))
}

/// The line with the cell underlined, without the position, which stands above it.
fn excerpt(place: &Place, width: usize) -> Vec<String> {
    let shown = Human::new(true).width(width).excerpt(place);
    let lines = shown.lines().skip_while(|line| line.contains("--> "));
    lines.map(str::to_owned).collect()
}
