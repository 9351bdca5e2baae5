//! R33: a body decides on a day on which it met.

use chrono::NaiveDate;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Warning,
    checks: "A decision in approvals.csv that lies within a week of a meeting of its body (meetings.csv) bears that meeting's date. A decision far from any meeting was made in writing.",
    why: "Plans and reports print the day of a decision; a reader finds it in the minutes of that day's meeting, or does not.",
    example: "The steering group approves the plan on 2019-01-23, but met on 2019-01-22.",
    correct: "Correct the date in approvals.csv or in meetings.csv.",
    check,
};

const CODE: Code = Code::new(
    "R33",
    "decision-without-meeting",
    "a body decided some days before or after a meeting, and not at it",
);

/// How far from a meeting a decision is taken to be one of that meeting, in days.
const NEAR: i64 = 7;

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for decision in &checked.data.approvals {
        let day = decision.date.value;
        let meetings = checked.data.meetings.iter();
        let own = meetings.filter(|one| one.body.value == decision.body.value);
        let apart = |day_of: NaiveDate| (day_of - day).num_days().abs();
        let nearest = own.min_by_key(|one| apart(one.date.value));
        let near = nearest.filter(|one| (1..=NEAR).contains(&apart(one.date.value)));
        let Some(nearest) = near else {
            continue;
        };
        let message = format!(
            "'{}' decided on '{}' {} on {day}, but met on {}",
            decision.body.value, decision.document.value, decision.year.value, nearest.date.value
        );
        findings.push(
            Finding::warning(CODE, message)
                .at(&decision.date.place, "decided")
                .and(&nearest.date.place, "met"),
        );
    }
}
