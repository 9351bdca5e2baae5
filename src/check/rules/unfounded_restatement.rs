//! R32: a restatement says what an issued document printed, and corrects it.

use rust_decimal::Decimal;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Located, Severity};
use crate::facts::{Origin, label};
use crate::model::{Figure, Issued, Restatement};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A figure that an issued document has printed is the same in every later one, or restatements.csv says what it was, from which day it is another, and why. A row there names a figure that a document issued before that day prints; `was` is what the last such document prints; and the figure is another now. A document of that day or later that prints the figure, or one worked out from it, says so in a note; a document from before keeps seeing what it saw. (A figure that changed without a row is B07, at the cell and at the issued figure.)",
    why: "A reader who lays two reports side by side finds the same year with two figures, and trusts neither. Said openly, a correction costs nothing.",
    example: "`indicators/insecure/folehaven/2018;19;2020-03-02;Svarene er vægtet på ny.` where the agreement of 2018 printed 20 %.",
    correct: "Copy `was` from the issued document (`tryk explain PDF TEXT` shows a figure's id and exact value), put the new value into its own cell, and let `date` be the day it was corrected.",
    check,
};

const CODE: Code = Code::new(
    "R32",
    "unfounded-restatement",
    "a restatement is of a figure that no issued document printed so, or changes nothing",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for row in &checked.data.restatements {
        let id = &row.figure.value;
        if label(checked.data, id).is_none() || !is_cell(checked, id) {
            findings.push(
                Finding::error(CODE, format!("'{id}' is no figure of the data"))
                    .at(&row.figure.place, "unknown, or worked out from others")
                    .hint("a figure that is worked out follows from its cells: restate those")
                    .hint("`tryk explain PDF TEXT` shows the id of a printed figure"),
            );
            continue;
        }
        match printed_before(checked, row) {
            None => findings.push(
                Finding::error(
                    CODE,
                    format!("no document issued before {} printed '{id}'", row.date.value),
                )
                .at(&row.figure.place, "printed by none")
                .and(&row.date.place, "before this day")
                .hint("a figure that nobody has been told is simply corrected in its cell: delete the row"),
            ),
            Some((issued, figure)) => was(row, issued, figure, findings),
        }
        now(checked, row, findings);
    }
}

/// True for a figure that some edition takes from a cell.
fn is_cell(checked: &Checked<'_>, id: &str) -> bool {
    let mut facts = checked
        .seen
        .iter()
        .filter_map(|seen| seen.facts.book.get(id));
    facts.any(|fact| matches!(fact.origin, Origin::Cell(_)))
}

/// The last document before a restatement that printed the figure, and how.
fn printed_before<'a>(
    checked: &Checked<'a>,
    row: &Restatement,
) -> Option<(&'a Issued, &'a Located<Figure>)> {
    let data = checked.data;
    let dated = |issued: &Issued| {
        let (document, year) = (&issued.document.value, issued.year.value);
        let edition = data.editions.iter().find(|one| {
            one.document.value == *document
                && one.year == year
                && one.revision.value == issued.revision.value
        });
        edition.map_or(issued.issued.value, |edition| edition.date.value)
    };
    let before = data.issued.iter().filter_map(|issued| {
        let day = dated(issued);
        let figure = issued.figures.get(&row.figure.value)?;
        let is_printed = day < row.date.value && figure.value.value.is_some();
        is_printed.then_some((day, issued, figure))
    });
    let (_, issued, figure) = before.max_by_key(|(day, ..)| *day)?;
    Some((issued, figure))
}

fn was(row: &Restatement, issued: &Issued, figure: &Located<Figure>, findings: &mut Findings) {
    let printed = figure.value.value.as_deref();
    let printed = printed.and_then(|value| value.parse::<Decimal>().ok());
    if printed == Some(row.was.value) {
        return;
    }
    findings.push(
        Finding::error(
            CODE,
            format!(
                "{} printed '{}' as {}, not as the restatement says",
                issued.output.value, row.figure.value, figure.value.text
            ),
        )
        .at(&row.was.place, "what was printed")
        .and(&figure.place, "as issued")
        .expected(printed.map_or_else(
            || figure.value.text.clone(),
            |value| value.normalize().to_string().replace('.', ","),
        )),
    );
}

/// A restatement that leaves the figure as it was.
fn now(checked: &Checked<'_>, row: &Restatement, findings: &mut Findings) {
    let after = checked
        .seen
        .iter()
        .filter(|seen| seen.edition.date.value >= row.date.value)
        .min_by_key(|seen| seen.edition.date.value);
    let fact = after.and_then(|seen| seen.facts.book.get(&row.figure.value));
    let Some(fact) = fact.filter(|fact| fact.number() == Some(row.was.value)) else {
        return;
    };
    let Origin::Cell(place) = &fact.origin else {
        return;
    };
    findings.push(
        Finding::error(
            CODE,
            format!(
                "'{}' is restated on {}, but is the same as before",
                row.figure.value, row.date.value
            ),
        )
        .at(&row.was.place, "was")
        .and(place, "is")
        .hint(
            "put the corrected value into the figure's own cell; what was printed stays in `was`",
        ),
    );
}
