//! `documents.csv`: the register of editions.

use super::context::Context;
use super::csv::{Row, Table};
use super::decode::{date, one_of, ordinal, reference, text, year};
use super::references::Kind;
use super::value::Record;
use crate::model::{Edition, EditionStatus, FiguresSeen};

/// The register; a document has each revision of a year once.
pub(super) const DOCUMENTS: Table<Edition> = Table {
    file: "documents.csv",
    columns: &[
        "document",
        "year",
        "revision",
        "date",
        "status",
        "figures",
        "unit",
        "case_no",
        "doc_no",
        "case_officer",
        "recipient",
        "appendix",
        "reason",
    ],
    needs_rows: true,
    decode: edition,
    keys: &[|edition| {
        let (document, year, revision) = (
            &edition.document.value,
            edition.year.value,
            edition.revision.value,
        );
        (
            format!("{document} {year}, revision {revision}"),
            &edition.revision.place,
        )
    }],
};

const STATUSES: &[(&str, EditionStatus)] = &[
    ("draft", EditionStatus::Draft),
    ("final", EditionStatus::Final),
];

const FIGURES: &[(&str, FiguresSeen)] = &[
    ("all", FiguresSeen::All),
    ("official", FiguresSeen::Official),
];

fn edition(row: &Row<'_>, cx: &mut Context) -> Option<Edition> {
    let document = row.need("document", reference(Kind::Document), cx);
    let year = row.need("year", year, cx);
    let revision = row.need("revision", ordinal, cx);
    let date = row.need("date", date, cx);
    let status = row.need("status", one_of(STATUSES), cx);
    let figures = row.need("figures", one_of(FIGURES), cx);
    let unit = row.need("unit", text, cx);
    let case_no = row.may("case_no", text, cx);
    let doc_no = row.may("doc_no", text, cx);
    let case_officer = row.may("case_officer", text, cx);
    let recipient = row.may("recipient", reference(Kind::Body), cx);
    let appendix = row.may("appendix", ordinal, cx);
    let reason = row.need("reason", text, cx);
    Some(Edition {
        row: row.place(),
        document: document?,
        year: year?,
        revision: revision?,
        date: date?,
        status: status?,
        figures: figures?,
        unit: unit?,
        case_no: case_no?,
        doc_no: doc_no?,
        case_officer: case_officer?,
        recipient: recipient?,
        appendix: appendix?,
        reason: reason?,
    })
}
