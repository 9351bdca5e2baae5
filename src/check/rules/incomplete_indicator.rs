//! R10: an indicator that measures a goal has direction, baseline, target and source, and its baseline figure exists.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{AreaRole, Baseline, Indicator};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Every indicator that belongs to a goal says which direction is better, its baseline with year and kind of year, its target and its source; and the baseline figure of the partnership's area stands in indicators.csv.",
    why: "Without them nobody can say whether the goal is reached, and a table head would promise one year for figures of two.",
    example: "`\"goal\": \"tryghed\", \"baseline\": null`.",
    correct: "Complete the indicator in partnership.json, or add the baseline row to indicators.csv.",
    check,
};

const CODE: Code = Code::new(
    "R10",
    "incomplete-indicator",
    "an indicator of a goal lacks direction, baseline, target, source or its baseline figure",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let measured = checked
        .data
        .partnership
        .indicators
        .iter()
        .filter(|one| one.goal.is_some());
    for indicator in measured {
        let parts = [
            ("direction", indicator.direction.is_some()),
            ("baseline", indicator.baseline.is_some()),
            ("target", indicator.target.is_some()),
            ("source", indicator.source.is_some()),
        ];
        for (part, _) in parts.into_iter().filter(|(_, given)| !given) {
            findings.push(
                Finding::error(
                    CODE,
                    format!(
                        "the indicator '{}' measures a goal but has no {part}",
                        indicator.id.value
                    ),
                )
                .at(&indicator.id.place, format!("{part} is null"))
                .hint(format!("give `{part}`, or set `goal` to null")),
            );
        }
        if let Some(baseline) = &indicator.baseline {
            baseline_figure(checked, indicator, baseline, findings);
        }
    }
}

fn baseline_figure(
    checked: &Checked<'_>,
    indicator: &Indicator,
    baseline: &Baseline,
    findings: &mut Findings,
) {
    let Some(area) = checked.data.partnership.area_with(AreaRole::Partnership) else {
        return;
    };
    let mut rows =
        checked.data.observations.iter().filter(|row| {
            row.indicator.value == indicator.id.value && row.area.value == area.id.value
        });
    let year = baseline.year.value;
    let found = rows.clone().any(|row| {
        row.year == year
            && row.year_kind.value == baseline.year_kind.value
            && row.value.value.is_some()
    });
    if found {
        return;
    }
    let mut finding = Finding::error(
        CODE,
        format!(
            "the baseline of '{}' is {year}, but indicators.csv has no figure of {year} for {}",
            indicator.id.value, area.name.value
        ),
    )
    .at(&baseline.year.place, "the baseline's year")
    .hint("correct the year or its kind, or add the row");
    if let Some(row) = rows.find(|row| row.year == year).or_else(|| rows.next()) {
        finding = finding.and(&row.year.place, "a figure of this indicator");
    }
    findings.push(finding);
}
