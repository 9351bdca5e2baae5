//! The facts of one edition, each made once and looked up by its id.
//!
//! Comes in: located values and derivations. Goes out: shared [`Fact`]s with their Danish forms.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::danish;
use super::fact::{Fact, FactBasis, FactUnit, Formula, Origin, Quantity};
use crate::diagnostic::Place;
use crate::model::{Amount, Basis, Provenance};

/// The facts of one edition by id.
#[derive(Clone, Debug, Default)]
pub struct FactBook {
    facts: BTreeMap<String, Arc<Fact>>,
    /// The first years of new series, by indicator.
    breaks: Vec<(String, i32)>,
    /// What figures were on the edition's day, by id, where they were corrected later.
    restated: BTreeMap<String, (Decimal, Place)>,
}

impl FactBook {
    /// Every fact, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Fact>> {
        self.facts.values()
    }

    /// The fact with an id.
    pub fn get(&self, id: &str) -> Option<&Arc<Fact>> {
        self.facts.get(id)
    }

    /// A figure that stands in a cell, resting on a provenance.
    pub fn cell(
        &mut self,
        id: impl Into<String>,
        value: Quantity,
        unit: FactUnit,
        provenance: &Provenance,
        place: &Place,
    ) -> Arc<Fact> {
        let basis = match provenance.basis.value {
            Basis::Official => FactBasis::Official,
            Basis::Illustrative => FactBasis::Illustrative,
        };
        let source = provenance
            .source
            .as_ref()
            .map(|source| source.value.clone());
        self.add(
            id.into(),
            Some(value),
            unit,
            basis,
            source,
            Origin::Cell(place.clone()),
        )
    }

    /// A number that stands in a cell, resting on a provenance.
    pub fn number(
        &mut self,
        id: impl Into<String>,
        value: impl Into<Decimal>,
        unit: FactUnit,
        provenance: &Provenance,
        place: &Place,
    ) -> Arc<Fact> {
        self.cell(id, Quantity::Number(value.into()), unit, provenance, place)
    }

    /// A value that the data defines and that is no finding about the world: a year, a date, a number of order.
    pub fn given(
        &mut self,
        id: impl Into<String>,
        value: Quantity,
        unit: FactUnit,
        place: &Place,
    ) -> Arc<Fact> {
        self.add(
            id.into(),
            Some(value),
            unit,
            FactBasis::Official,
            None,
            Origin::Cell(place.clone()),
        )
    }

    /// A year that the data defines.
    pub fn year(&mut self, id: impl Into<String>, year: i32, place: &Place) -> Arc<Fact> {
        self.given(id, Quantity::Number(year.into()), FactUnit::Year, place)
    }

    /// A date that the data defines.
    pub fn date(&mut self, id: impl Into<String>, day: NaiveDate, place: &Place) -> Arc<Fact> {
        self.given(id, Quantity::Date(day), FactUnit::Date, place)
    }

    /// An amount of the economy; its `mio` form is the one its source states, when it states one.
    pub fn amount(&mut self, id: impl Into<String>, amount: &Amount, unit: FactUnit) -> Arc<Fact> {
        let id = id.into();
        let fact = self.number(
            &id,
            amount.value.value,
            unit,
            &amount.provenance,
            &amount.value.place,
        );
        let Some(stated) = &amount.stated else {
            return fact;
        };
        let mut stated_fact = Fact::clone(&fact);
        stated_fact
            .forms
            .insert("mio", stated.value.replace(' ', "\u{a0}"));
        stated_fact.stated = Some(stated.place.clone());
        self.put(stated_fact)
    }

    /// A figure worked out from others; missing when there is no value.
    pub fn derived(
        &mut self,
        id: impl Into<String>,
        value: Option<Decimal>,
        unit: FactUnit,
        formula: impl Into<String>,
        inputs: &[&Arc<Fact>],
    ) -> Arc<Fact> {
        let origin = Origin::Derived(over(formula, inputs));
        let rests_on = |basis: FactBasis| inputs.iter().any(|input| input.basis == basis);
        let basis = match value {
            Some(_) => FactBasis::Derived,
            None if rests_on(FactBasis::Suppressed) => FactBasis::Suppressed,
            None if rests_on(FactBasis::Incomparable) => FactBasis::Incomparable,
            None => FactBasis::Missing,
        };
        let fact = self.add(
            id.into(),
            value.map(Quantity::Number),
            unit,
            basis,
            None,
            origin,
        );
        let invented = value.is_some() && inputs.iter().any(|input| input.illustrative);
        if invented {
            self.mark_illustrative(&fact)
        } else {
            fact
        }
    }

    /// The same fact with the formula that a rule holds it against; without one when any of the facts has no value.
    pub fn controlled(
        &mut self,
        fact: &Arc<Fact>,
        formula: impl Into<String>,
        inputs: &[&Arc<Fact>],
    ) -> Arc<Fact> {
        let known = fact.value.is_some() && inputs.iter().all(|input| input.value.is_some());
        if !known {
            return Arc::clone(fact);
        }
        self.put(Fact {
            stated: None,
            control: Some(over(formula, inputs)),
            ..Fact::clone(fact)
        })
    }

    /// The same fact with the day on which its cell became known.
    pub fn known(&mut self, fact: &Arc<Fact>, day: NaiveDate) -> Arc<Fact> {
        if fact.known == Some(day) {
            return Arc::clone(fact);
        }
        self.put(Fact {
            known: Some(day),
            ..Fact::clone(fact)
        })
    }

    /// The same fact, known to rest on an invented example.
    pub fn mark_illustrative(&mut self, fact: &Fact) -> Arc<Fact> {
        self.put(Fact {
            illustrative: true,
            ..fact.clone()
        })
    }

    /// A figure that nobody has compiled, or none that this edition may see.
    pub fn missing(&mut self, id: impl Into<String>, unit: FactUnit) -> Arc<Fact> {
        self.add(
            id.into(),
            None,
            unit,
            FactBasis::Missing,
            None,
            Origin::Absent,
        )
    }

    /// A figure that no row of the inputs has, whoever looks; beside `near` it would stand.
    pub fn wanted(&mut self, id: impl Into<String>, unit: FactUnit, near: &Place) -> Arc<Fact> {
        let fact = self.missing(id, unit);
        self.put(Fact {
            wanted: Some(near.clone()),
            ..Fact::clone(&fact)
        })
    }

    /// A figure that is not shown; where it stands is forgotten, so that nothing leads to its value.
    pub fn suppressed(&mut self, id: impl Into<String>, unit: FactUnit) -> Arc<Fact> {
        let basis = FactBasis::Suppressed;
        self.add(id.into(), None, unit, basis, None, Origin::Absent)
    }

    /// A comparison across a break of its series.
    pub fn incomparable(&mut self, id: impl Into<String>, unit: FactUnit) -> Arc<Fact> {
        let basis = FactBasis::Incomparable;
        self.add(id.into(), None, unit, basis, None, Origin::Absent)
    }

    /// Makes it known that a figure was another on the edition's day.
    pub fn restated(&mut self, id: &str, was: Decimal, place: &Place) {
        self.restated.insert(id.to_owned(), (was, place.clone()));
    }

    /// What a figure was before it was restated: another fact, resting on the same.
    pub fn former(&mut self, now: &Fact, id: String, was: Decimal, place: &Place) -> Arc<Fact> {
        let (basis, source) = (now.basis, now.source.clone());
        let value = Some(Quantity::Number(was));
        self.add(
            id,
            value,
            now.unit,
            basis,
            source,
            Origin::Cell(place.clone()),
        )
    }

    /// Makes it known that a series breaks.
    pub fn breaks(&mut self, indicator: &str, year: i32) {
        self.breaks.push((indicator.to_owned(), year));
    }

    /// True when a break lies between two figures of one series.
    pub fn is_broken(&self, old: &Fact, new: &Fact) -> bool {
        let (Some((series, from)), Some((other, to))) = (observed(&old.id), observed(&new.id))
        else {
            return false;
        };
        let between = |year: i32| from.min(to) < year && year <= from.max(to);
        series == other
            && self
                .breaks
                .iter()
                .any(|(indicator, year)| indicator == series && between(*year))
    }

    /// A cell that says that nothing was compiled.
    pub fn not_compiled(
        &mut self,
        id: impl Into<String>,
        unit: FactUnit,
        place: &Place,
    ) -> Arc<Fact> {
        self.add(
            id.into(),
            None,
            unit,
            FactBasis::Missing,
            None,
            Origin::Cell(place.clone()),
        )
    }

    fn add(
        &mut self,
        id: String,
        value: Option<Quantity>,
        unit: FactUnit,
        basis: FactBasis,
        source: Option<String>,
        origin: Origin,
    ) -> Arc<Fact> {
        if let Some(known) = self.facts.get(&id) {
            return Arc::clone(known);
        }
        let (value, origin) = match (origin, value, self.restated.get(&id)) {
            (Origin::Cell(_), Some(Quantity::Number(_)), Some((was, place))) => {
                (Some(Quantity::Number(*was)), Origin::Cell(place.clone()))
            }
            (origin, value, _) => (value, origin),
        };
        let forms = value
            .as_ref()
            .map_or_else(|| danish::absent(basis), |one| danish::forms(one, unit));
        let illustrative = basis == FactBasis::Illustrative;
        let (text, forms) = (forms.text, forms.named);
        self.put(Fact {
            id,
            value,
            unit,
            basis,
            illustrative,
            source,
            known: None,
            origin,
            stated: None,
            control: None,
            wanted: None,
            text,
            forms,
        })
    }

    fn put(&mut self, fact: Fact) -> Arc<Fact> {
        let fact = Arc::new(fact);
        self.facts.insert(fact.id.clone(), Arc::clone(&fact));
        fact
    }
}

/// A formula over the ids of facts.
fn over(formula: impl Into<String>, inputs: &[&Arc<Fact>]) -> Formula {
    Formula {
        formula: formula.into(),
        inputs: inputs.iter().map(|fact| fact.id.clone()).collect(),
    }
}

/// The indicator and the year of an observed figure's id, such as `indicators/insecure/folehaven/2018`.
fn observed(id: &str) -> Option<(&str, i32)> {
    let mut parts = id.split('/');
    let (topic, indicator, _, year) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    (topic == "indicators").then_some((indicator, year.parse().ok()?))
}
