//! R20: small counts are not published, and cannot be worked out from what is.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::check::{Checked, Rule, Seen};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::disclosure::{Disclosure, Hidden, gives_away};
use crate::facts::{Fact, FactBasis, Origin};
use crate::model::{AreaRole, Observation};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Police counts of the partnership's own area under `disclosure.threshold` (5 when nothing is set; nought is shown unless `zero_is_shown` is false) are never printed, nor the rates worked out from them, nor shares of fewer than 30 respondents: they print *ikke vist (små tal)*. Where a total (`part_of`) would give one away, the next smallest part is not shown either. A warning for each figure that is not shown; an error when one can still be worked out from a sum, a difference or a rate that an edition may print.",
    why: "In an estate of two thousand people, two harassments in a year are two neighbours.",
    example: "3 burglaries of 2020 in a public report, or 64 reports in all of which 61 are listed by type.",
    correct: "Nothing is to be done about a warning. For an error, raise `disclosure.threshold`, complete `part_of` and `rate_of` in partnership.json, or leave the total out.",
    check,
};

const CODE: Code = Code::new(
    "R20",
    "small-count-shown",
    "a count too small to be published is not shown, or can still be worked out",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let disclosure = Disclosure::new(checked.data);
    for row in &checked.data.observations {
        if let Some(reason) = disclosure.hides(row) {
            findings.push(not_shown(checked, row, reason));
        }
    }
    let mut told = BTreeSet::new();
    for seen in &checked.seen {
        for fact in seen.facts.book.iter() {
            if let Some(hidden) =
                derived_from_hidden(seen, fact).filter(|_| told.insert(fact.id.clone()))
            {
                let message = format!(
                    "{} is printed and gives {hidden} away, which is not shown",
                    fact.id
                );
                findings.push(leak(checked, message));
            }
        }
        for message in sums(checked, seen) {
            if told.insert(message.clone()) {
                findings.push(leak(checked, message));
            }
        }
    }
}

fn not_shown(checked: &Checked<'_>, row: &Observation, reason: Hidden) -> Finding {
    let rule = &checked.data.partnership.disclosure;
    let because = match reason {
        Hidden::Small => format!("it is a count under {}", rule.threshold),
        Hidden::Secondary => "it would give away a small count through their total".to_owned(),
        Hidden::Rate => "its count is too small".to_owned(),
        Hidden::FewRespondents => "fewer than 30 people answered".to_owned(),
    };
    let message = format!(
        "'{}' of {} is not shown: {because}",
        row.indicator.value, row.year.value
    );
    let finding = Finding::warning(CODE, message).at(&row.value.place, "not shown");
    match &rule.place {
        Some(place) if reason == Hidden::Small => finding.and(place, "the threshold"),
        _ => finding,
    }
}

/// The hidden fact that a visible one is worked out from.
fn derived_from_hidden<'a>(seen: &Seen<'_>, fact: &'a Fact) -> Option<&'a str> {
    let Origin::Derived(formula) = &fact.origin else {
        return None;
    };
    let is_hidden = |id: &&String| {
        let input = seen.facts.book.get(id);
        input.is_some_and(|input| input.basis == FactBasis::Suppressed)
    };
    fact.value.as_ref()?;
    formula.inputs.iter().find(is_hidden).map(String::as_str)
}

/// What is given away by a total that an edition sees beside its parts.
fn sums(checked: &Checked<'_>, seen: &Seen<'_>) -> Vec<String> {
    let partnership = &checked.data.partnership;
    let Some(area) = partnership.area_with(AreaRole::Partnership) else {
        return Vec::new();
    };
    let figure = |indicator: &str, year: i32| {
        let id = format!("indicators/{indicator}/{}/{year}", area.id.value);
        seen.facts.book.get(&id)
    };
    let years: BTreeSet<i32> = checked
        .data
        .observations
        .iter()
        .map(|row| row.year.value)
        .collect();
    let mut found = Vec::new();
    for total in &partnership.indicators {
        let parts = partnership.indicators.iter().filter(|one| {
            one.part_of
                .as_ref()
                .is_some_and(|id| id.value == total.id.value)
        });
        for year in &years {
            let all = figure(&total.id.value, *year).and_then(|fact| fact.number());
            let parts: Vec<_> = parts
                .clone()
                .filter_map(|one| figure(&one.id.value, *year))
                .collect();
            let hidden = parts
                .iter()
                .filter(|fact| fact.basis == FactBasis::Suppressed)
                .count();
            let shown: Decimal = parts.iter().filter_map(|fact| fact.number()).sum();
            if all.is_some_and(|all| gives_away(hidden, all - shown)) {
                found.push(format!("'{}' of {year} is printed beside its parts and gives away one that is not shown", total.id.value));
            }
        }
    }
    found
}

fn leak(checked: &Checked<'_>, message: String) -> Finding {
    let place = &checked.data.partnership.disclosure.place;
    Finding::error(CODE, message)
        .at(
            place.as_ref().unwrap_or(checked.data.partnership.place()),
            "decides what is shown",
        )
        .hint("complete `part_of` and `rate_of`, or leave the total out")
}
