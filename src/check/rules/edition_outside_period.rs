//! R07: editions and activities lie inside the agreement's period.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Located, Severity};
use crate::model::Partnership;

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "The year of every edition and of every activity lies inside the agreement's title period, or inside a recorded extension.",
    why: "A plan for a year that no agreement covers has no money and no mandate.",
    example: "A plan for 2022 under the agreement 2018-2021 without an extension.",
    correct: "Correct the year, or record the extension under `periods.extensions` in partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R07",
    "year-outside-period",
    "an edition or an activity lies outside the agreement's period",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    for edition in &checked.data.editions {
        let what = format!("the edition '{}'", edition.document.value);
        look(partnership, &what, &edition.year, findings);
    }
    for activity in &checked.data.activities {
        let what = format!("the activity '{}'", activity.name.value);
        look(partnership, &what, &activity.plan_year, findings);
    }
}

fn look(partnership: &Partnership, what: &str, year: &Located<i32>, findings: &mut Findings) {
    let title = &partnership.periods.title;
    let extended = partnership
        .periods
        .extensions
        .iter()
        .max_by_key(|one| one.to.value);
    let last = extended.map_or(&title.to, |extension| &extension.to);
    let (early, late) = (
        year.value < title.from.value,
        year.value > last.value.max(title.to.value),
    );
    if !early && !late {
        return;
    }
    let (bound, word) = if early {
        (&title.from, "begins")
    } else {
        (last, "ends")
    };
    findings.push(
        Finding::error(
            CODE,
            format!(
                "{what} is of {}, but the agreement {word} in {}",
                year.value, bound.value
            ),
        )
        .at(&year.place, "outside the period")
        .and(&bound.place, format!("the agreement {word}"))
        .hint("correct the year, or record the extension under `periods.extensions`"),
    );
}
