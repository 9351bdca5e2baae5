//! `tryk explain`: where a printed figure comes from, asked of the PDF that prints it; and what a code means.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::sync::LazyLock;

use common::{Project, project};
use lopdf::{Document, Object, dictionary};

const LETTER: &str = "out/lunden/letter.pdf";

/// A project that has been built; no test changes it.
static BUILT: LazyLock<Project> = LazyLock::new(|| project().run(["build"]).clean().project);

/// What is said of a PDF laid in an empty folder.
fn said_of(pdf: &[u8], text: &str) -> (Vec<String>, String) {
    let ran = Project::empty()
        .write("a.pdf", pdf)
        .run(["explain", "a.pdf", text]);
    let found = ran.findings().into_iter().map(|finding| finding.code);
    (found.collect(), ran.stdout)
}

#[test]
fn a_figure_of_a_pdf() {
    let ran = BUILT.run(["explain", LETTER, "20,5 %"]).clean();
    insta::assert_snapshot!("figure", ran.stdout);
    let ran = BUILT.run(["explain", LETTER, "20,5 %", "--json"]).clean();
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["facts"][0]["id"], "indicators/insecure/lunden/2018");
    assert_eq!(json["facts"][0]["origin"]["line"], 2);
}

#[test]
fn a_figure_that_is_worked_out() {
    let note = "out/lunden/2019/note-2019.pdf";
    let ran = BUILT.run(["explain", note, "80.000 kr."]).clean();
    insta::assert_snapshot!("worked-out", ran.stdout);
}

#[test]
fn a_fact_by_its_id() {
    let ran = BUILT
        .run(["explain", "indicators/insecure/lunden/2018"])
        .clean();
    insta::assert_snapshot!("fact", ran.stdout);
}

#[test]
fn a_pdf_knows_its_figures_without_the_project() {
    let (found, said) = said_of(&BUILT.bytes(LETTER), "20,5 %");
    assert_eq!(found, [""; 0]);
    assert!(said.contains("inputs/lunden/indicators.csv:2:29"), "{said}");
}

#[test]
fn what_is_not_there() {
    for (args, code) in [
        (vec!["explain", LETTER, "99 %"], "L07"),
        (vec!["explain", "made/up"], "L08"),
        (vec!["explain", "economy/available"], "L08"),
    ] {
        let ran = BUILT.run(&args).failed(1);
        assert_eq!(ran.findings()[0].code, code, "{}", ran.stderr);
    }
    for args in [
        vec!["explain", "nowhere.pdf", "20 %"],
        vec!["explain", LETTER],
        vec!["explain", "R99"],
        vec!["explain"],
    ] {
        let ran = BUILT.run(&args).failed(2);
        assert_eq!(ran.stdout, "", "{args:?}");
    }
}

#[test]
fn what_is_no_pdf_of_ours() {
    assert_eq!(said_of(b"a text", "20 %").0, ["L04"]);
    let letter = BUILT.bytes(LETTER);
    assert_eq!(said_of(&letter[..letter.len() / 2], "20 %").0, ["L04"]);
    assert_eq!(said_of(&without_attachments(), "20 %").0, ["L05"]);
    for ledger in [
        "{}",
        "not JSON",
        "{\"format\": \"tryk-ledger/999\"}",
        &"[".repeat(100_000),
    ] {
        assert_eq!(
            said_of(&with_ledger(ledger), "20 %").0,
            ["L06"],
            "{ledger:.40}"
        );
    }
}

/// A PDF of one empty page.
fn without_attachments() -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(kids));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    saved(document)
}

/// The letter with another text in the place of its ledger.
fn with_ledger(text: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&BUILT.bytes(LETTER)).unwrap();
    let mut replaced = 0;
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        let kind = stream.dict.get(b"Type").and_then(Object::as_name);
        let is_file = kind.is_ok_and(|kind| kind == b"EmbeddedFile");
        let content = stream.decompressed_content();
        if is_file && content.is_ok_and(|bytes| contains(&bytes, b"\"facts\"")) {
            stream.set_plain_content(text.as_bytes().to_vec());
            replaced += 1;
        }
    }
    assert!(replaced > 0, "no ledger in the letter");
    saved(document)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn every_code_has_a_page() {
    let ran = BUILT.run(["check", "--format", "sarif"]).clean();
    let sarif: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    assert!(rules.len() > 60, "{}", rules.len());
    for rule in rules {
        let (code, name) = (rule["id"].as_str().unwrap(), rule["name"].as_str().unwrap());
        let page = BUILT.run(["explain", code]).clean().stdout;
        assert!(page.starts_with(&format!("{code}  {name}")), "{page}");
        let by_name = BUILT.run(["explain", name]).clean().stdout;
        assert_eq!(by_name, page, "{name}");
    }
}
