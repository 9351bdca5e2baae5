//! R08: every year has its plan, a final plan was approved by those who approve, and approvals name an edition of the register.

use chrono::Datelike;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{Approval, Body, DecisionKind, Edition, EditionStatus};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Where a partnership makes plans, there is one for every year from the first of its period to the latest year in the register. A final plan was approved (`decision` approved), on or before its date and in this revision or an earlier one that was not issued, by every body whose `approval` includes its year; a draft may await that, but a draft of a past year is a warning. No other final document was approved after its date either. Every row of approvals.csv names an edition of documents.csv.",
    why: "The plan is the mandate to spend the year's money; a final one that nobody approved is none.",
    example: "A final plan of 2020, when the committee that approves in 2020 has no row in approvals.csv.",
    correct: "Add the missing row to approvals.csv or documents.csv, correct the year or revision, or keep the plan a draft.",
    check,
};

const CODE: Code = Code::new(
    "R08",
    "plan-unapproved",
    "a year has no plan, a final plan lacks an approval, or an approval names no edition",
);

/// The template of the yearly plan.
const PLAN: &str = "plan";

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let editions = &checked.data.editions;
    let plans: Vec<&Edition> = editions
        .iter()
        .filter(|one| one.document == *PLAN)
        .collect();
    let latest = editions.iter().max_by_key(|one| one.year.value);
    if let (Some(latest), false) = (latest, plans.is_empty()) {
        missing_years(checked, &plans, latest, findings);
    }
    for plan in &plans {
        let bodies = checked.data.partnership.bodies.iter();
        for body in bodies.filter(|body| body.approval.include(plan.year.value)) {
            unapproved(checked, plan, body, latest, findings);
        }
    }
    for approval in &checked.data.approvals {
        unregistered(editions, approval, findings);
        approved_later(editions, approval, findings);
    }
}

fn missing_years(
    checked: &Checked<'_>,
    plans: &[&Edition],
    latest: &Edition,
    findings: &mut Findings,
) {
    let from = &checked.data.partnership.periods.title.from;
    for year in from.value..=latest.year.value {
        if plans.iter().any(|plan| plan.year == year) {
            continue;
        }
        findings.push(
            Finding::error(CODE, format!("there is no plan for {year}"))
                .at(&latest.year.place, "the register reaches this year")
                .and(&from.place, "the period begins")
                .hint(format!("add the plan of {year} to documents.csv")),
        );
    }
}

fn unapproved(
    checked: &Checked<'_>,
    plan: &Edition,
    body: &Body,
    latest: Option<&Edition>,
    findings: &mut Findings,
) {
    let year = plan.year.value;
    // What was decided on an issued revision does not cover what was changed after it.
    let issued = checked.data.issued.iter().filter(|one| {
        one.document == *PLAN && one.year == year && one.revision.value < plan.revision.value
    });
    let after = issued.map(|one| one.revision.value).max();
    let approvals = checked.data.approvals.iter().filter(|one| {
        one.document == *PLAN
            && one.year == year
            && one.body.value == body.id.value
            && after.is_none_or(|issued| one.revision.value > issued)
            && one.revision.value <= plan.revision.value
            && one.decision == DecisionKind::Approved
    });
    let earliest = approvals.min_by_key(|one| one.date.value);
    let is_final = plan.status == EditionStatus::Final;
    let revised = checked.data.editions.iter().any(|one| {
        one.document == *PLAN && one.year == year && one.revision.value > plan.revision.value
    });
    let past = !revised && latest.is_some_and(|latest| latest.date.value.year() > year);
    let message = format!(
        "the plan of {year} is {}, but {}",
        if is_final { "final" } else { "still a draft" },
        match earliest {
            Some(one) if one.date.value > plan.date.value =>
                format!("{} approved it only on {}", body.name.value, one.date.value),
            Some(_) => return,
            None => format!("{} has not approved it", body.name.value),
        }
    );
    let finding = match (is_final, past && earliest.is_none()) {
        (true, _) => Finding::error(CODE, message),
        (false, true) => Finding::warning(CODE, message),
        (false, false) => return,
    };
    let finding = match earliest {
        Some(one) => finding
            .at(&plan.date.place, "the plan's date")
            .and(&one.date.place, "approved later"),
        None => finding.at(&plan.status.place, "not approved"),
    };
    findings.push(
        finding
            .and(&body.id.place, "approves it")
            .hint("add the decision to approvals.csv, or keep the plan a draft until it is there"),
    );
}

/// A final document other than a plan that was approved after its date.
fn approved_later(editions: &[Edition], approval: &Approval, findings: &mut Findings) {
    let edition = editions.iter().find(|one| {
        one.document.value == approval.document.value
            && one.year.value == approval.year.value
            && one.revision.value == approval.revision.value
    });
    let is_late = |one: &&Edition| {
        one.document != *PLAN
            && one.status == EditionStatus::Final
            && approval.decision == DecisionKind::Approved
            && approval.date.value > one.date.value
    };
    let Some(edition) = edition.filter(is_late) else {
        return;
    };
    let message = format!(
        "'{}' {} is final and dated {}, but was approved only on {}",
        edition.document.value, edition.year.value, edition.date.value, approval.date.value
    );
    findings.push(
        Finding::error(CODE, message)
            .at(&edition.date.place, "its date")
            .and(&approval.date.place, "approved later")
            .hint("correct one of the dates, or keep the document a draft until it is approved"),
    );
}

fn unregistered(editions: &[Edition], approval: &Approval, findings: &mut Findings) {
    let of_year = |one: &&Edition| {
        one.document.value == approval.document.value && one.year.value == approval.year.value
    };
    let mut same_year = editions.iter().filter(of_year);
    if same_year
        .clone()
        .any(|one| one.revision.value == approval.revision.value)
    {
        return;
    }
    let message = format!(
        "the approval of '{}' {}, revision {}, names an edition that is not registered",
        approval.document.value, approval.year.value, approval.revision.value
    );
    let finding = Finding::error(CODE, message);
    let near = editions
        .iter()
        .find(|one| one.document.value == approval.document.value);
    findings.push(match (same_year.next(), near) {
        (Some(edition), _) => finding
            .at(&approval.revision.place, "no such revision")
            .and(&edition.revision.place, "a registered revision"),
        (None, Some(edition)) => finding
            .at(&approval.year.place, "no edition of this year")
            .and(&edition.year.place, "an edition of another year"),
        (None, None) => finding.at(&approval.document.place, "no edition of this document"),
    });
}
