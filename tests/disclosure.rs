//! Disclosure control: what is too small to be published stands nowhere in what is made, and cannot be worked out from it.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it fails"
)]

mod common;

use common::{Project, folehaven};

const REPORT: &str = "folehaven/2021/status-styregruppe-2021";

/// The real data with three burglaries in the latest year.
fn few_burglaries() -> Project {
    let row = "burglary;folehaven;2020;calendar;";
    folehaven().replace(
        "inputs/folehaven/indicators.csv",
        &format!("{row}5;"),
        &format!("{row}3;"),
    )
}

fn ledger(project: &Project, output: &str) -> serde_json::Value {
    serde_json::from_slice(&project.bytes(&format!("out/{output}.ledger.json"))).unwrap()
}

#[test]
fn a_small_count_its_change_and_what_would_give_it_away_are_not_shown() {
    let ran = few_burglaries()
        .run(["build", "-d", "status-steering-group", "-y", "2021"])
        .clean();
    let ledger = ledger(&ran.project, REPORT);
    let facts = ledger["facts"].as_array().unwrap();
    let fact = |id: &str| {
        facts
            .iter()
            .find(|fact| fact["id"] == id)
            .unwrap_or_else(|| panic!("{id} is not in the ledger"))
    };
    for id in [
        "indicators/burglary/folehaven/2020",
        "indicators/theft_robbery/folehaven/2020",
        "indicators/burglary/change/2019-2020",
    ] {
        let fact = fact(id);
        assert_eq!(
            (&fact["basis"], &fact["value"]),
            (&"suppressed".into(), &serde_json::Value::Null),
            "{id}"
        );
        assert_ne!(fact["origin"]["kind"], "cell", "{id} leads to its cell");
    }
    assert_eq!(fact("indicators/crime_total/folehaven/2020")["value"], "64");
    let text = ran.pdf(&format!("{REPORT}.pdf")).text();
    assert!(text.contains("ikke vist"), "{text}");
}

#[test]
fn every_edition_hides_the_same() {
    let project = folehaven().replace(
        "inputs/folehaven/indicators.csv",
        "burglary;folehaven;2018;calendar;7;",
        "burglary;folehaven;2018;calendar;2;",
    );
    let ran = project
        .run(["build", "-d", "status-steering-group"])
        .clean();
    for year in 2019..=2021 {
        let ledger = ledger(
            &ran.project,
            &format!("folehaven/{year}/status-styregruppe-{year}"),
        );
        let facts = ledger["facts"].as_array().unwrap();
        let leaked = facts.iter().find(|fact| {
            fact["id"] == "indicators/burglary/folehaven/2018" && !fact["value"].is_null()
        });
        assert!(leaked.is_none(), "{year}");
    }
}

#[test]
fn a_threshold_of_one_hides_nothing() {
    let project = few_burglaries().replace(
        "inputs/folehaven/partnership.json",
        "  \"risks\": [",
        "  \"disclosure\": { \"threshold\": 1, \"zero_is_shown\": true },\n  \"risks\": [",
    );
    let ran = project
        .run(["build", "-d", "status-steering-group", "-y", "2021"])
        .clean();
    assert!(
        !ran.pdf(&format!("{REPORT}.pdf"))
            .text()
            .contains("ikke vist")
    );
}
