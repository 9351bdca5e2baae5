//! One edition through render: from what the engine is given to a PDF, its ledger and its published figures.

use std::cell::RefCell;

use super::codes;
use super::editions::Planned;
use super::judge::judge;
use super::load::{Loaded, Press};
use super::prepare::{Prepared, frame, prepare};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::facts::GENERATOR;
use crate::ledger;
use crate::model::EditionStatus;
use crate::render::{Attachment, Job, Layout, render};
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
