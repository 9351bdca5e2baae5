//! Issued editions: their bytes stay, and what today's data would give is held against them.
//!
//! Comes in: an entry of `issued.json`, the kept PDF, and today's edition. Goes out: the issued bytes in the output folder, and findings.
//! Must not write other bytes in their place, nor change what is kept.

use std::fs;
use std::io;

use super::codes;
use super::digest::sha256;
use super::editions::Planned;
use super::made::{Made, Today};
use super::prepare::{self, TOOL};
use super::reason::FigureChange;
use super::signed;
use super::write::{Written, holds_more, write};
use crate::diagnostic::Finding;
use crate::facts::Origin;
use crate::ledger;
use crate::model::Issued;
use crate::project::Project;
use crate::read::{self, LARGEST_PDF};
use crate::render;
use crate::sign;

/// How an issued edition stands to today's inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Today's inputs give the same figures and words.
    Same,
    /// A newer revision has taken its place, so today's data may differ.
    Superseded,
    /// The figures and words are the same; layout, fonts, engine or program would give other bytes.
    Layout,
    /// Today's figures are others.
    Figures(Vec<FigureChange>),
    /// Today's words are others.
    Words,
}

/// The issued bytes of a partnership's edition, or none when they are lost.
pub fn kept(project: &Project, partnership: &str, issued: &Issued) -> Option<Vec<u8>> {
    let store = project.inputs.join(partnership);
    let places = [
        store.join(&issued.pdf.value),
        project.out.join(&issued.output.value),
    ];
    places
        .iter()
        .filter_map(|path| read::regular(path, LARGEST_PDF).ok())
        .find(|bytes| issued.sha256 == *sha256(bytes))
}

/// The finding about a PDF in the output folder that holds signatures which are not kept with the inputs; none when there is no such PDF.
pub fn unrecorded(
    project: &Project,
    planned: &Planned<'_>,
    issued: &Issued,
    shown: &[u8],
) -> Option<Finding> {
    let output = &issued.output.value;
    let there = read::regular(&project.out.join(output), LARGEST_PDF).ok()?;
    if !holds_more(&there, shown) {
        return None;
    }
    let message = format!(
        "{}/{output} holds a signature that is not kept with the inputs, or is a damaged copy of what is",
        project.out_shown()
    );
    Some(unkept(planned, issued, message))
}

/// The finding about a copy in the output folder that one party signed alone and that is not kept with the inputs; none when there is no
/// such copy.
pub fn unrecorded_copy(
    project: &Project,
    planned: &Planned<'_>,
    issued: &Issued,
    record: &signed::Record,
) -> Option<Finding> {
    let output = project.out.join(&issued.output.value);
    let begins = signed::counterpart_output(&issued.output.value, "");
    let begins = begins.rsplit('/').next()?.trim_end_matches(".pdf");
    let known = record.copies(&issued.output.value);
    let known: Vec<&str> = known
        .iter()
        .filter_map(|(path, _)| path.rsplit('/').next())
        .collect();
    let entries = fs::read_dir(output.parent()?).ok()?.filter_map(Result::ok);
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut stray = names.filter(|name| {
        name.starts_with(begins) && name.ends_with(".pdf") && !known.contains(&name.as_str())
    });
    let message = format!(
        "{} beside {} is a signed copy that is not kept with the inputs",
        stray.next()?,
        issued.output.value
    );
    Some(unkept(planned, issued, message))
}

fn unkept(planned: &Planned<'_>, issued: &Issued, message: String) -> Finding {
    let finding = Finding::error(sign::codes::RECORD, message).at(&issued.entry, "issued");
    finding.hint(format!(
        "move the PDF aside: what is kept comes back with the next build; a signature that is not is taken in with `tryk sign import COPY --edition {}`",
        planned.ident()
    ))
}

/// Puts the issued PDF and what it carries into the output folder.
///
/// # Errors
/// What the operating system says.
pub fn restore(project: &Project, issued: &Issued, pdf: &[u8]) -> io::Result<Written> {
    let output = &issued.output.value;
    let stem = output.trim_end_matches(".pdf");
    let mut written = write(&project.out, output, pdf)?;
    let carried = [
        ("ledger", ledger::attached(pdf, "ledger.json")),
        ("data", ledger::attached(pdf, "data.json")),
    ];
    for (name, bytes) in carried {
        let Some(bytes) = bytes else { continue };
        if write(&project.out, &format!("{stem}.{name}.json"), &bytes)? == Written::Changed {
            written = Written::Changed;
        }
    }
    Ok(written)
}

/// True when today's inputs must give what was issued, so that nothing needs to be made to know it.
pub fn is_surely_same(issued: &Issued, today: &Today<'_>) -> bool {
    let making = &issued.making;
    let mut templates = making.templates.iter();
    making.tool == TOOL
        && making.engine == render::engine()
        && making.fonts == prepare::fonts(today.press)
        && making.data == sha256(&today.prepared.data)
        && templates
            .all(|(path, digest)| prepare::template(today.press, path).as_ref() == Some(digest))
        && figures(issued, today).is_empty()
}

/// Holds what today's inputs give against what was issued.
pub fn compare(issued: &Issued, today: &Today<'_>, made: &Made) -> Verdict {
    let mut changes = figures(issued, today);
    let added = made
        .figures
        .iter()
        .filter(|(id, _)| !issued.figures.contains_key(*id));
    changes.extend(added.map(|(id, line)| FigureChange {
        id: id.clone(),
        old: None,
        new: line.parse().ok(),
    }));
    if !changes.is_empty() {
        Verdict::Figures(today.causes_first(changes))
    } else if made.words != issued.making.text {
        Verdict::Words
    } else if made.pdf == issued.sha256.value || made.making() == issued.making {
        Verdict::Same
    } else {
        Verdict::Layout
    }
}

/// The issued figures that are others today.
pub fn figures(issued: &Issued, today: &Today<'_>) -> Vec<FigureChange> {
    let now = today.figures(issued.figures.keys().map(String::as_str));
    let changed = issued.figures.iter().filter_map(|(id, old)| {
        let new = now.values.get(id);
        (new != Some(&old.value)).then(|| FigureChange {
            id: id.clone(),
            old: Some(old.value.clone()),
            new: new.cloned(),
        })
    });
    changed.collect()
}

/// The finding about an issued edition whose figures or words would be others today; none when nothing is wrong.
pub fn finding(
    planned: &Planned<'_>,
    issued: &Issued,
    verdict: &Verdict,
    pdf: &[u8],
) -> Option<Finding> {
    let output = &issued.output.value;
    let edition = planned.edition;
    let revise = format!(
        "make a new revision: add a row with revision {} to documents.csv, with its date and reason",
        edition.revision.value + 1
    );
    match verdict {
        Verdict::Same | Verdict::Superseded => None,
        Verdict::Figures(changes) => Some(
            differing_figures(planned, issued, changes, pdf)
                .hint(revise)
                .hint(restate(planned, changes))
                .hint("or put the data back as they were; the issued PDF stays as it is"),
        ),
        Verdict::Words => Some(
            Finding::error(
                codes::FROZEN,
                format!("{output} was issued on {}, but its words would be others today", issued.issued.value),
            )
            .at(&edition.row, "this edition")
            .and(&issued.entry, "issued")
            .hint(format!("`tryk diff {}` shows the words", planned.ident()))
            .hint(revise)
            .hint("or put the texts back as they were; the issued PDF stays as it is"),
        ),
        Verdict::Layout => Some(
            Finding::warning(
                codes::FROZEN_LAYOUT,
                format!("{output} was issued on {}, and would be set otherwise today; its figures and words are the same", issued.issued.value),
            )
            .at(&issued.entry, "issued")
            .hint("nothing needs to be done: the issued PDF stays as it is"),
        ),
    }
}

/// How to declare that an issued figure turned out to be wrong.
fn restate(planned: &Planned<'_>, changes: &[FigureChange]) -> String {
    let own = changes
        .iter()
        .filter(|one| cell(planned, &one.id).is_some());
    let mut numbers = own.filter_map(|one| {
        let old = one.old.as_ref()?.value.as_ref()?;
        let is_changed = one.new.as_ref().is_some_and(|new| new.value.is_some());
        let number = old.parse::<rust_decimal::Decimal>().ok();
        let number = number.filter(|_| is_changed)?.normalize().to_string();
        Some(format!("{};{};", one.id, number.replace('.', ",")))
    });
    let row = numbers.next();
    let row = row.unwrap_or_else(|| "FIGURE;WAS;".to_owned());
    format!(
        "or, if what was issued was wrong, declare it in restatements.csv: {row}DATE;REASON; documents from that day on say so in a note"
    )
}

fn differing_figures(
    planned: &Planned<'_>,
    issued: &Issued,
    changes: &[FigureChange],
    pdf: &[u8],
) -> Finding {
    let printed = ledger::read(pdf, &issued.output.value).ok();
    let told: Vec<String> = changes
        .iter()
        .take(5)
        .map(|one| told(one, printed.as_ref()))
        .collect();
    let rest = changes.len().saturating_sub(told.len());
    let more = if rest > 0 {
        format!("; and {rest} more")
    } else {
        String::new()
    };
    let finding = Finding::error(
        codes::FROZEN,
        format!(
            "{} was issued on {}, but today's data give other figures: {}{more}",
            issued.output.value,
            issued.issued.value,
            told.join("; ")
        ),
    );
    let root = changes
        .iter()
        .find_map(|one| Some((cell(planned, &one.id)?, issued.figures.get(&one.id))));
    match root {
        Some((place, Some(line))) => finding.at(&place, "now").and(&line.place, "as issued"),
        Some((place, None)) => finding
            .at(&place, "new")
            .and(&issued.entry, "issued without it"),
        None => finding
            .at(&planned.edition.row, "this edition")
            .and(&issued.entry, "issued"),
    }
}

/// `activities/2019/x/budget: 120.000 kr. → 140.000 kr. (page 7)`.
fn told(change: &FigureChange, printed: Option<&ledger::Ledger>) -> String {
    let fact = printed.and_then(|ledger| ledger.fact(&change.id));
    let mut pages: Vec<usize> = fact
        .map(|fact| fact.printed.iter().map(|one| one.page).collect())
        .unwrap_or_default();
    pages.dedup();
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    match pages.as_slice() {
        [] => change.to_string(),
        [one] => format!("{change} (page {one})"),
        many => format!("{change} (pages {})", many.join(", ")),
    }
}

fn cell(planned: &Planned<'_>, id: &str) -> Option<crate::diagnostic::Place> {
    match &planned.facts.book.get(id)?.origin {
        Origin::Cell(place) => Some(place.clone()),
        Origin::Derived(_) | Origin::Absent => None,
    }
}

/// The finding about an issued PDF that is neither kept nor in the output folder.
pub fn lost(planned: &Planned<'_>, issued: &Issued) -> Finding {
    let kept = format!("{}/{}", planned.partnership.name, issued.pdf.value);
    Finding::error(
        codes::LOST,
        format!(
            "the issued {} is lost: no file has the recorded digest",
            issued.output.value
        ),
    )
    .at(&issued.sha256.place, "the issued bytes")
    .hint(format!(
        "put the issued PDF back as {kept} below the inputs, from the archive or a backup"
    ))
    .hint("it is not made again, since it might not be the document that was issued")
}
