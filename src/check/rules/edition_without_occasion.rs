//! R23: a document is made in the years that its cadence and the bodies of the partnership call for.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{Cadence, Edition, Occasions};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A status report exists only in the years in which its body gets a status (`bodies[].status`), and the agreement only once, for the first year of its period.",
    why: "A report to a committee in a year that it did not ask for would be put before politicians by mistake.",
    example: "A `status-finance-committee` of 2019, when the committee gets a status in 2018 and 2020.",
    correct: "Remove the row from documents.csv, or add the year to the body's `status` in partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R23",
    "edition-without-occasion",
    "an edition is registered for a year in which nobody is to get it",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for edition in &checked.data.editions {
        let Some(template) = checked.template(&edition.document.value) else {
            continue;
        };
        match &template.cadence.value {
            Cadence::Yearly => {}
            Cadence::Period => first_year(checked, edition, findings),
            Cadence::StatusOf(body) => status_year(checked, edition, body, findings),
        }
    }
}

fn first_year(checked: &Checked<'_>, edition: &Edition, findings: &mut Findings) {
    let from = &checked.data.partnership.periods.title.from;
    if edition.year.value == from.value {
        return;
    }
    findings.push(
        Finding::error(
            CODE,
            format!(
                "the {} is made once, for {}, not for {}",
                edition.document.value, from.value, edition.year.value
            ),
        )
        .at(&edition.year.place, "not the first year")
        .and(&from.place, "the period's first year"),
    );
}

fn status_year(checked: &Checked<'_>, edition: &Edition, body: &str, findings: &mut Findings) {
    let Some(body) = checked
        .data
        .partnership
        .bodies
        .iter()
        .find(|one| one.id.value == body)
    else {
        findings.push(
            Finding::error(
                CODE,
                format!("the partnership has no body '{body}', which gets this report"),
            )
            .at(&edition.document.place, "this report")
            .and(checked.data.partnership.place(), "this partnership")
            .hint("add the body to partnership.json, or remove the row"),
        );
        return;
    };
    if body.status.include(edition.year.value) {
        return;
    }
    let mut finding = Finding::error(
        CODE,
        format!(
            "{} gets no status in {}",
            body.name.value, edition.year.value
        ),
    )
    .at(&edition.year.place, "no status this year");
    if let Occasions::Years(years) = &body.status {
        let listed: Vec<String> = years.iter().map(|year| year.value.to_string()).collect();
        finding = finding.expected(listed.join(", "));
        if let Some(first) = years.first() {
            finding = finding.and(&first.place, "the years in which it gets one");
        }
    }
    findings.push(finding.hint("remove the row, or add the year to the body's `status`"));
}
