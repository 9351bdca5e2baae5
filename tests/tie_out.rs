//! R17: the same fact says the same in every document. Facts come from one key, so no data can break this; the ledgers of a whole build prove it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::collections::BTreeMap;

use common::folehaven;
use serde_json::Value;

/// What a fact says in one edition: its value, and the cell or the inputs with their values.
fn says(fact: &Value, values: &BTreeMap<&str, &Value>) -> (Value, Value) {
    let origin = &fact["origin"];
    let basis = match origin["inputs"].as_array() {
        Some(inputs) => inputs
            .iter()
            .map(|id| values[id.as_str().unwrap()].clone())
            .collect(),
        None => origin.clone(),
    };
    (basis, fact["value"].clone())
}

#[test]
fn a_fact_says_the_same_in_every_edition() {
    let ran = folehaven().run(["build"]).clean();
    let ledgers: Vec<(String, Value)> = ran
        .outputs()
        .into_iter()
        .filter(|path| path.ends_with(".ledger.json"))
        .map(|path| {
            let bytes = ran.project.bytes(&format!("out/{path}"));
            (path, serde_json::from_slice(&bytes).unwrap())
        })
        .collect();
    assert_eq!(ledgers.len(), 11);
    let mut said: BTreeMap<(String, String), (String, Value)> = BTreeMap::new();
    let (mut compared, mut breaches) = (0, Vec::new());
    for (path, ledger) in &ledgers {
        let facts = ledger["facts"].as_array().unwrap();
        let values = facts
            .iter()
            .map(|fact| (fact["id"].as_str().unwrap(), &fact["value"]))
            .collect();
        for fact in facts.iter().filter(|fact| !fact["value"].is_null()) {
            let (basis, value) = says(fact, &values);
            let key = (fact["id"].as_str().unwrap().to_owned(), basis.to_string());
            match said.get(&key) {
                Some((other, known)) => {
                    compared += 1;
                    if *known != value {
                        breaches.push(format!("{}: {known} in {other}, {value} in {path}", key.0));
                    }
                }
                None => {
                    said.insert(key, (path.clone(), value));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
    assert!(
        compared > 500,
        "only {compared} figures stand in more than one edition"
    );
}

/// A figure of the data has one cell, whoever prints it.
#[test]
fn an_observed_figure_has_one_cell() {
    let ran = folehaven().run(["build"]).clean();
    let mut cells: BTreeMap<String, Value> = BTreeMap::new();
    for path in ran
        .outputs()
        .iter()
        .filter(|path| path.ends_with(".ledger.json"))
    {
        let ledger: Value =
            serde_json::from_slice(&ran.project.bytes(&format!("out/{path}"))).unwrap();
        for fact in ledger["facts"].as_array().unwrap() {
            let id = fact["id"].as_str().unwrap();
            if fact["origin"]["kind"] != "cell" || !id.starts_with("indicators/") {
                continue;
            }
            let known = cells
                .entry(id.to_owned())
                .or_insert_with(|| fact["origin"].clone());
            assert_eq!(*known, fact["origin"], "{id} in {path}");
        }
    }
    assert!(!cells.is_empty());
}
