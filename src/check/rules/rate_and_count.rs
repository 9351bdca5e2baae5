//! R12: a rate is its count per 1.000 of the population.

use rust_decimal::Decimal;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::danish::{decimal, whole};
use crate::model::{Indicator, Observation};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Warning,
    checks: "Where an indicator names the count it is worked out from (`rate_of`) and the population (`per`), the rate times the population over 1.000 is the count, as closely as the rate's last digit allows, in every area and year that has all three.",
    why: "Rate and count stand in one table; a reader divides.",
    example: "28,8 per 1.000, 2.222 inhabitants and 74 reports: the rate says 64.",
    correct: "Look which of the three figures in indicators.csv was mistyped or belongs to another year.",
    check,
};

const CODE: Code = Code::new(
    "R12",
    "rate-and-count",
    "a rate does not fit its count and population",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for indicator in &checked.data.partnership.indicators {
        for row in &checked.data.observations {
            if row.indicator.value == indicator.id.value {
                findings.extend(judge(checked, indicator, row));
            }
        }
    }
}

fn judge(checked: &Checked<'_>, indicator: &Indicator, row: &Observation) -> Option<Finding> {
    let of = |id: &str| {
        checked.data.observations.iter().find(|other| {
            other.indicator.value == id
                && other.area.value == row.area.value
                && other.year.value == row.year.value
                && other.year_kind.value == row.year_kind.value
        })
    };
    let counted = of(&indicator.rate_of.as_ref()?.value)?;
    let people = of(&indicator.per.as_ref()?.value)?;
    let (rate, count, population) = (row.value.value?, counted.value.value?, people.value.value?);
    let thousands = population / Decimal::from(1000);
    let half = Decimal::new(5, rate.scale() + 1);
    if (rate * thousands - count).abs() <= half * thousands {
        return None;
    }
    let shown = decimal(rate, rate.scale());
    Some(
        Finding::warning(
            CODE,
            format!(
                "{shown} per 1.000 of {} inhabitants is {}, not {}",
                whole(population),
                decimal(rate * thousands, 1),
                whole(count)
            ),
        )
        .at(&row.value.place, "the rate")
        .and(&counted.value.place, "the count")
        .and(&people.value.place, "the population")
        .hint("look which of the three is of another year or mistyped"),
    )
}
