//! One edition through facts, prose and render.

use serde_json::{Map, Value};

use super::codes;
use super::editions::Planned;
use super::load::{Loaded, Press};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::facts::{Fact, Origin};
use crate::model::EditionStatus;
use crate::prose;
use crate::read;
use crate::render::{Job, PrintedFact, Rendered, render};

/// Where a logo may be dropped in, the one that is taken first.
const LOGOS: [&str; 2] = ["/assets/logo.svg", "/assets/logo.png"];

/// A finished edition in memory.
#[derive(Debug)]
pub struct Composed {
    /// The PDF's bytes.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub pages: usize,
    /// How many figures it prints.
    pub figures: usize,
    /// Warnings.
    pub findings: Findings,
}

/// Makes an edition's PDF.
///
/// # Errors
/// Every finding that keeps the edition from being made.
pub fn compose(
    loaded: &Loaded,
    press: &Press,
    planned: &Planned<'_>,
) -> Result<Composed, Findings> {
    let data = data(loaded, press, planned)?;
    let job = Job {
        files: &press.files,
        fonts: &press.fonts,
        main: &format!("/{}/main.typ", planned.template.id.value),
        data: &data,
        ident: &planned.ident(),
        date: planned.edition.date.value,
        generator: concat!("tryk ", env!("CARGO_PKG_VERSION")),
    };
    let rendered = render(&job)?;
    let findings = judge(planned, &rendered);
    if findings.has_errors() {
        return Err(findings);
    }
    Ok(Composed {
        pages: rendered.pages,
        figures: rendered.printed.len(),
        pdf: rendered.pdf,
        findings,
    })
}

/// The bytes of `/data.json`: the topics, the title and the texts as blocks.
fn data(loaded: &Loaded, press: &Press, planned: &Planned<'_>) -> Result<Vec<u8>, Findings> {
    let (texts, mut findings) = read::texts(
        &loaded.templates_root,
        &loaded.inputs,
        &planned.partnership.name,
        planned.template,
        planned.edition.year.value,
    );
    let (blocks, faults) = prose::blocks(&texts, &planned.facts);
    findings.append(faults);
    if findings.has_errors() {
        return Err(findings);
    }
    let texts: Map<String, Value> = blocks
        .iter()
        .map(|(name, blocks)| {
            (
                name.clone(),
                blocks.iter().map(prose::Block::to_json).collect(),
            )
        })
        .collect();
    let mut topics = planned.facts.topics.to_json();
    topics["text"] = Value::Object(texts);
    topics["edition"]["title"] = Value::String(planned.title.clone());
    topics["edition"]["logo"] = LOGOS
        .iter()
        .find(|path| press.files.get(path).is_some())
        .copied()
        .into();
    Ok(topics.to_string().into_bytes())
}

/// What must not be printed: figures that are not the facts', and in a final edition invented ones and warnings.
fn judge(planned: &Planned<'_>, rendered: &Rendered) -> Findings {
    let is_final = planned.edition.status == EditionStatus::Final;
    let mut findings = Findings::new();
    for printed in &rendered.printed {
        match planned.facts.book.get(&printed.id) {
            Some(fact) if !is_form_of(fact, printed) => findings.push(foreign(planned, printed)),
            Some(fact) if is_final && fact.illustrative => {
                findings.push(illustrative(planned, fact, printed));
            }
            Some(_) => {}
            None => findings.push(foreign(planned, printed)),
        }
    }
    for warning in rendered.warnings.iter() {
        let mut warning = warning.clone();
        if is_final {
            warning.severity = Severity::Error;
            warning.message = format!("{} (a final edition allows no warning)", warning.message);
            warning.code = codes::WARNING_IN_FINAL;
        }
        findings.push(warning);
    }
    findings
}

fn is_form_of(fact: &Fact, printed: &PrintedFact) -> bool {
    fact.form(printed.form.as_deref().unwrap_or("text")) == Some(printed.text.as_str())
}

fn foreign(planned: &Planned<'_>, printed: &PrintedFact) -> Finding {
    Finding::error(
        codes::FOREIGN_FACT,
        format!(
            "{} prints '{}' on page {} for {}, which is not a form of that fact",
            planned.output, printed.text, printed.page, printed.id
        ),
    )
    .at(&planned.template.id.place, "this template")
    .hint("print facts with #fact(…) only")
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
        Origin::Derived { inputs, .. } => inputs
            .iter()
            .filter_map(|id| planned.facts.book.get(id))
            .filter(|input| input.illustrative)
            .find_map(|input| root_cell(planned, input)),
    }
}
