//! R35: a decision is not much older than the document that it is on.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{Approval, Edition};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A decision in approvals.csv lies at most 90 days before the date that its edition bears in documents.csv.",
    why: "A body decides on what lies before it. A decision that is much older was made on another year's document or on an earlier revision, and would stand on a document that nobody decided on.",
    example: "The steering group noted the status of 2019 on 2018-12-12, but that report is dated 2019-12-04.",
    correct: "Correct the decision's year, revision or date, or the date of the edition in documents.csv.",
    check,
};

const CODE: Code = Code::new(
    "R35",
    "decision-before-document",
    "a decision is much older than the document that it is on",
);

/// How long before an edition's date a draft of it may have been decided on, in days.
const MOST: i64 = 90;

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for decision in &checked.data.approvals {
        let editions = checked.data.editions.iter();
        for edition in editions.filter(|one| is_on(decision, one)) {
            let (decided, dated) = (decision.date.value, edition.date.value);
            if (dated - decided).num_days() <= MOST {
                continue;
            }
            let message = format!(
                "'{}' decided on '{}' {} on {decided}, but the document is dated {dated}",
                decision.body.value, decision.document.value, decision.year.value
            );
            findings.push(
                Finding::error(CODE, message)
                    .at(&decision.date.place, "decided")
                    .and(&edition.date.place, "dated"),
            );
        }
    }
}

fn is_on(decision: &Approval, edition: &Edition) -> bool {
    edition.document.value == decision.document.value
        && edition.year.value == decision.year.value
        && edition.revision.value == decision.revision.value
}
