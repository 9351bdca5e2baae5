//! R04: the chapters' subtotals add up to the overview's total.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::danish::whole;
use crate::model::Activity;

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "The subtotals of the focus areas' chapters add up to the total of the overview: every activity with a budget stands in exactly one chapter.",
    why: "The overview lists all activities, the chapters go by focus area; an activity of no chapter would be in the total and nowhere else.",
    example: "An activity for 25.000 kr. in the focus area `byrumm`, which does not exist.",
    correct: "Correct the activity's `focus_area` in activities.csv, or add the focus area to partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R04",
    "subtotals",
    "the chapters' subtotals do not add up to the overview's total",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let areas = &checked.data.partnership.focus_areas;
    let chapters = |one: &Activity| {
        areas
            .iter()
            .filter(|area| area.id.value == one.focus_area.value)
            .count()
    };
    let mut strays: BTreeMap<i32, Vec<&Activity>> = BTreeMap::new();
    for activity in &checked.data.activities {
        if chapters(activity) != 1 && activity.budget.value != 0 {
            strays
                .entry(activity.plan_year.value)
                .or_default()
                .push(activity);
        }
    }
    for (year, activities) in strays {
        let all = checked
            .data
            .activities
            .iter()
            .filter(|one| one.plan_year == year);
        let total: Decimal = all.map(|one| Decimal::from(one.budget.value)).sum();
        let stray: Decimal = activities
            .iter()
            .map(|one| Decimal::from(one.budget.value))
            .sum();
        let mut finding = Finding::error(
            CODE,
            format!(
                "the chapters of {year} add up to {} kr., the overview to {} kr.",
                whole(total - stray),
                whole(total)
            ),
        );
        for (index, one) in activities.into_iter().enumerate() {
            let text = "stands in no chapter, or in two";
            finding = if index == 0 {
                finding.at(&one.budget.place, text)
            } else {
                finding.and(&one.budget.place, text)
            };
        }
        findings.push(finding.hint("every activity belongs to exactly one focus area"));
    }
}
