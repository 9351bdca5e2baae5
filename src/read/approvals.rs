//! `approvals.csv`: decisions on documents. Also the words of decisions, which `partnership.json` shares.

use super::context::Context;
use super::csv::{Row, Table};
use super::decode::{date, one_of, ordinal, provenance, reference, year};
use super::references::Kind;
use super::value::Record;
use crate::model::{Approval, DecisionKind};

/// The approvals; a body decides on a revision once a day.
pub(super) const APPROVALS: Table<Approval> = Table {
    file: "approvals.csv",
    columns: &[
        "document", "year", "revision", "body", "date", "decision", "basis", "source",
    ],
    needs_rows: false,
    decode: approval,
    keys: &[|one| {
        let (document, year, revision) = (&one.document.value, one.year.value, one.revision.value);
        let (body, date) = (&one.body.value, one.date.value);
        (
            format!("{document} {year}, revision {revision}, {body} on {date}"),
            &one.date.place,
        )
    }],
};

/// The words of `decision` and of a decision's `kind`.
pub(super) const DECISIONS: &[(&str, DecisionKind)] = &[
    ("approved", DecisionKind::Approved),
    ("noted", DecisionKind::Noted),
    ("discussed", DecisionKind::Discussed),
];

fn approval(row: &Row<'_>, cx: &mut Context) -> Option<Approval> {
    let document = row.need("document", reference(Kind::Document), cx);
    let year = row.need("year", year, cx);
    let revision = row.need("revision", ordinal, cx);
    let body = row.need("body", reference(Kind::Body), cx);
    let date = row.need("date", date, cx);
    let decision = row.need("decision", one_of(DECISIONS), cx);
    let provenance = provenance(row, cx);
    Some(Approval {
        row: row.place(),
        document: document?,
        year: year?,
        revision: revision?,
        body: body?,
        date: date?,
        decision: decision?,
        provenance: provenance?,
    })
}
