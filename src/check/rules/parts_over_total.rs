//! R13: the parts of a total do not add up to more than it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::danish::whole;
use crate::model::Observation;

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Warning,
    checks: "The counts that are parts of a total (`part_of`) add up to no more than it, in every area and year that has the total. Only declared parts count: an offence type that is not in the total's definition is none.",
    why: "More burglaries and thefts than offences in all is a typing error, or a part that is none.",
    example: "6 burglaries and 19 thefts of 24 reports in all.",
    correct: "Correct the figures in indicators.csv, or remove `part_of` from an indicator that the total does not hold.",
    check,
};

const CODE: Code = Code::new(
    "R13",
    "parts-over-total",
    "the parts of a total add up to more than the total",
);

/// An area and a year of a total.
type Key<'a> = (&'a str, &'a str, i32);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    let mut parts: BTreeMap<Key<'_>, Vec<(&Observation, Decimal)>> = BTreeMap::new();
    for row in &checked.data.observations {
        let indicator = partnership.indicator(&row.indicator.value);
        let total = indicator.and_then(|one| one.part_of.as_ref());
        if let (Some(total), Some(value)) = (total, row.value.value) {
            let key = (
                total.value.as_str(),
                row.area.value.as_str(),
                row.year.value,
            );
            parts.entry(key).or_default().push((row, value));
        }
    }
    for ((total, area, year), parts) in parts {
        let row =
            checked.data.observations.iter().find(|row| {
                row.indicator.value == total && row.area.value == area && row.year == year
            });
        let Some((row, all)) = row.and_then(|row| Some((row, row.value.value?))) else {
            continue;
        };
        let sum: Decimal = parts.iter().map(|(_, value)| *value).sum();
        if sum <= all {
            continue;
        }
        let mut finding = Finding::warning(
            CODE,
            format!(
                "the parts of '{total}' in {year} add up to {}, more than {}",
                whole(sum),
                whole(all)
            ),
        )
        .at(&row.value.place, "the total");
        for (part, _) in parts {
            finding = finding.and(&part.value.place, "a part");
        }
        findings
            .push(finding.hint("correct a figure, or `part_of` of an indicator that is no part"));
    }
}
