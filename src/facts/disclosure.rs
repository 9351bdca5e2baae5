//! Disclosure control: which figures are too small to be published, and which others would give them away.
//!
//! Comes in: the whole dataset, so that every edition hides the same figures and none can be found by laying two side by side.
//! Goes out: the hidden figures with the reason. A hidden figure's value never reaches a fact.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{AreaRole, Dataset, IndicatorKind, Observation, Unit, YearKind};

/// Shares of fewer respondents are not shown.
pub const LEAST_RESPONDENTS: u64 = 30;

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// A count under the threshold.
    Small,
    /// It would give away a small count, through a total.
    Secondary,
    /// The rate of a hidden or small count.
    Rate,
    /// A share of too few respondents.
    FewRespondents,
}

/// Indicator, area, year and kind of year of a figure.
type Key<'a> = (&'a str, &'a str, i32, YearKind);

fn key(row: &Observation) -> Key<'_> {
    (
        &row.indicator.value,
        &row.area.value,
        row.year.value,
        row.year_kind.value,
    )
}

/// The hidden figures of a dataset.
#[derive(Debug)]
pub struct Disclosure<'a>(BTreeMap<Key<'a>, Hidden>);

impl<'a> Disclosure<'a> {
    /// Looks at every figure of the partnership's own area, and at every share.
    pub fn new(data: &'a Dataset) -> Self {
        let mut hidden = Self(BTreeMap::new());
        hidden.few_respondents(data);
        if let Some(area) = data.partnership.area_with(AreaRole::Partnership) {
            hidden.small(data, &area.id.value);
            while hidden.secondary(data, &area.id.value) {}
            hidden.rates(data, &area.id.value);
        }
        hidden
    }

    /// Why a figure is not shown; none when it is.
    pub fn hides(&self, row: &Observation) -> Option<Hidden> {
        self.0.get(&key(row)).copied()
    }

    fn few_respondents(&mut self, data: &'a Dataset) {
        for row in &data.observations {
            let few = row.n.as_ref().is_some_and(|n| n.value < LEAST_RESPONDENTS);
            if row.unit.value == Unit::Percent && row.value.value.is_some() && few {
                self.0.insert(key(row), Hidden::FewRespondents);
            }
        }
    }

    fn small(&mut self, data: &'a Dataset, area: &str) {
        let rule = &data.partnership.disclosure;
        for (row, value) in counts(data, area) {
            let small = if value.is_zero() {
                !rule.zero_is_shown
            } else {
                value < Decimal::from(rule.threshold)
            };
            if small {
                self.0.insert(key(row), Hidden::Small);
            }
        }
    }

    /// Hides one more figure where a total gives a hidden one away; true when it did.
    fn secondary(&mut self, data: &'a Dataset, area: &'a str) -> bool {
        for ((total, all), parts) in tables(data, area) {
            if self.hides(total).is_some() {
                continue;
            }
            let cells: Vec<(Decimal, bool)> = parts
                .iter()
                .map(|(row, value)| (*value, self.hides(row).is_some()))
                .collect();
            let row = match also(all, &cells) {
                Some(Also::Part(at)) => parts[at].0,
                Some(Also::Total) => total,
                None => continue,
            };
            self.0.insert(key(row), Hidden::Secondary);
            return true;
        }
        false
    }

    fn rates(&mut self, data: &'a Dataset, area: &str) {
        let threshold = Decimal::from(data.partnership.disclosure.threshold);
        for row in data.observations.iter().filter(|row| row.area == *area) {
            let indicator = data.partnership.indicator(&row.indicator.value);
            let (Some(indicator), Some(rate)) = (indicator, row.value.value) else {
                continue;
            };
            let Some(counted) = &indicator.rate_of else {
                continue;
            };
            let of = |id: &'a str| {
                let key: Key<'_> = (id, &row.area.value, row.year.value, row.year_kind.value);
                key
            };
            let people = indicator.per.as_ref().and_then(|per| {
                let wanted = of(&per.value);
                let found = data.observations.iter().find(|row| key(row) == wanted)?;
                found.value.value
            });
            let implied = people.map(|people| rate * people / Decimal::from(1000));
            let small = implied.is_some_and(|count| !count.is_zero() && count.round() < threshold);
            if small || self.0.contains_key(&of(&counted.value)) {
                self.0.insert(key(row), Hidden::Rate);
            }
        }
    }
}

/// The known police counts of an area.
fn counts<'a>(data: &'a Dataset, area: &str) -> impl Iterator<Item = (&'a Observation, Decimal)> {
    let own = data
        .observations
        .iter()
        .filter(move |row| row.area == *area);
    own.filter_map(|row| {
        let indicator = data.partnership.indicator(&row.indicator.value)?;
        let counted = indicator.kind == IndicatorKind::Police && row.unit == Unit::Count;
        Some((row, row.value.value.filter(|_| counted)?))
    })
}

/// A figure with its value.
type Known<'a> = (&'a Observation, Decimal);

/// Every total of an area and year with its known parts.
fn tables<'a>(data: &'a Dataset, area: &'a str) -> Vec<(Known<'a>, Vec<Known<'a>>)> {
    let all: Vec<Known<'a>> = counts(data, area).collect();
    let part_of = |row: &Observation| {
        let indicator = data.partnership.indicator(&row.indicator.value)?;
        indicator.part_of.as_ref()
    };
    let tables = all.iter().map(|(total, value)| {
        let parts = all.iter().filter(|(row, _)| {
            part_of(row).is_some_and(|id| id.value == total.indicator.value)
                && row.year.value == total.year.value
                && row.year_kind.value == total.year_kind.value
        });
        ((*total, *value), parts.copied().collect::<Vec<_>>())
    });
    tables.filter(|(_, parts)| !parts.is_empty()).collect()
}

/// What else must be hidden beside the hidden parts of a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Also {
    /// A part, by its place.
    Part(usize),
    /// The total itself.
    Total,
}

/// The smallest shown part, or the total when no part is left, as long as a hidden part is given away; `parts` are values with whether they are hidden.
fn also(total: Decimal, parts: &[(Decimal, bool)]) -> Option<Also> {
    let hidden = parts.iter().filter(|(_, hidden)| *hidden).count();
    let shown: Decimal = parts
        .iter()
        .filter(|(_, hidden)| !hidden)
        .map(|(value, _)| *value)
        .sum();
    if !gives_away(hidden, total - shown) {
        return None;
    }
    let left = parts
        .iter()
        .enumerate()
        .filter(|(_, (value, hidden))| !hidden && !value.is_zero());
    let smallest = left.min_by_key(|(_, (value, _))| *value);
    Some(smallest.map_or(Also::Total, |(at, _)| Also::Part(at)))
}

/// True when hidden counts of at least one each, which make up no more than the rest of a total, can be only one thing:
/// a single one is then the rest itself, and as many ones as the rest says are all one.
pub fn gives_away(hidden: usize, rest: Decimal) -> bool {
    hidden == 1 || hidden > 0 && rest <= Decimal::from(hidden)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What is left visible of a total and its parts.
    fn hide(parts: &[u32], threshold: u32) -> (bool, Vec<bool>) {
        let total: u32 = parts.iter().sum();
        let small = |count: u32| count > 0 && count < threshold;
        let mut cells: Vec<(Decimal, bool)> = parts
            .iter()
            .map(|part| (Decimal::from(*part), small(*part)))
            .collect();
        let mut total_shown = !small(total);
        while total_shown && let Some(one) = also(Decimal::from(total), &cells) {
            match one {
                Also::Part(at) => cells[at].1 = true,
                Also::Total => total_shown = false,
            }
        }
        let shown = cells.iter().map(|(_, hidden)| !hidden);
        (total_shown, shown.collect())
    }

    /// How many values a hidden part can have, for one who sees the rest.
    fn possible(parts: &[u32], shown: &[bool], wanted: usize) -> usize {
        let rest: u32 = parts
            .iter()
            .zip(shown)
            .filter(|(_, shown)| !**shown)
            .map(|(part, _)| part)
            .sum();
        let others =
            u32::try_from(shown.iter().filter(|shown| !**shown).count() - 1).expect("a few");
        (1..=rest)
            .filter(|value| match others {
                0 => *value == rest,
                _ => rest - value >= others,
            })
            .count()
            * usize::from(!shown[wanted])
    }

    proptest! {
        #[test]
        fn no_hidden_count_follows_from_what_is_shown(parts in proptest::collection::vec(0_u32..12, 1..7), threshold in 1_u32..8) {
            let (total_shown, shown) = hide(&parts, threshold);
            for wanted in (0..parts.len()).filter(|at| !shown[*at]) {
                prop_assert!(!total_shown || possible(&parts, &shown, wanted) > 1, "{parts:?} {shown:?}");
            }
            for (part, shown) in parts.iter().zip(&shown) {
                prop_assert!(!*shown || *part == 0 || *part >= threshold);
            }
        }
    }

    #[test]
    fn a_single_gap_and_a_row_of_ones_give_away() {
        assert!(gives_away(1, Decimal::from(9)));
        assert!(gives_away(2, Decimal::from(2)));
        assert!(!gives_away(2, Decimal::from(3)));
        assert!(!gives_away(0, Decimal::ZERO));
    }
}
