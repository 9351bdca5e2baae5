//! The signed copy of an edition, and what there is to say of it.
//!
//! Comes in: what is kept of a signed edition, its built bytes, and whom to trust. Goes out: the signed bytes with a report of their verification.
//! Must not pass a copy that the verifier does not: who must sign is every field that the built PDF has.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde_json::Value;

use crate::archive::{Entry, Field, Signed, Signer};
use crate::build::signed::Record;
use crate::sign::verify::{
    self, Base, Expectation, Expected, Level, Reason, Settings, Trust, Verdict, verify,
};

/// A signed copy; or the plain copy, with those of it that one party each signed alone.
#[derive(Debug)]
pub struct SignedCopy {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// The copies that were signed alone, by field.
    pub copies: Vec<(String, Vec<u8>)>,
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

    fn settings(&self) -> Settings<'_> {
        Settings {
            trust: &self.trust,
            now: Some(self.now),
        }
    }
}

/// The document with the most signatures; none when nobody has signed it.
pub fn copy(record: &Record, base: &[u8], fields: &Fields, policy: &Policy) -> Option<SignedCopy> {
    let pdf = record.current()?;
    Some(SignedCopy {
        judged: judge(pdf, base, fields, policy),
        pdf: pdf.to_vec(),
        copies: Vec::new(),
    })
}

/// The copies that one party each signed alone; none when there are none.
pub fn counterparts(record: &Record, fields: &Fields, policy: &Policy) -> Option<SignedCopy> {
    let plain = record.copy.as_ref()?;
    let copies = record.counterparts.iter();
    let copies: Vec<_> = copies
        .map(|one| (one.field.clone(), one.pdf.clone()))
        .collect();
    let bytes: Vec<&[u8]> = copies.iter().map(|(_, pdf)| pdf.as_slice()).collect();
    let judged = judge_counterparts(&bytes, plain, fields, policy);
    (!copies.is_empty()).then(|| SignedCopy {
        judged,
        pdf: plain.clone(),
        copies,
    })
}

/// Judges a signed copy against the base that was built.
pub fn judge(pdf: &[u8], base: &[u8], fields: &Fields, policy: &Policy) -> Judged {
    let expectation = Expectation {
        base: Base::Bytes(base),
        signers: Some(expected(fields)),
        ..Expectation::none()
    };
    let verdict = verify(pdf, &expectation, &policy.settings());
    Judged {
        verdict: word(verdict.level),
        signers: signers(&verdict),
        reasons: against(verdict.all_reasons()),
        report: serde_json::to_value(&verdict).unwrap_or_default(),
    }
}

/// Judges copies that one party each signed alone against the plain copy.
pub fn judge_counterparts(
    copies: &[&[u8]],
    plain: &[u8],
    fields: &Fields,
    policy: &Policy,
) -> Judged {
    let (base, expected) = (Base::Bytes(plain), expected(fields));
    let all = verify::counterparts(copies, base, Some(&expected), &policy.settings());
    let single = all.copies.iter().flat_map(|one| one.verdict.all_reasons());
    Judged {
        verdict: word(all.level),
        signers: all
            .copies
            .iter()
            .flat_map(|one| signers(&one.verdict))
            .collect(),
        reasons: against(all.reasons.iter().chain(single)),
        report: serde_json::to_value(&all).unwrap_or_default(),
    }
}

/// What the signed files of a bag are found to be now, where that is another thing than when they were archived; by path.
pub fn changed(
    entry: &Entry,
    base: &[u8],
    policy: &Policy,
    read: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut hold = |then: &Signed, now: Judged| {
        let (path, before, is) = (&then.pdf, &then.verdict, now.verdict);
        let why = if is != before {
            now.reasons.join("; ")
        } else if now.signers != then.signers {
            let (now, then) = (named(&now.signers), named(&then.signers));
            format!("signed by {now}, not by {then}")
        } else {
            return;
        };
        let message = format!("{path} was {before} when it was archived, but is {is} now: {why}");
        found.push((path.clone(), message));
    };
    if let Some(signed) = &entry.signed
        && let Some(pdf) = read(&signed.pdf)
    {
        hold(signed, judge(&pdf, base, &entry.fields, policy));
    }
    if let Some(signed) = &entry.counterparts
        && let Some(plain) = read(&signed.pdf)
    {
        let copies: Vec<Vec<u8>> = signed.copies.iter().filter_map(|path| read(path)).collect();
        let copies: Vec<&[u8]> = copies.iter().map(Vec::as_slice).collect();
        let judged = judge_counterparts(&copies, &plain, &entry.fields, policy);
        hold(signed, judged);
    }
    found
}

fn expected(fields: &Fields) -> Vec<Expected> {
    let expected = fields.iter().map(|(id, field)| Expected {
        field: id.clone(),
        name: field.name.clone(),
        organisation: field.organisation.clone(),
        certificate_names: field.certificate_names.clone(),
    });
    expected.collect()
}

fn signers(verdict: &Verdict) -> Vec<Signer> {
    let signed = verdict.signatures.iter().filter(|one| !one.is_timestamp);
    let signers = signed.map(|one| Signer {
        field: one.field.clone(),
        name: one
            .signer
            .as_ref()
            .map_or_else(|| "ukendt".to_owned(), |signer| signer.name.clone()),
        time: one.time.as_ref().map(|time| time.at.clone()),
    });
    signers.collect()
}

fn named(signers: &[Signer]) -> String {
    let told = signers.iter().map(|one| {
        let time = one.time.as_deref().unwrap_or("no time");
        format!("{} ({}, {time})", one.name, one.field)
    });
    match told.collect::<Vec<_>>().as_slice() {
        [] => "nobody".to_owned(),
        told => told.join(", "),
    }
}

fn against<'a>(reasons: impl Iterator<Item = &'a Reason>) -> Vec<String> {
    let reasons = reasons.filter(|one| one.kind.level != Level::Passed);
    reasons.map(|one| one.text.clone()).collect()
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Passed => "passed",
        Level::Indeterminate => "indeterminate",
        Level::Failed => "failed",
    }
}
