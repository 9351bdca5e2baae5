//! R14: shares are between 0 and 100, comparable shares come from one kind of year, and what is normally smaller is.

use rust_decimal::Decimal;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::danish::decimal;
use crate::model::{Indicator, IndicatorKind, Observation, Unit, YearKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Shares lie between 0 and 100; survey figures bear a survey year and the others a calendar year, so that area and city are compared in the same year; a share that is normally the smaller one (`normally_at_most`) is not larger (a warning).",
    why: "A share of 200 is a typing error, and figures of two different years are no comparison.",
    example: "`insecure;folehaven;2018;survey;200;percent`.",
    correct: "Correct the value or the kind of year in indicators.csv.",
    check,
};

const CODE: Code = Code::new(
    "R14",
    "share-out-of-range",
    "a share is outside 0-100, of the wrong kind of year, or larger than the one it is part of",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for row in &checked.data.observations {
        range(row, findings);
        if let Some(indicator) = checked.data.partnership.indicator(&row.indicator.value) {
            year_kind(row, indicator, findings);
            larger(checked, row, indicator, findings);
        }
    }
}

fn range(row: &Observation, findings: &mut Findings) {
    let Some(value) = row.value.value else { return };
    let percent = row.unit.value == Unit::Percent;
    let over = percent && value > Decimal::ONE_HUNDRED;
    if over || value < Decimal::ZERO {
        let bounds = if percent {
            "between 0 and 100"
        } else {
            "at least 0"
        };
        findings.push(
            Finding::error(
                CODE,
                format!("{} cannot be: the figure must be {bounds}", exact(value)),
            )
            .at(&row.value.place, "out of range")
            .expected(bounds),
        );
    }
}

/// A figure with all its decimals, as it stands in the cell.
fn exact(value: Decimal) -> String {
    decimal(value, value.scale())
}

fn year_kind(row: &Observation, indicator: &Indicator, findings: &mut Findings) {
    let survey = indicator.kind == IndicatorKind::Survey;
    let expected = if survey {
        YearKind::Survey
    } else {
        YearKind::Calendar
    };
    if row.year_kind == expected {
        return;
    }
    let word = if survey { "survey" } else { "calendar" };
    findings.push(
        Finding::error(
            CODE,
            format!(
                "the figure of '{}' bears the wrong kind of year",
                row.indicator.value
            ),
        )
        .at(&row.year_kind.place, "wrong kind of year")
        .and(&indicator.kind.place, "the indicator's kind")
        .expected(word)
        .hint("the survey of a year reports the offences of the calendar year before"),
    );
}

fn larger(
    checked: &Checked<'_>,
    row: &Observation,
    indicator: &Indicator,
    findings: &mut Findings,
) {
    let Some(limit) = &indicator.normally_at_most else {
        return;
    };
    let other = checked.data.observations.iter().find(|other| {
        other.indicator.value == limit.value
            && other.area.value == row.area.value
            && other.year.value == row.year.value
    });
    let Some(other) = other else { return };
    let Some((value, bound)) = row.value.value.zip(other.value.value) else {
        return;
    };
    if value > bound {
        findings.push(
            Finding::warning(
                CODE,
                format!(
                    "'{}' is {}, more than '{}', which is {}",
                    row.indicator.value,
                    exact(value),
                    limit.value,
                    exact(bound)
                ),
            )
            .at(&row.value.place, "normally the smaller one")
            .and(&other.value.place, "normally the larger one")
            .hint("look whether the two figures were exchanged"),
        );
    }
}
