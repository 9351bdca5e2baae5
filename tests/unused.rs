//! What `tryk check` says of inputs that no document prints (B11) and of figures that documents ask for in vain (B12).

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::{Finding, Project, findings, folehaven, project};

const INDICATORS: &str = "inputs/folehaven/indicators.csv";

/// What a check that ends well says.
fn said(project: &Project, args: &[&str]) -> Vec<Finding> {
    let ran = project.run([&["check"], args].concat()).clean();
    findings(&ran.stdout)
}

fn codes(found: &[Finding]) -> Vec<String> {
    found.iter().map(|one| one.code.clone()).collect()
}

#[test]
fn a_figure_that_no_document_reaches_and_a_row_that_is_missing() {
    let row = "crime_rate;koebenhavn;2020;calendar;37,9;per_1000;;2021-06-03;official;ditvesterbro2021;\n";
    let project = folehaven()
        .replace(INDICATORS, row, "")
        // A row without a value says that on purpose.
        .replace(
            INDICATORS,
            "crime_rate;koebenhavn;2019;calendar;56;",
            "crime_rate;koebenhavn;2019;calendar;;",
        )
        // Published after the last report.
        .replace(
            INDICATORS,
            "vandalism;folehaven;2020;calendar;9;count;;2021-06-03",
            "vandalism;folehaven;2020;calendar;9;count;;2022-06-03",
        );
    let ran = project.run(["check"]).clean();
    let found = findings(&ran.stdout);
    assert_eq!(codes(&found), ["B12", "B11"]);
    assert!(
        found[0]
            .message
            .contains("indicators/crime_rate/koebenhavn 2020")
    );
    assert!(
        found[1].message.starts_with("1 of the "),
        "{}",
        found[1].message
    );
    // Both sides of both.
    for place in [
        "templates/status-steering-group/template.json:2:9",
        "asks for it: folehaven/2021/",
        ";9;count;",
        "printed in folehaven/",
    ] {
        assert!(ran.stdout.contains(place), "{place}\n{}", ran.stdout);
    }
}

#[test]
fn a_source_that_nothing_names() {
    let file = "inputs/lunden/partnership.json";
    let old = r#"{ "id": "register","#;
    let more = r#"{ "id": "gammel", "title": "En gammel optælling", "publisher": null, "url": null, "retrieved": null },
    { "id": "register","#;
    let project = project().replace(file, old, more);
    let found = said(&project, &[]);
    assert_eq!(codes(&found), ["B11"]);
    let message = "the source 'gammel' is named by nothing, so it is printed by no document";
    assert_eq!(found[0].message, message);
    assert_eq!(found[0].place, "inputs/lunden/partnership.json:11:13");
    // One row that rests on it is enough.
    let named = project.rewrite("inputs/lunden/activities.csv", |text| {
        text.replacen(";illustrative;\n", ";official;gammel\n", 1)
    });
    assert_eq!(said(&named, &[]), []);
}

#[test]
fn columns_are_declared_with_a_reason() {
    let file = "inputs/lunden/partnership.json";
    let declared = project();
    assert_eq!(said(&declared, &[]), []);
    let entry = r#"{ "what": "meetings.csv", "reason": "Lille skabelon" }, "#;
    let project = declared.replace(file, entry, "");
    let found = said(&project, &[]);
    assert_eq!(codes(&found), ["B11"]);
    assert_eq!(found[0].place, "inputs/lunden/meetings.csv:2:18");
    assert!(found[0].message.contains("meetings.csv"));
    // A part of the editions says nothing of the rest, and a build does not look.
    assert_eq!(said(&project, &["-d", "note"]), []);
    let ran = project.run(["build"]).clean();
    assert_eq!(ran.findings(), []);
}

#[test]
fn faults_come_first() {
    let ran = project()
        .replace(
            "inputs/lunden/partnership.json",
            "\"what\": \"meetings.csv\"",
            "\"what\": \"x\"",
        )
        .replace("inputs/lunden/activities.csv", ";50.000;", ";x;")
        .run(["check"])
        .failed(1);
    assert!(!ran.stdout.contains("B11"), "{}", ran.stdout);
}
