//! `agreement`: its periods, and when it was signed.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::diagnostic::{Located, Place};
use crate::facts::fact::{Fact, FactUnit, Quantity};
use crate::facts::node::Node;
use crate::facts::view::View;

/// The document that the parties sign.
const AGREEMENT: &str = "agreement";
/// The fact of the day on which the last party signed.
const SIGNED: &str = "agreement/signed";

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let periods = &view.data.partnership.periods;
    let year = view.year();
    let (from, to) = (&periods.title.from, &periods.title.to);
    let (first, last) = ends(view);
    let years = years(view);
    let book = &mut view.book;
    let span = Quantity::Years(from.value, to.value);
    let both = across(&from.place, &to.place);
    let period = book.given("agreement/period", span, FactUnit::Years, &both);
    let mut day =
        |id: &str, date: &Located<NaiveDate>| Node::from(book.date(id, date.value, &date.place));
    let valid_to = day("agreement/valid_to", &periods.valid_to);
    let budget_from = day("agreement/budget_from", &periods.budget_from);
    let budget_to = day("agreement/budget_to", &periods.budget_to);
    let valid_from = match &periods.valid_from {
        Some(date) if date.value <= view.edition.date.value => day("agreement/valid_from", date),
        _ => view
            .book
            .missing("agreement/valid_from", FactUnit::Date)
            .into(),
    };
    let signed = signed(view);
    Node::map([
        ("from", first.into()),
        ("to", last.into()),
        ("period", period.into()),
        ("years", years.into()),
        ("valid_from", valid_from),
        ("valid_to", valid_to),
        ("budget_from", budget_from),
        ("budget_to", budget_to),
        ("signed", signed),
        ("first_year", (year == from.value).into()),
        ("last_year", (year == to.value).into()),
    ])
}

/// The day on which the last party signed, when that was not after the edition's date; the newest revision that all signed counts.
fn signed(view: &mut View<'_>) -> Node {
    let day = view.edition.date.value;
    let own = view.data.signings.iter();
    let own = own.filter(|one| one.document == AGREEMENT);
    let whole = own.filter_map(|one| Some(((one.year, one.revision), one.last()?)));
    let seen = whole.filter(|(_, last)| last.day.value <= day);
    let newest = seen.max_by_key(|(revision, _)| *revision);
    let newest = newest.filter(|_| !was_issued_without(view));
    match newest.map(|(_, last)| &last.day) {
        Some(day) => {
            let fact = view.book.date(SIGNED, day.value, &day.place);
            fact.into()
        }
        None => view.book.missing(SIGNED, FactUnit::Date).into(),
    }
}

/// True for an edition that was issued before anybody had taken in the last signature: a signature may claim an earlier day than the one
/// on which it comes back.
fn was_issued_without(view: &View<'_>) -> bool {
    let (document, year) = (&view.edition.document.value, view.edition.year.value);
    let mut issued = view.data.issued.iter();
    let own = issued.find(|one| {
        one.document == **document
            && one.year == year
            && one.revision.value == view.edition.revision.value
    });
    own.is_some_and(|own| {
        let figure = own.figures.get(SIGNED);
        figure.is_none_or(|figure| figure.value.value.is_none())
    })
}

/// The first and the last year of the agreement's title.
fn ends(view: &mut View<'_>) -> (Arc<Fact>, Arc<Fact>) {
    let title = &view.data.partnership.periods.title;
    let book = &mut view.book;
    let first = book.year("agreement/from", title.from.value, &title.from.place);
    let last = book.year("agreement/to", title.to.value, &title.to.place);
    (first, last)
}

/// How many years the agreement's title spans.
pub fn years(view: &mut View<'_>) -> Arc<Fact> {
    let title = &view.data.partnership.periods.title;
    let length = Decimal::from(title.to.value - title.from.value + 1);
    let (first, last) = ends(view);
    let formula = format!("{} − {} + 1", last.id, first.id);
    let (unit, inputs) = (FactUnit::Count, [&last, &first]);
    let id = "agreement/years";
    view.book.derived(id, Some(length), unit, formula, &inputs)
}

/// From the beginning of one place to the end of another in the same file, in whichever order they stand.
fn across(one: &Place, other: &Place) -> Place {
    let (a, b) = (one.span(), other.span());
    let whole = one.source().place(a.start.min(b.start)..a.end.max(b.end));
    let above = one.pointer().and_then(|pointer| pointer.rsplit_once('/'));
    match above {
        Some((parent, _)) => whole.with_pointer(parent),
        None => whole,
    }
}
