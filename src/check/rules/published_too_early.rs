//! R11: a figure is published after what it counts has happened.

use chrono::{Datelike, NaiveDate};

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{IndicatorKind, YearKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A police figure of a calendar year is published after that year has ended, with the survey of the next year; a survey's figure is published not before its year begins.",
    why: "Survey year and calendar year are easily mixed up: the survey of 2018 reports the offences of 2017. A figure that was out before its year was over belongs to another year.",
    example: "`burglary;folehaven;2018;calendar;6;count;;2018-05-14`: the offences of 2018 were counted in 2019.",
    correct: "Correct `year` or `published` in indicators.csv.",
    check,
};

const CODE: Code = Code::new(
    "R11",
    "published-too-early",
    "a figure was published before its year was over, or before its survey's year began",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for row in &checked.data.observations {
        let kind = checked
            .data
            .partnership
            .indicator(&row.indicator.value)
            .map(|one| one.kind.value);
        let (year, published) = (row.year.value, row.published.value);
        let (too_early, bound) = match (kind, row.year_kind.value) {
            (Some(IndicatorKind::Police), YearKind::Calendar) => {
                (published.year() <= year, "after")
            }
            (Some(IndicatorKind::Survey), YearKind::Survey) => (published.year() < year, "in"),
            _ => continue,
        };
        if !too_early {
            continue;
        }
        let first = if bound == "after" { year + 1 } else { year };
        let expected = NaiveDate::from_ymd_opt(first, 1, 1)
            .map_or_else(String::new, |day| format!("{day} or later"));
        findings.push(
            Finding::error(
                CODE,
                format!(
                    "the figure of '{}' for {year} is published {bound} {year}, not on {published}",
                    row.indicator.value
                ),
            )
            .at(&row.published.place, "too early")
            .and(
                &row.year.place,
                if bound == "after" {
                    "this calendar year"
                } else {
                    "this survey"
                },
            )
            .expected(expected)
            .hint("the survey of a year reports the offences of the calendar year before"),
        );
    }
}
