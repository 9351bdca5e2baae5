//! R25: there is one partnership area and one city to compare it with.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{AreaRole, StudyArea};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Of the areas that figures are given for, exactly one is the partnership's own, exactly one is the city, and at most one is the district.",
    why: "The reports set the partnership's figure beside the city's; with two of either nobody knows which.",
    example: "Two areas with the role `city`.",
    correct: "Correct the `role` of the areas in partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R25",
    "area-roles",
    "there is not exactly one partnership area and one city",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    let roles = [
        (AreaRole::Partnership, "partnership", true),
        (AreaRole::City, "city", true),
        (AreaRole::District, "district", false),
    ];
    for (role, name, needed) in roles {
        let having: Vec<&StudyArea> = partnership
            .areas
            .iter()
            .filter(|area| area.role == role)
            .collect();
        match having.as_slice() {
            [] if needed => findings.push(
                Finding::error(CODE, format!("no area has the role '{name}'"))
                    .at(partnership.place(), "in this partnership")
                    .hint(format!("give one of `areas` the role {name}")),
            ),
            [first, second, ..] => findings.push(
                Finding::error(CODE, format!("more than one area has the role '{name}'"))
                    .at(&second.role.place, "the second")
                    .and(&first.role.place, "the first"),
            ),
            _ => {}
        }
    }
}
