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

/// Who has signed an issued edition, as its signed PDFs tell.
#[derive(Clone, Debug)]
pub struct Signing {
    /// Template id of the document.
    pub document: String,
    /// Its year.
    pub year: i32,
    /// Its revision.
    pub revision: u32,
    /// Every signature field that its PDF has.
    pub fields: Vec<String>,
    /// The signatures.
    pub signatures: Vec<Signature>,
}

/// A signature on an issued edition.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The field of the one who signed.
    pub field: String,
    /// The signed PDF, below the partnership's folder.
    pub file: String,
    /// True in a copy that one party signed alone.
    pub in_copy: bool,
    /// When, in universal time: `2018-06-20T09:30:00Z`; by the time stamp, else as the signer claims.
    pub time: String,
    /// The day in Denmark; its place is the time, in a text of the PDF's name.
    pub day: Located<NaiveDate>,
}

impl Signing {
    /// The last signature, when every field is signed, either in the document or in copies: some of each prove nothing together.
    pub fn last(&self) -> Option<&Signature> {
        let last = |in_copy: bool| {
            let own = self.signatures.iter();
            let own: Vec<&Signature> = own.filter(|one| one.in_copy == in_copy).collect();
            let signed = |field: &String| own.iter().any(|one| one.field == *field);
            let is_whole = self.fields.iter().all(signed);
            let last = own.iter().copied().max_by_key(|one| one.day.value);
            last.filter(|_| is_whole)
        };
        last(false).or_else(|| last(true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    fn signing(signatures: &[(&str, bool, u32)]) -> Signing {
        let place = SourceFile::new("1-a.pdf", "").whole();
        let signatures = signatures.iter().map(|&(field, in_copy, day)| Signature {
            field: field.into(),
            file: String::new(),
            in_copy,
            time: String::new(),
            day: Located::new(
                NaiveDate::from_ymd_opt(2018, 6, day).expect("a day"),
                place.clone(),
            ),
        });
        Signing {
            document: "agreement".into(),
            year: 2018,
            revision: 1,
            fields: vec!["a".into(), "b".into()],
            signatures: signatures.collect(),
        }
    }

    #[test]
    fn the_last_signature_counts_when_all_signed_in_one_way() {
        let last = |all: &[(&str, bool, u32)]| Some(signing(all).last()?.field.clone());
        assert_eq!(last(&[("a", false, 2)]), None);
        assert_eq!(last(&[("a", false, 2), ("b", true, 1)]), None);
        assert_eq!(last(&[("a", false, 2), ("b", false, 1)]), Some("a".into()));
        assert_eq!(last(&[("a", true, 1), ("b", true, 2)]), Some("b".into()));
    }
}
