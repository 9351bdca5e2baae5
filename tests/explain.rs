//! `tryk explain`: where a printed figure comes from, asked of the PDF that prints it; what a code means; and what it says of files that are no such PDF.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::sync::LazyLock;

use common::{Project, Ran, folehaven, project};
use lopdf::{Document, Object, dictionary};
use serde_json::Value;

const LETTER: &str = "out/lunden/letter.pdf";

/// A project that has been built; no test changes it.
static BUILT: LazyLock<Project> = LazyLock::new(|| project().run(["build"]).clean().project);

fn explained(project: &Project, args: &[&str]) -> String {
    project.run([&["explain"], args].concat()).clean().stdout
}

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
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
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
    let sarif: Value = serde_json::from_str(&ran.stdout).unwrap();
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

#[test]
fn a_cell_that_a_rule_controls_is_worked_out_too() {
    let said = explained(&BUILT, &[LETTER, "200.000 kr."]);
    insta::assert_snapshot!("controlled", said);
}

#[test]
fn a_fact_that_only_others_rest_on() {
    let said = explained(&BUILT, &["economy/secretariat/year"]);
    insta::assert_snapshot!("printed-nowhere", said);
    let ran = BUILT
        .run(["explain", "economy/secretariat/years"])
        .failed(1);
    insta::assert_snapshot!("no-such-fact", ran.stderr);
    let ran = project()
        .run(["explain", "economy/secretariat/year"])
        .failed(2);
    insta::assert_snapshot!("nothing-built", ran.stderr);
}

#[test]
fn the_page_of_a_code() {
    let project = Project::empty();
    insta::assert_snapshot!("rule", explained(&project, &["R01"]));
    insta::assert_snapshot!("code", explained(&project, &["c03"]));
    let ran = project.run(["explain", "ragged-rows"]).failed(2);
    insta::assert_snapshot!("no-such-code", ran.stderr);
    let said = explained(&project, &["R02", "--json"]);
    let page: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(page["severity"], "error");
    assert!(page["why"].as_str().unwrap().contains("870.000 kr."));
}

#[test]
fn people_need_not_type_what_they_cannot_see() {
    let said = explained(&BUILT, &[LETTER, " 200.000\u{a0}KR. "]);
    assert_eq!(said, explained(&BUILT, &[LETTER, "200.000 kr."]));
}

#[test]
fn a_text_that_stands_nowhere_has_neighbours() {
    let ran = BUILT.run(["explain", LETTER, "20,4 %"]).failed(1);
    insta::assert_snapshot!("near-miss", ran.stderr);
    let ran = BUILT.run(["explain", LETTER, "200000", "--json"]).failed(1);
    let said: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(said["did_you_mean"], serde_json::json!(["200.000 kr."]));
    assert_eq!(said["facts"], serde_json::json!([]));
    let _ran: Ran = BUILT.run(["explain", LETTER, ""]).failed(1);
}

#[test]
fn json_keeps_every_part() {
    let note = "out/lunden/2019/note-2019.pdf";
    let said = explained(&BUILT, &[note, "80.000 kr.", "--json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    let fact = &said["facts"][0];
    let formula = "economy/activity_funds/year + economy/2019/carry_over";
    assert_eq!(fact["origin"]["formula"], formula);
    let cell = &fact["inputs"][1]["origin"];
    assert_eq!(
        (&cell["cell"], &cell["line"]),
        (&"12000".into(), &73.into())
    );
    assert_eq!(cell["pointer"], "/economy/carry_over/0/value");
    let here = &fact["here"][0];
    assert_eq!(
        (&here["around"], &here["at"]),
        (&"Til rådighed: 80.000 kr.".into(), &14.into())
    );
    let said = explained(&BUILT, &["indicators/insecure/lunden/2018", "--json"]);
    let said: Value = serde_json::from_str(&said).unwrap();
    let files = said["facts"][0]["elsewhere"].as_array().unwrap().iter();
    let files: Vec<&Value> = files.map(|one| &one["file"]).collect();
    assert_eq!(files, ["out/lunden/2018/note-2018.pdf", LETTER]);
}

#[test]
fn a_formula_needs_no_inputs_folder() {
    let alone = Project::empty().write("brev.pdf", BUILT.bytes(LETTER));
    insta::assert_snapshot!("alone", explained(&alone, &["brev.pdf", "200.000 kr."]));
}

/// A built project that a test may change.
fn built() -> Project {
    project().run(["build", "--quiet"]).clean().project
}

#[test]
fn the_copies_beside_the_pdfs_are_not_needed() {
    let stems = ["letter", "2018/note-2018", "2019/note-2019"];
    let without = stems.iter().fold(built(), |project, stem| {
        project.remove(&format!("out/lunden/{stem}.ledger.json"))
    });
    let said = explained(&without, &[LETTER, "20,5 %"]);
    assert_eq!(said, explained(&BUILT, &[LETTER, "20,5 %"]));
}

#[test]
fn a_cell_that_has_changed_is_not_underlined() {
    let (file, old, new) = (
        "inputs/lunden/indicators.csv",
        ";survey;20,5",
        ";survey;21,5",
    );
    let project = built().replace(file, old, new);
    let said = explained(&project, &[LETTER, "20,5 %"]);
    assert!(
        said.contains("reads 20,5 (the file has changed since)"),
        "{said}"
    );
    let again: Ran = project.run(["build", "--quiet", "-d", "note"]).clean();
    let said = explained(&again.project, &[LETTER, "20,5 %"]);
    let other = "out/lunden/2018/note-2018.pdf  page 1  (there 21,5 %)";
    assert!(said.contains(other), "{said}");
}

#[test]
fn a_damaged_document_beside_does_not_stop_the_answer() {
    let project = built()
        .write("out/lunden/2018/note-2018.ledger.json", "{")
        .write("out/lunden/2018/note-2018.pdf", "%PDF-1.7 torn")
        .write("out/scan.pdf", "no PDF either")
        .write(
            "out/archive/2018/letter.pdf",
            "nor this, but bags hold copies",
        );
    let ran = project.run(["explain", LETTER, "20,5 %"]).clean();
    assert!(
        ran.stdout.contains("in no other document"),
        "{}",
        ran.stdout
    );
    let found = ran.findings();
    let places: Vec<&str> = found.iter().map(|one| one.place.as_str()).collect();
    assert_eq!(places, ["out/lunden/2018/note-2018.pdf", "out/scan.pdf"]);
    let mut found = found.iter();
    assert!(found.all(|one| one.severity == "warning" && one.code == "L04"));
}

/// The letter with its objects changed.
fn changed(change: impl Fn(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(&BUILT.bytes(LETTER)).unwrap();
    change(&mut document);
    saved(document)
}

#[test]
fn a_ledger_is_found_by_name_or_as_an_associated_file() {
    let without = |key: &'static [u8]| {
        changed(|document| {
            document.catalog_mut().unwrap().remove(key).unwrap();
        })
    };
    for key in [b"Names".as_slice(), b"AF"] {
        let (found, said) = said_of(&without(key), "20,5 %");
        assert_eq!(found, [""; 0]);
        assert!(said.starts_with("20,5 %  indicators/"), "{said}");
    }
}

#[test]
fn an_attachment_that_inflates_without_end_is_refused() {
    let bomb = changed(|document| {
        let objects = document.objects.values_mut();
        let streams = objects.filter_map(|one| one.as_stream_mut().ok());
        for stream in streams.filter(|one| one.dict.has_type(b"EmbeddedFile")) {
            stream.set_plain_content(vec![b' '; tryk::ledger::LIMIT + 1]);
            stream.compress().unwrap();
        }
    });
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(said_of(&bomb, "20 %").0, ["L04"]);
}

#[test]
fn what_a_foreign_ledger_says_never_steers_the_terminal() {
    let ledger = BUILT.read("out/lunden/letter.ledger.json");
    let ledger = ledger
        .replace("inputs/lunden/", "inputs/\\u001b[2Jlunden/")
        .replace("\"Utrygge: ", "\"\\u001b]0;\\u0007Utrygge: ")
        .replace("Byens ", "\\u202eBye ");
    let (_, said) = said_of(&with_ledger(&ledger), "20,5 %");
    let is_raw = |c: char| c == '\u{202e}' || (c.is_control() && c != '\n');
    assert!(!said.contains(is_raw), "{said:?}");
    assert!(
        said.contains("␛[2J") && said.contains("<U+202E>Bye"),
        "{said}"
    );
}

#[test]
fn no_bytes_break_the_reader() {
    let pdf = BUILT.bytes(LETTER);
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..400 {
        let mut bytes = pdf.clone();
        for _ in 0..=random(12) {
            let at = random(bytes.len());
            bytes[at] = u8::try_from(random(256)).unwrap();
        }
        if random(4) == 0 {
            bytes.truncate(random(pdf.len()));
        }
        let _ = tryk::ledger::read(&bytes, "a.pdf");
    }
}

#[test]
fn the_real_agreement_accounts_for_its_activity_funds() {
    let project = folehaven().run(["build", "--quiet"]).clean().project;
    let pdf = "out/folehaven/agreement/partnerskabsaftale-2018-2021.pdf";
    let said = explained(&project, &[pdf, "870.000 kr."]);
    let data = project.read("inputs/folehaven/partnership.json");
    let cell = |value: &str| {
        let mut lines = data.lines().zip(1..);
        let (line, number) = lines.find(|(line, _)| line.contains(value)).unwrap();
        let column = line[..line.find(value).unwrap()].chars().count() + 1;
        format!("inputs/folehaven/partnership.json:{number}:{column}")
    };
    let [funds, year, share] = ["870000", "1200000", "330000"].map(cell);
    for part in [
        "870.000 kr.  economy/activity_funds/year\n",
        &format!("comes from   {funds}\n"),
        "also         economy/appropriation/year − economy/secretariat/year = 870.000 kr.\n",
        "= 1.200.000 kr. − 330.000 kr.\n",
        &format!("├─ 1.200.000 kr.  economy/appropriation/year  {year}\n"),
        &format!("└─   330.000 kr.  economy/secretariat/year    {share}\n"),
        "out/folehaven/2018/tryghedsplan-2018.pdf        pages ",
        "used in      economy/2018/available ",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    let said = explained(&project, &["economy/2019/remainder"]);
    let tree = "= 1.020.000 kr. − 985.000 kr.";
    assert!(
        said.contains(tree) && said.contains("activities.csv:"),
        "{said}"
    );
    let said = explained(&project, &[pdf, "3B"]);
    assert!(
        said.starts_with("3B  no figure from the data, in "),
        "{said}"
    );
}
