//! The answer for people: what the figure is, where it comes from, where it stands, what rests on it.

use std::io::{self, Write};

use super::super::words::{HEAD, QUIET, counted, labelled, marked};
use super::answer::{Answer, Elsewhere, FactAnswer, User};
use super::{origin, tree};
use crate::diagnostic::visible;
use crate::ledger::{OriginEntry, Printing};
use crate::project::Project;

/// Where the text beside the labels begins.
const INDENT: usize = 15;
/// Longer lists are cut.
const LISTED: usize = 8;

/// Prints the answer.
pub(super) fn print(answer: &Answer, project: &Project, out: &mut dyn Write) -> io::Result<()> {
    let several = answer
        .facts
        .windows(2)
        .any(|two| two[0].partnership != two[1].partnership);
    for (at, fact) in answer.facts.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        heading(fact, several, out)?;
        let parts = [
            places(fact),
            nature(fact) + &origin(fact, project),
            elsewhere(fact, answer.file.is_some(), answer.documents) + &users(&fact.used_by),
        ];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        write!(out, "{}", parts.collect::<Vec<_>>().join("\n"))?;
    }
    structural(answer, out)
}

fn heading(fact: &FactAnswer, several: bool, out: &mut dyn Write) -> io::Result<()> {
    let said = fact.here.first().map_or(&fact.text, |one| &one.text);
    let partnership = if several {
        format!("  ({})", visible(&fact.partnership))
    } else {
        String::new()
    };
    writeln!(
        out,
        "{HEAD}{}{HEAD:#}  {}{partnership}",
        visible(said),
        visible(&fact.id)
    )
}

fn places(fact: &FactAnswer) -> String {
    let line = |one: &Printing| labelled(&format!("page {}", one.page), &marked(one), INDENT);
    fact.here.iter().map(line).collect()
}

/// Value, unit, basis and source.
fn nature(fact: &FactAnswer) -> String {
    let value = match &fact.value {
        Some(value) => format!("{value}{}, {}", unit(&fact.unit), fact.basis),
        None if fact.basis == "suppressed" => {
            "none: so few are counted that it is not shown".to_owned()
        }
        None => "none: nobody has compiled it".to_owned(),
    };
    let rests = match (fact.illustrative, fact.basis.as_str()) {
        (true, "illustrative") | (false, _) => "",
        (true, _) => ", rests on an invented example",
    };
    let mut text = labelled("value", &format!("{value}{rests}"), INDENT);
    if let Some(source) = &fact.source {
        text += &labelled("source", &source.title, INDENT);
        if let Some(url) = &source.url {
            text += &labelled("", url, INDENT);
        }
    }
    text
}

/// The unit after a value, where the value does not show it.
fn unit(unit: &str) -> String {
    match unit {
        "date" | "year" | "years" | "count" => String::new(),
        "per_1000" => " per 1.000".to_owned(),
        other => format!(" {}", other.replace('_', " ")),
    }
}

/// The cell with its line, or the formula as a tree; and the formula that a cell is held against.
fn origin(fact: &FactAnswer, project: &Project) -> String {
    let stated = fact.stated.as_ref();
    let stated = stated.and_then(|cell| origin::cell(project, cell, INDENT));
    let stated =
        stated.map(|shown| labelled("stated in", &shown.place, INDENT) + &below(&shown.below));
    let mut text = stated.unwrap_or_default();
    text += &match &fact.origin {
        OriginEntry::Derived { formula, .. } => {
            let filled = tree::in_figures(formula, &fact.inputs);
            let mut text = labelled("worked out", formula, INDENT);
            if filled != format!("= {formula}") {
                text += &labelled("", &filled, INDENT);
            }
            text + &below(&tree::branches(&fact.inputs))
        }
        OriginEntry::Absent => String::new(),
        cell => match origin::cell(project, cell, INDENT) {
            Some(shown) => labelled("comes from", &shown.place, INDENT) + &below(&shown.below),
            None => String::new(),
        },
    };
    if let Some(control) = &fact.control {
        let filled = tree::in_figures(&control.formula, &control.inputs);
        text += &labelled(
            "also",
            &format!("{} = {}", control.formula, fact.text),
            INDENT,
        );
        text += &labelled("", &filled, INDENT);
        text += &below(&tree::branches(&control.inputs));
    }
    text
}

fn below(lines: &[String]) -> String {
    let line = |line: &String| format!("{:INDENT$}{line}\n", "");
    lines.iter().map(line).collect()
}

fn elsewhere(fact: &FactAnswer, in_pdf: bool, documents: usize) -> String {
    let label = if in_pdf { "elsewhere" } else { "stands in" };
    if fact.elsewhere.is_empty() {
        let nowhere = match (in_pdf, documents) {
            (true, 0) => "not known: there are no other documents to look in",
            (true, _) => "in no other document",
            (false, _) => "no document: only others rest on it",
        };
        return labelled(label, nowhere, INDENT);
    }
    let widest = fact
        .elsewhere
        .iter()
        .map(|one| one.file.chars().count())
        .max();
    let line = |one: &Elsewhere| {
        let other = if one.value == fact.value {
            String::new()
        } else {
            format!("  (there {})", visible(&one.text))
        };
        let (file, width) = (visible(&one.file), widest.unwrap_or(0));
        format!("{file:<width$}  {}{other}", pages(&one.printed))
    };
    listed(label, fact.elsewhere.iter().map(line).collect())
}

/// `page 4` or `pages 4, 14`.
fn pages(printed: &[Printing]) -> String {
    let mut pages: Vec<usize> = printed.iter().map(|one| one.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let list: Vec<String> = pages.iter().map(ToString::to_string).collect();
    let noun = if list.len() == 1 { "page" } else { "pages" };
    format!("{noun} {}", list.join(", "))
}

fn users(users: &[User]) -> String {
    let widest = users.iter().map(|one| one.id.chars().count()).max();
    let line = |one: &User| {
        let (id, width) = (visible(&one.id), widest.unwrap_or(0));
        format!("{id:<width$}  {}", visible(&one.text))
    };
    let mut lines: Vec<String> = users.iter().take(LISTED).map(line).collect();
    if users.len() > LISTED {
        lines.push(format!("and {} more", users.len() - LISTED));
    }
    listed("used in", lines)
}

/// Lines beside one label, none of them wrapped.
fn listed(label: &str, lines: Vec<String>) -> String {
    let gap = INDENT - 2;
    let line = |(at, line): (usize, String)| {
        let label = if at == 0 { label } else { "" };
        let filled = gap - label.len();
        format!("  {QUIET}{label}{QUIET:#}{:filled$}{line}\n", "")
    };
    lines.into_iter().enumerate().map(line).collect()
}

/// The figures with the text that are no facts.
fn structural(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = answer.structural.first() else {
        return Ok(());
    };
    if !answer.facts.is_empty() {
        writeln!(out)?;
    }
    let places = counted(answer.structural.len(), "place");
    let said = visible(&first.text);
    writeln!(
        out,
        "{HEAD}{said}{HEAD:#}  no figure from the data, in {places}"
    )?;
    let kinds = answer.structural.iter();
    let lines = kinds.map(|one| format!("page {}  {}", one.page, visible(&one.kind)));
    write!(out, "{}", listed("as", lines.collect()))
}
