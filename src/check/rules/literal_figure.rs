//! R19: figures are printed from the data, never typed.

use crate::check::words::{FigureKind, Suggestions, Typed, figures, is_allowed, typed};
use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::facts::danish::in_words;
use crate::model::{Manuscript, ManuscriptKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "No figure is typed in a text or in a template: neither digits, nor a number word before something that the data count (*syv forvaltninger*). Allowed are the numbers of list items, headings and sections, laws (*lov nr. 692 af 8. juni 2018*, *§ 15*), standards (*EN 301 549*), names such as *3B*, addresses, and code (lengths, percentages and patterns in Typst).",
    why: "A typed figure stays when the data change, has no source, and stands in no ledger.",
    example: "`Partnerskabet råder over 870.000 kr. om året.`",
    correct: "Print the fact: `{{ economy.activity_funds.year }}` in a text, `#fact(d.economy.activity_funds.year)` in a template. A number that is part of a name no list knows is allowed by a comment on its line or the line before, with the reason: `{# allow R19: the square's name #}`, in Typst `// allow R19: …`.",
    check,
};

const CODE: Code = Code::new(
    "R19",
    "literal-figure",
    "a figure is typed in a text or a template instead of printed from the data",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for manuscript in &checked.manuscripts {
        let (source, topics) = (&manuscript.source, checked.topics(manuscript));
        let mut suggestions = None;
        let mut reached = 0;
        for part in typed(manuscript, &topics) {
            for figure in figures(source.text(), part) {
                let start = figure.span.start;
                if start < reached || is_allowed(source, start, CODE.id) {
                    continue;
                }
                let known = suggestions.get_or_insert_with(|| Suggestions::new(&topics));
                let (finding, end) = found(manuscript, &figure, known);
                reached = end;
                findings.push(finding);
            }
        }
    }
}

/// The finding, and where the figure ends.
fn found(manuscript: &Manuscript, figure: &Typed, known: &Suggestions) -> (Finding, usize) {
    let text = manuscript.source.text();
    let start = figure.span.start;
    let suggestion = known.find(&text[start..]);
    let end = match (&figure.kind, suggestion) {
        (FigureKind::Digits, Some(one)) => figure
            .span
            .end
            .max(start + matched(&text[start..], &one.text)),
        _ => figure.span.end,
    };
    let message = format!(
        "'{}' is typed, not printed from the data",
        &text[start..end]
    );
    let finding =
        Finding::error(CODE, message).at(&manuscript.source.place(start..end), "typed by hand");
    let finding = match (&figure.kind, suggestion) {
        (FigureKind::Counted(count, path), _) => {
            let words = match manuscript.kind {
                ManuscriptKind::Text => format!("{{{{ {path}.words }}}}"),
                ManuscriptKind::Layout => format!("#fact(d.{path}, form: \"words\")"),
            };
            finding.hint(format!("write {words} instead of '{}'", in_words((*count).into())))
        }
        (FigureKind::Digits, Some(one)) => {
            finding.hint(format!("it is the fact {}: write {}", one.fact, one.instead(manuscript.kind)))
        }
        (FigureKind::Digits, None) => finding.hint(
            "no fact of the editions that print this has that value: put it into the data, and print it from there",
        ),
    };
    (finding, end)
}

/// How many bytes of the source a form takes; its spaces may be no-break ones there.
fn matched(source: &str, form: &str) -> usize {
    let characters = form.chars().count();
    source
        .char_indices()
        .nth(characters)
        .map_or(source.len(), |(at, _)| at)
}
