//! The partnership's money in exact whole kroner. Mirrors `economy` in `partnership.json`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Provenance, Text};
use crate::diagnostic::Located;

/// The money of the agreement.
#[derive(Debug)]
pub struct Economy {
    /// The appropriation (*bevilling*) of each year.
    pub appropriation_year: Amount,
    /// The appropriation of the whole period.
    pub appropriation_period: Amount,
    /// The secretariat's part of each year.
    pub secretariat_year: Amount,
    /// Full-time equivalents (*årsværk*) of the secretariat.
    pub secretariat_fte: Amount,
    /// What is left for activities each year (*aktivitetsmidler*).
    pub activity_funds_year: Amount,
    /// Approved carry-over into a year.
    pub carry_over: Vec<CarryOver>,
}

/// An amount, its basis and the rounded form its source states.
#[derive(Debug)]
pub struct Amount {
    /// Exact kroner (or full-time equivalents).
    pub value: Located<Decimal>,
    /// The rounded form that a source states, such as `0,3 mio. kr.`.
    pub stated: Option<Text>,
    /// What it rests on.
    pub provenance: Provenance,
}

/// Money carried over into a year.
#[derive(Debug)]
pub struct CarryOver {
    /// The year that receives it.
    pub to_year: Located<i32>,
    /// Exact kroner.
    pub amount: Amount,
    /// The day it was approved.
    pub approved: Option<Located<NaiveDate>>,
}
