//! One edition through render: from what the engine is given to a PDF, its ledger and its published figures.

use std::cell::RefCell;

use super::codes;
use super::editions::Planned;
use super::load::{Loaded, Press};
use super::prepare::{Prepared, frame, prepare};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::facts::{Fact, GENERATOR, Origin};
use crate::ledger;
use crate::model::EditionStatus;
use crate::render::{Attachment, Job, Layout, PrintedFact, render};
use crate::sign;

/// A finished edition in memory.
#[derive(Debug)]
pub struct Composed {
    /// The PDF's bytes.
    pub pdf: Vec<u8>,
    /// `ledger.json`: what is printed where, and where it comes from.
    pub ledger: Vec<u8>,
    /// `data.json`: the published figures.
    pub data: Vec<u8>,
    /// Its pages.
    pub layout: Layout,
    /// The virtual paths of the template files that the engine opened.
    pub opened: Vec<String>,
    /// Warnings.
    pub findings: Findings,
}

/// Makes an edition's PDF in memory.
///
/// # Errors
/// Every finding that keeps the edition from being made.
pub fn compose(
    loaded: &Loaded,
    press: &Press,
    planned: &Planned<'_>,
) -> Result<Composed, Findings> {
    compose_prepared(loaded, press, planned, &prepare(loaded, press, planned)?)
}

/// The same, of an edition whose texts are filled in.
pub fn compose_prepared(
    loaded: &Loaded,
    press: &Press,
    planned: &Planned<'_>,
    prepared: &Prepared,
) -> Result<Composed, Findings> {
    let job = Job {
        files: &press.files,
        fonts: press.fonts()?,
        main: &format!("/{}/main.typ", planned.template.id.value),
        data: &prepared.data,
        ident: &planned.ident(),
        date: planned.edition.date.value,
        generator: GENERATOR,
    };
    let attached = RefCell::new((Vec::new(), Vec::new()));
    let rendered = render(&job, &|layout| {
        let findings = judge(planned, layout);
        if findings.has_errors() {
            return Err(findings);
        }
        let (ledger, data) = records(loaded, planned, layout);
        attached.replace((ledger.clone(), data.clone()));
        Ok(attachments(ledger, data))
    })?;
    let findings = warnings(planned, &rendered.warnings);
    if findings.has_errors() {
        return Err(findings);
    }
    let (ledger, data) = attached.into_inner();
    Ok(Composed {
        pdf: with_fields(planned, rendered.pdf)?,
        ledger,
        data,
        layout: rendered.layout,
        opened: rendered.opened,
        findings,
    })
}

/// The PDF with its signature fields, when its template leaves any.
fn with_fields(planned: &Planned<'_>, pdf: Vec<u8>) -> Result<Vec<u8>, Findings> {
    let at_template = |finding: Finding| finding.at(&planned.template.id.place, "this template");
    match sign::field::make(&pdf) {
        Ok(made) => Ok(made.unwrap_or(pdf)),
        Err(faults) => Err(faults.into_iter().map(at_template).collect()),
    }
}

/// The bytes of `ledger.json` and `data.json`.
fn records(loaded: &Loaded, planned: &Planned<'_>, layout: &Layout) -> (Vec<u8>, Vec<u8>) {
    let loose = ledger::loose(&layout.pieces, &planned.facts.topics);
    let (ledger, data) = ledger::make(&frame(loaded, planned), &planned.facts.book, layout, &loose);
    (json(&ledger), json(&data))
}

fn json(value: &impl serde::Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("its keys are texts");
    bytes.push(b'\n');
    bytes
}

fn attachments(ledger: Vec<u8>, data: Vec<u8>) -> Vec<Attachment> {
    let file = |name, bytes, description, relationship| Attachment {
        name,
        bytes,
        media_type: "application/json",
        description,
        relationship,
    };
    vec![
        file(
            "ledger.json",
            ledger,
            "Hvert trykt tal med værdi, oprindelse, formel, side og plads",
            "supplement",
        ),
        file(
            "data.json",
            data,
            "De offentliggjorte tal, som dokumentet er lavet af",
            "data",
        ),
    ]
}

/// What must not be printed: figures that are not the facts', figures that belong to nothing, and in a final edition invented ones.
fn judge(planned: &Planned<'_>, layout: &Layout) -> Findings {
    let book = &planned.facts.book;
    let at_template = |finding: Finding| finding.at(&planned.template.id.place, "this template");
    let mut findings: Findings = ledger::misprints(book, &layout.printed)
        .into_iter()
        .map(at_template)
        .collect();
    for one in ledger::loose(&layout.pieces, &planned.facts.topics) {
        if one.is_unaccounted() {
            findings.push(at_template(unaccounted(planned, &one)));
        }
    }
    if planned.edition.status == EditionStatus::Final {
        let invented = layout.printed.iter().filter_map(|one| {
            book.get(&one.id)
                .filter(|fact| fact.illustrative)
                .map(|fact| (fact, one))
        });
        findings.extend(invented.map(|(fact, one)| illustrative(planned, fact, one)));
    }
    findings
}

fn unaccounted(planned: &Planned<'_>, one: &ledger::Loose) -> Finding {
    Finding::error(
        ledger::codes::LOOSE,
        format!(
            "'{}' on page {} of {} is no fact",
            one.text, one.page, planned.output
        ),
    )
    .hint("print figures from the data as facts: {{ … }} in texts, #fact(…) in templates")
    .hint("a number of the document's structure is marked with #structural(\"kind\", …)")
}

/// Typst's warnings, which a final edition may not have.
fn warnings(planned: &Planned<'_>, warnings: &Findings) -> Findings {
    let is_final = planned.edition.status == EditionStatus::Final;
    let weigh = |warning: &Finding| {
        let mut warning = warning.clone();
        if is_final {
            warning.severity = Severity::Error;
            warning.message = format!("{} (a final edition allows no warning)", warning.message);
            warning.code = codes::WARNING_IN_FINAL;
        }
        warning
    };
    warnings.iter().map(weigh).collect()
}

fn illustrative(planned: &Planned<'_>, fact: &Fact, printed: &PrintedFact) -> Finding {
    let finding = Finding::error(
        codes::ILLUSTRATIVE,
        format!(
            "the final edition {} prints '{}' on page {}, which is an invented example",
            planned.output, printed.text, printed.page
        ),
    );
    let finding = match root_cell(planned, fact) {
        Some(Origin::Cell(place)) => finding
            .at(place, "illustrative")
            .and(&planned.edition.status.place, "is final"),
        _ => finding.at(&planned.edition.status.place, "is final"),
    };
    finding.hint("set `figures` to official, keep the edition a draft, or replace the example by the real figure")
}

/// The first illustrative cell that a fact rests on.
fn root_cell<'a>(planned: &'a Planned<'_>, fact: &'a Fact) -> Option<&'a Origin> {
    match &fact.origin {
        Origin::Cell(_) => Some(&fact.origin),
        Origin::Absent => None,
        Origin::Derived(formula) => formula
            .inputs
            .iter()
            .filter_map(|id| planned.facts.book.get(id))
            .filter(|input| input.illustrative)
            .find_map(|input| root_cell(planned, input)),
    }
}
