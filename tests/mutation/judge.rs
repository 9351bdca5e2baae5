//! Whether the PDFs that changed are those that should, and no other figure with them.

use std::collections::BTreeMap;

use tryk::ledger::{FactEntry, Ledger, OriginEntry};

use crate::bench::Editions;
use crate::cells::Cell;

/// Columns and keys that say when the other cells of their row or object became known.
const KNOWN: [&str; 3] = ["published", "reported", "approved"];

/// Nothing to object to, or why the changed cell escapes.
pub fn judge(cell: &Cell, before: &Editions, after: &Editions) -> Result<(), String> {
    let mut is_seen = false;
    for (path, old) in before {
        let Some(new) = after.get(path) else {
            is_seen = true;
            continue;
        };
        // A PDF carries its ledger.
        if old.composed.pdf == new.composed.pdf && old.ledger == new.ledger {
            if old.ledger.facts.iter().any(|fact| is_from(fact, cell)) {
                return Err(format!("{path} has a fact from it and did not change"));
            }
            continue;
        }
        is_seen = true;
        others(cell, &old.ledger, &new.ledger).map_err(|what| format!("{path}: {what}"))?;
    }
    match is_seen {
        true => Ok(()),
        false => Err("there is no finding, and no PDF changed".to_owned()),
    }
}

/// A figure that changed although it does not rest on the cell's row or object.
fn others(cell: &Cell, old: &Ledger, new: &Ledger) -> Result<(), String> {
    // Each as its own ledger tells it: a sum may rest on the row before the change, after it, or both times.
    let (known, index) = (by_id(&old.facts), by_id(&new.facts));
    for fact in &new.facts {
        let Some(before) = known.get(fact.id.as_str()) else {
            continue;
        };
        let is_other = before.value != fact.value
            && !rests_on(&index, fact, cell)
            && !rests_on(&known, before, cell);
        if is_other {
            return Err(format!(
                "{} went from {:?} to {:?}",
                fact.id, before.value, fact.value
            ));
        }
    }
    Ok(())
}

fn by_id(facts: &[FactEntry]) -> BTreeMap<&str, &FactEntry> {
    facts.iter().map(|fact| (fact.id.as_str(), fact)).collect()
}

fn rests_on(index: &BTreeMap<&str, &FactEntry>, fact: &FactEntry, cell: &Cell) -> bool {
    match &fact.origin {
        OriginEntry::Cell { .. } => is_beside(fact, cell),
        OriginEntry::Derived { formula, inputs } => {
            // A count rests on a whole list; a sum may have gained or lost a term of the row.
            formula.starts_with("count(")
                || inputs
                    .iter()
                    .filter_map(|id| index.get(id.as_str()))
                    .any(|input| rests_on(index, input, cell))
        }
        OriginEntry::Absent => true,
    }
}

/// The fact's cell stands in the changed cell's row, or in its object.
fn is_beside(fact: &FactEntry, cell: &Cell) -> bool {
    let OriginEntry::Cell {
        file,
        line,
        pointer,
        ..
    } = &fact.origin
    else {
        return false;
    };
    let same_object = || {
        let parent = pointer.as_deref()?.rsplit_once('/')?.0;
        let other = cell.parent.as_deref()?;
        Some(parent.starts_with(other) || other.starts_with(parent))
    };
    *file == cell.file && (*line == cell.line || same_object().unwrap_or(false))
}

/// The fact's own cell is the changed one, or says when it became known.
fn is_from(fact: &FactEntry, cell: &Cell) -> bool {
    let OriginEntry::Cell {
        file, line, column, ..
    } = &fact.origin
    else {
        return false;
    };
    // A date in JSON is known by its quotation mark.
    let is_column = *column == cell.column || *column + 1 == cell.column;
    let is_own = *file == cell.file && *line == cell.line && is_column;
    let is_date = KNOWN.contains(&cell.name.as_str());
    is_own || (is_date && fact.known.is_some() && is_beside(fact, cell))
}
