//! `tryk explain`: where a figure comes from, from the PDF alone; what a code means; and what it says of files that are no such PDF.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::time::Instant;

use common::{Project, folehaven, project};
use lopdf::{Dictionary, Document, Object, Stream};
use serde_json::Value;

const LETTER: &str = "out/lunden/letter.pdf";
const NOTE: &str = "out/lunden/2019/note-2019.pdf";

/// The minimal project, built.
fn built() -> Project {
    project().run(["build", "--quiet"]).clean().project
}

fn explained(project: &Project, args: &[&str]) -> String {
    project.run([&["explain"], args].concat()).clean().stdout
}

fn json(project: &Project, args: &[&str]) -> Value {
    let said = explained(project, &[args, &["--json"]].concat());
    serde_json::from_str(&said).unwrap()
}

#[test]
fn a_figure_comes_from_a_cell() {
    insta::assert_snapshot!(explained(&built(), &[LETTER, "20,5 %"]), @"");
}

#[test]
fn a_figure_is_worked_out() {
    insta::assert_snapshot!(explained(&built(), &[NOTE, "80.000 kr."]), @"");
}

#[test]
fn a_cell_that_a_rule_controls_is_worked_out_too() {
    insta::assert_snapshot!(explained(&built(), &[LETTER, "200.000 kr."]), @"");
}

#[test]
fn a_fact_is_found_by_its_id() {
    let project = built();
    insta::assert_snapshot!(explained(&project, &["economy/secretariat/year"]), @"");
    let ran = project
        .run(["explain", "economy/secretariat/years"])
        .failed(1);
    insta::assert_snapshot!(ran.stderr, @"");
    assert_eq!(ran.stdout, "");
    let ran = project
        .remove("out")
        .run(["explain", "economy/secretariat/year"])
        .failed(2);
    insta::assert_snapshot!(ran.stderr, @"");
}

#[test]
fn a_code_has_a_page() {
    let project = Project::empty();
    insta::assert_snapshot!(explained(&project, &["R01"]), @"");
    insta::assert_snapshot!(explained(&project, &["c03"]), @"");
    assert_eq!(
        explained(&project, &["ragged-row"]),
        explained(&project, &["C03"])
    );
    let page = json(&project, &["R02"]);
    assert_eq!(
        (&page["severity"], &page["name"]),
        (&"error".into(), &"secretariat-and-activities".into())
    );
    assert_eq!(json(&project, &["L03"])["code"], "L03");
    let ran = project.run(["explain", "ragged-rows"]).failed(2);
    insta::assert_snapshot!(ran.stderr, @"");
}

#[test]
fn people_need_not_type_what_they_cannot_see() {
    let project = built();
    let one = explained(&project, &[LETTER, "200.000 kr."]);
    assert_eq!(explained(&project, &[LETTER, " 200.000\u{a0}KR. "]), one);
}

#[test]
fn a_text_that_stands_nowhere_has_neighbours() {
    let project = built();
    let ran = project.run(["explain", LETTER, "20,4 %"]).failed(1);
    insta::assert_snapshot!(ran.stderr, @"");
    let ran = project
        .run(["explain", LETTER, "200000", "--json"])
        .failed(1);
    let said: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(said["did_you_mean"], serde_json::json!(["200.000 kr."]));
    assert_eq!(said["facts"], serde_json::json!([]));
    project.run(["explain", LETTER, ""]).failed(1);
    let ran = project.run(["explain", LETTER]).failed(2);
    assert!(ran.stderr.contains("say which figure"), "{}", ran.stderr);
}

#[test]
fn json_keeps_every_part() {
    let said = json(&built(), &[NOTE, "80.000 kr."]);
    let fact = &said["facts"][0];
    assert_eq!(fact["id"], "economy/2019/available");
    assert_eq!(
        fact["origin"]["formula"],
        "economy/activity_funds/year + economy/2019/carry_over"
    );
    let cell = &fact["inputs"][1]["origin"];
    assert_eq!(
        (&cell["cell"], &cell["pointer"]),
        (&"12000".into(), &"/economy/carry_over/0/value".into())
    );
    assert_eq!(fact["here"][0]["around"], "Til rådighed: 80.000 kr.");
    assert_eq!(fact["here"][0]["at"], 14);
    let said = json(&built(), &["indicators/insecure/lunden/2018"]);
    let files: Vec<&Value> = said["facts"][0]["elsewhere"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["file"])
        .collect();
    assert_eq!(files, ["out/lunden/2018/note-2018.pdf", LETTER]);
}

#[test]
fn the_pdf_alone_is_enough() {
    let project = built();
    let pdf = project.bytes(LETTER);
    let alone = Project::empty().write("brev.pdf", pdf);
    insta::assert_snapshot!(explained(&alone, &["brev.pdf", "200.000 kr."]), @"");
}

#[test]
fn the_copies_beside_the_pdfs_are_not_needed() {
    let project = built();
    let with = explained(&project, &[LETTER, "20,5 %"]);
    let without = [
        "lunden/letter",
        "lunden/2018/note-2018",
        "lunden/2019/note-2019",
    ]
    .iter()
    .fold(project, |project, stem| {
        project.remove(&format!("out/{stem}.ledger.json"))
    });
    assert_eq!(explained(&without, &[LETTER, "20,5 %"]), with);
}

#[test]
fn a_cell_that_has_changed_is_not_underlined() {
    let project = built().replace(
        "inputs/lunden/indicators.csv",
        "2018;survey;20,5",
        "2018;survey;21,5",
    );
    let said = explained(&project, &[LETTER, "20,5 %"]);
    let from = said.lines().skip_while(|line| !line.contains("comes from"));
    let from: Vec<&str> = from.take(2).map(str::trim).collect();
    assert_eq!(
        from,
        [
            "comes from   inputs/lunden/indicators.csv:2:29",
            "reads 20,5 (the file has changed since)"
        ]
    );
}

#[test]
fn another_value_elsewhere_is_said() {
    let project = built().replace(
        "inputs/lunden/indicators.csv",
        "2018;survey;20,5",
        "2018;survey;21,5",
    );
    let project = project
        .run(["build", "--quiet", "-d", "note"])
        .clean()
        .project;
    let said = explained(&project, &[LETTER, "20,5 %"]);
    assert!(
        said.contains("out/lunden/2018/note-2018.pdf  page 1  (there 21,5 %)"),
        "{said}"
    );
}

/// The letter with its catalog or its attached ledger changed.
fn changed(project: &Project, change: impl Fn(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(&project.bytes(LETTER)).unwrap();
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn with_ledger(project: &Project, edit: impl Fn(String) -> String) -> Vec<u8> {
    changed(project, |document| {
        for object in document.objects.values_mut() {
            let Object::Stream(stream) = object else {
                continue;
            };
            let content = stream.get_plain_content().unwrap();
            let Ok(text) = String::from_utf8(content) else {
                continue;
            };
            if text.contains("tryk-ledger/1") {
                let dictionary = Dictionary::clone(&stream.dict);
                *stream = Stream::new(dictionary, Vec::new());
                stream.dict.remove(b"Filter");
                stream.set_content(edit(text).into_bytes());
            }
        }
    })
}

#[test]
fn files_that_are_no_such_pdf_are_refused() {
    let project = built();
    let pdf = project.bytes(LETTER);
    let bare = changed(&project, |document| {
        let catalog = document.catalog_mut().unwrap();
        catalog.remove(b"Names");
        catalog.remove(b"AF");
    });
    let later = with_ledger(&project, |text| {
        text.replace("tryk-ledger/1", "tryk-ledger/9")
    });
    let torn = with_ledger(&project, |text| text[..text.len() / 2].to_owned());
    let odd = with_ledger(&project, |text| text.replace("\"kind\"", "\"kin\""));
    let cases: &[(&str, &[u8], &str)] = &[
        ("L04", b"", "empty"),
        ("L04", b"not a PDF at all", "text"),
        ("L04", b"%PDF-1.7\n%%EOF", "header"),
        ("L04", &pdf[..pdf.len() / 3], "cut"),
        ("L05", &bare, "bare"),
        ("L06", &later, "later"),
        ("L06", &torn, "torn"),
        ("L06", &odd, "odd"),
    ];
    for (code, bytes, name) in cases {
        let project = Project::empty().write("a.pdf", bytes);
        let ran = project.run(["explain", "a.pdf", "20,5 %"]).failed(2);
        let found = ran.findings();
        assert_eq!(
            (found.len(), found[0].code.as_str()),
            (1, *code),
            "{name}: {}",
            ran.stderr
        );
        assert!(
            found[0].place.starts_with("a.pdf"),
            "{name}: {}",
            ran.stderr
        );
    }
    let ran = Project::empty()
        .run(["explain", "gone.pdf", "20,5 %"])
        .failed(2);
    assert_eq!(ran.findings()[0].code, "F01");
}

#[test]
fn a_ledger_among_the_associated_files_is_found_too() {
    let project = built();
    let pdf = changed(&project, |document| {
        document.catalog_mut().unwrap().remove(b"Names");
    });
    let alone = Project::empty().write("brev.pdf", pdf);
    assert!(explained(&alone, &["brev.pdf", "20,5 %"]).starts_with("20,5 %"));
}

#[test]
fn a_damaged_document_beside_does_not_stop_the_answer() {
    let project = built()
        .write("out/lunden/2018/note-2018.ledger.json", "{")
        .write("out/lunden/2018/note-2018.pdf", "%PDF-1.7 torn")
        .write("out/scan.pdf", "no PDF either");
    let ran = project.run(["explain", LETTER, "20,5 %"]).clean();
    assert!(
        ran.stdout.contains("in no other document"),
        "{}",
        ran.stdout
    );
    let found = ran.findings();
    let places: Vec<&str> = found.iter().map(|one| one.place.as_str()).collect();
    assert_eq!(places, ["out/lunden/2018/note-2018.pdf", "out/scan.pdf"]);
    assert!(
        found
            .iter()
            .all(|one| one.severity == "warning" && one.code == "L04")
    );
}

#[test]
fn what_a_foreign_ledger_says_never_steers_the_terminal() {
    let project = built();
    let evil = with_ledger(&project, |text| {
        text.replace("inputs/lunden/", "inputs/\\u001b[2Jlunden/")
            .replace("Utrygge: ", "\\u001b]0;\\u0007Utrygge: ")
            .replace("Byens ", "\\u202eBye ")
    });
    let alone = Project::empty().write("brev.pdf", evil);
    let said = explained(&alone, &["brev.pdf", "20,5 %"]);
    let is_raw = |c: char| c == '\u{202e}' || (c.is_control() && c != '\n');
    assert!(!said.contains(is_raw), "{said:?}");
    assert!(said.contains("␛[2J"), "{said}");
}

#[test]
fn no_bytes_break_the_reader() {
    let pdf = built().bytes(LETTER);
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    let begun = Instant::now();
    for _ in 0..400 {
        let mut bytes = pdf.clone();
        for _ in 0..random(12) + 1 {
            let at = random(bytes.len());
            bytes[at] = u8::try_from(random(256)).unwrap();
        }
        if random(4) == 0 {
            bytes.truncate(random(pdf.len()));
        }
        let _ = tryk::ledger::read(&bytes, "a.pdf");
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
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
        let (before, _) = line.split_once(value).unwrap();
        format!(
            "inputs/folehaven/partnership.json:{number}:{}",
            before.chars().count() + 1
        )
    };
    for part in [
        "870.000 kr.  economy/activity_funds/year\n",
        &format!("comes from   {}\n", cell("870000")),
        "also         economy/appropriation/year − economy/secretariat/year = 870.000 kr.\n",
        "= 1.200.000 kr. − 330.000 kr.\n",
        &format!(
            "├─ 1.200.000 kr.  economy/appropriation/year  {}\n",
            cell("1200000")
        ),
        &format!(
            "└─   330.000 kr.  economy/secretariat/year    {}\n",
            cell("330000")
        ),
        "out/folehaven/2018/tryghedsplan-2018.pdf        pages ",
        "used in      economy/2018/available ",
    ] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
    let said = explained(&project, &["economy/2019/remainder"]);
    assert!(
        said.contains("= 1.020.000 kr. − 985.000 kr.") && said.contains("activities.csv:"),
        "{said}"
    );
    let said = explained(&project, &[pdf, "3B"]);
    assert!(
        said.starts_with("3B  no figure from the data, in ") && said.contains("page 1  name"),
        "{said}"
    );
}
