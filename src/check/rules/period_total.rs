//! R01: the yearly appropriation times the years is the period's total.

use rust_decimal::Decimal;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::danish::whole;

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "The appropriation of a year times the number of years in the agreement's title is the appropriation of the period.",
    why: "The agreement prints both amounts side by side; a reader multiplies.",
    example: "`year` 1200000, `period` 4600000, period 2018-2021.",
    correct: "Correct `economy.appropriation.year` or `economy.appropriation.period`, or `periods.title`, in partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R01",
    "period-total",
    "the yearly appropriation times the years is not the period's total",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    let (year, period) = (
        &partnership.economy.appropriation_year.value,
        &partnership.economy.appropriation_period.value,
    );
    let title = &partnership.periods.title;
    let years = Decimal::from(title.to.value - title.from.value + 1);
    let product = year.value * years;
    if product == period.value {
        return;
    }
    findings.push(
        Finding::error(
            CODE,
            format!(
                "{} kr. a year for {years} years is {} kr., but the period's total is {} kr.",
                whole(year.value),
                whole(product),
                whole(period.value)
            ),
        )
        .at(&period.place, "the period's total")
        .and(&year.place, "the yearly amount")
        .and(
            &title.to.place,
            format!("{years} years, {} to {}", title.from.value, title.to.value),
        )
        .hint(format!("the total would be {}", product.normalize())),
    );
}
