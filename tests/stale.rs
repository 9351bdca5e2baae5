//! What is reported stale is what changes: for every input file, a change in it, what `list` says, and what a build by force writes.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Project, folehaven};
use serde_json::Value;

const INPUTS: &str = "inputs/folehaven";

/// A change in a table or in the partnership's file: a text that stands there once, and another.
const CHANGES: &[(&str, &str, &str)] = &[
    (
        "activities.csv",
        ";60.000;;running;58.400",
        ";61.000;;running;58.400",
    ),
    (
        "activities.csv",
        "Den fælles liste har gjort det lettere",
        "Den fælles liste gør det lettere",
    ),
    (
        "approvals.csv",
        "plan;2019;1;steering_group;2019-01-23",
        "plan;2019;1;steering_group;2019-01-22",
    ),
    ("boundary.geojson", "\"area_ha\": 27.1", "\"area_ha\": 27.2"),
    (
        "documents.csv",
        "2020-0000101-2;Projektleder",
        "2020-0000101-9;Projektleder",
    ),
    (
        "indicators.csv",
        "insecure;valby;2018;survey;12",
        "insecure;valby;2018;survey;13",
    ),
    (
        "indicators.csv",
        "insecure;folehaven;2021;survey;14",
        "insecure;folehaven;2021;survey;15",
    ),
    (
        "meetings.csv",
        "working_group;2018-11-28",
        "working_group;2018-12-28",
    ),
    (
        "partnership.json",
        "Parterne skal have et fælles billede af området",
        "Parterne skal have et ens billede af området",
    ),
    ("signatories.csv", ";Politidirektør;", ";Politimester;"),
];

type Pdfs = BTreeMap<String, Vec<u8>>;

fn pdfs(project: &Project) -> Pdfs {
    let files = project.outputs().into_iter();
    files
        .filter(|path| path.ends_with(".pdf"))
        .map(|path| (path.clone(), project.bytes(&format!("out/{path}"))))
        .collect()
}

/// The editions that `list` does not call fresh.
fn stale(project: &Project) -> BTreeSet<String> {
    let ran = project.run(["list", "--json"]).clean();
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    rows.iter()
        .filter(|row| row["state"] != "fresh")
        .map(|row| row["output"].as_str().unwrap().to_owned())
        .collect()
}

/// A built project, changed.
struct Changed<'a> {
    built: &'a Project,
    before: &'a Pdfs,
}

impl Changed<'_> {
    /// Changes a copy; what is reported stale must be what a build by force changes.
    fn check(&self, name: &str, change: impl FnOnce(Project) -> Project) {
        let project = change(Project::empty().copy(self.built.root(), ""));
        let reported = stale(&project);
        let _ran = project.run(["build", "--force"]).clean();
        let after = pdfs(&project);
        let changed: BTreeSet<String> = after
            .iter()
            .filter(|(path, bytes)| self.before.get(*path) != Some(bytes))
            .map(|(path, _)| path.clone())
            .collect();
        assert_eq!(reported, changed, "{name}");
        assert!(!changed.is_empty(), "{name} changes nothing");
    }
}

#[test]
fn what_is_reported_stale_is_what_changes() {
    let built = folehaven();
    let _ran = built.run(["build"]).clean();
    let before = pdfs(&built);
    let changed = Changed {
        built: &built,
        before: &before,
    };
    for file in built.files(INPUTS) {
        let path = format!("{INPUTS}/{file}");
        if file.ends_with(".md") {
            changed.check(&file, |project| project.append(&path, "\nDet er nyt.\n"));
            continue;
        }
        let mut tried = 0;
        for (_, old, new) in CHANGES.iter().filter(|(of, ..)| *of == file) {
            changed.check(&file, |project| project.replace(&path, old, new));
            tried += 1;
        }
        assert!(tried > 0, "{file} has no change to try");
    }
}

/// Rows that stand elsewhere in their file: the ledgers say where, so they change; the pages do not.
#[test]
fn a_row_that_moves_is_a_reason_of_its_own() {
    let project = common::project();
    let _ran = project.run(["build"]).clean();
    let project = project.rewrite("inputs/lunden/activities.csv", |text| {
        let (head, rows) = text.split_once('\n').unwrap();
        format!("{head}\n\n{rows}")
    });
    let ran = project.run(["list", "--json"]).clean();
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    let stale = rows.iter().filter(|row| row["state"] == "stale");
    let mut kinds = stale.map(|row| row["reasons"][0]["kind"].as_str().unwrap());
    assert!(kinds.clone().count() > 0 && kinds.all(|kind| kind == "origins"));
}

/// Every template file: what is reported stale is what opens it. A source that stops whoever evaluates it fails exactly those editions;
/// a text, a declaration or a picture changes them.
#[test]
fn a_template_file_is_a_reason_for_the_editions_that_open_it() {
    let picture = r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#0a5"/></svg>"##;
    let built = common::project()
        .write("templates/letter/mark.svg", picture)
        .append(
            "templates/letter/main.typ",
            "\n#image(\"mark.svg\", alt: \"Et grønt felt\")\n",
        );
    let _ran = built.run(["build"]).clean();
    let before = pdfs(&built);
    let mut reported_at_all = BTreeSet::new();
    for file in built.files("templates") {
        let path = format!("templates/{file}");
        let project = Project::empty().copy(built.root(), "");
        let project = project.rewrite(&path, |text| match file.rsplit('.').next().unwrap() {
            "typ" => format!("{text}\n#assert(false)\n"),
            "json" => text.replacen("\"title\": \"", "\"title\": \"Ny ", 1),
            "svg" => text.replace("#0a5", "#05a"),
            _ => format!("{text}\nDet er nyt.\n"),
        });
        let reported = stale(&project);
        let ran = project.run(["build", "--force", "--json"]);
        let rows: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
        let failed = rows.iter().filter(|row| row["state"] == "failed");
        let failed = failed.map(|row| row["output"].as_str().unwrap().to_owned());
        let after = pdfs(&project);
        let others = before.keys().filter(|path| before[*path] != after[*path]);
        let touched: BTreeSet<String> = failed.chain(others.cloned()).collect();
        assert_eq!(reported, touched, "{file}");
        reported_at_all.extend(reported);
    }
    assert_eq!(reported_at_all.len(), before.len());
}

#[test]
fn a_font_is_a_reason_for_every_edition() {
    let project = common::project();
    let _ran = project.run(["build"]).clean();
    let font = format!("templates{}more.ttf", tryk::render::FONT_FOLDER);
    let project = project.write(&font, notosans::REGULAR_TTF);
    let ran = project.run(["list"]).clean();
    assert_eq!(ran.stdout.matches("└ font\n").count(), 3, "{}", ran.stdout);
    let _ran = project.run(["build"]).clean();
    assert_eq!(stale(&project), BTreeSet::new());
}
