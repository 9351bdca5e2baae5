//! SARIF: what `tryk check --format sarif` writes holds what SARIF 2.1.0 requires of a log, a run, a rule and a result.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::project;
use serde_json::Value;

/// The log of the minimal project with an error in a file and a contradiction of two places.
fn log() -> Value {
    let ran = project()
        .replace("inputs/lunden/meetings.csv", "2018-06-14", "31-02-2018")
        .run(["check", "--format", "sarif"])
        .failed(1);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn contradiction() -> Value {
    let ran = project()
        .replace(
            "inputs/lunden/partnership.json",
            "\"value\": 68000",
            "\"value\": 58000",
        )
        .run(["check", "--format", "sarif"])
        .failed(1);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn text(value: &Value) -> &str {
    let text = value.as_str().unwrap();
    assert!(!text.is_empty());
    text
}

fn check_location(location: &Value) {
    let physical = &location["physicalLocation"];
    let uri = text(&physical["artifactLocation"]["uri"]);
    assert!(
        uri.is_ascii() && !uri.contains(' ') && !uri.starts_with('/'),
        "{uri}"
    );
    let region = &physical["region"];
    let number = |key: &str| region[key].as_u64().unwrap();
    let (start, end) = (
        (number("startLine"), number("startColumn")),
        (number("endLine"), number("endColumn")),
    );
    assert!(start.0 >= 1 && start.1 >= 1 && end >= start, "{region}");
}

#[test]
fn a_code_that_only_warns_is_no_error_by_default() {
    let log = log();
    let rules = log["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let level = |id: &str| {
        let rule = rules.iter().find(|rule| rule["id"] == id).unwrap();
        text(&rule["defaultConfiguration"]["level"]).to_owned()
    };
    for id in ["B08", "B11", "B12", "B17", "A18", "R12"] {
        assert_eq!(level(id), "warning", "{id}");
    }
    for id in ["B07", "A13", "F01", "R01"] {
        assert_eq!(level(id), "error", "{id}");
    }
}

#[test]
fn a_log_holds_what_the_standard_requires() {
    for log in [log(), contradiction()] {
        assert_eq!(log["version"], "2.1.0");
        assert!(text(&log["$schema"]).ends_with("sarif-schema-2.1.0.json"));
        let runs = log["runs"].as_array().unwrap();
        assert_eq!(runs.len(), 1);
        let driver = &runs[0]["tool"]["driver"];
        assert_eq!(driver["name"], "tryk");
        let rules = driver["rules"].as_array().unwrap();
        for rule in rules {
            text(&rule["id"]);
            text(&rule["shortDescription"]["text"]);
            text(&rule["fullDescription"]["text"]);
            let level = text(&rule["defaultConfiguration"]["level"]);
            assert!(["error", "warning"].contains(&level));
        }
        let results = runs[0]["results"].as_array().unwrap();
        assert!(!results.is_empty());
        for result in results {
            text(&result["message"]["text"]);
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            let places =
                ["locations", "relatedLocations"].map(|key| result[key].as_array().unwrap());
            places.into_iter().flatten().for_each(check_location);
        }
    }
}

#[test]
fn the_other_side_of_a_contradiction_is_related() {
    let log = contradiction();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let sum = results.iter().find(|one| one["ruleId"] == "R02").unwrap();
    let related = sum["relatedLocations"].as_array().unwrap();
    assert_eq!(related.len(), 2);
    assert_eq!(related[1]["id"], 1);
    assert_eq!(related[1]["message"]["text"], "appropriation");
}

#[test]
fn nothing_wrong_is_a_run_without_results() {
    let ran = project().run(["check", "--format", "sarif"]).clean();
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
}
