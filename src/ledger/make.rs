//! Making the ledger and the published data from facts and pages.

use std::collections::{BTreeMap, BTreeSet};

use super::around::around;
use super::entries::{
    DATA_FORMAT, Data, DataFact, EditionEntry, FORMAT, FactEntry, FormulaEntry, Ledger,
    OriginEntry, Printing, SourceEntry, StructuralEntry,
};
use super::loose::Loose;
use crate::diagnostic::Place;
use crate::facts::{Fact, FactBook, Formula, Origin};
use crate::model::{Indicator, Source};
use crate::render::{Layout, PrintedFact, Rect, TextPiece};

/// What the ledger says beside the facts.
pub struct Frame<'a> {
    /// The edition.
    pub edition: EditionEntry,
    /// The program that makes the PDF.
    pub generator: &'a str,
    /// The typesetting engine.
    pub engine: String,
    /// Every source that facts may name.
    pub sources: &'a [Source],
    /// The indicators, whose definitions have sources of their own.
    pub indicators: &'a [Indicator],
    /// How the inputs folder is called in places; the ledger calls it `inputs`.
    pub inputs_shown: String,
}

/// Makes the ledger and the published data of an edition.
pub fn make(
    frame: &Frame<'_>,
    book: &FactBook,
    layout: &Layout,
    loose: &[Loose],
) -> (Ledger, Data) {
    let mut printings: BTreeMap<&str, Vec<Printing>> = BTreeMap::new();
    for one in &layout.printed {
        let printing = printing(one, &layout.pieces);
        printings.entry(&one.id).or_default().push(printing);
    }
    let (mut facts, sources) = known(frame, book, printings.keys().copied());
    for fact in &mut facts {
        fact.printed = printings.remove(fact.id.as_str()).unwrap_or_default();
    }
    let data = Data {
        format: DATA_FORMAT.to_owned(),
        edition: frame.edition.clone(),
        facts: facts
            .iter()
            .filter(|fact| !fact.printed.is_empty())
            .filter_map(published)
            .collect(),
    };
    let ledger = Ledger {
        format: FORMAT.to_owned(),
        generator: frame.generator.to_owned(),
        engine: frame.engine.clone(),
        edition: frame.edition.clone(),
        facts,
        structural: loose.iter().map(structural).collect(),
        sources,
    };
    (ledger, data)
}

/// The facts of these ids with everything that they are derived from or held against, by id and without where they stand; and the sources that they and the definitions of their indicators name.
///
/// It is the part of a ledger that is known before the pages are set.
pub fn known<'a>(
    frame: &Frame<'_>,
    book: &FactBook,
    ids: impl IntoIterator<Item = &'a str>,
) -> (Vec<FactEntry>, Vec<SourceEntry>) {
    let mut needed = BTreeSet::new();
    for id in ids {
        reach(book, id, &mut needed);
    }
    let facts: Vec<FactEntry> = needed
        .iter()
        .filter_map(|id| book.get(id))
        .map(|fact| entry(frame, fact))
        .collect();
    let measured: BTreeSet<&str> = facts
        .iter()
        .filter_map(|fact| fact.id.strip_prefix("indicators/")?.split('/').next())
        .collect();
    let defined = frame.indicators.iter();
    let defined = defined.filter(|one| measured.contains(one.id.value.as_str()));
    let defining = defined.filter_map(|one| Some(one.source.as_ref()?.value.as_str()));
    let named: BTreeSet<&str> = facts
        .iter()
        .filter_map(|fact| fact.source.as_deref())
        .chain(defining)
        .collect();
    let sources = frame
        .sources
        .iter()
        .filter(|one| named.contains(one.id.value.as_str()));
    let sources = sources.map(source).collect();
    (facts, sources)
}

/// True when one of these facts is a figure, is derived from it or is held against it.
pub fn reaches<'a>(book: &FactBook, ids: impl IntoIterator<Item = &'a str>, figure: &str) -> bool {
    let mut needed = BTreeSet::new();
    for id in ids {
        reach(book, id, &mut needed);
    }
    needed.contains(figure)
}

/// The fact and everything that it is derived from or held against.
fn reach(book: &FactBook, id: &str, needed: &mut BTreeSet<String>) {
    let Some(fact) = book.get(id) else { return };
    if !needed.insert(id.to_owned()) {
        return;
    }
    let derived = match &fact.origin {
        Origin::Derived(formula) => Some(formula),
        Origin::Cell(_) | Origin::Absent => None,
    };
    for formula in derived.into_iter().chain(&fact.control) {
        for input in &formula.inputs {
            reach(book, input, needed);
        }
    }
}

fn entry(frame: &Frame<'_>, fact: &Fact) -> FactEntry {
    FactEntry {
        id: fact.id.clone(),
        value: fact.exact(),
        text: fact.text.replace('\u{a0}', " "),
        unit: fact.unit.name().to_owned(),
        basis: fact.basis.name().to_owned(),
        illustrative: fact.illustrative,
        source: fact.source.clone(),
        known: fact.known.map(|day| day.to_string()),
        origin: match &fact.origin {
            Origin::Cell(place) => cell(frame, place),
            Origin::Derived(Formula { formula, inputs }) => OriginEntry::Derived {
                formula: formula.clone(),
                inputs: inputs.clone(),
            },
            Origin::Absent => OriginEntry::Absent,
        },
        stated: fact.stated.as_ref().map(|place| cell(frame, place)),
        control: fact.control.as_ref().map(|control| FormulaEntry {
            formula: control.formula.clone(),
            inputs: control.inputs.clone(),
        }),
        printed: Vec::new(),
    }
}

fn cell(frame: &Frame<'_>, place: &Place) -> OriginEntry {
    let path = place.source().path();
    let file = path
        .strip_prefix(&frame.inputs_shown)
        .map_or_else(|| path.to_owned(), |rest| format!("inputs{rest}"));
    OriginEntry::Cell {
        file,
        line: place.line(),
        column: place.column(),
        pointer: place.pointer().map(ToOwned::to_owned),
        cell: place.text().to_owned(),
    }
}

fn printing(one: &PrintedFact, pieces: &[TextPiece]) -> Printing {
    let around = around(pieces, &one.pieces, &one.text);
    Printing {
        text: one.text.replace('\u{a0}', " "),
        form: one.form.clone().unwrap_or_else(|| "text".to_owned()),
        around: around.text,
        at: around.at,
        page: one.page,
        rect: edges(one.rect),
    }
}

fn structural(one: &Loose) -> StructuralEntry {
    StructuralEntry {
        kind: one.kind.clone(),
        text: one.text.clone(),
        page: one.page,
        rect: edges(one.rect),
    }
}

fn edges(rect: Rect) -> [f64; 4] {
    [rect.x0, rect.y0, rect.x1, rect.y1]
}

fn source(one: &Source) -> SourceEntry {
    SourceEntry {
        id: one.id.value.clone(),
        title: one.title.value.clone(),
        url: one.url.as_ref().map(|url| url.value.clone()),
        retrieved: one.retrieved.as_ref().map(|day| day.value.to_string()),
    }
}

fn published(fact: &FactEntry) -> Option<DataFact> {
    Some(DataFact {
        id: fact.id.clone(),
        value: fact.value.clone()?,
        unit: fact.unit.clone(),
        basis: fact.basis.clone(),
        source: fact.source.clone(),
    })
}
