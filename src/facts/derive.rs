//! Derivations: sums, differences and counts that carry their formula and their inputs.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::book::FactBook;
use super::fact::{Fact, FactUnit};
use crate::model::Provenance;

/// The sum of the facts that have a value; missing when none has.
pub fn sum(
    book: &mut FactBook,
    id: impl Into<String>,
    unit: FactUnit,
    terms: &[Arc<Fact>],
) -> Arc<Fact> {
    let known: Vec<&Arc<Fact>> = terms.iter().filter(|fact| fact.value.is_some()).collect();
    let total: Decimal = known.iter().filter_map(|fact| fact.number()).sum();
    let value = if known.is_empty() { None } else { Some(total) };
    let formula = known
        .iter()
        .map(|fact| fact.id.as_str())
        .collect::<Vec<_>>()
        .join(" + ");
    book.derived(id, value, unit, formula, &known)
}

/// `a − b`; missing when either is.
pub fn difference(
    book: &mut FactBook,
    id: impl Into<String>,
    unit: FactUnit,
    a: &Arc<Fact>,
    b: &Arc<Fact>,
) -> Arc<Fact> {
    let value = a.number().zip(b.number()).map(|(a, b)| a - b);
    book.derived(id, value, unit, format!("{} − {}", a.id, b.id), &[a, b])
}

/// `a × b`; missing when either is.
pub fn product(
    book: &mut FactBook,
    id: impl Into<String>,
    unit: FactUnit,
    a: &Arc<Fact>,
    b: &Arc<Fact>,
) -> Arc<Fact> {
    let value = a.number().zip(b.number()).map(|(a, b)| a * b);
    book.derived(id, value, unit, format!("{} × {}", a.id, b.id), &[a, b])
}

/// How many entries a list of the data has; illustrative when any counted row is.
pub fn count(
    book: &mut FactBook,
    id: impl Into<String>,
    list: &str,
    length: usize,
    illustrative: bool,
) -> Arc<Fact> {
    let fact = book.derived(
        id,
        Some(Decimal::from(length)),
        FactUnit::Count,
        format!("count({list})"),
        &[],
    );
    if illustrative {
        book.mark_illustrative(&fact)
    } else {
        fact
    }
}

/// True when any of the provenances is illustrative.
pub fn any_illustrative<'a>(rows: impl IntoIterator<Item = &'a Provenance>) -> bool {
    rows.into_iter()
        .any(|row| row.basis.value == crate::model::Basis::Illustrative)
}
