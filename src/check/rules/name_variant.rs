//! R27: names stand in texts as the partnership writes them.

use std::sync::Arc;

use crate::check::words::{is_allowed, occurrences, typed};
use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Place, Severity, SourceFile};
use crate::model::Names;

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "Texts and templates use no form of a name that is listed under `names.forbidden`, and no other order, case or ending of the canonical name's words than the canonical name itself and its `aliases`.",
    why: "Three names for one partnership look like three partnerships, and cannot be searched for.",
    example: "*Tryghedspartnerskab Folehaven*, when the name is *Folehaven Tryghedspartnerskab*.",
    correct: "Write `{{ partnership.name }}`, or add the form to `names.aliases` in partnership.json. An exception is a comment with its reason: `{# allow R27: … #}`.",
    check,
};

const CODE: Code = Code::new(
    "R27",
    "name-variant",
    "a text uses a form of a name that the partnership does not use",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let names = &checked.data.partnership.names;
    for manuscript in &checked.manuscripts {
        let (source, topics) = (&manuscript.source, checked.topics(manuscript));
        for span in typed(manuscript, &topics) {
            for one in &names.forbidden {
                for at in occurrences(source.text(), span.clone(), &one.form.value) {
                    if !is_allowed(source, at.start, CODE.id) {
                        let place = source.place(at);
                        findings.push(found(&place, &one.form.place, &one.instead.value));
                    }
                }
            }
            variants(source, span, names, findings);
        }
    }
}

/// Runs of as many words as the canonical name has, which are its words in another way.
fn variants(
    source: &Arc<SourceFile>,
    span: std::ops::Range<usize>,
    names: &Names,
    findings: &mut Findings,
) {
    let text = source.text();
    let wanted = stems(&names.canonical.value);
    let allowed: Vec<&str> = std::iter::once(&names.canonical)
        .chain(&names.aliases)
        .map(|name| name.value.as_str())
        .collect();
    let words: Vec<(usize, &str)> = text[span.clone()]
        .split_inclusive(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'' | '’'))
        .scan(span.start, |at, word| {
            let start = *at;
            *at += word.len();
            Some((start, word))
        })
        .collect();
    for run in words.windows(wanted.len().max(1)) {
        let (start, last) = (run[0].0, run[run.len() - 1]);
        let whole = &text[start..last.0 + last.1.len()];
        let whole = whole.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_name = |name: &&str| whole == *name || whole.strip_suffix('s') == Some(name);
        if wanted.len() < 2 || stems(whole) != wanted || allowed.iter().any(is_name) {
            continue;
        }
        if !is_allowed(source, start, CODE.id) {
            let place = source.place(start..start + whole.len());
            findings.push(found(
                &place,
                &names.canonical.place,
                &names.canonical.value,
            ));
        }
    }
}

/// The words of a name without case, order and endings.
fn stems(name: &str) -> Vec<String> {
    let mut stems: Vec<String> = name
        .split_whitespace()
        .map(|word| {
            let word = word.to_lowercase();
            let word = word.strip_suffix('s').unwrap_or(&word);
            word.strip_suffix("et").unwrap_or(word).to_owned()
        })
        .collect();
    stems.sort();
    stems
}

fn found(place: &Place, decided: &Place, instead: &str) -> Finding {
    Finding::error(
        CODE,
        format!("'{}' is not how the name is written", place.text()),
    )
    .at(place, "another form")
    .and(decided, "decided here")
    .expected(instead)
    .hint("write the name as it is, best as {{ partnership.name }}")
}
