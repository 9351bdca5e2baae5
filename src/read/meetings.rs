//! `meetings.csv`: meetings held or called.

use super::context::Context;
use super::csv::{Row, Table};
use super::decode::{date, provenance, reference, text};
use super::references::Kind;
use super::value::Record;
use crate::model::Meeting;

/// The meetings; a body meets about one subject once a day.
pub(super) const MEETINGS: Table<Meeting> = Table {
    file: "meetings.csv",
    columns: &["body", "date", "subject", "basis", "source"],
    needs_rows: false,
    decode: meeting,
    keys: &[|meeting| {
        let (body, date, subject) = (
            &meeting.body.value,
            meeting.date.value,
            &meeting.subject.value,
        );
        (format!("{body} on {date}: {subject}"), &meeting.date.place)
    }],
};

fn meeting(row: &Row<'_>, cx: &mut Context) -> Option<Meeting> {
    let body = row.need("body", reference(Kind::Body), cx);
    let date = row.need("date", date, cx);
    let subject = row.need("subject", text, cx);
    let provenance = provenance(row, cx);
    Some(Meeting {
        row: row.place(),
        body: body?,
        date: date?,
        subject: subject?,
        provenance: provenance?,
    })
}
