//! One edition through facts and prose: the exact bytes that the engine is given, and what else its PDF depends on.
//!
//! Comes in: an edition with its facts. Goes out: what the engine is given and the digests of it. Must not start the engine.

use std::collections::BTreeMap;

use serde::Serialize;

use super::digest::{of_parts, sha256};
use super::editions::Planned;
use super::load::{Loaded, Press};
use crate::diagnostic::Findings;
use crate::facts::{GENERATOR, Node};
use crate::ledger;
use crate::model::Figure;
use crate::prose;
use crate::read;
use crate::render;

/// Where a logo may be dropped in, the one that is taken first.
const LOGOS: [&str; 2] = ["/assets/logo.svg", "/assets/logo.png"];

/// The program, its version and its source: another may make other bytes of the same inputs.
pub const TOOL: &str = concat!(
    "tryk ",
    env!("CARGO_PKG_VERSION"),
    " (",
    env!("TRYK_SOURCE"),
    ")"
);

/// What the engine is given for an edition, beside the templates and the fonts.
#[derive(Debug)]
pub struct Prepared {
    /// The bytes of `/data.json`: the topics, the title and the texts as blocks.
    pub data: Vec<u8>,
    /// The digests of the texts that were filled in, by path.
    pub texts: BTreeMap<String, String>,
    /// What the ledger says of the edition.
    pub edition: ledger::EditionEntry,
}

/// Figures as a ledger has them before the pages are set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Each figure by id.
    pub values: BTreeMap<String, Figure>,
    /// Digest of where each comes from and what it rests on.
    pub origins: String,
}

/// Fills in the texts and puts the edition's data together.
///
/// # Errors
/// Everything wrong with the texts.
pub fn prepare(
    loaded: &Loaded,
    press: &Press,
    planned: &Planned<'_>,
) -> Result<Prepared, Findings> {
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
    let logo = LOGOS
        .into_iter()
        .find(|path| press.files.get(path).is_some());
    let digests = texts
        .values()
        .map(|one| (one.path().to_owned(), sha256(one.text().as_bytes())));
    Ok(Prepared {
        data: data(planned, &blocks, logo),
        texts: digests.collect(),
        edition: edition(planned),
    })
}

/// The bytes of `/data.json`, with sorted keys.
fn data(
    planned: &Planned<'_>,
    texts: &BTreeMap<String, Vec<prose::Block>>,
    logo: Option<&str>,
) -> Vec<u8> {
    #[derive(Serialize)]
    #[serde(untagged)]
    enum Part<'a> {
        Topic(&'a Node),
        Topics(BTreeMap<&'a str, Part<'a>>),
        Texts(&'a BTreeMap<String, Vec<prose::Block>>),
        Word(Option<&'a str>),
    }
    fn parts(node: &Node) -> BTreeMap<&str, Part<'_>> {
        let Node::Map(map) = node else {
            return BTreeMap::new();
        };
        map.iter()
            .map(|(key, topic)| (key.as_str(), Part::Topic(topic)))
            .collect()
    }
    let topics = &planned.facts.topics;
    let mut edition = topics.get("edition").map(parts).unwrap_or_default();
    edition.insert("title", Part::Word(Some(&planned.title)));
    edition.insert("logo", Part::Word(logo));
    let mut all = parts(topics);
    all.insert("edition", Part::Topics(edition));
    all.insert("text", Part::Texts(texts));
    serde_json::to_vec(&all).expect("its keys are texts")
}

fn edition(planned: &Planned<'_>) -> ledger::EditionEntry {
    let edition = planned.edition;
    ledger::EditionEntry {
        partnership: planned.partnership.name.clone(),
        document: edition.document.value.clone(),
        year: edition.year.value,
        revision: edition.revision.value,
        date: edition.date.value.to_string(),
        status: super::status(edition).to_owned(),
        title: planned.title.clone(),
        output: planned.output.clone(),
    }
}

/// What a ledger of the edition says beside the facts.
pub fn frame<'a>(loaded: &Loaded, planned: &Planned<'a>) -> ledger::Frame<'a> {
    ledger::Frame {
        edition: edition(planned),
        generator: GENERATOR,
        engine: render::engine(),
        sources: &planned.partnership.data.partnership.sources,
        indicators: &planned.partnership.data.partnership.indicators,
        inputs_shown: loaded.inputs.shown(""),
    }
}

/// The figures of these ids, and those that they rest on, as a ledger of the edition would have them now.
pub fn figures<'a>(
    loaded: &Loaded,
    planned: &Planned<'_>,
    ids: impl IntoIterator<Item = &'a str>,
) -> Figures {
    let (facts, sources) = ledger::known(&frame(loaded, planned), &planned.facts.book, ids);
    let origins = serde_json::to_vec(&(&facts, &sources)).expect("its keys are texts");
    Figures {
        origins: sha256(&origins),
        values: facts
            .into_iter()
            .map(|one| (one.id.clone(), figure(one)))
            .collect(),
    }
}

fn figure(fact: ledger::FactEntry) -> Figure {
    Figure {
        value: fact.value,
        unit: fact.unit,
        text: fact.text,
    }
}

/// The digest of the fonts that lie with the templates; bundled ones belong to the [`TOOL`].
pub fn fonts(press: &Press) -> String {
    of_parts(
        press
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(render::FONT_FOLDER)),
    )
}

/// The digest of a template file; none when there is none.
pub fn template(press: &Press, path: &str) -> Option<String> {
    press.files.get(path).map(sha256)
}

/// The digest of the words and figures on some pages, whatever their line breaks and page numbers.
pub fn words(layout: &render::Layout) -> String {
    let pieces = layout.pieces.iter();
    let running = pieces.filter(|one| !matches!(one.scope, render::Scope::Structural(_)));
    let letters: String = running
        .flat_map(|one| one.text.chars())
        .filter(|letter| letter.is_alphanumeric())
        .collect();
    sha256(letters.as_bytes())
}
