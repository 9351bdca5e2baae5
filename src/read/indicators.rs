//! `indicators.csv`: observed figures. Also the words of units and kinds of year, which `partnership.json` shares.

use super::context::Context;
use super::csv::{Row, Table};
use super::decode::{count, date, decimal, one_of, provenance, reference, text, year};
use super::references::Kind;
use super::value::{Record, Slot};
use crate::diagnostic::Located;
use crate::model::{Observation, Unit, YearKind};

/// The observations; an indicator has one figure per area, year and kind of year.
pub(super) const INDICATORS: Table<Observation> = Table {
    file: "indicators.csv",
    columns: &[
        "indicator",
        "area",
        "year",
        "year_kind",
        "value",
        "unit",
        "n",
        "published",
        "basis",
        "source",
        "note",
    ],
    needs_rows: false,
    decode: observation,
    keys: &[|one| {
        let word = YEAR_KINDS
            .iter()
            .find(|(_, kind)| *kind == one.year_kind.value)
            .map_or("", |(word, _)| *word);
        let (indicator, area, year) = (&one.indicator.value, &one.area.value, one.year.value);
        (
            format!("{indicator} in {area}, {word} year {year}"),
            &one.indicator.place,
        )
    }],
};

/// The words of `unit`.
pub(super) const UNITS: &[(&str, Unit)] = &[
    ("percent", Unit::Percent),
    ("per_1000", Unit::Per1000),
    ("count", Unit::Count),
];

/// The words of `year_kind`.
pub(super) const YEAR_KINDS: &[(&str, YearKind)] = &[
    ("survey", YearKind::Survey),
    ("calendar", YearKind::Calendar),
];

fn observation(row: &Row<'_>, cx: &mut Context) -> Option<Observation> {
    let indicator = row.need("indicator", reference(Kind::Indicator), cx);
    let area = row.need("area", reference(Kind::Area), cx);
    let year = row.need("year", year, cx);
    let year_kind = row.need("year_kind", one_of(YEAR_KINDS), cx);
    let unit = row.need("unit", one_of(UNITS), cx);
    let value = match row.slot("value") {
        Slot::Blank(place) => Some(Located::new(None, place)),
        _ => match unit.as_ref().map(|unit| unit.value) {
            // A count has no decimals, so the dot can only group thousands.
            Some(Unit::Count) => row
                .need("value", count, cx)
                .map(|number| number.map(|n| Some(n.into()))),
            _ => row
                .need("value", decimal, cx)
                .map(|number| number.map(Some)),
        },
    };
    let n = row.may("n", count, cx);
    let published = row.need("published", date, cx);
    let provenance = provenance(row, cx);
    let note = row.may("note", text, cx);
    Some(Observation {
        row: row.place(),
        indicator: indicator?,
        area: area?,
        year: year?,
        year_kind: year_kind?,
        value: value?,
        unit: unit?,
        n: n?,
        published: published?,
        provenance: provenance?,
        note: note?,
    })
}
