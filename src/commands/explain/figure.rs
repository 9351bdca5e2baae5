//! From a question about a figure to its answer: by its text in a PDF, or by its id.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::super::Ending;
use super::super::terminal::Terminal;
use super::answer::{Answer, fact_answer};
use super::{page, print_json, refuse};
use crate::build::{how_to_make, ledger_of, ledgers};
use crate::diagnostic::{Finding, SourceFile, visible};
use crate::ledger::codes::{NO_FACT, NO_FIGURE};
use crate::ledger::{FactEntry, Ledger, Printing, Shelf};
use crate::project::Project;
use crate::read::closest;
use crate::read::codes::MISSING_FILE;

/// Explains every figure of a PDF that is printed as a text.
pub(super) fn in_pdf(
    project: &Project,
    terminal: &Terminal,
    file: &str,
    text: &str,
    json: bool,
) -> io::Result<Ending> {
    let ledger = match ledger_of(Path::new(file)) {
        Ok(ledger) => ledger,
        Err(mut finding) => {
            if finding.code == MISSING_FILE
                && let Some(how) = how_to_make(project, Path::new(file))
            {
                finding.hints.push(how);
            }
            return refuse(terminal, *finding, Ending::Failure);
        }
    };
    let (shelf, warnings) = ledgers(project);
    terminal.findings(&warnings)?;
    let matches = ledger.matches(text);
    let owned = |here: Vec<&Printing>| here.into_iter().cloned().collect();
    let facts = matches.facts.into_iter();
    let facts = facts.map(|(fact, here)| fact_answer(&ledger, fact, Some(owned(here)), &shelf));
    let mut answer = Answer {
        file: Some(file.to_owned()),
        edition: Some(ledger.edition.clone()),
        asked: text.to_owned(),
        documents: shelf.ledgers.len(),
        facts: facts.collect(),
        structural: matches.structural.into_iter().cloned().collect(),
        did_you_mean: Vec::new(),
    };
    if answer.facts.is_empty() {
        answer.did_you_mean = ledger.near(text).into_iter().map(str::to_owned).collect();
    }
    let nothing = Finding::error(
        NO_FIGURE,
        format!("'{}' is printed as no figure in {file}", visible(text)),
    )
    .at(&SourceFile::new(file, "").whole(), "");
    say(project, terminal, &answer, nothing, json)
}

/// Explains the fact with an id.
pub(super) fn by_id(
    project: &Project,
    terminal: &Terminal,
    id: &str,
    json: bool,
) -> io::Result<Ending> {
    let (shelf, warnings) = ledgers(project);
    terminal.findings(&warnings)?;
    if shelf.ledgers.is_empty() {
        let out = project.out_shown();
        let message = format!(
            "there is no document under {out} to look in\n  help: `tryk build` makes them, and `--out DIR` names another folder"
        );
        terminal.failures(&[message])?;
        return Ok(Ending::Failure);
    }
    let latest = latest(&shelf, id);
    let facts = latest.into_values();
    let facts = facts.map(|(ledger, fact)| fact_answer(ledger, fact, None, &shelf));
    let mut answer = Answer {
        asked: id.to_owned(),
        documents: shelf.ledgers.len(),
        facts: facts.collect(),
        ..Answer::default()
    };
    if answer.facts.is_empty() {
        let known = shelf.ledgers.iter().flat_map(|one| &one.ledger.facts);
        let meant = closest(id, known.map(|fact| fact.id.as_str()));
        answer.did_you_mean = meant.into_iter().map(str::to_owned).collect();
    }
    let message = format!(
        "no document under {} prints or uses the fact '{}'",
        project.out_shown(),
        visible(id)
    );
    say(
        project,
        terminal,
        &answer,
        Finding::error(NO_FACT, message),
        json,
    )
}

/// Per partnership, the latest document that knows a fact; one that prints it comes before one that only uses it.
fn latest<'a>(shelf: &'a Shelf, id: &str) -> BTreeMap<&'a str, (&'a Ledger, &'a FactEntry)> {
    let mut latest: BTreeMap<&str, (&Ledger, &FactEntry)> = BTreeMap::new();
    let rank =
        |ledger: &Ledger, fact: &FactEntry| (!fact.printed.is_empty(), ledger.edition.date.clone());
    for ledger in shelf.ledgers.iter().map(|one| &one.ledger) {
        let Some(fact) = ledger.fact(id) else {
            continue;
        };
        let known = latest
            .entry(&ledger.edition.partnership)
            .or_insert((ledger, fact));
        if rank(ledger, fact) > rank(known.0, known.1) {
            *known = (ledger, fact);
        }
    }
    latest
}

/// Prints the answer; when it is empty, also why, and what may have been meant.
fn say(
    project: &Project,
    terminal: &Terminal,
    answer: &Answer,
    nothing: Finding,
    json: bool,
) -> io::Result<Ending> {
    let is_found = !answer.facts.is_empty() || !answer.structural.is_empty();
    if json {
        print_json(terminal, answer)?;
    } else if is_found {
        page::print(answer, project, &mut terminal.out())?;
    }
    if is_found {
        return Ok(Ending::Clean);
    }
    let meant: Vec<&str> = answer.did_you_mean.iter().map(String::as_str).collect();
    let nothing = match meant.as_slice() {
        [] => nothing.hint("write a figure as it is printed, such as \"20 %\""),
        _ => nothing.hint(format!("did you mean {}?", meant.join(" or "))),
    };
    refuse(terminal, nothing, Ending::Findings)
}
