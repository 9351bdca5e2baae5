//! A figure with everything needed to print it and to find where it comes from.
//!
//! Comes in: values from the model, with their places. Goes out: [`Fact`]s, the only way a figure reaches a page.
//! Must not read files or format by itself: its Danish forms come from [`super::danish`].

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::diagnostic::Place;

/// A printed figure's value, unit, forms, basis and origin.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Stable id, such as `indicators/insecure/folehaven/2018`.
    pub id: String,
    /// The exact value; none where nothing was compiled.
    pub value: Option<Quantity>,
    /// What the value counts.
    pub unit: FactUnit,
    /// What it rests on.
    pub basis: FactBasis,
    /// True when it, or anything it is derived from, is an invented example.
    pub illustrative: bool,
    /// Id of its source.
    pub source: Option<String>,
    /// The day on which its cell became known: published, reported, approved. None where that does not matter.
    pub known: Option<NaiveDate>,
    /// Where it comes from.
    pub origin: Origin,
    /// The cell that states its `mio` form, where its source gives it rounded too.
    pub stated: Option<Place>,
    /// Beside which a row would stand that has it, when there is none at all.
    pub wanted: Option<Place>,
    /// How other facts give the same value, for a cell that a rule holds against them.
    pub control: Option<Formula>,
    /// Its usual Danish form.
    pub text: String,
    /// Its other Danish forms, by name.
    pub forms: BTreeMap<&'static str, String>,
}

/// An exact value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A number, exact.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// An inclusive span of years.
    Years(i32, i32),
}

/// What a fact's value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactUnit {
    /// Per cent, 0-100.
    Percent,
    /// Difference of two shares.
    PercentagePoints,
    /// Per 1.000 inhabitants.
    Per1000,
    /// A whole number of things, or a difference of such.
    Count,
    /// Whole Danish kroner.
    Kroner,
    /// Hectares.
    Hectares,
    /// Full-time equivalents.
    Fte,
    /// A year.
    Year,
    /// A day.
    Date,
    /// A span of years.
    Years,
}

impl FactUnit {
    /// The name it has in `/data.json` and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::PercentagePoints => "percentage_points",
            Self::Per1000 => "per_1000",
            Self::Count => "count",
            Self::Kroner => "kroner",
            Self::Hectares => "hectares",
            Self::Fte => "fte",
            Self::Year => "year",
            Self::Date => "date",
            Self::Years => "years",
        }
    }
}

impl FactUnit {
    /// The unit of a name.
    pub fn named(name: &str) -> Option<Self> {
        const ALL: [FactUnit; 10] = [
            FactUnit::Percent,
            FactUnit::PercentagePoints,
            FactUnit::Per1000,
            FactUnit::Count,
            FactUnit::Kroner,
            FactUnit::Hectares,
            FactUnit::Fte,
            FactUnit::Year,
            FactUnit::Date,
            FactUnit::Years,
        ];
        ALL.into_iter().find(|unit| unit.name() == name)
    }
}

impl Quantity {
    /// The value that exact machine text states, in its unit; the opposite of [`Fact::exact`].
    pub fn exact(text: &str, unit: FactUnit) -> Option<Self> {
        match unit {
            FactUnit::Date => {
                let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
                Some(Self::Date(day))
            }
            FactUnit::Years => {
                let (from, to) = text.split_once('/')?;
                Some(Self::Years(from.parse().ok()?, to.parse().ok()?))
            }
            _ => text.parse().ok().map(Self::Number),
        }
    }
}

/// What a fact rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactBasis {
    /// Published or decided; has a source.
    Official,
    /// Worked out from other facts.
    Derived,
    /// An invented example.
    Illustrative,
    /// Not compiled: prints the house words.
    Missing,
    /// Too small to be published, or it would give away what is: prints that it is not shown.
    Suppressed,
    /// A comparison across a break of its series: prints that it cannot be made.
    Incomparable,
}

impl FactBasis {
    /// The name it has in `/data.json` and in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Derived => "derived",
            Self::Illustrative => "illustrative",
            Self::Missing => "missing",
            Self::Suppressed => "suppressed",
            Self::Incomparable => "incomparable",
        }
    }
}

/// Where a fact comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A cell or a JSON value.
    Cell(Place),
    /// Other facts, by a formula over their ids.
    Derived(Formula),
    /// Nowhere: nobody has compiled it.
    Absent,
}

/// A value worked out from other facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// The formula over their ids, such as `economy/appropriation/year − economy/secretariat/year`.
    pub formula: String,
    /// Their ids.
    pub inputs: Vec<String>,
}

impl Fact {
    /// The value as a number, when it is one.
    pub fn number(&self) -> Option<Decimal> {
        match self.value {
            Some(Quantity::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The value as exact machine text: decimal point, ISO date, `2018/2021`.
    pub fn exact(&self) -> Option<String> {
        self.value.as_ref().map(|value| match value {
            Quantity::Number(number) => number.normalize().to_string(),
            Quantity::Date(day) => day.format("%Y-%m-%d").to_string(),
            Quantity::Years(from, to) => format!("{from}/{to}"),
        })
    }

    /// A form by name, or the usual text for `text`.
    pub fn form(&self, name: &str) -> Option<&str> {
        if name == "text" {
            return Some(&self.text);
        }
        self.forms.get(name).map(String::as_str)
    }
}
