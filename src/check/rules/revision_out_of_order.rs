//! R30: the revisions of a document follow each other in number and time, and a final one is issued before the next is begun.

use std::collections::BTreeMap;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{Edition, EditionStatus, Issued};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "The revisions of a document and year are numbered 1, 2, 3 … without gaps. A later revision does not bear an earlier date. A final revision is issued (`tryk issue`) before there is a next one, and no revision is dated before the former was issued.",
    why: "A reader must be able to tell which revision is in force, and what it changed: that can be said only against one whose bytes are kept.",
    example: "Revision 2 of the plan for 2019 bears a date before revision 1, or follows a final revision 1 that was never issued.",
    correct: "Correct `revision` or `date` in documents.csv. To issue the former revision, take the new row out, put the data back as they were, run `tryk issue`, then make the changes again.",
    check,
};

const CODE: Code = Code::new(
    "R30",
    "revision-out-of-order",
    "revisions leave a gap, go back in time, or follow one that was not issued",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let mut documents: BTreeMap<(&str, i32), Vec<&Edition>> = BTreeMap::new();
    for edition in &checked.data.editions {
        let key = (edition.document.value.as_str(), edition.year.value);
        documents.entry(key).or_default().push(edition);
    }
    for revisions in documents.values_mut() {
        revisions.sort_by_key(|one| one.revision.value);
        if let [first, ..] = revisions.as_slice()
            && first.revision != 1
        {
            findings.push(gap(first, None));
        }
        for pair in revisions.windows(2) {
            let [former, next] = pair else { continue };
            follow(&checked.data.issued, former, next, findings);
        }
    }
}

fn follow(issued: &[Issued], former: &Edition, next: &Edition, findings: &mut Findings) {
    let (was, is) = (former.revision.value, next.revision.value);
    if is > was + 1 {
        findings.push(gap(next, Some(former)));
    }
    if next.date.value < former.date.value {
        findings.push(
            Finding::error(
                CODE,
                format!(
                    "revision {is} of {} is dated before revision {was}",
                    called(next)
                ),
            )
            .at(&next.date.place, "earlier")
            .and(&former.date.place, "than the revision before"),
        );
    }
    let kept = issued
        .iter()
        .find(|one| one.is(&former.document.value, former.year.value, was));
    match kept {
        Some(kept) if next.date.value < kept.issued.value => findings.push(
            Finding::error(
                CODE,
                format!("revision {is} of {} is dated before revision {was} was issued", called(next)),
            )
            .at(&next.date.place, "earlier")
            .and(&kept.issued.place, "than the day of issue"),
        ),
        None if former.status == EditionStatus::Final && is > was => findings.push(
            Finding::error(
                CODE,
                format!("revision {was} of {} is final, but was not issued before revision {is} was begun", called(next)),
            )
            .at(&next.revision.place, "the new revision")
            .and(&former.status.place, "final, and in no entry of issued.json")
            .hint("take the new row out, put the data back as they were, issue the former revision, then make the changes again"),
        ),
        _ => {}
    }
}

fn gap(edition: &Edition, former: Option<&Edition>) -> Finding {
    let expected = former.map_or(1, |one| one.revision.value + 1);
    let finding = Finding::error(
        CODE,
        format!(
            "revision {} of {} stands where revision {expected} should",
            edition.revision.value,
            called(edition)
        ),
    )
    .at(&edition.revision.place, "leaves a gap")
    .expected(expected.to_string());
    match former {
        Some(former) => finding.and(&former.revision.place, "the revision before"),
        None => finding,
    }
}

fn called(edition: &Edition) -> String {
    format!("'{}' {}", edition.document.value, edition.year.value)
}
