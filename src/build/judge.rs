//! What may not be printed: figures that are not the facts', figures that belong to nothing, and in a final edition invented ones.
//!
//! Comes in: a laid out edition. Goes out: findings: one for each invented or loose figure, which names every page, and one for each place of a misprint. Must not make anything.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::editions::Planned;
use crate::diagnostic::{Finding, Findings, Place};
use crate::facts::{Fact, Origin, former};
use crate::ledger;
use crate::model::EditionStatus;
use crate::render::Layout;

/// Everything that keeps the edition from being made.
pub fn judge(planned: &Planned<'_>, layout: &Layout) -> Findings {
    let at_template = |finding: Finding| finding.at(&planned.template.id.place, "this template");
    let mut findings: Findings = ledger::misprints(&planned.facts.book, &layout.printed)
        .into_iter()
        .map(at_template)
        .collect();
    findings.extend(unaccounted(planned, layout).into_iter().map(at_template));
    findings.extend(silently_restated(planned, layout).map(at_template));
    if planned.edition.status == EditionStatus::Final {
        findings.extend(illustrative(planned, layout));
    }
    findings
}

/// A finding for every restated figure that the edition prints, by itself or through another, without the note that says so.
fn silently_restated<'a>(
    planned: &'a Planned<'_>,
    layout: &'a Layout,
) -> impl Iterator<Item = Finding> + 'a {
    let printed: BTreeSet<&str> = layout.printed.iter().map(|one| one.id.as_str()).collect();
    let rows = planned.partnership.data.restatements.iter();
    let told = rows.filter(|one| one.date.value <= planned.edition.date.value);
    told.filter(move |one| {
        let is_noted = printed.contains(former(one).as_str());
        let printed = printed.iter().copied();
        !is_noted && ledger::reaches(&planned.facts.book, printed, &one.figure.value)
    })
    .map(|one| {
        let message = format!(
            "{} prints '{}', which was restated on {}, without saying so",
            planned.output, one.figure.value, one.date.value
        );
        Finding::error(codes::SILENT_RESTATEMENT, message)
            .and(&one.figure.place, "restated")
            .hint("put `#restatement-note(d)` from /shared/lib.typ after the last figure")
    })
}

/// A finding for every text with a figure that belongs to nothing.
fn unaccounted(planned: &Planned<'_>, layout: &Layout) -> Vec<Finding> {
    let mut texts: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for one in ledger::loose(&layout.pieces, &planned.facts.topics) {
        if one.is_unaccounted() {
            texts.entry(one.text).or_default().insert(one.page);
        }
    }
    let findings = texts.into_iter().map(|(text, on)| {
        let (on, output) = (pages(&on), &planned.output);
        let message = format!("'{text}' on {on} of {output} is no fact");
        Finding::error(ledger::codes::LOOSE, message)
            .hint("print figures from the data as facts: {{ … }} in texts, #fact(…) in templates")
            .hint("a number of the document's structure is marked with #structural(\"kind\", …)")
    });
    findings.collect()
}

/// What is printed of an invented cell: the texts in their order, and the pages.
#[derive(Default)]
struct Printed {
    texts: Vec<String>,
    pages: BTreeSet<usize>,
}

/// A finding for every invented cell that the edition prints, by itself or in what rests on it.
fn illustrative(planned: &Planned<'_>, layout: &Layout) -> Vec<Finding> {
    let mut cells: Vec<(Option<&Place>, Printed)> = Vec::new();
    for one in &layout.printed {
        let fact = planned.facts.book.get(&one.id);
        let Some(fact) = fact.filter(|fact| fact.illustrative) else {
            continue;
        };
        let cell = root_cell(planned, fact);
        let key = |place: &Place| (place.source().path().to_owned(), place.span());
        let wanted = cell.map(key);
        let known = cells.iter().position(|(place, _)| place.map(key) == wanted);
        let at = known.unwrap_or_else(|| {
            cells.push((cell, Printed::default()));
            cells.len() - 1
        });
        let printed = &mut cells[at].1;
        printed.pages.insert(one.page);
        if !printed.texts.contains(&one.text) {
            printed.texts.push(one.text.clone());
        }
    }
    let finding = |(cell, printed)| invented(planned, cell, &printed);
    cells.into_iter().map(finding).collect()
}

fn invented(planned: &Planned<'_>, cell: Option<&Place>, printed: &Printed) -> Finding {
    let texts: Vec<String> = printed.texts.iter().map(|one| format!("'{one}'")).collect();
    let (texts, what) = match texts.as_slice() {
        [one] => (one.clone(), "is an invented example"),
        [one, other] => (
            format!("{one} and {other}"),
            "are, or rest on, an invented example",
        ),
        [one, other, rest @ ..] => (
            format!("{one}, {other} and {} more", rest.len()),
            "are, or rest on, an invented example",
        ),
        [] => (String::new(), ""),
    };
    let message = format!(
        "the final edition {} prints {texts} on {}, which {what}",
        planned.output,
        pages(&printed.pages)
    );
    let finding = Finding::error(codes::ILLUSTRATIVE, message);
    let status = &planned.edition.status.place;
    let finding = match cell {
        Some(place) => finding.at(place, "illustrative").and(status, "is final"),
        None => finding.at(status, "is final"),
    };
    finding.hint("set `figures` to official, keep the edition a draft, or replace the example by the real figure")
}

/// `page 3`, or `pages 1, 2 and 7`.
fn pages(pages: &BTreeSet<usize>) -> String {
    let all: Vec<String> = pages.iter().map(ToString::to_string).collect();
    match all.as_slice() {
        [] => "no page".to_owned(),
        [one] => format!("page {one}"),
        [first @ .., last] => format!("pages {} and {last}", first.join(", ")),
    }
}

/// The first illustrative cell that a fact rests on.
fn root_cell<'a>(planned: &'a Planned<'_>, fact: &'a Fact) -> Option<&'a Place> {
    match &fact.origin {
        Origin::Cell(place) => Some(place),
        Origin::Absent => None,
        Origin::Derived(formula) => formula
            .inputs
            .iter()
            .filter_map(|id| planned.facts.book.get(id))
            .filter(|input| input.illustrative)
            .find_map(|input| root_cell(planned, input)),
    }
}
