//! `tryk archive reproduce`: every document of a bag, made again from the bag's own sources.
//!
//! Comes in: a bag. Goes out: per document whether it is the same, and the first difference when it is not.
//! Must not use the project's inputs and templates, nor write outside its scratch folder.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::rebuild::{Failed, rebuild};
use super::sources::Files;
use super::verify::{read, shown};
use crate::archive::{Digests, Entry, Reasons, SET, Set, Statement, codes, pdf};
use crate::build::prepare::TOOL;
use crate::build::{Composed, EditionName};
use crate::diagnostic::Findings;
use crate::ledger::{self, Ledger};
use crate::render;

/// How a document that was made again is like the archived one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// The same bytes.
    Identical,
    /// Other bytes by another program or engine, with the same text on every page, the same figures, and the figures in the same places.
    SamePages,
    /// Other bytes by another program or engine, with the same words and figures, set otherwise.
    SameContent,
    /// Another document.
    Different,
    /// It could not be made again.
    NotMade,
}

/// One document.
#[derive(Clone, Debug, Serialize)]
pub struct Reproduced {
    /// Its identity.
    pub ident: String,
    /// Its path in the bag.
    pub pdf: String,
    /// How like it is.
    pub likeness: Likeness,
    /// The first difference, when there is one: page and fact.
    pub difference: Option<String>,
}

/// What became of a bag.
#[derive(Debug)]
pub struct Reproduction {
    /// Each document.
    pub documents: Vec<Reproduced>,
    /// What is wrong.
    pub findings: Findings,
}

/// Makes the documents of a bag again; `each` is told of every one that is done.
pub fn reproduce(bag: &Path, each: &mut dyn FnMut(&Reproduced)) -> Reproduction {
    let shown = shown(bag);
    let mut reasons = Reasons::new(&shown);
    let mut documents = Vec::new();
    let set = read(bag, SET).and_then(|bytes| Set::parse(std::str::from_utf8(&bytes).ok()?).ok());
    match set {
        Some(set) => {
            for entry in &set.editions {
                let done = document(bag, entry, &mut reasons);
                each(&done);
                documents.push(done);
            }
        }
        None => reasons.add(
            codes::NO_BAG,
            "",
            format!("{shown} is no bag of this program: it has no {SET}"),
        ),
    }
    Reproduction {
        documents,
        findings: reasons.finish(),
    }
}

fn document(bag: &Path, entry: &Entry, reasons: &mut Reasons) -> Reproduced {
    let done = |likeness, difference| Reproduced {
        ident: entry.ident.clone(),
        pdf: entry.pdf.clone(),
        likeness,
        difference,
    };
    let statement = match statement(bag, entry) {
        Ok(statement) => statement,
        Err(why) => {
            reasons.add(
                codes::BAD_PROVENANCE,
                &entry.statement,
                format!("{}: {why}", entry.statement),
            );
            return done(Likeness::NotMade, Some(why));
        }
    };
    let made = sources(bag, &statement).and_then(|files| made(&files, entry));
    let archived = read(bag, &entry.pdf);
    let (composed, archived) = match (made, archived) {
        (Ok(composed), Some(archived)) => (composed, archived),
        (made, _) => {
            let why = made
                .err()
                .unwrap_or_else(|| format!("{} is not in the bag", entry.pdf));
            reasons.add(
                codes::REBUILT_OTHERWISE,
                &entry.pdf,
                format!("{} could not be made again: {why}", entry.ident),
            );
            return done(Likeness::NotMade, Some(why));
        }
    };
    let (likeness, difference) = compare(&archived, &composed);
    if likeness == Likeness::Identical {
        return done(likeness, None);
    }
    let is_other =
        statement.version("tryk") != TOOL || statement.version("engine") != render::engine();
    let difference =
        difference.unwrap_or_else(|| "the same words and figures in other bytes".to_owned());
    if is_other {
        let message = format!(
            "{} was made by {} with {}, but is made again by {TOOL} with {}; its text, its figures and their places were compared, not its bytes and not pictures of its pages",
            entry.ident,
            statement.version("tryk"),
            statement.version("engine"),
            render::engine()
        );
        reasons.note(codes::OTHER_TOOL, &entry.pdf, message);
    }
    if !is_other || likeness == Likeness::Different {
        reasons.add(
            codes::REBUILT_OTHERWISE,
            &entry.pdf,
            format!("{}: {difference}", entry.ident),
        );
        return done(Likeness::Different, Some(difference));
    }
    done(likeness, Some(difference))
}

fn statement(bag: &Path, entry: &Entry) -> Result<Statement, String> {
    let bytes = read(bag, &entry.statement).ok_or("is not in the bag")?;
    let text = String::from_utf8(bytes).map_err(|_| "is no text")?;
    Statement::parse(&text)
}

/// The sources, each with the digest that the statement names.
fn sources(bag: &Path, statement: &Statement) -> Result<Files, String> {
    let mut files = Files::new();
    for one in statement.sources() {
        let bytes = one.place().and_then(|place| read(bag, &place));
        match bytes.filter(|bytes| one.fits(&Digests::of(bytes))) {
            Some(bytes) => files.insert(one.name.clone(), bytes),
            None => {
                return Err(format!(
                    "its source {} is not in the bag as it was",
                    one.name
                ));
            }
        };
    }
    Ok(files)
}

fn made(files: &Files, entry: &Entry) -> Result<Composed, String> {
    let name: EditionName = entry.ident.parse()?;
    rebuild(files, &name).map_err(|failed| match failed {
        Failed::Io(error) => error.to_string(),
        Failed::Findings(findings) => {
            let errors = findings.iter().map(|one| one.message.as_str());
            errors.take(3).collect::<Vec<_>>().join("; ")
        }
    })
}

/// How like they are, and the first difference.
fn compare(archived: &[u8], composed: &Composed) -> (Likeness, Option<String>) {
    if archived == composed.pdf {
        return (Likeness::Identical, None);
    }
    let ledgers = (ledger::read(archived, ""), ledger::read(&composed.pdf, ""));
    let letters = (pdf::letters(archived), pdf::letters(&composed.pdf));
    let ((Ok(old), Ok(new)), (Some(before), Some(now))) = (ledgers, letters) else {
        return (
            Likeness::Different,
            Some("the archived PDF cannot be read".to_owned()),
        );
    };
    if let Some(difference) = other_figure(&old, &new) {
        return (Likeness::Different, Some(difference));
    }
    let pages = before.iter().zip(&now).position(|(old, new)| old != new);
    match pages.or((before.len() != now.len()).then_some(before.len().min(now.len()))) {
        None => match other_place(&old, &new) {
            None => (
                Likeness::SamePages,
                Some(other_bytes(archived, &composed.pdf)),
            ),
            difference => (Likeness::SameContent, difference),
        },
        // Text that runs over to another page is set otherwise; other text is another document.
        Some(page) if before.concat() == now.concat() => (
            Likeness::SameContent,
            Some(format!("page {} is broken elsewhere", page + 1)),
        ),
        Some(page) => (Likeness::Different, Some(other_text(page, &before, &now))),
    }
}

/// The first figure whose value or words are others, in the order of the pages.
fn other_figure(old: &Ledger, new: &Ledger) -> Option<String> {
    let said = |ledger: &Ledger| -> BTreeMap<(String, usize), (usize, String, Option<String>)> {
        let facts = ledger.facts.iter();
        let printed = facts.flat_map(|fact| {
            fact.printed.iter().enumerate().map(move |(at, one)| {
                let key = (fact.id.clone(), at);
                (key, (one.page, one.text.clone(), fact.value.clone()))
            })
        });
        printed.collect()
    };
    let (old, new) = (said(old), said(new));
    let keys = old.keys().chain(new.keys());
    let differing = keys.filter_map(|key| match (old.get(key), new.get(key)) {
        (Some(a), Some(b)) if (&a.1, &a.2) == (&b.1, &b.2) => None,
        (Some(a), Some(b)) => Some((
            a.0,
            format!("{}: archived '{}', made again '{}'", key.0, a.1, b.1),
        )),
        (Some(a), None) => Some((
            a.0,
            format!("{}: archived '{}', made again without it", key.0, a.1),
        )),
        (None, Some(b)) => Some((
            b.0,
            format!("{}: archived without it, made again '{}'", key.0, b.1),
        )),
        (None, None) => None,
    });
    let (page, what) = differing.min()?;
    Some(format!("page {page}, {what}"))
}

/// The first figure that stands elsewhere.
fn other_place(old: &Ledger, new: &Ledger) -> Option<String> {
    let mut moved = old.facts.iter().filter_map(|fact| {
        let other = new.fact(&fact.id)?;
        let pairs = fact.printed.iter().zip(&other.printed);
        let mut pairs = pairs.filter(|(a, b)| a.page != b.page || a.rect != b.rect);
        pairs.next().map(|(a, _)| (a.page, fact.id.clone()))
    });
    let first = moved.next()?;
    let (page, id) = moved.fold(first, std::cmp::min);
    Some(format!("page {page}, {id} stands elsewhere on the paper"))
}

fn other_text(page: usize, before: &[String], now: &[String]) -> String {
    let empty = String::new();
    let (old, new) = (
        before.get(page).unwrap_or(&empty),
        now.get(page).unwrap_or(&empty),
    );
    let same = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let from = same.saturating_sub(20);
    let part = |text: &str| text.chars().skip(from).take(60).collect::<String>();
    format!(
        "page {}, text: archived '…{}…', made again '…{}…' (letters only)",
        page + 1,
        part(old),
        part(new)
    )
}

fn other_bytes(old: &[u8], new: &[u8]) -> String {
    let at = old.iter().zip(new).position(|(a, b)| a != b);
    let at = at.unwrap_or(old.len().min(new.len()));
    format!("the same text, figures and places; the bytes differ from offset {at}")
}
