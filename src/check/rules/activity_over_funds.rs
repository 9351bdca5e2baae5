//! R03: a plan's budgets stay within the year's funds and approved carry-over.

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
    checks: "The budgets of a plan year's activities add up to no more than the year's activity funds and the carry-over approved into it. What is left is printed as not committed (*ikke disponeret*).",
    why: "A plan that spends money which is not there cannot be approved.",
    example: "Activities of 2019 for 900.000 kr. with 870.000 kr. of funds and no carry-over.",
    correct: "Lower a `budget` in activities.csv, or add the approved carry-over to `economy.carry_over` in partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R03",
    "activities-over-funds",
    "a plan year's activities cost more than its funds and carry-over",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let economy = &checked.data.partnership.economy;
    let mut years: BTreeMap<i32, Vec<&Activity>> = BTreeMap::new();
    for activity in &checked.data.activities {
        years
            .entry(activity.plan_year.value)
            .or_default()
            .push(activity);
    }
    for (year, activities) in years {
        let budget: Decimal = activities
            .iter()
            .map(|one| Decimal::from(one.budget.value))
            .sum();
        let carried: Vec<_> = economy
            .carry_over
            .iter()
            .filter(|one| one.to_year == year)
            .collect();
        let carry_over: Decimal = carried.iter().map(|one| one.amount.value.value).sum();
        let funds = &economy.activity_funds_year.value;
        let available = funds.value + carry_over;
        let Some(largest) = activities.iter().max_by_key(|one| one.budget.value) else {
            continue;
        };
        if budget <= available {
            continue;
        }
        let mut finding = Finding::error(
            CODE,
            format!(
                "the activities of {year} cost {} kr., {} kr. more than the {} kr. there are",
                whole(budget),
                whole(budget - available),
                whole(available)
            ),
        )
        .at(
            &largest.budget.place,
            match activities.len() {
                1 => "the only budget".to_owned(),
                budgets => format!("the largest of {budgets} budgets"),
            },
        )
        .and(&funds.place, "activity funds of a year");
        for one in carried {
            finding = finding.and(&one.amount.value.place, format!("carried over into {year}"));
        }
        findings.push(finding.hint("lower a budget, or add the carry-over that was approved"));
    }
}
