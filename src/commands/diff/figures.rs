//! The figures that differ: those of the data, those that follow from them, and those of the edition itself.

use super::super::words::{HEAD, QUIET, counted, labelled};
use crate::build::diff::{Compared, FigureDiffers};
use crate::diagnostic::visible;
use crate::ledger::{ChangeKind, FactEntry, OriginEntry};

/// Where the text beside the labels begins.
const INDENT: usize = 15;

/// The figures, under their headings.
pub(super) fn told(compared: &Compared) -> String {
    let all = || compared.of_the_data();
    let parts = [
        section(
            "Figures changed in the data",
            all().filter(|one| is_changed(one) && !one.change.follows()),
        ),
        section(
            "Figures that follow from them",
            all().filter(|one| is_changed(one) && one.change.follows()),
        ),
        section(
            "Figures that were added",
            all().filter(|one| one.change.kind == ChangeKind::Added),
        ),
        section(
            "Figures that were removed",
            all().filter(|one| one.change.kind == ChangeKind::Removed),
        ),
        of_the_edition(compared),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

fn is_changed(figure: &FigureDiffers) -> bool {
    matches!(figure.change.kind, ChangeKind::Value | ChangeKind::Basis)
}

fn section<'a>(title: &str, figures: impl Iterator<Item = &'a FigureDiffers>) -> String {
    let figures: Vec<String> = figures.map(figure).collect();
    if figures.is_empty() {
        return String::new();
    }
    format!("{HEAD}{title}{HEAD:#}\n{}", figures.concat())
}

fn figure(figure: &FigureDiffers) -> String {
    let change = &figure.change;
    let named = figure
        .name
        .as_ref()
        .map(|name| format!("  {QUIET}{}{QUIET:#}", visible(name)));
    let mut text = format!("  {}{}\n", visible(&change.id), named.unwrap_or_default());
    text += &labelled("", &change_of(figure), INDENT);
    let pages = pages(figure);
    if !pages.is_empty() {
        text += &labelled("pages", &pages, INDENT);
    }
    for (label, from) in origins(figure) {
        text += &labelled(label, &from, INDENT);
    }
    for (at, one) in figure.elsewhere.iter().enumerate() {
        let label = if at == 0 { "also in" } else { "" };
        let line = format!("{}, {}: {}", visible(&one.file), list(&one.pages), one.text);
        text += &labelled(label, &line, INDENT);
    }
    text
}

/// `60.000 kr. → 75.000 kr. (+15.000 kr.)`.
fn change_of(figure: &FigureDiffers) -> String {
    let change = &figure.change;
    let difference = change
        .difference
        .as_ref()
        .map(|one| format!("  ({})", one.text));
    let difference = difference.unwrap_or_default();
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if change.kind == ChangeKind::Basis => {
            format!("{}, {} → {}", new.text, basis(old), basis(new))
        }
        // Two values may round to one text.
        (Some(old), Some(new)) if old.text == new.text => {
            let exact = |fact: &FactEntry| fact.value.clone().unwrap_or_else(|| "none".to_owned());
            format!(
                "{}, exactly {} → {}{difference}",
                new.text,
                exact(old),
                exact(new)
            )
        }
        (Some(old), Some(new)) => format!("{} → {}{difference}", old.text, new.text),
        (Some(old), None) => format!("{} → gone", old.text),
        (None, Some(new)) => format!("new: {}", new.text),
        (None, None) => String::new(),
    }
}

/// What a figure rests on, with its source.
fn basis(fact: &FactEntry) -> String {
    let source = fact.source.as_ref().map(|id| format!(" ({})", visible(id)));
    let example = fact.illustrative && fact.basis != "illustrative";
    let example = if example {
        " from an invented example"
    } else {
        ""
    };
    format!("{}{}{example}", fact.basis, source.unwrap_or_default())
}

/// `4, 7 → 4, 9`.
fn pages(figure: &FigureDiffers) -> String {
    let list = |pages: &[usize]| {
        let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
        if pages.is_empty() {
            "none".to_owned()
        } else {
            pages.join(", ")
        }
    };
    match (figure.old_pages.as_slice(), figure.new_pages.as_slice()) {
        ([], []) => "printed on none".to_owned(),
        (old, new) if old == new => list(new),
        (old, []) if figure.change.new.is_none() => list(old),
        ([], new) if figure.change.old.is_none() => list(new),
        (old, new) => format!("{} → {}", list(old), list(new)),
    }
}

/// Where it comes from on both sides; once when that is the same.
fn origins(figure: &FigureDiffers) -> Vec<(&'static str, String)> {
    let change = &figure.change;
    let origin = |fact: &Option<FactEntry>| fact.as_ref().and_then(origin);
    match (origin(&change.old), origin(&change.new)) {
        (Some(old), Some(new)) if old == new => vec![new],
        (old, new) => {
            let then =
                |(label, from): (&'static str, String)| (label, format!("{from}, in the old one"));
            new.into_iter().chain(old.map(then)).collect()
        }
    }
}

/// The cell, or the formula.
fn origin(fact: &FactEntry) -> Option<(&'static str, String)> {
    match &fact.origin {
        OriginEntry::Cell {
            file, line, column, ..
        } => Some(("from", format!("{}:{line}:{column}", visible(file)))),
        OriginEntry::Derived { formula, .. } if formula.is_empty() => None,
        OriginEntry::Derived { formula, .. } => Some(("worked out", visible(formula).into_owned())),
        OriginEntry::Absent => None,
    }
}

/// A line on the figures that are others in every revision.
fn of_the_edition(compared: &Compared) -> String {
    let own = compared
        .figures
        .iter()
        .filter(|one| one.change.of_the_edition);
    let count = own.count();
    if count == 0 {
        return String::new();
    }
    format!(
        "{QUIET}And {} of the edition itself: its date, number, approvals, and what it tells of the revision before (--json has them).{QUIET:#}\n",
        counted(count, "figure")
    )
}

/// `page 4` or `pages 4, 14`.
fn list(pages: &[usize]) -> String {
    let plural = if pages.len() == 1 { "" } else { "s" };
    let pages: Vec<String> = pages.iter().map(ToString::to_string).collect();
    format!("page{plural} {}", pages.join(", "))
}
