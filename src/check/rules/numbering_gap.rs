//! R24: goals and focus areas are numbered from 1 without gaps.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Located, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "The goals and the focus areas are numbered 1, 2, 3 … in the order in which they stand.",
    why: "A plan with the focus areas 1 and 3 makes its reader look for the second.",
    example: "Focus areas numbered 1, 3, 4.",
    correct: "Correct the `no` fields in partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R24",
    "numbering-gap",
    "goals or focus areas are not numbered from 1 without gaps",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    let goals: Vec<_> = partnership.goals.iter().map(|one| &one.no).collect();
    let areas: Vec<_> = partnership.focus_areas.iter().map(|one| &one.no).collect();
    for (what, numbers) in [("goal", goals), ("focus area", areas)] {
        // One finding a list: after the first gap every number is off.
        let gap = numbers
            .into_iter()
            .zip(1_u32..)
            .find(|(no, expected)| no.value != *expected);
        if let Some((no, expected)) = gap {
            findings.push(wrong(what, no, expected));
        }
    }
}

fn wrong(what: &str, no: &Located<u32>, expected: u32) -> Finding {
    Finding::error(
        CODE,
        format!(
            "{what} number {} stands where number {expected} should",
            no.value
        ),
    )
    .at(&no.place, "out of order")
    .expected(expected.to_string())
}
