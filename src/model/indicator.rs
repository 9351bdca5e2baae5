//! Goals, indicators and what was observed of them. Mirrors `partnership.json` and `indicators.csv`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Provenance, Text};
use crate::diagnostic::{Located, Place};

/// An overall goal (*målsætning*).
#[derive(Debug)]
pub struct Goal {
    /// Its number, from 1.
    pub no: Located<u32>,
    /// Id.
    pub id: Text,
    /// Name.
    pub name: Text,
    /// One or two sentences.
    pub description: Text,
}

/// An indicator: what is measured, and which way is better.
#[derive(Debug)]
pub struct Indicator {
    /// Id.
    pub id: Text,
    /// Full name.
    pub name: Text,
    /// Short name for tables and charts.
    pub short: Text,
    /// Id of the goal it measures.
    pub goal: Option<Text>,
    /// Where its figures come from.
    pub kind: Located<IndicatorKind>,
    /// Its part in the reports.
    pub group: Located<IndicatorGroup>,
    /// Unit of every observation.
    pub unit: Located<Unit>,
    /// Which way is better; none for background figures.
    pub direction: Option<Located<Direction>>,
    /// What exactly is counted.
    pub definition: Option<Text>,
    /// The baseline.
    pub baseline: Option<Baseline>,
    /// The target.
    pub target: Option<Target>,
    /// Id of the source of the definition.
    pub source: Option<Text>,
    /// Another indicator whose value is normally the larger one.
    pub normally_at_most: Option<Text>,
    /// The count that this rate is worked out from.
    pub rate_of: Option<Text>,
    /// The population that the rate is per 1.000 of.
    pub per: Option<Text>,
    /// The total that this count is a part of.
    pub part_of: Option<Text>,
    /// Where the series breaks.
    pub breaks: Vec<SeriesBreak>,
}

/// A year from which a series cannot be compared with the years before.
#[derive(Debug)]
pub struct SeriesBreak {
    /// The first year of the new series.
    pub year: Located<i32>,
    /// Why, in a sentence.
    pub reason: Text,
}

impl Indicator {
    /// The first break between two years: the earlier is of the old series, the later of the new one.
    pub fn break_between(&self, a: i32, b: i32) -> Option<&SeriesBreak> {
        let (from, to) = (a.min(b), a.max(b));
        self.breaks
            .iter()
            .find(|one| from < one.year.value && one.year.value <= to)
    }
}

/// Where an indicator's figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndicatorKind {
    /// The yearly safety survey (*Tryghedsundersøgelsen*).
    Survey,
    /// Reported offences (*anmeldelser*).
    Police,
    /// Another register, such as population.
    Register,
}

/// The part an indicator plays in the reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndicatorGroup {
    /// Measures a goal by itself.
    Main,
    /// One of the selected offence types.
    Selected,
    /// Reported beside the goals.
    Supplementary,
    /// No goal of its own, such as population.
    Background,
}

/// Unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Per cent, 0-100.
    Percent,
    /// Per 1.000 inhabitants.
    Per1000,
    /// A whole number of things.
    Count,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Lower is better.
    Lower,
    /// Higher is better.
    Higher,
}

/// Which kind of year a figure belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearKind {
    /// The survey's year; the survey of year Y reports offences of the calendar year Y-1.
    Survey,
    /// A calendar year.
    Calendar,
}

/// The year an indicator is compared with.
#[derive(Debug)]
pub struct Baseline {
    /// The year.
    pub year: Located<i32>,
    /// Its kind.
    pub year_kind: Located<YearKind>,
}

/// What is to be reached, and when it is measured.
#[derive(Debug)]
pub struct Target {
    /// The rule.
    pub rule: Located<TargetRule>,
    /// The year it is measured.
    pub year: Located<i32>,
    /// The bound of `at_most` and `at_least`.
    pub value: Option<Located<Decimal>>,
}

/// How a target is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetRule {
    /// The gap to the city is smaller than it was at the baseline.
    ApproachCity,
    /// Held at or under the baseline.
    AtMostBaseline,
    /// Held at or over the baseline.
    AtLeastBaseline,
    /// At or under a value.
    AtMost,
    /// At or over a value.
    AtLeast,
}

/// One observed figure: a row of `indicators.csv`.
#[derive(Debug)]
pub struct Observation {
    /// The whole row.
    pub row: Place,
    /// Id of the indicator.
    pub indicator: Text,
    /// Id of the area.
    pub area: Text,
    /// The year.
    pub year: Located<i32>,
    /// Its kind.
    pub year_kind: Located<YearKind>,
    /// The value; the cell is empty where nothing was compiled (*ikke opgjort*).
    pub value: Located<Option<Decimal>>,
    /// Unit.
    pub unit: Located<Unit>,
    /// Number of respondents behind a share.
    pub n: Option<Located<u64>>,
    /// The day it was published.
    pub published: Located<NaiveDate>,
    /// What it rests on.
    pub provenance: Provenance,
    /// A remark.
    pub note: Option<Text>,
}
