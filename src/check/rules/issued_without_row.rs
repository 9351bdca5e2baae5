//! R31: what was issued stays in the register.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Every edition in issued.json has its row in documents.csv: the same document, year and revision, with status final; and every edition stands there once.",
    why: "The register is the list of what has been sent out; an issued document that is not in it would vanish from every list, and its PDF from the output folder.",
    example: "The row of the plan for 2019, revision 1, is deleted when revision 2 is added.",
    correct: "Put the row back as it was. A withdrawn document keeps its row; a new revision says what has changed.",
    check,
};

const CODE: Code = Code::new(
    "R31",
    "issued-without-row",
    "an issued edition has no row in the register, or one that calls it a draft",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    use crate::model::EditionStatus;
    let issued = &checked.data.issued;
    for (index, one) in issued.iter().enumerate() {
        let (document, year, revision) = (&one.document.value, one.year.value, one.revision.value);
        let name = format!("'{document}' {year}, revision {revision}");
        if let Some(first) = issued[..index]
            .iter()
            .find(|other| other.is(document, year, revision))
        {
            findings.push(
                Finding::error(CODE, format!("issued.json has {name} twice"))
                    .at(&one.revision.place, "again here")
                    .and(&first.revision.place, "first here"),
            );
            continue;
        }
        let row =
            checked.data.editions.iter().find(|row| {
                row.document == **document && row.year == year && row.revision == revision
            });
        match row {
            None => findings.push(
                Finding::error(
                    CODE,
                    format!("{name} was issued, but is not in the register"),
                )
                .at(&one.revision.place, "issued")
                .hint("put its row back into documents.csv"),
            ),
            Some(row) if row.status != EditionStatus::Final => findings.push(
                Finding::error(
                    CODE,
                    format!("{name} was issued, but the register calls it a draft"),
                )
                .at(&row.status.place, "a draft")
                .and(&one.issued.place, "issued")
                .expected("final"),
            ),
            Some(_) => {}
        }
    }
}
