//! R21: a final edition has a complete document head.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{Cadence, EditionStatus};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A final edition has a case number, a document number and a case officer, and a report has a recipient. A draft may lack them.",
    why: "A final document is filed: without its numbers it cannot be found again.",
    example: "`status` is `final` and `case_no` is empty.",
    correct: "Fill in the cells in documents.csv, or keep the edition a draft.",
    check,
};

const CODE: Code = Code::new(
    "R21",
    "incomplete-head",
    "a final edition lacks part of its document head",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let finals = checked
        .data
        .editions
        .iter()
        .filter(|one| one.status == EditionStatus::Final);
    for edition in finals {
        let report = checked
            .template(&edition.document.value)
            .is_some_and(|template| matches!(template.cadence.value, Cadence::StatusOf(_)));
        let parts = [
            ("case_no", edition.case_no.is_some()),
            ("doc_no", edition.doc_no.is_some()),
            ("case_officer", edition.case_officer.is_some()),
            ("recipient", edition.recipient.is_some() || !report),
        ];
        let missing: Vec<&str> = parts
            .into_iter()
            .filter(|(_, given)| !given)
            .map(|(part, _)| part)
            .collect();
        if missing.is_empty() {
            continue;
        }
        findings.push(
            Finding::error(
                CODE,
                format!(
                    "the final edition '{}' of {} has no {}",
                    edition.document.value,
                    edition.year.value,
                    missing.join(", no ")
                ),
            )
            .at(&edition.row, format!("{} empty", missing.join(", ")))
            .and(&edition.status.place, "is final")
            .hint("fill in the cells, or keep the edition a draft"),
        );
    }
}
