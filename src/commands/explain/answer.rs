//! What is known of a figure, for both forms of output.
//!
//! Comes in: the ledger it was found in, and the ledgers of the other documents. Goes out: values that serialise as `--json`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ledger::{
    EditionEntry, FactEntry, FormulaEntry, Ledger, OriginEntry, Printing, Shelf, SourceEntry,
    StructuralEntry, Trace,
};

/// The answer to a question.
#[derive(Default, Serialize)]
pub(super) struct Answer {
    /// The PDF that was asked about.
    pub(super) file: Option<String>,
    /// The edition that it is.
    pub(super) edition: Option<EditionEntry>,
    /// The text or the id that was asked for.
    pub(super) asked: String,
    /// How many documents were looked through.
    pub(super) documents: usize,
    /// The facts.
    pub(super) facts: Vec<FactAnswer>,
    /// Figures of the document's structure and of names with that text.
    pub(super) structural: Vec<StructuralEntry>,
    /// What may have been meant, when nothing was found.
    pub(super) did_you_mean: Vec<String>,
}

/// A fact: where it comes from, where it stands and what rests on it.
#[derive(Serialize)]
pub(super) struct FactAnswer {
    pub(super) partnership: String,
    pub(super) id: String,
    pub(super) value: Option<String>,
    pub(super) text: String,
    pub(super) unit: String,
    pub(super) basis: String,
    pub(super) illustrative: bool,
    pub(super) source: Option<SourceEntry>,
    pub(super) origin: OriginEntry,
    /// The cell that states what was asked for, when it is not the one of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) stated: Option<OriginEntry>,
    /// The facts of the formula, down to their cells.
    pub(super) inputs: Vec<Trace>,
    pub(super) control: Option<Control>,
    /// Where it stands in the PDF that was asked about.
    pub(super) here: Vec<Printing>,
    pub(super) elsewhere: Vec<Elsewhere>,
    pub(super) used_by: Vec<User>,
}

/// How other facts give the same value.
#[derive(Serialize)]
pub(super) struct Control {
    pub(super) formula: String,
    pub(super) inputs: Vec<Trace>,
}

/// Another document that prints the fact.
#[derive(Serialize)]
pub(super) struct Elsewhere {
    pub(super) file: String,
    /// The value there, which may be another one.
    pub(super) value: Option<String>,
    pub(super) text: String,
    pub(super) printed: Vec<Printing>,
}

/// A fact that is worked out from this one, or held against it.
#[derive(Serialize)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) formula: Option<FormulaEntry>,
}

/// All that is known of a fact of a ledger; `here` is where it stands in the PDF that was asked about, if one was.
pub(super) fn fact_answer(
    ledger: &Ledger,
    fact: &FactEntry,
    here: Option<Vec<Printing>>,
    shelf: &Shelf,
) -> FactAnswer {
    let is_stated = here.iter().flatten().any(|one| one.form == "mio");
    let edition = here.is_some().then_some(&ledger.edition);
    let source = ledger
        .sources
        .iter()
        .find(|one| Some(&one.id) == fact.source.as_ref());
    FactAnswer {
        partnership: ledger.edition.partnership.clone(),
        id: fact.id.clone(),
        value: fact.value.clone(),
        text: fact.text.clone(),
        unit: fact.unit.clone(),
        basis: fact.basis.clone(),
        illustrative: fact.illustrative,
        source: source.cloned(),
        origin: fact.origin.clone(),
        stated: fact.stated.clone().filter(|_| is_stated),
        inputs: ledger.traces(fact.derived_from()),
        control: fact.control.as_ref().map(|control| Control {
            formula: control.formula.clone(),
            inputs: ledger.traces(&control.inputs),
        }),
        here: here.unwrap_or_default(),
        elsewhere: elsewhere(&ledger.edition.partnership, &fact.id, edition, shelf),
        used_by: used_by(ledger, &fact.id, shelf),
    }
}

/// The documents of a partnership that print a fact, except one edition.
fn elsewhere(
    partnership: &str,
    id: &str,
    except: Option<&EditionEntry>,
    shelf: &Shelf,
) -> Vec<Elsewhere> {
    let others = shelf.ledgers.iter().filter(|one| {
        one.ledger.edition.partnership == partnership
            && !except.is_some_and(|edition| is_same(edition, &one.ledger.edition))
    });
    let printing = others.filter_map(|one| {
        let fact = one.ledger.fact(id)?;
        (!fact.printed.is_empty()).then(|| Elsewhere {
            file: one.path.clone(),
            value: fact.value.clone(),
            text: fact.text.clone(),
            printed: fact.printed.clone(),
        })
    });
    printing.collect()
}

fn is_same(one: &EditionEntry, other: &EditionEntry) -> bool {
    let key = |edition: &EditionEntry| (edition.document.clone(), edition.year, edition.revision);
    key(one) == key(other)
}

fn used_by(ledger: &Ledger, id: &str, shelf: &Shelf) -> Vec<User> {
    let partnership = &ledger.edition.partnership;
    let others = shelf.ledgers.iter().map(|one| &one.ledger);
    let others = others.filter(|one| one.edition.partnership == *partnership);
    let mut users = BTreeMap::new();
    for fact in std::iter::once(ledger)
        .chain(others)
        .flat_map(|one| one.users(id))
    {
        users.entry(fact.id.as_str()).or_insert_with(|| User {
            id: fact.id.clone(),
            text: fact.text.clone(),
            formula: fact.formula(),
        });
    }
    users.into_values().collect()
}
