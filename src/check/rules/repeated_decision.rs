//! R36: a body makes the same decision on a document once.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::Approval;

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A body approves, notes or discusses the same revision of a document on one day only.",
    why: "A document names the day of a decision. A second day means that one of the rows belongs to another year or revision, which then seems undecided.",
    example: "The steering group noted the status of 2018 both on 2018-12-12 and on 2019-12-11; the second row is on the status of 2019.",
    correct: "Correct the year or the revision of one of the two rows in approvals.csv, or remove one.",
    check,
};

const CODE: Code = Code::new(
    "R36",
    "repeated-decision",
    "a body made the same decision on a document on two days",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let all = &checked.data.approvals;
    for (at, second) in all.iter().enumerate() {
        let Some(first) = all[..at].iter().find(|one| is_same(one, second)) else {
            continue;
        };
        let message = format!(
            "'{}' decided the same on '{}' {} on {} and on {}",
            second.body.value,
            second.document.value,
            second.year.value,
            first.date.value,
            second.date.value
        );
        findings.push(
            Finding::error(CODE, message)
                .at(&second.date.place, "decided again")
                .and(&first.date.place, "decided"),
        );
    }
}

fn is_same(a: &Approval, b: &Approval) -> bool {
    a.document.value == b.document.value
        && a.year.value == b.year.value
        && a.revision.value == b.revision.value
        && a.body.value == b.body.value
        && a.decision.value == b.decision.value
}
