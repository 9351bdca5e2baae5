//! Who steers, meets, approves and signs. Mirrors `bodies` in `partnership.json`, `meetings.csv`, `approvals.csv`, `signatories.csv`, and the
//! signed PDFs.

use chrono::NaiveDate;

use super::{Provenance, Text};
use crate::diagnostic::{Located, Place};

/// A group or committee.
#[derive(Debug)]
pub struct Body {
    /// Id.
    pub id: Text,
    /// Name.
    pub name: Text,
    /// Abbreviation, when it has one.
    pub abbreviation: Option<Text>,
    /// What it is.
    pub role: Located<BodyRole>,
    /// How often it meets.
    pub meetings_per_year: Option<MeetingRange>,
    /// When it approves the plan.
    pub approval: Occasions,
    /// When it gets a status report.
    pub status: Occasions,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyRole {
    /// The steering group (*styregruppe*).
    Steering,
    /// The working group (*arbejdsgruppe*).
    Working,
    /// A political committee (*udvalg*).
    Committee,
}

/// How often a body meets in a year.
#[derive(Debug)]
pub struct MeetingRange {
    /// At least.
    pub min: Located<u32>,
    /// At most.
    pub max: Located<u32>,
}

/// In which years something happens.
#[derive(Debug)]
pub enum Occasions {
    /// Never.
    Never,
    /// Every year of the period.
    Yearly,
    /// In these years.
    Years(Vec<Located<i32>>),
}

impl Occasions {
    /// True when it happens in a year.
    pub fn include(&self, year: i32) -> bool {
        match self {
            Self::Never => false,
            Self::Yearly => true,
            Self::Years(years) => years.iter().any(|one| one.value == year),
        }
    }
}

/// The secretariat.
#[derive(Debug)]
pub struct Secretariat {
    /// Name of the unit.
    pub unit: Text,
    /// Id of its administration.
    pub administration: Text,
}

/// A meeting held or called.
#[derive(Debug)]
pub struct Meeting {
    /// The whole row.
    pub row: Place,
    /// Id of the body.
    pub body: Text,
    /// The day.
    pub date: Located<NaiveDate>,
    /// What it was about.
    pub subject: Text,
    /// What the row rests on.
    pub provenance: Provenance,
}

/// A decision on a document.
#[derive(Debug)]
pub struct Approval {
    /// The whole row.
    pub row: Place,
    /// Template id of the document.
    pub document: Text,
    /// Its year.
    pub year: Located<i32>,
    /// Its revision.
    pub revision: Located<u32>,
    /// Id of the body.
    pub body: Text,
    /// The day.
    pub date: Located<NaiveDate>,
    /// What was decided.
    pub decision: Located<DecisionKind>,
    /// What the row rests on.
    pub provenance: Provenance,
}

/// Kinds of decision in municipal practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// *Godkendt*.
    Approved,
    /// *Taget til efterretning*.
    Noted,
    /// *Drøftet*.
    Discussed,
}

/// A decision that a report asks for (*at-punkt*).
#[derive(Debug)]
pub struct Decision {
    /// Template id of the report.
    pub document: Text,
    /// Its year.
    pub year: Located<i32>,
    /// What is asked.
    pub kind: Located<DecisionKind>,
    /// The point, beginning with a small *at*.
    pub text: Text,
}

/// A risk that a report names.
#[derive(Debug)]
pub struct Risk {
    /// The report's year.
    pub year: Located<i32>,
    /// The risk.
    pub text: Text,
    /// What is done about it.
    pub mitigation: Text,
    /// What it rests on.
    pub provenance: Provenance,
}

/// One who signs the agreement.
#[derive(Debug)]
pub struct Signatory {
    /// The whole row.
    pub row: Place,
    /// Id of the party.
    pub party: Text,
    /// The order of signing and printing.
    pub order: Located<u32>,
    /// Name, when it is known.
    pub name: Option<Text>,
    /// Title.
    pub title: Text,
    /// Organisation, as it is to be printed.
    pub organisation: Text,
    /// Id of the signature field.
    pub field: Text,
}

/// A signature on an issued edition, as the signed PDF itself tells it.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Template id of the document.
    pub document: String,
    /// Its year.
    pub year: i32,
    /// Its revision.
    pub revision: u32,
    /// The field of the one who signed.
    pub field: String,
    /// The day in Denmark: by the time stamp, else as the signer claims. Its place is in the signed PDF, as text.
    pub day: Located<NaiveDate>,
}
