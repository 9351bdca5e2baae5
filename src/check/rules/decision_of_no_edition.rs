//! R34: what a report asks its reader to decide belongs to a report.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Warning,
    checks: "Every entry of `decisions` in partnership.json names a document and a year that documents.csv has an edition of. A document that is not in the register at all yet is left out.",
    why: "A decision that is asked for in a year without a report is asked for nowhere; mostly the year is mistyped, and another report asks for too little.",
    example: "`{ \"document\": \"status-finance-committee\", \"year\": 2019, … }` where the committee gets a status in 2018 and 2020.",
    correct: "Correct `document` or `year` of the entry, or add the edition to documents.csv.",
    check,
};

const CODE: Code = Code::new(
    "R34",
    "decision-of-no-edition",
    "a decision is to be asked for in a document that is not in the register",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for asked in &checked.data.partnership.decisions {
        let editions = checked.data.editions.iter();
        let mut own = editions.filter(|one| one.document.value == asked.document.value);
        let Some(near) = own.clone().next() else {
            continue;
        };
        if own.any(|one| one.year.value == asked.year.value) {
            continue;
        }
        let (document, year) = (&asked.document.value, asked.year.value);
        let message =
            format!("a decision is asked for in '{document}' {year}, which is not registered");
        findings.push(
            Finding::warning(CODE, message)
                .at(&asked.year.place, "no edition of this year")
                .and(&near.year.place, "an edition of another year"),
        );
    }
}
