//! R26: what begins does so before it ends, and the least is not more than the most.

use std::fmt::Display;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Located, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Activities and periods begin no later than they end, and a body's least number of meetings is not above its greatest.",
    why: "A period that ends before it begins is a typing error that would be printed.",
    example: "An activity `from` 2019-08-01 `to` 2019-03-01.",
    correct: "Correct the dates or numbers; perhaps they were exchanged.",
    check,
};

const CODE: Code = Code::new(
    "R26",
    "backwards-range",
    "something ends before it begins, or its least is above its most",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    for activity in &checked.data.activities {
        let what = format!("the activity '{}'", activity.name.value);
        ordered(&what, &activity.from, &activity.to, findings);
    }
    let periods = &partnership.periods;
    ordered(
        "the budget's period",
        &periods.budget_from,
        &periods.budget_to,
        findings,
    );
    if let Some(from) = &periods.valid_from {
        ordered(
            "the agreement's validity",
            from,
            &periods.valid_to,
            findings,
        );
    }
    ordered(
        "the agreement's period",
        &periods.title.from,
        &periods.title.to,
        findings,
    );
    for body in &partnership.bodies {
        if let Some(range) = &body.meetings_per_year {
            let what = format!("the number of meetings of {}", body.name.value);
            ordered(&what, &range.min, &range.max, findings);
        }
    }
}

fn ordered<T: PartialOrd + Display>(
    what: &str,
    from: &Located<T>,
    to: &Located<T>,
    findings: &mut Findings,
) {
    if from.value <= to.value {
        return;
    }
    findings.push(
        Finding::error(
            CODE,
            format!("{what} goes from {} to {}", from.value, to.value),
        )
        .at(&to.place, "the end")
        .and(&from.place, "the beginning")
        .hint("perhaps the two were exchanged"),
    );
}
