//! `edition`: what the register says of the document at hand.

use crate::facts::fact::{FactUnit, Quantity};
use crate::facts::node::Node;
use crate::facts::view::View;
use crate::model::{Body, EditionStatus, FiguresSeen};

/// The name that PDFs carry as their producer.
pub const GENERATOR: &str = concat!("tryk ", env!("CARGO_PKG_VERSION"));

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let edition = view.edition;
    let id = format!(
        "edition/{}/{}/{}",
        edition.document.value, edition.year.value, edition.revision.value
    );
    let book = &mut view.book;
    let year = book.year(
        format!("year/{}", edition.year.value),
        edition.year.value,
        &edition.year.place,
    );
    let date = book.date(
        format!("{id}/date"),
        edition.date.value,
        &edition.date.place,
    );
    let revision = Quantity::Number(edition.revision.value.into());
    let revision = book.given(
        format!("{id}/revision"),
        revision,
        FactUnit::Count,
        &edition.revision.place,
    );
    let appendix = edition.appendix.as_ref().map(|number| {
        let value = Quantity::Number(number.value.into());
        book.given(
            format!("{id}/appendix"),
            value,
            FactUnit::Count,
            &number.place,
        )
    });
    let bodies = &view.data.partnership.bodies;
    let recipient = edition.recipient.as_ref();
    let recipient = recipient
        .and_then(|id| bodies.iter().find(|body| body.id.value == id.value))
        .map(named);
    let draft = edition.status == EditionStatus::Draft;
    let figures = if edition.figures == FiguresSeen::All {
        "all"
    } else {
        "official"
    };
    Node::map([
        ("id", id.into()),
        ("document", (&edition.document).into()),
        ("name", (&view.template.name).into()),
        ("year", year.into()),
        ("revision", revision.into()),
        ("date", date.into()),
        ("status", if draft { "draft" } else { "final" }.into()),
        ("draft", draft.into()),
        ("figures", figures.into()),
        ("unit", (&edition.unit).into()),
        ("case_no", edition.case_no.as_ref().into()),
        ("doc_no", edition.doc_no.as_ref().into()),
        ("case_officer", edition.case_officer.as_ref().into()),
        ("recipient", recipient.into()),
        ("appendix", appendix.into()),
        ("reason", (&edition.reason).into()),
        ("lang", "da".into()),
        ("generator", GENERATOR.into()),
    ])
}

/// A body by its names.
pub fn named(body: &Body) -> Node {
    Node::map([
        ("id", (&body.id).into()),
        ("name", (&body.name).into()),
        ("abbreviation", body.abbreviation.as_ref().into()),
    ])
}
