//! R24: goals, focus areas and signatories are numbered from 1 without gaps.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Located, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "The goals, the focus areas and the signatories (`order`) are numbered 1, 2, 3 … in the order in which they stand.",
    why: "A plan with the focus areas 1 and 3 makes its reader look for the second.",
    example: "Focus areas numbered 1, 3, 4.",
    correct: "Correct the `no` fields in partnership.json, or `order` in signatories.csv.",
    check,
};

const CODE: Code = Code::new(
    "R24",
    "numbering-gap",
    "goals, focus areas or signatories are not numbered from 1 without gaps",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    let goals: Vec<_> = partnership.goals.iter().map(|one| &one.no).collect();
    let areas: Vec<_> = partnership.focus_areas.iter().map(|one| &one.no).collect();
    let signatories = checked.data.signatories.iter().map(|one| &one.order);
    let lists = [
        ("goal", goals),
        ("focus area", areas),
        ("signatory", signatories.collect()),
    ];
    for (what, numbers) in lists {
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
