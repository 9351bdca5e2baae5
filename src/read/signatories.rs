//! `signatories.csv`: who signs the agreement.

use super::context::Context;
use super::csv::{Row, Table};
use super::decode::{id, ordinal, reference, text};
use super::references::Kind;
use super::value::Record;
use crate::model::Signatory;

/// The signatories; each has a place in the order and a signature field of its own.
pub(super) const SIGNATORIES: Table<Signatory> = Table {
    file: "signatories.csv",
    columns: &["party", "order", "name", "title", "organisation", "field"],
    needs_rows: false,
    decode: signatory,
    keys: &[
        |one| {
            (
                format!("the signature field {}", one.field.value),
                &one.field.place,
            )
        },
        |one| (format!("the order {}", one.order.value), &one.order.place),
    ],
};

fn signatory(row: &Row<'_>, cx: &mut Context) -> Option<Signatory> {
    let party = row.need("party", reference(Kind::Party), cx);
    let order = row.need("order", ordinal, cx);
    let name = row.may("name", text, cx);
    let title = row.need("title", text, cx);
    let organisation = row.need("organisation", text, cx);
    let field = row.need("field", id, cx);
    Some(Signatory {
        row: row.place(),
        party: party?,
        order: order?,
        name: name?,
        title: title?,
        organisation: organisation?,
        field: field?,
    })
}
