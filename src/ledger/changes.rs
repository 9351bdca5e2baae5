//! Two ledgers side by side: which figures are others, and by how much.
//!
//! Comes in: an old and a new ledger. Goes out: a change per fact, those that stand in a cell before those that follow from them.
//! Must not compare where a figure stands on its page or in its file: a row that moved is no change.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Serialize;

use super::entries::{FactEntry, Ledger, OriginEntry};
use crate::facts::{FactUnit, Quantity, danish};

/// A fact that is another in the new ledger.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FactChange {
    /// Its id.
    pub id: String,
    /// How it changed.
    pub kind: ChangeKind,
    /// True when it tells of the edition itself, such as its date, or repeats the earlier one: it is another in every revision.
    pub of_the_edition: bool,
    /// As the old document has it.
    pub old: Option<FactEntry>,
    /// As the new document has it.
    pub new: Option<FactEntry>,
    /// New minus old, where both are numbers of one unit or days.
    pub difference: Option<Difference>,
}

/// How a fact changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Its value is another.
    Value,
    /// Its value is the same, but rests on something else: an example became official, or its source is another.
    Basis,
    /// The old document did not have it.
    Added,
    /// The new document does not have it.
    Removed,
}

/// What a figure changed by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Exact, with a decimal point and a minus sign.
    pub value: String,
    /// Its unit: percentage points between shares, days between dates.
    pub unit: String,
    /// In Danish, with its sign: `+15.000 kr.`, `−4 procentpoint`.
    pub text: String,
}

/// Topics whose facts belong to one edition alone.
const OF_THE_EDITION: &[&str] = &["edition/", "issued/", "approvals/"];

/// What is other in the new ledger; a fact that neither prints is left out unless it stands in a cell.
pub fn fact_changes(old: &Ledger, new: &Ledger) -> Vec<FactChange> {
    let facts = || old.facts.iter().chain(&new.facts);
    let ids: BTreeSet<&str> = facts().map(|fact| fact.id.as_str()).collect();
    let mut changes: Vec<FactChange> = ids
        .into_iter()
        .filter_map(|id| change(old.fact(id), new.fact(id)))
        .collect();
    changes.sort_by_key(|one| (one.of_the_edition, one.follows()));
    changes
}

impl FactChange {
    /// The fact as it is now, or as it was when it is gone.
    pub fn fact(&self) -> Option<&FactEntry> {
        self.new.as_ref().or(self.old.as_ref())
    }

    /// True when it is worked out from others, so that it changed because they did.
    pub fn follows(&self) -> bool {
        let is_derived = |fact: &FactEntry| matches!(fact.origin, OriginEntry::Derived { .. });
        self.fact().is_some_and(is_derived)
    }

    /// True when a page of either document prints it.
    pub fn is_printed(&self) -> bool {
        let both = self.old.iter().chain(&self.new);
        both.into_iter().any(|fact| !fact.printed.is_empty())
    }
}

impl FactEntry {
    /// The pages that print it, ascending.
    pub fn pages(&self) -> Vec<usize> {
        let pages: BTreeSet<usize> = self.printed.iter().map(|one| one.page).collect();
        pages.into_iter().collect()
    }
}

fn change(old: Option<&FactEntry>, new: Option<&FactEntry>) -> Option<FactChange> {
    let kind = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => ChangeKind::Added,
        (Some(_), None) => ChangeKind::Removed,
        (Some(old), Some(new)) if !is_same(old, new) => ChangeKind::Value,
        (Some(old), Some(new)) if rests_on(old) != rests_on(new) => ChangeKind::Basis,
        (Some(_), Some(_)) => return None,
    };
    let id = old.or(new).map(|fact| fact.id.clone())?;
    let of_the_edition = OF_THE_EDITION.iter().any(|topic| id.starts_with(topic));
    let change = FactChange {
        id,
        kind,
        of_the_edition,
        difference: old.zip(new).and_then(|(old, new)| difference(old, new)),
        old: old.cloned(),
        new: new.cloned(),
    };
    let counts = change.is_printed() || (kind == ChangeKind::Value && !change.follows());
    counts.then_some(change)
}

fn is_same(old: &FactEntry, new: &FactEntry) -> bool {
    // A figure without a value may be so for another reason.
    let is_absent = old.value.is_none();
    old.value == new.value && old.unit == new.unit && (!is_absent || old.basis == new.basis)
}

fn rests_on(fact: &FactEntry) -> (&str, bool, Option<&String>) {
    (&fact.basis, fact.illustrative, fact.source.as_ref())
}

/// New minus old.
fn difference(old: &FactEntry, new: &FactEntry) -> Option<Difference> {
    let unit = FactUnit::named(&old.unit).filter(|_| old.unit == new.unit)?;
    let quantity = |fact: &FactEntry| Quantity::exact(fact.value.as_deref()?, unit);
    match (unit, quantity(old)?, quantity(new)?) {
        (FactUnit::Year, ..) => None,
        (_, Quantity::Date(from), Quantity::Date(to)) => days((to - from).num_days()),
        (_, Quantity::Number(from), Quantity::Number(to)) => {
            let unit = if unit == FactUnit::Percent {
                FactUnit::PercentagePoints
            } else {
                unit
            };
            of_numbers(to.checked_sub(from)?, unit)
        }
        _ => None,
    }
}

fn of_numbers(number: Decimal, unit: FactUnit) -> Option<Difference> {
    if number.is_zero() {
        return None;
    }
    let forms = danish::forms(&Quantity::Number(number), unit);
    let signed = forms.named.get("signed_long").or(forms.named.get("signed"));
    let sign = if number > Decimal::ZERO { "+" } else { "" };
    let text = signed
        .cloned()
        .unwrap_or_else(|| format!("{sign}{}", forms.text));
    Some(Difference {
        value: number.normalize().to_string(),
        unit: unit.name().to_owned(),
        text: text.replace(danish::NBSP, " "),
    })
}

fn days(count: i64) -> Option<Difference> {
    let number = Decimal::from(count);
    let noun = if count.abs() == 1 { "dag" } else { "dage" };
    (count != 0).then(|| Difference {
        value: count.to_string(),
        unit: "days".to_owned(),
        text: format!("{} {noun}", danish::signed(number, 0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{EditionEntry, FORMAT, Printing};

    fn fact(id: &str, value: &str, unit: &str) -> FactEntry {
        FactEntry {
            id: id.to_owned(),
            value: (value != "-").then(|| value.to_owned()),
            text: value.to_owned(),
            unit: unit.to_owned(),
            basis: if value == "-" { "missing" } else { "official" }.to_owned(),
            illustrative: false,
            source: None,
            known: None,
            origin: OriginEntry::Absent,
            stated: None,
            control: None,
            printed: vec![Printing {
                text: value.to_owned(),
                form: "text".to_owned(),
                around: value.to_owned(),
                at: 0,
                page: 1,
                rect: [0.0; 4],
            }],
        }
    }

    fn ledger(facts: Vec<FactEntry>) -> Ledger {
        let text = String::new;
        Ledger {
            format: FORMAT.to_owned(),
            generator: text(),
            engine: text(),
            edition: EditionEntry {
                partnership: text(),
                document: text(),
                year: 2018,
                revision: 1,
                date: text(),
                status: text(),
                title: text(),
                output: text(),
            },
            facts,
            structural: Vec::new(),
            sources: Vec::new(),
        }
    }

    fn between(old: &str, new: &str, unit: &str) -> Option<String> {
        let (old, new) = (
            ledger(vec![fact("a", old, unit)]),
            ledger(vec![fact("a", new, unit)]),
        );
        let changes = fact_changes(&old, &new);
        changes[0].difference.as_ref().map(|one| one.text.clone())
    }

    #[test]
    fn differences_have_a_sign_and_their_own_unit() {
        let said = |old, new, unit| between(old, new, unit).unwrap_or_default();
        assert_eq!(said("60000", "75000", "kroner"), "+15.000 kr.");
        assert_eq!(said("24", "20", "percent"), "−4 procentpoint");
        assert_eq!(said("41.2", "40", "per_1000"), "−1,2");
        assert_eq!(said("27.1", "28", "hectares"), "+0,9 hektar");
        assert_eq!(said("2019-01-28", "2019-01-29", "date"), "+1 dag");
        assert_eq!(between("2018", "2019", "year"), None);
        assert_eq!(between("-", "20", "percent"), None);
    }

    #[test]
    fn facts_that_moved_or_are_the_same_are_no_changes() {
        let (mut moved, kept) = (fact("a", "5", "count"), fact("a", "5", "count"));
        moved.printed[0].page = 9;
        assert_eq!(
            fact_changes(&ledger(vec![kept.clone()]), &ledger(vec![moved])),
            []
        );
        let mut example = kept.clone();
        example.illustrative = true;
        let changes = fact_changes(&ledger(vec![example]), &ledger(vec![kept]));
        assert_eq!(changes[0].kind, ChangeKind::Basis);
    }

    #[test]
    fn facts_come_and_go() {
        let (one, other) = (ledger(vec![fact("a", "5", "count")]), ledger(Vec::new()));
        assert_eq!(fact_changes(&one, &other)[0].kind, ChangeKind::Removed);
        assert_eq!(fact_changes(&other, &one)[0].kind, ChangeKind::Added);
    }
}
