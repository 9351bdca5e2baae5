//! `tryk diff`, end to end: two revisions, the working data, folders and PDFs; for people, for programs, and as a redline.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;
#[path = "common/schema.rs"]
#[allow(
    dead_code,
    reason = "what compares with doc comments is used elsewhere"
)]
mod schema;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::{Pdf, Project, Ran, folehaven, official, project};
use serde_json::Value;

const ACTIVITIES: &str = "inputs/folehaven/activities.csv";
const REGISTER: &str = "inputs/folehaven/documents.csv";
const ROW: &str = "plan;2019;2;2019-05-06;final;all;Sikker By, Økonomiforvaltningen;2019-0000101;2019-0000101-3;Projektleder, Sikker By;steering_group;;Nyhedsbrevet udkommer oftere\n";
const APPROVAL: &str = "plan;2019;2;steering_group;2019-05-02;approved;official;aftale\n";
const LETTER: &str = "out/lunden/letter.pdf";
const GREETING: &str = "inputs/lunden/text/letter/greeting.md";

/// Folehaven with plan 2019 issued as revision 1, and a revision 2 with a larger budget for one activity and another sentence.
static REVISED: LazyLock<Project> = LazyLock::new(|| {
    let project = official();
    let _ran = project
        .run(["issue", "folehaven/plan/2019", "--date", "2019-01-29"])
        .clean();
    project
        .replace(
            ACTIVITIES,
            ";60.000;;running;58.400",
            ";75.000;;running;58.400",
        )
        .replace(
            "inputs/folehaven/text/plan/sammenhaeng.md",
            "samlede arbejde med tryghed",
            "fælles arbejde med tryghed",
        )
        .append(REGISTER, ROW)
        .append("inputs/folehaven/approvals.csv", APPROVAL)
});

/// The minimal project, built.
fn built() -> Project {
    let project = project();
    let _ran = project.run(["build"]).clean();
    project
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap()
}

/// Each changed paragraph on a line, with its marks.
fn texts(compared: &Value, figures_only: bool) -> Vec<String> {
    let texts = compared["texts"].as_array().unwrap().iter();
    let texts = texts.filter(|one| one["figures_only"] == figures_only);
    texts
        .map(|one| {
            let runs = one["runs"].as_array().unwrap().iter();
            let runs = runs.map(|run| {
                let text = run["text"].as_str().unwrap().replace('\u{a0}', " ");
                match run["mark"].as_str().unwrap() {
                    "removed" => format!("[-{text}-]"),
                    "added" => format!("{{+{text}+}}"),
                    _ => text,
                }
            });
            runs.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn ids(compared: &Value) -> Vec<&str> {
    let figures = compared["figures"].as_array().unwrap().iter();
    let data = figures.filter(|one| one["of_the_edition"] == false);
    data.map(|one| one["id"].as_str().unwrap()).collect()
}

#[test]
fn two_revisions_for_people() {
    let ran = REVISED
        .run(["diff", "folehaven/plan/2019", "--against", "r1"])
        .clean();
    insta::assert_snapshot!("diff-revisions", ran.stdout);
}

#[test]
fn two_revisions_for_programs() {
    let ran = REVISED
        .run(["diff", "folehaven/plan/2019", "--against", "1", "--json"])
        .clean();
    let all = json(&ran);
    assert_eq!(schema::faults(&the_schema(), &all), [""; 0]);
    let compared = &all["documents"][0]["compared"];
    assert_eq!(
        ids(compared),
        [
            "activities/2019/tryghedsnyt/budget",
            "activities/2019/koordination/budget",
            "economy/2019/budget",
            "economy/2019/remainder",
        ]
    );
    let figure = &compared["figures"][0];
    assert_eq!(figure["difference"]["text"], "+15.000 kr.");
    assert_eq!(
        figure["old"]["origin"]["column"],
        figure["new"]["origin"]["column"]
    );
    assert_eq!(figure["old_pages"], serde_json::json!([7, 9]));
    insta::assert_snapshot!("diff-texts", texts(compared, false).join("\n"));
    insta::assert_snapshot!("diff-figures-in-texts", texts(compared, true).join("\n"));
}

/// The schema with the parts that it takes from the ledger's.
fn the_schema() -> Value {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("docs")
            .join(name);
        fs::read_to_string(path).unwrap()
    };
    let local = read("diff.schema.json").replace("\"ledger.schema.json#", "\"#");
    let mut schema: Value = serde_json::from_str(&local).unwrap();
    let ledger: Value = serde_json::from_str(&read("ledger.schema.json")).unwrap();
    let parts = schema["$defs"].as_object_mut().unwrap();
    for (name, part) in ledger["$defs"].as_object().unwrap() {
        assert!(parts.insert(name.clone(), part.clone()).is_none(), "{name}");
    }
    schema
}

/// The redline says what the comparison says, and nothing else.
#[test]
fn a_redline_lists_exactly_the_changes() {
    let file = "moede/aendringer.pdf";
    let args = [
        "diff",
        "folehaven/plan/2019",
        "--against",
        "r1",
        "--pdf",
        file,
    ];
    let ran = REVISED.run(args).clean();
    assert!(
        ran.stdout.ends_with("\nredline  moede/aendringer.pdf\n"),
        "{}",
        ran.stdout
    );
    let bytes = REVISED.bytes(file);
    let pdf = Pdf::read(&bytes);
    assert_eq!(
        pdf.title(),
        "Ændringer i Tryghedsplan 2019 for Folehaven Tryghedspartnerskab"
    );
    assert_eq!(pdf.lang(), "da-DK");
    assert!(pdf.is_tagged());
    assert_eq!(pdf.declares("pdfaid:part").as_deref(), Some("3"));
    assert_eq!(pdf.declares("pdfaid:conformance").as_deref(), Some("A"));
    assert_eq!(pdf.declares("pdfuaid:part").as_deref(), Some("1"));
    let text = pdf.text().replace("\n]", "]");
    insta::assert_snapshot!("diff-redline", text);

    // It carries the comparison, the same as --json prints.
    let carried = tryk::ledger::attached(&bytes, "diff.json").unwrap();
    let args = ["diff", "folehaven/plan/2019", "--against", "r1", "--json"];
    assert_eq!(
        String::from_utf8(carried).unwrap(),
        REVISED.run(args).clean().stdout
    );

    // The same bytes again; and no document gives way to it.
    let again = "again.pdf";
    let args = [
        "diff",
        "folehaven/plan/2019",
        "--against",
        "r1",
        "--pdf",
        again,
    ];
    let _ran = REVISED.run(args).clean();
    assert_eq!(REVISED.bytes(again), bytes);
    let kept = "inputs/folehaven/issued/plan-2019-r1.pdf";
    let before = REVISED.bytes(kept);
    let ran = REVISED
        .run(["diff", "folehaven/plan/2019", "--pdf", kept])
        .failed(2);
    assert!(ran.stderr.contains("is no redline"), "{}", ran.stderr);
    assert_eq!(REVISED.bytes(kept), before);
}

/// Invented figures have their mark in the excerpts too, and figures of the same words that are not invented have none.
#[test]
fn a_redline_marks_invented_figures() {
    let project = folehaven().replace(
        "templates/redline/marks.typ",
        "illustrative(part.illustrative, part.text, over: over)",
        "{ illustrative(part.illustrative, part.text, over: over); [¤] }",
    );
    let edition = "folehaven/status-steering-group/2019";
    let _ran = project.run(["build", "--quiet"]).clean();
    let project = project
        .replace(
            ACTIVITIES,
            ";60.000;;running;58.400",
            ";75.000;;running;58.400",
        )
        .replace(
            "inputs/folehaven/meetings.csv",
            "working_group;2019-11-13",
            "working_group;2019-12-13",
        );
    let _ran = project.run(["diff", edition, "--pdf", "x.pdf"]).clean();
    let text = Pdf::read(&project.bytes("x.pdf")).text();
    // The lines under and through words stand between them in the content.
    let text = text.replace("\n¤", "¤").replace("¤\n]", "¤]");
    let text = text
        .replace("[udgår:\n", "[udgår: ")
        .replace("[nyt:\n", "[nyt: ");
    let (_, excerpts) = text.split_once("Øvrige tal").unwrap();
    insta::assert_snapshot!("diff-invented", excerpts);
}

#[test]
fn the_working_data_against_what_was_issued_or_last_built() {
    let project = built();
    let ran = project.run(["diff"]).clean();
    insta::assert_snapshot!("diff-nothing", ran.stdout);
    let project = project.replace("inputs/lunden/indicators.csv", ";20,5;", ";21,5;");
    let ran = project.run(["diff"]).clean();
    insta::assert_snapshot!("diff-all", ran.stdout);
    let _ran = project.run(["diff", "--exit-code"]).failed(1);
    let _ran = project
        .run(["diff", "lunden/note/2019", "--exit-code"])
        .clean();
    assert!(
        project
            .files("out")
            .iter()
            .all(|file| !file.contains("diff"))
    );
    let project = project.remove("out");
    let ran = project.run(["diff"]).clean();
    assert!(
        ran.stdout.contains("nothing to compare with: never issued"),
        "{}",
        ran.stdout
    );
}

#[test]
fn words_alone() {
    let project = built();
    let project = project.append(GREETING, "\nDet er vigtigt.\n");
    let ran = project.run(["diff", "lunden/letter/2018"]).clean();
    insta::assert_snapshot!("diff-words", ran.stdout);
    let _ran = project
        .run(["diff", "lunden/letter/2018", "--exit-code"])
        .failed(1);
}

#[test]
fn layout_alone() {
    let project = official();
    let _ran = project
        .run(["issue", "folehaven/plan/2019", "--date", "2019-01-29"])
        .clean();
    let project = project.replace("templates/shared/theme.typ", "body: 11.5pt", "body: 10.5pt");
    let file = "aendringer.pdf";
    let ran = project
        .run(["diff", "folehaven/plan/2019", "--pdf", file])
        .clean();
    insta::assert_snapshot!("diff-layout", ran.stdout);
    let text = Pdf::read(&project.bytes(file)).text();
    assert!(text.contains("Tal og tekst er de samme."), "{text}");
}

/// A document says itself what it is, so neither the data nor the names of files are needed.
#[test]
fn pdfs_from_themselves_alone() {
    let project = built();
    let old = project.bytes(LETTER);
    let project = project.append(GREETING, "\nDet er vigtigt.\n");
    let _ran = project.run(["build", "--quiet"]).clean();
    let new = project.bytes(LETTER);
    let alone = Project::empty().write("a.pdf", &old).write("b.pdf", &new);
    let ran = alone.run(["diff", "b.pdf", "--against", "a.pdf"]).clean();
    assert!(ran.stdout.contains("{+Det er vigtigt.+}"), "{}", ran.stdout);
    let ran = alone.run(["diff", "a.pdf", "--against", "b.pdf"]).clean();
    assert!(ran.stdout.contains("[-Det er vigtigt.-]"), "{}", ran.stdout);
    let ran = alone
        .run(["diff", "a.pdf", "--against", "a.pdf", "--exit-code"])
        .clean();
    assert!(ran.stdout.contains("no difference"), "{}", ran.stdout);

    // A bag of the archive, another output folder, a PDF: always the old side.
    let project = project.write("bag/data/brev/r1/brev.pdf", &old);
    for against in ["bag", "bag/data/brev/r1/brev.pdf"] {
        let ran = project
            .run(["diff", "lunden/letter/2018", "--against", against])
            .clean();
        assert!(ran.stdout.contains("{+Det er vigtigt.+}"), "{}", ran.stdout);
    }
    let ran = project.run(["diff", "--against", "bag"]).clean();
    insta::assert_snapshot!("diff-bag", ran.stdout);
}

#[test]
fn what_is_not_there_is_said() {
    let project = built();
    let said = |args: &[&str], code: i32| {
        let ran = project.run([&["diff"], args].concat()).failed(code);
        format!("$ tryk diff {}\n{}", args.join(" "), ran.stderr)
    };
    let not_tagged = fs::read(common::tests().join("projects/minimal/inputs/lunden/documents.csv"));
    let _project = project.clone().write("no.pdf", not_tagged.unwrap());
    let all = [
        said(&["letter"], 2),
        said(&["lunden/letter/2030"], 1),
        said(&["lunden/letter/2018", "--against", "r7"], 1),
        said(&["lunden/letter/2018", "--against", "r1"], 2),
        said(&["--against", "r1"], 2),
        said(&["lunden/letter/2018", "--against", "nowhere"], 2),
        said(&["lunden/letter/2018", "--against", "inputs"], 2),
        said(&["no.pdf", "--against", LETTER], 2),
        said(&["--pdf", "x.pdf"], 2),
        said(&["lunden/letter/2018", "--pdf", "x.pdf"], 1),
    ];
    assert!(!project.path("x.pdf").exists());
    insta::assert_snapshot!("diff-missing", all.join("\n"));
}

/// Faults in the data are told, and the comparison is made where it can be; no redline shows what is wrong.
#[test]
fn a_pdf_without_tags_has_no_words_to_compare() {
    let project = built();
    let mut pdf = lopdf::Document::load_mem(&project.bytes(LETTER)).unwrap();
    pdf.catalog_mut().unwrap().remove(b"StructTreeRoot");
    let mut bytes = Vec::new();
    pdf.save_to(&mut bytes).unwrap();
    let project = project.write("untagged.pdf", bytes);
    let ran = project
        .run(["diff", LETTER, "--against", "untagged.pdf"])
        .failed(2);
    assert!(ran.stderr.contains("error[B21]"), "{}", ran.stderr);
}

#[test]
fn data_with_faults() {
    let project = REVISED.root();
    let project = Project::empty()
        .copy(project, "")
        .rewrite("inputs/folehaven/approvals.csv", |text| {
            text.replace(APPROVAL, "")
        });
    let args = [
        "diff",
        "folehaven/plan/2019",
        "--against",
        "r1",
        "--pdf",
        "x.pdf",
    ];
    let ran = project.run(args).failed(1);
    assert!(ran.stdout.contains("75.000 kr."), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("x.pdf was not written"),
        "{}",
        ran.stderr
    );
    assert!(ran.findings().iter().any(|one| one.code == "R08"));
    assert!(!project.path("x.pdf").exists());
}

#[test]
fn a_redline_takes_no_other_files_place() {
    let before = REVISED.bytes(REGISTER);
    let ran = REVISED.run(["diff", "folehaven/plan/2019", "--pdf", REGISTER]);
    let ran = ran.failed(2);
    assert!(ran.stderr.contains("is no redline"), "{}", ran.stderr);
    assert_eq!(REVISED.bytes(REGISTER), before);
}
