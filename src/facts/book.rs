//! The facts of one edition, each made once and looked up by its id.
//!
//! Comes in: located values and derivations. Goes out: shared [`Fact`]s with their Danish forms.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::danish;
use super::fact::{Fact, FactBasis, FactUnit, Origin, Quantity};
use crate::diagnostic::Place;
use crate::model::{Amount, Basis, Provenance};

/// The facts of one edition by id.
#[derive(Clone, Debug, Default)]
pub struct FactBook {
    facts: BTreeMap<String, Arc<Fact>>,
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
        let origin = Origin::Derived {
            formula: formula.into(),
            inputs: inputs.iter().map(|fact| fact.id.clone()).collect(),
        };
        let basis = if value.is_some() {
            FactBasis::Derived
        } else {
            FactBasis::Missing
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
        let forms = value
            .as_ref()
            .map_or_else(danish::missing, |one| danish::forms(one, unit));
        let illustrative = basis == FactBasis::Illustrative;
        let (text, forms) = (forms.text, forms.named);
        self.put(Fact {
            id,
            value,
            unit,
            basis,
            illustrative,
            source,
            origin,
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
