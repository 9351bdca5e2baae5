//! Editions: what the register says is to be made. Mirrors `documents.csv`.

use chrono::NaiveDate;

use super::{Basis, Provenance, Text};
use crate::diagnostic::{Located, Place};

/// One edition of a document: a row of the register, a PDF.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The whole row.
    pub row: Place,
    /// Template id.
    pub document: Text,
    /// Plan or report year; the agreement's first year.
    pub year: Located<i32>,
    /// Revision, from 1.
    pub revision: Located<u32>,
    /// The date it bears and the day up to which it knows things.
    pub date: Located<NaiveDate>,
    /// Draft or final.
    pub status: Located<EditionStatus>,
    /// Which figures it sees.
    pub figures: Located<FiguresSeen>,
    /// Sender unit.
    pub unit: Text,
    /// Case number (*sagsnr.*).
    pub case_no: Option<Text>,
    /// Document number (*dokumentnr.*).
    pub doc_no: Option<Text>,
    /// Case officer (*sagsbehandler*).
    pub case_officer: Option<Text>,
    /// Id of the body that receives it.
    pub recipient: Option<Text>,
    /// Number of the appendix (*bilag*).
    pub appendix: Option<Located<u32>>,
    /// Why this revision was made.
    pub reason: Text,
}

/// Status of an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionStatus {
    /// *Udkast*.
    Draft,
    /// *Endelig*.
    Final,
}

/// Which figures an edition sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FiguresSeen {
    /// Everything.
    All,
    /// Nothing illustrative.
    Official,
}

impl Edition {
    /// True when something with this provenance, known from this day, is visible in the edition.
    pub fn sees(&self, provenance: &Provenance, known: Option<NaiveDate>) -> bool {
        let admitted = self.figures == FiguresSeen::All || provenance.basis == Basis::Official;
        admitted && known.is_none_or(|day| day <= self.date.value)
    }
}
