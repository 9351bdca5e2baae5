//! Two documents side by side: the figures, the words, and what they were made from.
//!
//! Comes in: two sides. Goes out: everything that differs, as values; people and programs are told by `commands/`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::invented::Figures;
use super::side::{Side, SideEntry};
use crate::facts::{Group, Label, label};
use crate::ledger::{EditionEntry, FactChange, FactEntry, Shelf, fact_changes};
use crate::model::{Dataset, Making};
use crate::wording::{ParagraphChange, changes};

/// How a document differs from another.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// The old document.
    pub old: SideEntry,
    /// The new document.
    pub new: SideEntry,
    /// True when the PDFs are the same, byte for byte.
    pub identical: bool,
    /// The figures that differ.
    pub figures: Vec<FigureDiffers>,
    /// The paragraphs that differ, in reading order.
    pub texts: Vec<ParagraphChange>,
    /// What the documents were made from, where that differs and is known.
    pub making: Vec<MakingDiffers>,
    /// What the old and the new document print as figures.
    #[serde(skip)]
    pub(super) printed: [Figures; 2],
}

/// A figure that differs.
#[derive(Clone, Debug, Serialize)]
pub struct FigureDiffers {
    /// What readers call it, in Danish; none when it has no name of its own.
    pub name: Option<String>,
    /// What readers look for it under, in Danish.
    pub group: Option<&'static str>,
    /// The change.
    #[serde(flatten)]
    pub change: FactChange,
    /// The pages of the old document that print it.
    pub old_pages: Vec<usize>,
    /// The pages of the new document that print it.
    pub new_pages: Vec<usize>,
    /// The other documents in the output folder that print it.
    pub elsewhere: Vec<Elsewhere>,
}

/// Another document that prints a figure.
#[derive(Clone, Debug, Serialize)]
pub struct Elsewhere {
    /// Its file, as it is shown.
    pub file: String,
    /// How it is printed there.
    pub text: String,
    /// The pages.
    pub pages: Vec<usize>,
}

/// A part of what documents are made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MakingDiffers {
    /// Which.
    pub part: Part,
    /// The path of a template file.
    pub file: Option<String>,
    /// Then: a version, or a digest; none when there was none.
    pub old: Option<String>,
    /// Now.
    pub new: Option<String>,
}

/// What documents are made from beside the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The typesetting engine.
    Engine,
    /// This program.
    Program,
    /// The fonts that lie with the templates.
    Fonts,
    /// A template file.
    Template,
}

impl Compared {
    /// Compares two documents; the dataset names the figures, the shelf knows where else they stand.
    pub fn new(old: &Side, new: &Side, data: Option<&Dataset>, shelf: &Shelf) -> Self {
        let identical = old.entry.sha256 == new.entry.sha256;
        let facts = if identical {
            Vec::new()
        } else {
            fact_changes(&old.ledger, &new.ledger)
        };
        let texts = if identical {
            Vec::new()
        } else {
            changes(&old.paragraphs, &new.paragraphs)
        };
        let figures = facts
            .into_iter()
            .map(|change| differs(change, [old, new], data, shelf));
        Self {
            old: old.entry.clone(),
            new: new.entry.clone(),
            identical,
            figures: figures.collect(),
            texts,
            making: making(old, new),
            printed: [old, new].map(|side| Figures::of(&side.ledger)),
        }
    }

    /// True when a reader would find nothing else in the new document: the same figures and the same words.
    pub fn says_the_same(&self) -> bool {
        self.figures.is_empty() && self.texts.is_empty()
    }

    /// The figures of the data: those that tell of the edition itself are others in every revision.
    pub fn of_the_data(&self) -> impl Iterator<Item = &FigureDiffers> {
        let figures = self.figures.iter();
        figures.filter(|one| !one.change.of_the_edition)
    }
}

fn differs(
    change: FactChange,
    sides: [&Side; 2],
    data: Option<&Dataset>,
    shelf: &Shelf,
) -> FigureDiffers {
    let label = data.and_then(|data| named(data, &change.id));
    let pages = |fact: Option<&FactEntry>| fact.map(|fact| fact.pages()).unwrap_or_default();
    FigureDiffers {
        name: label.as_ref().map(ToString::to_string),
        group: label.map(|label| label.group.name()),
        old_pages: pages(change.old.as_ref()),
        new_pages: pages(change.new.as_ref()),
        elsewhere: elsewhere(&change.id, sides, shelf),
        change,
    }
}

/// What a figure is called today; one that is gone keeps the name that it was issued under.
fn named(data: &Dataset, id: &str) -> Option<Label> {
    label(data, id).or_else(|| {
        let issued = data.issued.iter().rev();
        let words = issued.filter_map(|one| one.names.get(id)).next()?;
        Some(Label {
            group: Group::Activities,
            words: words.value.clone(),
            year: None,
        })
    })
}

/// The other documents of the partnership that print a fact; revisions of the two are none.
fn elsewhere(id: &str, sides: [&Side; 2], shelf: &Shelf) -> Vec<Elsewhere> {
    let own = sides.map(|side| &side.ledger.edition);
    let is_other = |one: &EditionEntry| {
        let is_revision =
            |own: &&EditionEntry| own.document == one.document && own.year == one.year;
        one.partnership == own[1].partnership && !own.iter().any(is_revision)
    };
    let others = shelf
        .ledgers
        .iter()
        .filter(|one| is_other(&one.ledger.edition));
    let printing = others.filter_map(|one| {
        let fact = one
            .ledger
            .fact(id)
            .filter(|fact| !fact.printed.is_empty())?;
        Some(Elsewhere {
            file: one.path.clone(),
            text: fact.text.clone(),
            pages: fact.pages(),
        })
    });
    printing.collect()
}

fn making(old: &Side, new: &Side) -> Vec<MakingDiffers> {
    let part = |part, old: &str, new: &str| {
        (old != new).then(|| MakingDiffers {
            part,
            file: None,
            old: Some(old.to_owned()),
            new: Some(new.to_owned()),
        })
    };
    let (Some(before), Some(now)) = (&old.making, &new.making) else {
        let engine = part(Part::Engine, &old.ledger.engine, &new.ledger.engine);
        let tool = part(Part::Program, &old.ledger.generator, &new.ledger.generator);
        return engine.into_iter().chain(tool).collect();
    };
    let parts = [
        part(Part::Engine, &before.engine, &now.engine),
        part(Part::Program, &before.tool, &now.tool),
        part(Part::Fonts, &before.fonts, &now.fonts),
    ];
    let templates = templates(before, now);
    parts.into_iter().flatten().chain(templates).collect()
}

fn templates(before: &Making, now: &Making) -> Vec<MakingDiffers> {
    let (old, new): (&BTreeMap<_, _>, &BTreeMap<_, _>) = (&before.templates, &now.templates);
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differs = paths
        .into_iter()
        .filter(|path| old.get(*path) != new.get(*path));
    let differs = differs.map(|path| MakingDiffers {
        part: Part::Template,
        file: Some(format!("templates{path}")),
        old: old.get(path).cloned(),
        new: new.get(path).cloned(),
    });
    differs.collect()
}
