//! An entry of `issued.json` against the PDF that was issued, and the folder of issued PDFs against the entries.
//!
//! Comes in: an entry and the PDF with its digest; or what was read. Goes out: findings. Must not believe an entry where the PDF tells.

use std::collections::BTreeMap;

use super::codes;
use super::digest::sha256;
use super::editions::Planned;
use super::load::Loaded;
use super::signed;
use crate::diagnostic::{Finding, Findings, Place, SourceFile};
use crate::ledger;
use crate::model::{Figure, Issued};
use crate::read;

/// The finding about an edition that would go elsewhere today than where it was issued; none when both are one path.
pub fn elsewhere(planned: &Planned<'_>, issued: &Issued) -> Option<Finding> {
    let (was, now) = (&issued.output, &planned.output);
    if was.value == *now {
        return None;
    }
    let message = format!(
        "{} was issued as {}, but the register and its template give {now}",
        planned.ident(),
        was.value
    );
    let finding = Finding::error(codes::ISSUED_ELSEWHERE, message)
        .at(&was.place, "as issued")
        .and(&planned.template.output.place, "the path's pattern")
        .hint("put back whichever was changed; where documents go on under new names, correct `output` in issued.json too");
    Some(finding)
}

/// What an entry says of the ledger, the pages and the figures otherwise than the PDF whose digest it has.
pub fn faults(planned: &Planned<'_>, issued: &Issued, pdf: &[u8]) -> Findings {
    let Some(carried) = ledger::carried(pdf) else {
        return Findings::new();
    };
    let differs = |place: &Place, what: &str, is: String| {
        let message = format!(
            "issued.json tells other {what} of {} than the PDF that was issued",
            planned.ident()
        );
        Finding::error(codes::ISSUED_ENTRY, message)
            .at(place, "recorded")
            .expected(is)
            .hint("issued.json is written by `tryk issue`; put it back from a backup, or correct it to what the PDF says")
    };
    let mut findings = Findings::new();
    let digest = sha256(&carried.ledger);
    if issued.ledger != *digest {
        findings.push(differs(
            &issued.ledger.place,
            "digest of the ledger",
            format!("\"{digest}\""),
        ));
    }
    if usize::try_from(issued.pages.value) != Ok(carried.pages) {
        findings.push(differs(
            &issued.pages.place,
            "number of pages",
            carried.pages.to_string(),
        ));
    }
    // A ledger of another format is held by its digest alone.
    if let Ok(own) = ledger::parse(&carried.ledger, &planned.output) {
        let figures = own.facts.into_iter().map(|one| {
            let figure = Figure {
                value: one.value,
                unit: one.unit,
                text: one.text,
            };
            (one.id, figure)
        });
        if let Some((place, is)) = first_other(issued, &figures.collect()) {
            findings.push(differs(&place, "figures", is));
        }
    }
    findings
}

/// The place of the first figure that is another than in the PDF, and what the PDF has.
fn first_other(issued: &Issued, own: &BTreeMap<String, Figure>) -> Option<(Place, String)> {
    let recorded = &issued.figures;
    let missing: Vec<&String> = own
        .keys()
        .filter(|id| !recorded.contains_key(*id))
        .collect();
    if let [first, ..] = missing.as_slice() {
        let (count, all) = (missing.len(), own.len());
        let is = format!("all {all} figures of its ledger; {count} are left out, first {first}");
        return Some((issued.entry.clone(), is));
    }
    recorded.iter().find_map(|(id, line)| {
        let is = match own.get(id) {
            Some(figure) if *figure == line.value => return None,
            Some(figure) => format!("\"{figure}\""),
            None => "no such figure".to_owned(),
        };
        Some((line.place.clone(), is))
    })
}

/// A warning for every PDF that is kept as issued, and every folder of signed ones, that belongs to no entry.
pub fn unnamed(loaded: &Loaded) -> Findings {
    let mut findings = Findings::new();
    for partnership in &loaded.partnerships {
        let (inputs, name) = (&loaded.inputs, &partnership.name);
        let entries = &partnership.data.issued;
        let named = |path: &str| {
            entries.iter().any(|one| {
                let (document, year) = (&one.document.value, one.year.value);
                let signed = signed::folder(document, year, one.revision.value);
                path == format!("{name}/{}", one.pdf.value) || path == format!("{name}/{signed}")
            })
        };
        let kept = read::kept(inputs, name).into_iter();
        let signed = read::signed(inputs, name).into_iter();
        let all = kept
            .map(|path| (path, "is kept as an issued PDF"))
            .chain(signed.map(|path| (path, "is kept for signed PDFs")));
        for (path, what) in all.filter(|(path, _)| !named(path)) {
            findings.push(without_entry(inputs.shown(&path), what));
        }
    }
    findings
}

fn without_entry(shown: String, what: &str) -> Finding {
    let message = format!("{shown} {what}, but no entry of issued.json names it");
    Finding::warning(codes::KEPT_WITHOUT_ENTRY, message)
        .at(&SourceFile::new(shown, "").whole(), "")
        .hint("put issued.json back from a backup: an edition without its entry is no longer frozen")
        .hint("if `tryk issue` was ended before it was done, issue the edition again; else move it away")
}
