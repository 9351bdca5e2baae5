//! Whether a freshly signed document may be kept for good.
//!
//! Comes in: an issued edition, the PDF with one signature more, the time. Goes out: what speaks against keeping it. Whom to trust is not
//! asked: that is for `tryk verify`, then and in years.

use chrono::{DateTime, NaiveDateTime};

use crate::build::editions::Planned;
use crate::diagnostic::{Finding, Findings};
use crate::facts::danish;
use crate::model::Dataset;
use crate::sign::codes;
use crate::sign::field;
use crate::sign::returned::OTHER_NAME;
use crate::sign::verify::{
    Base, Expectation, Expected, Reason, RevisionKind, Settings, reason, verify,
};

/// Those who must sign a document: one for each of its fields, as the register has them; where it has no row for a field any more, by the
/// field's label.
pub fn expected(data: &Dataset, pdf: &[u8], shown: &str) -> Vec<Expected> {
    let fields = field::list(pdf, shown).unwrap_or_default();
    let mut signers = Vec::new();
    for field in fields {
        let mut signatories = data.signatories.iter();
        let signatory = signatories.find(|one| one.field == *field.name);
        let party = signatory.map(|one| one.party.value.as_str());
        signers.push(Expected {
            name: signatory.and_then(|one| Some(one.name.as_ref()?.value.clone())),
            organisation: signatory.map_or(field.label, |one| one.organisation.value.clone()),
            certificate_names: data
                .partnership
                .certificate_names(party.unwrap_or_default()),
            field: field.name,
        });
    }
    signers
}

/// What speaks against keeping `pdf` as the document that was issued as `issued`, now also signed in `field`.
pub fn refusals(
    planned: &Planned<'_>,
    issued: &[u8],
    pdf: &[u8],
    field: &str,
    now: NaiveDateTime,
) -> Findings {
    let signers = expected(&planned.partnership.data, issued, &planned.output);
    let expectation = Expectation {
        base: Base::Bytes(issued),
        signers: (!signers.is_empty()).then_some(signers),
        ..Expectation::none()
    };
    let now = u64::try_from(now.and_utc().timestamp()).ok();
    let verdict = verify(pdf, &expectation, &Settings::trusting_nobody(now));
    let own = verdict.signatures.iter().filter(|one| one.field == field);
    let hopeless = own.flat_map(|one| one.hopeless());
    let reasons = verdict.failures().chain(hopeless);
    let mut refusals: Findings = reasons.map(|one| refusal(planned, field, one)).collect();
    let own = verdict.signatures.iter().filter(|one| one.field == field);
    refusals.extend(own.filter_map(|one| too_early(planned, one.told()?.seconds)));
    let mut fresh = verdict.revisions.iter().rev();
    let fresh = fresh.find(|one| one.kind == RevisionKind::Signature);
    let is_named = fresh.is_some_and(|one| one.field.as_deref() == Some(field));
    if refusals.is_empty() && !is_named {
        let message = format!("the last signature of the PDF is not one in the field {field}");
        refusals.push(Finding::error(codes::REFUSED, message));
    }
    refusals
}

/// The finding about a signature from a day before the document's own; the time is in seconds since 1970.
pub fn too_early(planned: &Planned<'_>, seconds: u64) -> Option<Finding> {
    let dated = &planned.edition.date;
    let moment = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    let day = danish::local_time(moment.naive_utc()).date();
    if day >= dated.value {
        return None;
    }
    let message = format!(
        "the signature is from {day}, before the date of the document, {}; it is not kept",
        dated.value
    );
    let finding = Finding::error(codes::REFUSED, message).at(&dated.place, "dated");
    Some(finding.hint("look at the day that was given with --date"))
}

fn refusal(planned: &Planned<'_>, field: &str, reason: &Reason) -> Finding {
    let message =
        format!("the signature in {field} is not kept, since it would never count: {reason}");
    let finding = Finding::error(codes::REFUSED, message);
    let mut signatories = planned.partnership.data.signatories.iter();
    let finding = match signatories.find(|one| one.field == *field) {
        Some(signatory) => finding.at(&signatory.row, "who must sign here"),
        None => finding,
    };
    if reason.kind == reason::SIGNER_UNMATCHED {
        finding
            .hint("sign with a certificate of the party whose field it is")
            .hint(OTHER_NAME)
    } else if reason.kind == reason::SAME_SIGNER {
        finding.hint("every party signs with a certificate of its own")
    } else if reason.kind == reason::TIME_AHEAD {
        finding.hint("look at the day that was given with --date, and at this machine's clock")
    } else {
        finding.hint("`tryk verify` tells the same of such a PDF")
    }
}
