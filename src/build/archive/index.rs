//! The bag for people, in Danish: one view of it that both `index.html` and `index.pdf` show.
//!
//! Comes in: the set and the info of a bag. Goes out: the view as JSON, and the PDF. Must not show what the bag does not hold.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde_json::{Value, json};

use super::exceptions::Kind;
use crate::archive::{Decision, Entry, Figure, Info, Set, Signed};
use crate::diagnostic::Findings;
use crate::facts::{GENERATOR, danish};
use crate::render::{Fonts, Job, TemplateFiles, render};

/// The template of `index.pdf`.
const TEMPLATE: &str = include_str!("index.typ");
/// Its path for the engine, which knows it from every document's.
const MAIN: &str = "/archive/index.typ";

/// What both indexes show.
pub fn view(bag: &str, set: &Set, info: &Info, day: NaiveDate) -> Value {
    let documents: Vec<Value> = set.editions.iter().map(document).collect();
    let exceptions = set.exceptions.iter().map(|one| {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == one.kind);
        json!({
            "kind": kind.map_or_else(|| one.kind.clone(), |kind| kind.danish().to_owned()),
            "reason": one.reason,
            "accepted": one.accepted,
        })
    });
    json!({
        "bag": bag,
        "name": set.name,
        "year": set.year.to_string(),
        "title": format!("{} {}", set.name, set.year),
        "day": danish::long_date(day),
        "date": day.to_string(),
        "documents": documents,
        "figures": figures(&set.figures),
        "illustrative": set.figures.iter().any(|one| one.illustrative),
        "exceptions": exceptions.collect::<Vec<_>>(),
        "keeping": keeping(info),
        "chain": chain(info),
        "findings": set.findings,
        "tool": set.tool,
        "engine": set.engine,
    })
}

fn document(entry: &Entry) -> Value {
    let status = match (entry.status.as_str(), &entry.issued, entry.superseded) {
        ("draft", ..) => "Udkast".to_owned(),
        (_, None, _) => "Endelig, men ikke udstedt".to_owned(),
        (_, Some(day), false) => format!("Udstedt {}", dated(day)),
        (_, Some(day), true) => format!("Udstedt {}, erstattet af en senere udgave", dated(day)),
    };
    let decisions = |one: &Decision| {
        json!({
            "body": one.body,
            "date": dated(&one.date),
            "decision": one.decision,
            "illustrative": one.illustrative,
        })
    };
    json!({
        "title": entry.title,
        "revision": entry.revision.to_string(),
        "date": dated(&entry.date),
        "status": status,
        "case_no": entry.case_no,
        "doc_no": entry.doc_no,
        "reason": entry.reason,
        "pages": entry.pages.to_string(),
        "pdf": entry.pdf,
        "ledger": entry.ledger,
        "data": entry.data,
        "statement": entry.statement,
        "reproduced": entry.reproduced,
        "decisions": entry.decisions.iter().map(decisions).collect::<Vec<_>>(),
        "fields": entry.fields.values().map(|one| &one.label).collect::<Vec<_>>(),
        "signed": signatures(entry),
    })
}

/// The signed copy and the copies that one party each signed alone, as far as there are any.
fn signatures(entry: &Entry) -> Vec<Value> {
    let all = entry.signed.iter().chain(&entry.counterparts);
    all.map(signed).collect()
}

fn signed(signed: &Signed) -> Value {
    let verdict = match signed.verdict.as_str() {
        "passed" => "Underskrifterne er gyldige",
        "failed" => "Underskrifterne er ikke gyldige",
        _ => "Underskrifterne er ikke afklaret",
    };
    let signers = signed.signers.iter().map(|one| {
        let time = one.time.as_deref().map(moment);
        json!({ "name": one.name, "field": one.field, "time": time })
    });
    let own = signed.copies.is_empty().then_some(&signed.pdf);
    json!({
        "pdfs": own.into_iter().chain(&signed.copies).collect::<Vec<_>>(),
        "report": signed.report,
        "verdict": verdict,
        "signers": signers.collect::<Vec<_>>(),
    })
}

/// A moment of universal time as it is told in Denmark: `20. juni 2018 kl. 11.30`.
fn moment(text: &str) -> String {
    let Ok(time) = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ") else {
        return text.to_owned();
    };
    let local = danish::local_time(time);
    let day = danish::long_date(local.date()).replace('\u{a0}', " ");
    // A signer who claims a day and no time claims midnight.
    match time.time() == NaiveTime::MIN {
        true => day,
        false => format!("{day} kl. {}", local.format("%H.%M")),
    }
}

fn figures(figures: &[Figure]) -> Vec<Value> {
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for one in figures {
        let row = json!({
            "label": one.label,
            "text": one.text,
            "illustrative": one.illustrative,
            "documents": one.documents.join(", "),
        });
        match groups.last_mut() {
            Some((group, rows)) if *group == one.group => rows.push(row),
            _ => groups.push((&one.group, vec![row])),
        }
    }
    let group = |(group, rows): (&str, Vec<Value>)| json!({ "group": group, "rows": rows });
    groups.into_iter().map(group).collect()
}

fn keeping(info: &Info) -> Vec<Value> {
    let words = BTreeMap::from([
        ("not decided", "ikke fastsat"),
        ("no", "nej"),
        ("yes", "ja"),
    ]);
    let labels = [
        ("Retention-Class", "Opbevaringsklasse"),
        ("Retain-Until", "Opbevares til"),
        ("Legal-Hold", "Kassationsstop"),
        ("Personal-Data", "Personoplysninger"),
    ];
    let line = |(label, danish): (&str, &str)| {
        let value = info.get(label)?;
        let value = match (words.get(value), value.strip_prefix(PERSONAL)) {
            (Some(word), _) => (*word).to_owned(),
            (None, Some(kinds)) => personal(kinds),
            (None, None) => dated(value),
        };
        Some(json!({ "label": danish, "value": value }))
    };
    labels.into_iter().filter_map(line).collect()
}

/// How the line on personal data begins when there are any.
const PERSONAL: &str = "yes, ordinary: ";

/// Whose names are in the bag, such as `ja, almindelige: underskrivere og sagsbehandlere`.
fn personal(kinds: &str) -> String {
    let kinds = kinds.split(", ").map(|kind| match kind {
        "signatories" => "underskrivere",
        "case officers" => "sagsbehandlere",
        "those who signed" => "dem, der har underskrevet",
        other => other,
    });
    let kinds: Vec<String> = kinds.map(str::to_owned).collect();
    format!("ja, almindelige: {}", danish::and_list(&kinds))
}

fn chain(info: &Info) -> Vec<Value> {
    let labels = [
        ("Previous-Bag", "Det foregående år"),
        ("Supplements-Bag", "Tidligere arkivpakke for samme år"),
    ];
    let line = |(label, danish): (&str, &str)| {
        let digest = info.get(&format!("{label}-SHA512"))?;
        Some(json!({ "label": danish, "value": info.get(label)?, "digest": digest }))
    };
    labels.into_iter().filter_map(line).collect()
}

/// A date as Danish text; other words as they are.
fn dated(date: &str) -> String {
    match date.parse::<NaiveDate>() {
        Ok(day) => danish::long_date(day).replace('\u{a0}', " "),
        Err(_) => date.to_owned(),
    }
}

/// The bytes of `index.pdf`.
///
/// # Errors
/// What is wrong with the template.
pub fn pdf(view: &Value, bag: &str, day: NaiveDate) -> Result<Vec<u8>, Findings> {
    let template = BTreeMap::from([(MAIN.to_owned(), TEMPLATE.as_bytes().to_vec())]);
    let files = TemplateFiles::new(template);
    let fonts = Fonts::new(&files)?;
    let data = serde_json::to_vec(view).expect("its keys are texts");
    let job = Job {
        files: &files,
        fonts: &fonts,
        main: MAIN,
        data: &data,
        ident: &format!("archive/{bag}"),
        date: day,
        generator: GENERATOR,
    };
    Ok(render(&job, &|_| Ok(Vec::new()))?.pdf)
}
