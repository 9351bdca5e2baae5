//! What an edition was made from and what came out: an entry of the build record.
//!
//! Comes in: a prepared edition, and a composed one. Goes out: digests by name, and how they differ from today's.
//! Must not look at dates of files: only contents count.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::compose::Composed;
use super::digest::sha256;
use super::editions::Planned;
use super::load::{Loaded, Press};
use super::prepare::{self, Figures, Prepared, TOOL};
use super::reason::{FigureChange, Reason};
use crate::facts::Origin;
use crate::ledger::EditionEntry;
use crate::model::Making;
use crate::render;

/// A finished edition, as the record keeps it. Digests are SHA-256 in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// The edition.
    pub edition: EditionEntry,
    /// Pages.
    pub pages: usize,
    /// How many times a figure is printed.
    pub printed: usize,
    /// The PDF.
    pub pdf: String,
    /// `ledger.json`.
    pub ledger: String,
    /// `data.json`.
    pub published: String,
    /// The program with its version and source.
    pub tool: String,
    /// The typesetting engine with its version.
    pub engine: String,
    /// The fonts that lie with the templates.
    pub fonts: String,
    /// What the engine was given: figures, texts, head.
    pub data: String,
    /// The words and figures on its pages.
    pub words: String,
    /// Where its figures come from.
    pub origins: String,
    /// The template files that the engine opened, by path.
    pub templates: BTreeMap<String, String>,
    /// The texts that were filled in, by path.
    pub texts: BTreeMap<String, String>,
    /// Every figure it prints or that a printed one rests on, by id: `870000 kroner = 870.000 kr.`.
    pub figures: BTreeMap<String, String>,
}

/// The state of everything that an edition is made from.
pub struct Today<'a> {
    /// The inputs.
    pub loaded: &'a Loaded,
    /// The templates.
    pub press: &'a Press,
    /// The edition.
    pub planned: &'a Planned<'a>,
    /// What the engine would be given.
    pub prepared: &'a Prepared,
}

impl Made {
    /// The entry of an edition that was just made.
    pub fn new(today: &Today<'_>, composed: &Composed) -> Self {
        let printed: BTreeSet<&str> = composed
            .layout
            .printed
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        let figures = today.figures(printed);
        let lines = figures.values.iter();
        let opened = composed.opened.iter();
        Self {
            edition: today.prepared.edition.clone(),
            pages: composed.layout.pages,
            printed: composed.layout.printed.len(),
            pdf: sha256(&composed.pdf),
            ledger: sha256(&composed.ledger),
            published: sha256(&composed.data),
            tool: TOOL.to_owned(),
            engine: render::engine(),
            fonts: prepare::fonts(today.press),
            data: sha256(&today.prepared.data),
            words: prepare::words(&composed.layout),
            origins: figures.origins,
            templates: opened
                .filter_map(|path| Some((path.clone(), prepare::template(today.press, path)?)))
                .collect(),
            texts: today.prepared.texts.clone(),
            figures: lines
                .map(|(id, figure)| (id.clone(), figure.to_string()))
                .collect(),
        }
    }

    /// Everything in which today differs; empty when the same bytes would be made again.
    pub fn against(&self, today: &Today<'_>) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let now = today.figures(self.figures.keys().map(String::as_str));
        let changes = today.causes_first(self.changes(&now));
        let same_data = self.data == sha256(&today.prepared.data);
        let texts = differing(&self.texts, &today.prepared.texts);
        if self.edition != today.prepared.edition {
            reasons.push(Reason::Register);
        }
        if !changes.is_empty() {
            reasons.push(Reason::Figures(changes));
        } else if self.origins != now.origins {
            reasons.push(Reason::Origins);
        }
        if !same_data && !texts.is_empty() {
            reasons.push(Reason::Texts(texts));
        }
        let templates = self.templates_of(today);
        if !templates.is_empty() {
            reasons.push(Reason::Templates(templates));
        }
        if self.fonts != prepare::fonts(today.press) {
            reasons.push(Reason::Fonts);
        }
        if self.engine != render::engine() {
            reasons.push(Reason::Engine(self.engine.clone(), render::engine()));
        } else if self.tool != TOOL {
            reasons.push(Reason::Tool(self.tool.clone(), TOOL.to_owned()));
        }
        if reasons.is_empty() && !same_data {
            reasons.push(Reason::Data);
        }
        reasons
    }

    /// What `issued.json` keeps of it.
    pub fn making(&self) -> Making {
        Making {
            tool: self.tool.clone(),
            engine: self.engine.clone(),
            fonts: self.fonts.clone(),
            data: self.data.clone(),
            text: self.words.clone(),
            templates: self.templates.clone(),
        }
    }

    fn changes(&self, now: &Figures) -> Vec<FigureChange> {
        let changed = self.figures.iter().filter_map(|(id, old)| {
            let new = now.values.get(id);
            let same = new.is_some_and(|new| new.to_string() == *old);
            (!same).then(|| FigureChange {
                id: id.clone(),
                old: old.parse().ok(),
                new: new.cloned(),
            })
        });
        changed.collect()
    }

    fn templates_of(&self, today: &Today<'_>) -> Vec<String> {
        let now = self
            .templates
            .keys()
            .filter_map(|path| Some((path.clone(), prepare::template(today.press, path)?)))
            .collect();
        differing(&self.templates, &now)
            .into_iter()
            .map(|path| {
                today
                    .loaded
                    .templates_root
                    .shown(path.trim_start_matches('/'))
            })
            .collect()
    }
}

impl Today<'_> {
    /// The figures of these ids and what they rest on.
    pub fn figures<'b>(&self, ids: impl IntoIterator<Item = &'b str>) -> Figures {
        prepare::figures(self.loaded, self.planned, ids)
    }

    /// The changes with those in a cell first, and after them what is worked out of others.
    pub fn causes_first(&self, mut changes: Vec<FigureChange>) -> Vec<FigureChange> {
        changes.sort_by_key(|one| {
            let fact = self.planned.facts.book.get(&one.id);
            fact.is_some_and(|fact| matches!(fact.origin, Origin::Derived(_)))
        });
        changes
    }
}

/// The keys under which two maps differ, sorted.
fn differing(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    keys.into_iter()
        .filter(|key| old.get(*key) != new.get(*key))
        .cloned()
        .collect()
}
