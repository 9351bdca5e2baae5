//! Figures that were corrected after a document had printed them. Mirrors `restatements.csv`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Text;
use crate::diagnostic::{Located, Place};

/// A declared restatement (*rettelse*): a row of `restatements.csv`.
#[derive(Clone, Debug)]
pub struct Restatement {
    /// The whole row.
    pub row: Place,
    /// Id of the figure, such as `indicators/insecure/folehaven/2018`.
    pub figure: Text,
    /// What was printed until then.
    pub was: Located<Decimal>,
    /// The day from which documents print the corrected figure.
    pub date: Located<NaiveDate>,
    /// Why, in a sentence that documents print.
    pub reason: Text,
}
