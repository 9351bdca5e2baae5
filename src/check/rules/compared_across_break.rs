//! R18: nothing is compared across a break of its series.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{Indicator, SeriesBreak};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Warning,
    checks: "Where a series breaks (`breaks`: a changed area, definition or survey), no change, direction, gap or assessment is worked out between figures before and after: documents print *kan ikke sammenlignes*, and the first point after the break carries its reason. This rule warns of a target that is measured against a baseline before the break, and of a break with no figure before or after it.",
    why: "When the area grows, twice as many burglaries may be fewer per street: the difference says nothing.",
    example: "`\"baseline\": { \"year\": 2018, … }` beside `\"breaks\": [{ \"year\": 2021, \"reason\": \"Området blev udvidet.\" }]` and a target of 2021.",
    correct: "Set a new baseline after the break, or leave the target without an assessment; correct the year of a break that divides nothing.",
    check,
};

const CODE: Code = Code::new(
    "R18",
    "compared-across-break",
    "a target is measured across a break of its series, or a break divides nothing",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for indicator in &checked.data.partnership.indicators {
        for one in &indicator.breaks {
            divides(checked, indicator, one, findings);
        }
        target(indicator, findings);
    }
}

fn divides(
    checked: &Checked<'_>,
    indicator: &Indicator,
    one: &SeriesBreak,
    findings: &mut Findings,
) {
    let mut years = checked
        .data
        .observations
        .iter()
        .filter(|row| row.indicator.value == indicator.id.value && row.value.value.is_some())
        .map(|row| row.year.value);
    let before = years.clone().any(|year| year < one.year.value);
    if before && years.any(|year| year >= one.year.value) {
        return;
    }
    let side = if before { "after" } else { "before" };
    findings.push(
        Finding::warning(
            CODE,
            format!(
                "the break of '{}' in {} has no figure {side} it",
                indicator.id.value, one.year.value
            ),
        )
        .at(&one.year.place, "the first year of the new series")
        .hint("the year is the first one whose figures cannot be compared with those before"),
    );
}

fn target(indicator: &Indicator, findings: &mut Findings) {
    let (Some(target), Some(baseline)) = (&indicator.target, &indicator.baseline) else {
        return;
    };
    let broken = indicator.break_between(baseline.year.value, target.year.value);
    let Some(one) = broken.filter(|_| target.value.is_none()) else {
        return;
    };
    findings.push(
        Finding::warning(
            CODE,
            format!(
                "the target of '{}' for {} is measured against {}, across the break in {}",
                indicator.id.value, target.year.value, baseline.year.value, one.year.value
            ),
        )
        .at(&baseline.year.place, "the baseline")
        .and(&one.year.place, "the break")
        .and(&target.year.place, "the target")
        .hint("set a new baseline after the break; until then the target's assessment is 'kan ikke sammenlignes'"),
    );
}
