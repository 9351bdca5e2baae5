//! The ledgers of real documents: they fit their schemas, the schemas say what the code says, and every origin is what it claims to be.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;
#[path = "common/schema.rs"]
mod schema;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::{Ran, folehaven};
use serde_json::Value;

/// The one build that all tests look at.
static BUILD: LazyLock<Ran> = LazyLock::new(|| folehaven().run(["build", "--quiet"]).clean());

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The JSON files of a kind beside the documents: `ledger` or `data`.
fn beside(kind: &str) -> Vec<(String, Value)> {
    let files = BUILD.outputs().into_iter();
    let files = files.filter(|file| file.ends_with(&format!(".{kind}.json")));
    files
        .map(|file| {
            let value = BUILD.project.read(&format!("out/{file}"));
            (file, serde_json::from_str(&value).unwrap())
        })
        .collect()
}

#[test]
fn the_files_fit_their_schemas() {
    for kind in ["ledger", "data"] {
        let schema: Value =
            serde_json::from_str(&text(&format!("docs/{kind}.schema.json"))).unwrap();
        let files = beside(kind);
        assert_eq!(files.len(), 11);
        for (file, value) in files {
            assert_eq!(schema::faults(&schema, &value), [""; 0], "{file}");
        }
    }
}

#[test]
fn a_file_that_does_not_fit_is_seen() {
    let schema: Value = serde_json::from_str(&text("docs/ledger.schema.json")).unwrap();
    let (_, ledger) = &beside("ledger")[0];
    let faulty = |pointer: &str, value: Value| {
        let mut ledger = ledger.clone();
        *ledger.pointer_mut(pointer).unwrap() = value;
        schema::faults(&schema, &ledger).len()
    };
    assert_eq!(faulty("/format", "tryk-ledger/2".into()), 1);
    assert_eq!(faulty("/facts/0/unit", "pounds".into()), 1);
    assert_eq!(faulty("/facts/0/value", 7.into()), 1);
    assert_eq!(faulty("/facts/0/origin", Value::Null), 1);
    assert_eq!(faulty("/facts/0/printed/0/page", 0.into()), 1);
    let source = serde_json::json!({ "id": "x", "title": "y", "link": "z" });
    assert_eq!(faulty("/sources/0", source), 2);
}

#[test]
fn the_schemas_say_what_the_code_says() {
    let said = schema::documented(&text("src/ledger/entries.rs"));
    let mut seen = 0;
    for (kind, root) in [("ledger", "Ledger"), ("data", "Data")] {
        let schema: Value =
            serde_json::from_str(&text(&format!("docs/{kind}.schema.json"))).unwrap();
        let described = schema::described(&schema, root);
        for (name, description) in &described {
            assert_eq!(
                said.get(name),
                Some(description),
                "{name} in docs/{kind}.schema.json"
            );
        }
        let of_this: BTreeMap<&String, &String> = said
            .iter()
            .filter(|(name, _)| described.contains_key(*name))
            .collect();
        seen += of_this.len();
    }
    // The edition stands in both.
    let twice = said
        .keys()
        .filter(|name| name.starts_with("EditionEntry"))
        .count();
    assert_eq!(
        seen,
        said.len() + twice,
        "something in entries.rs is in no schema"
    );
}

/// The value of a cell as the ledger writes it: decimal point, ISO date.
fn read(cell: &str, is_json: bool) -> String {
    let cell = cell.trim_matches('"');
    let dashed: Vec<&str> = cell.split('-').collect();
    match dashed.as_slice() {
        [day, month, year] if year.len() == 4 => format!("{year}-{month}-{day}"),
        _ if is_json => cell.to_owned(),
        _ => cell.replace('.', "").replace(',', "."),
    }
}

#[test]
fn every_cell_reads_as_its_value() {
    let mut cells = 0;
    for (file, ledger) in beside("ledger") {
        for fact in ledger["facts"].as_array().unwrap() {
            let (Some(value), Some(cell)) =
                (fact["value"].as_str(), fact["origin"]["cell"].as_str())
            else {
                continue;
            };
            let is_span = fact["unit"] == "years";
            let expected: Vec<&str> = if is_span {
                value.split('/').collect()
            } else {
                vec![value]
            };
            let found = read(cell, !fact["origin"]["pointer"].is_null());
            let fits = if is_span {
                expected.iter().all(|year| found.contains(year))
            } else {
                found == value
            };
            assert!(
                fits,
                "{file}: {} is {value}, but its cell reads {cell}",
                fact["id"]
            );
            cells += 1;
        }
    }
    assert!(cells > 1000, "{cells}");
}

#[test]
fn every_formula_reaches_cells() {
    for (file, ledger) in beside("ledger") {
        let facts = ledger["facts"].as_array().unwrap();
        let ids: Vec<&str> = facts
            .iter()
            .map(|fact| fact["id"].as_str().unwrap())
            .collect();
        for fact in facts {
            for formula in [&fact["origin"], &fact["control"]] {
                for input in formula["inputs"].as_array().into_iter().flatten() {
                    assert!(
                        ids.contains(&input.as_str().unwrap()),
                        "{file}: {input} of {}",
                        fact["id"]
                    );
                }
            }
        }
    }
}

#[test]
fn every_figure_stands_in_its_words() {
    for (file, ledger) in beside("ledger") {
        for fact in ledger["facts"].as_array().unwrap() {
            for one in fact["printed"].as_array().unwrap() {
                let [text, around] = ["text", "around"].map(|key| one[key].as_str().unwrap());
                let at = usize::try_from(one["at"].as_u64().unwrap()).unwrap();
                let there: String = around.chars().skip(at).take(text.chars().count()).collect();
                assert_eq!(there, text, "{file}: {around}");
                let is_odd = |c: char| c == '\u{a0}' || c == '\u{ad}' || c.is_control();
                assert!(
                    !around.contains(is_odd) && !around.contains("  "),
                    "{file}: {around:?}"
                );
            }
        }
    }
}
