//! R16: per cent and percentage points are not mixed up, and no unit is written twice.

use crate::check::words::is_allowed;
use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::FactUnit;
use crate::prose::{Figure, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "After the placeholder of a figure in percentage points stands no *procent*, *pct.* or *%*; after a share no *procentpoint*; and none of them after a form that prints its unit itself (`{{ x }}` prints *20 %*, `{{ x.number }}` prints *20*).",
    why: "From 20 % to 16 % is 4 percentage points, but 20 per cent fewer: the wrong word is wrong by a factor.",
    example: "`Forskellen er {{ indicators.by_id.insecure.gap.latest.number }} procent.`",
    correct: "Remove the word and print the usual form, which knows its unit: `{{ indicators.by_id.insecure.gap.latest }}`.",
    check,
};

const CODE: Code = Code::new(
    "R16",
    "wrong-percent",
    "the word after a figure is not its unit, or says it twice",
);

/// The words for units, the longest first.
const WORDS: [&str; 5] = ["procentpoint", "procent", "pct.", "pct", "%"];

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for (source, parts) in checked.texts() {
        for part in parts {
            let PartKind::Words = part.kind else { continue };
            let words = &source.text()[part.span.clone()];
            let rest = words
                .trim_start_matches("&nbsp;")
                .trim_start_matches(char::is_whitespace);
            let Some(unit) = WORDS.iter().find(|unit| rest.starts_with(**unit)) else {
                continue;
            };
            let start = part.span.start + words.len() - rest.len();
            let wrong = part
                .before
                .iter()
                .find_map(|one| Some((one, fault(one, unit)?)));
            let Some((figure, fault)) = wrong else {
                continue;
            };
            if is_allowed(source, start, CODE.id) {
                continue;
            }
            let message = format!("'{unit}' after {}: {fault}", figure.fact.id);
            findings.push(
                Finding::error(CODE, message)
                    .at(&source.place(start..start + unit.len()), "not its unit")
                    .expected(format!("{} prints '{}'", figure.fact.id, shown(figure)))
                    .hint("print the usual form, which knows its unit, and remove the word"),
            );
        }
    }
}

fn shown(figure: &Figure) -> String {
    let text = figure.fact.form(&figure.form);
    text.unwrap_or_default().replace('\u{a0}', " ")
}

/// What is wrong with a unit after a figure.
fn fault(figure: &Figure, unit: &str) -> Option<&'static str> {
    let (points, bare) = (
        unit == "procentpoint",
        matches!(figure.form.as_str(), "number" | "signed"),
    );
    match figure.fact.unit {
        _ if figure.fact.value.is_none() => None,
        FactUnit::Percent | FactUnit::PercentagePoints if !bare => {
            Some("the unit would stand there twice")
        }
        FactUnit::Percent => {
            points.then_some("it is a share, not a difference in percentage points")
        }
        FactUnit::PercentagePoints => {
            (!points).then_some("it is a difference in percentage points, not in per cent")
        }
        _ => Some("it is no share"),
    }
}
