//! `restatements.csv`: figures that were corrected after they had been printed. The file may be left out.

use super::context::Context;
use super::csv::{Row, Table};
use super::decode::{date, decimal, fact_id, text};
use super::file::Root;
use super::value::Record;
use crate::model::Restatement;

/// The restatements; a figure is restated once a day.
const RESTATEMENTS: Table<Restatement> = Table {
    file: "restatements.csv",
    columns: &["figure", "was", "date", "reason"],
    needs_rows: false,
    decode: restatement,
    keys: &[|one| {
        (
            format!("{} on {}", one.figure.value, one.date.value),
            &one.figure.place,
        )
    }],
};

/// The restatements of a folder; none when there is no such file.
pub(super) fn read(inputs: &Root, folder: &str, cx: &mut Context) -> Option<Vec<Restatement>> {
    if !inputs.has(&format!("{folder}/{}", RESTATEMENTS.file)) {
        return Some(Vec::new());
    }
    RESTATEMENTS.read(inputs, folder, cx)
}

fn restatement(row: &Row<'_>, cx: &mut Context) -> Option<Restatement> {
    let figure = row.need("figure", fact_id, cx);
    let was = row.need("was", decimal, cx);
    let date = row.need("date", date, cx);
    let reason = row.need("reason", text, cx);
    Some(Restatement {
        row: row.place(),
        figure: figure?,
        was: was?,
        date: date?,
        reason: reason?,
    })
}
