//! `agreement`: its three periods.

use chrono::NaiveDate;

use crate::diagnostic::Located;
use crate::facts::derive;
use crate::facts::fact::{FactUnit, Quantity};
use crate::facts::node::Node;
use crate::facts::view::View;

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let periods = &view.data.partnership.periods;
    let year = view.year();
    let (from, to) = (&periods.title.from, &periods.title.to);
    let book = &mut view.book;
    let first = book.year("agreement/from", from.value, &from.place);
    let last = book.year("agreement/to", to.value, &to.place);
    let span = Quantity::Years(from.value, to.value);
    let period = book.given("agreement/period", span, FactUnit::Years, &from.place);
    let length = usize::try_from(to.value - from.value + 1).unwrap_or_default();
    let years = derive::count(book, "agreement/years", "agreement/period", length, false);
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
    Node::map([
        ("from", first.into()),
        ("to", last.into()),
        ("period", period.into()),
        ("years", years.into()),
        ("valid_from", valid_from),
        ("valid_to", valid_to),
        ("budget_from", budget_from),
        ("budget_to", budget_to),
        ("first_year", (year == from.value).into()),
        ("last_year", (year == to.value).into()),
    ])
}
