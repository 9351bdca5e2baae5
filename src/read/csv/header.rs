//! The header of a CSV file: which separator it shows, and where each column is.
//!
//! Comes in: the first line and the columns that are expected. Goes out: where they are; everything wrong with the header.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::quotes;
use super::records::Cells;
use crate::diagnostic::{Finding, Place, SourceFile, quoted};
use crate::read::codes;
use crate::read::context::Context;
use crate::read::suggest::{did_you_mean, listed};

/// More columns than any table has.
const MOST_COLUMNS: usize = 200;

/// Where the columns are.
#[derive(Debug)]
pub(super) struct Header {
    /// The whole header.
    pub(super) place: Place,
    /// How many cells it has.
    pub(super) width: usize,
    /// False when a column is missing, unknown or repeated.
    pub(super) is_sound: bool,
    columns: BTreeMap<&'static str, usize>,
}

/// The separator that the first line shows.
pub(super) fn separator(source: &Arc<SourceFile>, columns: &[&str]) -> Result<u8, Box<Finding>> {
    let text = source.text();
    let start = text.len() - text.trim_start_matches(['\r', '\n']).len();
    let line = text[start..].split(['\r', '\n']).next().unwrap_or_default();
    let count = |mark: char| line.matches(mark).count();
    let refuse = |message: String, hint: &str| {
        let finding = Finding::error(codes::SEPARATOR, message)
            .at(&source.place(start..start + line.len()), "the header")
            .expected("column names separated by semicolons or by commas")
            .hint(hint);
        Err(Box::new(finding))
    };
    if let Some(mark) = line.strip_prefix("sep=") {
        return refuse(
            format!(
                "the first line only says that {} separates the cells",
                quoted(mark)
            ),
            "delete this line; the header shows the separator",
        );
    }
    let (semicolons, commas) = (count(';'), count(','));
    if semicolons.max(commas) >= MOST_COLUMNS {
        let message = format!("the header has more than {MOST_COLUMNS} columns");
        return Err(Box::new(
            Finding::error(codes::TOO_WIDE, message).at(&source.place(start..start + 1), ""),
        ));
    }
    let known = |mark: char| {
        let names = line.split(mark).map(|name| name.trim().trim_matches('"'));
        names.filter(|name| columns.contains(name)).count()
    };
    match (semicolons, commas) {
        (0, 0) if line.contains('\t') => refuse(
            "the header is separated by tabs".to_owned(),
            "save the file as CSV with semicolons",
        ),
        (0, 0) => refuse(
            "the header has neither semicolons nor commas".to_owned(),
            "the first line must name the columns",
        ),
        (_, 0) => Ok(b';'),
        (0, _) => Ok(b','),
        _ => match known(';').cmp(&known(',')) {
            std::cmp::Ordering::Greater => Ok(b';'),
            std::cmp::Ordering::Less => Ok(b','),
            std::cmp::Ordering::Equal => refuse(
                format!("the header has {semicolons} semicolons and {commas} commas"),
                "use only one of them between the column names",
            ),
        },
    }
}

impl Header {
    /// Reads the header; none when it is so damaged that the rows cannot be read.
    pub(super) fn read(
        source: &Arc<SourceFile>,
        cells: &Cells,
        expected: &'static [&'static str],
        cx: &mut Context,
    ) -> Option<Self> {
        if !quotes::check(source, cells, cx) {
            return None;
        }
        let place = source.place(cells.span());
        let mut header = Self {
            place,
            width: cells.texts.len(),
            is_sound: true,
            columns: BTreeMap::new(),
        };
        let mut faults = Vec::new();
        for (at, (name, span)) in cells.texts.iter().zip(&cells.spans).enumerate() {
            let cell = source.place(span.clone());
            let Some(name) = expected.iter().find(|known| **known == name.trim()) else {
                faults.push(unknown(name.trim(), at, &cell, expected));
                continue;
            };
            if let Some(first) = header.columns.insert(name, at) {
                let message = format!("the column {name} stands twice in the header");
                let first = source.place(cells.spans[first].clone());
                faults.push(
                    Finding::error(codes::REPEATED_COLUMN, message)
                        .at(&cell, "again here")
                        .and(&first, "first here"),
                );
            }
        }
        faults.extend(missing(&header, expected));
        header.is_sound = faults.is_empty();
        faults.into_iter().for_each(|fault| cx.push(fault));
        (!header.columns.is_empty()).then_some(header)
    }

    /// Which cell belongs to a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.get(name).copied()
    }
}

fn missing(header: &Header, expected: &[&str]) -> Option<Finding> {
    let missing: Vec<&str> = expected
        .iter()
        .copied()
        .filter(|name| !header.columns.contains_key(name))
        .collect();
    let message = match missing.as_slice() {
        [] => return None,
        [name] => format!("the column {name} is missing"),
        names => format!("the columns {} are missing", names.join(", ")),
    };
    let finding = Finding::error(codes::MISSING_COLUMN, message).at(&header.place, "the header");
    Some(finding.expected(format!("the columns {}", expected.join(", "))))
}

fn unknown(name: &str, at: usize, cell: &Place, expected: &[&str]) -> Finding {
    if name.is_empty() {
        let message = format!("column {} has no name", at + 1);
        return Finding::error(codes::UNKNOWN_COLUMN, message)
            .at(cell, "")
            .hint("delete the column, or name it");
    }
    let finding = Finding::error(
        codes::UNKNOWN_COLUMN,
        format!("there is no column {} here", quoted(name)),
    )
    .at(cell, "")
    .expected(format!("the columns {}", listed(expected.iter().copied())));
    let hint = did_you_mean(name, expected.iter().copied());
    finding
        .hint(hint.unwrap_or_else(|| "delete the column, or name it as in the format".to_owned()))
}
