//! R06: every activity has an existing focus area and an owner who takes part.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Every activity names one existing focus area, and an owner (*tovholder*) who is a party or an administration of the partnership.",
    why: "An activity without a focus area stands in no chapter; one without an owner is nobody's.",
    example: "`owner` is `kab`, which is neither a party nor an administration.",
    correct: "Correct `focus_area` or `owner` in activities.csv, or add the focus area, party or administration to partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R06",
    "activity-without-home",
    "an activity has no existing focus area, or an owner who takes no part",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    for activity in &checked.data.activities {
        let area = &activity.focus_area;
        if !partnership
            .focus_areas
            .iter()
            .any(|one| one.id.value == area.value)
        {
            let known: Vec<&str> = partnership
                .focus_areas
                .iter()
                .map(|one| one.id.value.as_str())
                .collect();
            let mut finding = Finding::error(
                CODE,
                format!(
                    "the activity '{}' is in the focus area '{}', which does not exist",
                    activity.name.value, area.value
                ),
            )
            .at(&area.place, "no such focus area")
            .expected(known.join(", "));
            if let Some(first) = partnership.focus_areas.first() {
                finding = finding.and(&first.id.place, "focus areas are defined here");
            }
            findings.push(finding);
        }
        if partnership.organisation(&activity.owner.value).is_none() {
            let mut finding = Finding::error(
                CODE,
                format!(
                    "the owner '{}' of the activity '{}' is neither a party nor an administration",
                    activity.owner.value, activity.name.value
                ),
            )
            .at(&activity.owner.place, "takes no part");
            if let Some(first) = partnership.parties.first() {
                finding = finding.and(&first.id.place, "parties are defined here");
            }
            if let Some(first) = partnership.administrations.first() {
                finding = finding.and(&first.id.place, "administrations are defined here");
            }
            findings.push(
                finding.hint("name the one who coordinates it; others go under `partners_other`"),
            );
        }
    }
}
