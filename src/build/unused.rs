//! What stands in the inputs and is printed by no document, and what documents ask for and is not there.
//!
//! Comes in: a partnership, and what all its editions show. Goes out: warnings, one a column. Must not be asked about a part of the editions.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::load::Partnership;
use super::seen::{Seen, Wanted};
use crate::diagnostic::{Finding, Findings, Place};
use crate::facts::disclosure::Disclosure;
use crate::model::{Column, Text};

/// How many lines or pages a finding names before it counts the rest.
const NAMED: usize = 6;

/// The warnings about a partnership.
pub fn look(partnership: &Partnership, seen: &Seen) -> Findings {
    let declared = &partnership.data.partnership.unprinted;
    let columns = partnership.data.columns.iter();
    let columns = columns.filter(|column| !declared.iter().any(|one| one.covers(column)));
    let hidden = hidden(partnership);
    let columns: Vec<Column> = columns
        .map(|column| without(column, &hidden))
        .filter(|column| !column.cells.is_empty())
        .collect();
    let mut sections: BTreeMap<(&str, &str), Vec<&Column>> = BTreeMap::new();
    for column in &columns {
        let key = (column.file.as_str(), section(column));
        sections.entry(key).or_default().push(column);
    }
    let mut findings = Findings::new();
    for ((file, section), columns) in sections {
        let shown = |column: &&Column| column.cells.iter().any(|cell| is_shown(seen, cell));
        if columns.iter().any(shown) {
            findings.extend(columns.into_iter().filter_map(|one| unused(seen, one)));
        } else if let Some(cell) = columns.first().and_then(|column| column.cells.first()) {
            let name = format!("{file} {section}");
            findings.push(nowhere(name.trim_end(), cell, "printed by no document"));
        }
    }
    findings.extend(partnership.data.idle_sources.iter().map(idle));
    findings.extend(wanted(seen.wanted()));
    findings
}

/// Where the figures begin that are too small to be published.
fn hidden(partnership: &Partnership) -> BTreeSet<usize> {
    let disclosure = Disclosure::new(&partnership.data);
    let rows = partnership.data.observations.iter();
    let hidden = rows.filter(|row| disclosure.hides(row).is_some());
    hidden
        .flat_map(|row| std::iter::once(&row.value.place).chain(row.n.iter().map(|n| &n.place)))
        .map(|place| place.span().start)
        .collect()
}

/// A column without what must not be printed.
fn without(column: &Column, hidden: &BTreeSet<usize>) -> Column {
    let is_observed = column.file == "indicators.csv";
    let mut column = column.clone();
    column
        .cells
        .retain(|cell| !is_observed || !hidden.contains(&cell.span().start));
    column
}

/// What belongs together: a table, or a key of `partnership.json` with everything below it.
fn section(column: &Column) -> &str {
    let second = column.name.match_indices('/').nth(1);
    match column.name.starts_with('/') {
        true => &column.name[..second.map_or(column.name.len(), |(at, _)| at)],
        false => "",
    }
}

fn is_shown(seen: &Seen, cell: &Place) -> bool {
    // A list's numbers come from its texts; their words are looked for all the same.
    let is_words = || !seen.is_figure(cell) || cell.text().contains(char::is_alphabetic);
    seen.shows(cell).is_some() || (is_words() && seen.says(cell))
}

/// The finding about a column, when none of its words or not all of its figures are printed.
fn unused(seen: &Seen, column: &Column) -> Option<Finding> {
    let name = format!("{} {}", column.file, column.name);
    let is_number = |cell: &&Place| !cell.text().contains(char::is_alphabetic);
    let is_figures = column.cells.iter().any(|cell| seen.is_figure(cell))
        && column.cells.iter().all(|cell| is_number(&cell));
    let unseen: Vec<&Place> = column
        .cells
        .iter()
        .filter(|cell| match is_figures {
            true => seen.shows(cell).is_none(),
            false => !is_shown(seen, cell),
        })
        .collect();
    let (all, first) = (column.cells.len(), unseen.first()?);
    if unseen.len() == all {
        return Some(nowhere(&name, first, "printed by no document"));
    }
    // Words are looked for as they stand; a document may shorten them.
    if !is_figures {
        return None;
    }
    let printed = column
        .cells
        .iter()
        .find_map(|cell| Some((cell, seen.shows(cell)?)));
    let lines: Vec<String> = unseen.iter().map(|cell| cell.line().to_string()).collect();
    let finding = Finding::warning(
        codes::PRINTED_NOWHERE,
        format!(
            "{} of the {all} figures in {name} are printed by no document (line {})",
            unseen.len(),
            some(&lines)
        ),
    )
    .at(first, "printed nowhere");
    let finding = match printed {
        Some((cell, output)) => finding.and(cell, format!("printed in {output}")),
        None => finding,
    };
    Some(finding.hint("look at what decides which figures a document shows: year, area, date of publication; or delete what is not needed"))
}

/// The finding about a source that no figure rests on.
fn idle(source: &Text) -> Finding {
    let message = format!(
        "the source '{}' is named by nothing, so it is printed by no document",
        source.value
    );
    Finding::warning(codes::PRINTED_NOWHERE, message)
        .at(&source.place, "named nowhere")
        .hint("name it in the `source` of the figures that rest on it, or delete it")
}

fn nowhere(name: &str, cell: &Place, label: &str) -> Finding {
    Finding::warning(
        codes::PRINTED_NOWHERE,
        format!("{name} is printed by no document"),
    )
    .at(cell, label)
    .hint(format!("print it in a template, leave it empty, or declare it in partnership.json: \"unprinted\": [{{ \"what\": \"{name}\", \"reason\": \"…\" }}]"))
}

/// A finding for every series that lacks rows which documents ask for.
fn wanted(all: &[Wanted]) -> Vec<Finding> {
    let mut series: BTreeMap<&str, Vec<&Wanted>> = BTreeMap::new();
    for one in all {
        let (name, _) = one.id.rsplit_once('/').unwrap_or((&one.id, ""));
        series.entry(name).or_default().push(one);
    }
    series
        .into_iter()
        .filter_map(|(name, mut wanted)| {
            let first = (*wanted.first()?).clone();
            wanted.sort_by_key(|one| &one.id);
            wanted.dedup_by_key(|one| &one.id);
            let last = |one: &&Wanted| one.id.rsplit('/').next().unwrap_or_default().to_owned();
            let years: Vec<String> = wanted.iter().map(last).collect();
            let finding = Finding::warning(
                codes::ASKED_IN_VAIN,
                format!("documents print 'ikke opgjort' for {name} {}: no row has it", some(&years)),
            );
            Some(
                finding
                    .at(&first.near, "a row is missing beside this one")
                    .and(
                        &first.template,
                        format!("asks for it: {} page {}", first.output, first.page),
                    )
                    .hint("add the row to indicators.csv; with an empty `value` it says that the figure was not compiled"),
            )
        })
        .collect()
}

fn some(all: &[String]) -> String {
    let named = all[..all.len().min(NAMED)].join(", ");
    match all.len().checked_sub(NAMED) {
        None | Some(0) => named,
        Some(more) => format!("{named} and {more} more"),
    }
}
