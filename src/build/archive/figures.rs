//! The figures of the year: of what the documents print, what has a name of its own and belongs to the year.
//!
//! Comes in: the documents with their ledgers. Goes out: figures in the order of reading. Must not format a value: the ledger has its text.

use std::collections::BTreeMap;

use super::documents::Document;
use crate::archive::Figure;
use crate::build::Planned;
use crate::facts::{Group, Label, label};
use crate::ledger;
use crate::model::Dataset;

/// The figures of a year.
pub fn figures(
    data: &Dataset,
    year: i32,
    editions: &[Planned<'_>],
    documents: &[Document],
) -> Vec<Figure> {
    let mut figures: BTreeMap<(Group, String), Figure> = BTreeMap::new();
    for (planned, document) in editions.iter().zip(documents) {
        if planned.is_superseded() {
            continue;
        }
        let Ok(ledger) = ledger::parse(&document.ledger, &planned.output) else {
            continue;
        };
        for fact in ledger.facts.iter().filter(|fact| !fact.printed.is_empty()) {
            let Some(label) =
                label(data, &fact.id).filter(|label| is_of_year(label, &fact.id, year))
            else {
                continue;
            };
            let kind = &planned.template.name.value;
            let figure = Figure {
                group: label.group.name().to_owned(),
                label: label.to_string(),
                text: fact.text.clone(),
                illustrative: fact.illustrative,
                documents: vec![kind.clone()],
            };
            let known = figures
                .entry((label.group, label.to_string()))
                .or_insert_with(|| figure.clone());
            if known.text != figure.text {
                // A later document knows more than an earlier one.
                *known = figure;
            } else if !known.documents.contains(kind) {
                known.documents.push(kind.clone());
            }
        }
    }
    figures.into_values().collect()
}

/// Indicators and money of the year; activities are in the plan itself.
fn is_of_year(label: &Label, id: &str, year: i32) -> bool {
    let of_year = label.year.is_none_or(|one| one == year);
    match label.group {
        Group::Indicators => label.year == Some(year),
        Group::Economy | Group::Frame => of_year && !id.starts_with("bodies/"),
        Group::Activities => id == format!("activities/{year}/count"),
    }
}
