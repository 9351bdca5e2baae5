//! The signed copy of an edition, and what there is to say of it.
//!
//! Comes in: an edition, its built bytes, and whom to trust. Goes out: the signed bytes with a report of their verification.
//! Must not pass a copy that the verifier does not: who must sign is every field that the built PDF has.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use crate::archive::{Field, Signer};
use crate::build::Planned;
use crate::build::signed::states;
use crate::diagnostic::Finding;
use crate::project::Project;
use crate::sign::verify::{Base, Expectation, Expected, Level, Settings, Trust, verify};

/// A signed copy.
#[derive(Debug)]
pub struct SignedCopy {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// What the verification said.
    pub judged: Judged,
}

/// What a verification said.
#[derive(Debug)]
pub struct Judged {
    /// `passed`, `indeterminate` or `failed`.
    pub verdict: &'static str,
    /// Who signed.
    pub signers: Vec<Signer>,
    /// Why it is not passed; empty when it is.
    pub reasons: Vec<String>,
    /// The whole report.
    pub report: Value,
}

/// The fields of a document that are to be signed, by id.
pub type Fields = BTreeMap<String, Field>;

/// Whom to trust, and as of when, in seconds since 1970.
#[derive(Debug)]
pub struct Policy {
    /// The anchors.
    pub trust: Trust,
    /// The end of the day of archiving.
    pub now: u64,
}

impl Policy {
    /// The policy of a day.
    pub fn of(trust: Trust, day: NaiveDate) -> Self {
        const DAY: i64 = 86_400;
        let midnight = day.and_time(NaiveTime::MIN).and_utc().timestamp();
        Self {
            trust,
            now: u64::try_from(midnight + DAY - 1).unwrap_or_default(),
        }
    }
}

/// The signed copy of an edition with the most signatures; none when nobody has signed.
///
/// # Errors
/// A finding when the kept copies do not follow on one another.
pub fn copy(
    project: &Project,
    planned: &Planned<'_>,
    base: &[u8],
    fields: &Fields,
    policy: &Policy,
) -> Result<Option<SignedCopy>, Box<Finding>> {
    let last = states(project, planned, base)?.pop();
    Ok(last.map(|state| SignedCopy {
        judged: judge(&state.pdf, base, fields, policy),
        pdf: state.pdf,
    }))
}

/// Judges a signed copy against the base that was built.
pub fn judge(pdf: &[u8], base: &[u8], fields: &Fields, policy: &Policy) -> Judged {
    let expected = fields.iter().map(|(id, field)| Expected {
        field: id.clone(),
        name: field.name.clone(),
        organisation: field.organisation.clone(),
    });
    let expectation = Expectation {
        base: Base::Bytes(base),
        signers: Some(expected.collect()),
        recorded: Vec::new(),
        is_counterpart: false,
    };
    let settings = Settings {
        trust: &policy.trust,
        now: Some(policy.now),
    };
    let verdict = verify(pdf, &expectation, &settings);
    let signers = verdict.signatures.iter().filter(|one| !one.is_timestamp);
    let signers = signers.map(|one| Signer {
        field: one.field.clone(),
        name: one
            .signer
            .as_ref()
            .map_or_else(|| "ukendt".to_owned(), |signer| signer.name.clone()),
        time: one.time.as_ref().map(|time| time.at.clone()),
    });
    Judged {
        verdict: match verdict.level {
            Level::Passed => "passed",
            Level::Indeterminate => "indeterminate",
            Level::Failed => "failed",
        },
        signers: signers.collect(),
        reasons: verdict
            .all_reasons()
            .filter(|one| one.kind.level != Level::Passed)
            .map(|one| one.text.clone())
            .collect(),
        report: serde_json::to_value(&verdict).unwrap_or_default(),
    }
}
