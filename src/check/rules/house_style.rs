//! R28: fixed expressions stand in the form of the house.

use crate::check::words::{is_allowed, occurrences, typed};
use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Warning,
    checks: "Typed words use one form of fixed expressions: *pr. 1.000* (not *per 1.000*, *per 1000*, *pr. 1000*), *%* (not *pct.*), and the abbreviations of the Danish spelling dictionary (*bl.a.*, *f.eks.*, *mv.*, *dvs.*).",
    why: "One document with three ways of writing a rate looks like three authors; a search finds a third of it.",
    example: "*41,2 anmeldelser per 1000 indbyggere*",
    correct: "Write the form that the finding names; figures bring theirs with them (`{{ x.long }}` prints *41,2 pr. 1.000 indbyggere*).",
    check,
};

const CODE: Code = Code::new(
    "R28",
    "house-style",
    "a text writes a fixed expression otherwise than the house does",
);

/// What is not written, and what is.
const FORMS: [(&str, &str); 11] = [
    ("per 1.000", "pr. 1.000"),
    ("per 1000", "pr. 1.000"),
    ("pr. 1000", "pr. 1.000"),
    ("pr 1.000", "pr. 1.000"),
    ("per tusind", "pr. tusind"),
    ("pct.", "%"),
    ("bl. a.", "bl.a."),
    ("f. eks.", "f.eks."),
    ("m.v.", "mv."),
    ("d.v.s.", "dvs."),
    ("d.d.", "dags dato"),
];

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for manuscript in &checked.manuscripts {
        let (source, topics) = (&manuscript.source, checked.topics(manuscript));
        for span in typed(manuscript, &topics) {
            for (form, instead) in FORMS {
                for at in occurrences(source.text(), span.clone(), form) {
                    if is_allowed(source, at.start, CODE.id) {
                        continue;
                    }
                    let message = format!(
                        "'{}' is not the form of the house",
                        &source.text()[at.clone()]
                    );
                    findings.push(
                        Finding::warning(CODE, message)
                            .at(&source.place(at), "another form")
                            .expected(instead),
                    );
                }
            }
        }
    }
}
