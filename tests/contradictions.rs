//! A careless change of the example's data or words, and the rule that says so at both places.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it fails"
)]

mod common;

use common::{Project, findings, folehaven};
use serde_json::Value;

const DATA: &str = "inputs/folehaven/partnership.json";
const EIGHT: &str = r#""name": "Kultur- og Fritidsforvaltningen", "party": "kk" },
    { "id": "ny", "abbreviation": "NYF", "name": "Nyforvaltningen", "party": "kk" }"#;

/// What is changed where, the rule, and what is underlined at its places.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

const CASES: &[Case] = &[
    (
        DATA,
        r#""value": 870000"#,
        r#""value": 880000"#,
        "R02",
        &["880000", "330000", "1200000"],
    ),
    (
        DATA,
        r#""name": "Kultur- og Fritidsforvaltningen", "party": "kk" }"#,
        EIGHT,
        "R05",
        &[r#""syv""#, r#""ny""#],
    ),
    (
        "inputs/folehaven/indicators.csv",
        "burglary;folehaven;2017;",
        "burglary;folehaven;2016;",
        "R10",
        &["2017"],
    ),
    (
        "inputs/folehaven/approvals.csv",
        "agreement;2018;1;finance_committee;2018-06-12",
        "agreement;2018;1;finance_committee;2018-06-19",
        "R08",
        &["2018-06-12", "2018-06-19"],
    ),
    (
        "inputs/folehaven/documents.csv",
        "plan;2019;1;2019-01-28;draft",
        "plan;2019;2;2019-01-28;draft",
        "R08",
        &["1", "2"],
    ),
];

/// What is underlined at a place.
fn marked(project: &Project, place: &Value) -> String {
    let number = |key: &str| usize::try_from(place[key].as_u64().unwrap()).unwrap();
    let text = project.read(place["file"].as_str().unwrap());
    let line = text.lines().nth(number("line") - 1).unwrap();
    let (start, end) = (number("column") - 1, number("end_column") - 1);
    line.trim_start_matches('\u{feff}')
        .chars()
        .skip(start)
        .take(end.saturating_sub(start))
        .collect()
}

#[test]
fn a_careless_change_is_found_at_both_places() {
    for (file, old, new, rule, places) in CASES {
        let project = folehaven().replace(file, old, new);
        let ran = project.run(["check", "-d", "agreement", "--format", "json"]);
        let ran = ran.failed(1);
        let found: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
        let of_rule = found.iter().find(|one| one["code"] == *rule);
        let one = of_rule.unwrap_or_else(|| panic!("{rule} is not in {}", ran.stdout));
        let secondary = one["secondary"].as_array().unwrap();
        let all = std::iter::once(&one["primary"]).chain(secondary);
        let marked: Vec<String> = all.map(|place| marked(&project, place)).collect();
        assert_eq!(marked, *places, "{rule} in {}", ran.stdout);
    }
}

/// A typed figure and a typed direction are found in the text, with what to write instead.
#[test]
fn what_is_typed_is_found_where_it_stands() {
    let text = "inputs/folehaven/text/agreement/baggrund.md";
    for (typed, rule, instead) in [
        (
            "Der er 870.000 kr. om året.",
            "R19",
            "economy.activity_funds.year",
        ),
        (
            "Andelen er faldet til {{ indicators.by_id.insecure.baseline.area }}.",
            "R15",
            "change",
        ),
    ] {
        let project = folehaven().append(text, &format!("\n{typed}\n"));
        let ran = project.run(["check", "-d", "agreement"]).failed(1);
        let found = findings(&ran.stdout);
        let one = found.iter().find(|one| one.code == rule);
        let one = one.unwrap_or_else(|| panic!("{rule} is not in {}", ran.stdout));
        assert!(one.place.starts_with(text), "{}", one.place);
        assert!(ran.stdout.contains(instead), "{}", ran.stdout);
    }
}
