//! `issued.json` against what was issued: an entry that says something else is found, and so is a PDF without an entry.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::{Project, findings, project};

const ENTRIES: &str = "inputs/lunden/issued.json";
const LETTER: &str = "lunden/letter/2018";
const DAY: [&str; 2] = ["--date", "2018-06-20"];

fn issued() -> Project {
    let project = project();
    let _ran = project.run([&["issue", LETTER][..], &DAY].concat()).clean();
    project
}

/// The codes and the first lines of what `build`, `check` and `list` say, which must be the same.
fn found(project: &Project) -> Vec<String> {
    let said = ["build", "check", "list"].map(|verb| {
        let ran = project.run([verb]);
        // `check` prints what it finds as its result.
        let said = ran.stdout + &ran.stderr;
        let has_errors = said.contains("error[");
        assert_eq!(ran.code, i32::from(has_errors), "{verb}: {said}");
        let found = findings(&said).into_iter();
        let found = found.map(|one| format!("{} {}", one.code, one.message));
        found.collect::<Vec<String>>()
    });
    assert_eq!(said[0], said[1]);
    assert_eq!(said[0], said[2]);
    said.into_iter().next().unwrap()
}

/// The value of a key of the entry, as it stands in the file.
fn value(project: &Project, key: &str) -> String {
    let text = project.read(ENTRIES);
    let rest = text.split_once(&format!("\"{key}\": ")).unwrap().1;
    let end = if rest.starts_with('{') { "}" } else { "," };
    let at = rest.find(end).unwrap() + end.len() - usize::from(end == ",");
    rest[..at].to_owned()
}

#[test]
fn an_entry_that_says_something_else_is_found() {
    let project = issued();
    assert_eq!(found(&project), [""; 0]);
    let zeros = format!("\"{}\"", "0".repeat(64));
    for (key, other, what) in [
        ("ledger", zeros.as_str(), "digest of the ledger"),
        ("pages", "7", "number of pages"),
        ("figures", "{}", "figures"),
        (
            "figures",
            r#"{ "economy/appropriation/year": "100000 kroner = 100.000 kr." }"#,
            "figures",
        ),
    ] {
        let old = value(&project, key);
        let copy = Project::empty().copy(project.root(), "");
        let copy = copy.replace(
            ENTRIES,
            &format!("\"{key}\": {old}"),
            &format!("\"{key}\": {other}"),
        );
        let message = format!(
            "B16 issued.json tells other {what} of lunden/letter/2018/r1 than the PDF that was issued"
        );
        assert_eq!(found(&copy), [message], "{key}");
    }
    let copy = Project::empty().copy(project.root(), "");
    let copy = copy.rewrite(ENTRIES, |text| {
        text.replacen(
            "100000 kroner = 100.000 kr.",
            "100001 kroner = 100.001 kr.",
            1,
        )
    });
    let ran = copy.run(["build"]).failed(1);
    insta::assert_snapshot!("figure", ran.stderr);
}

#[test]
fn an_edition_stays_at_the_path_where_it_was_issued() {
    let project = issued();
    let moved = Project::empty().copy(project.root(), "").replace(
        ENTRIES,
        "lunden/letter.pdf",
        "lunden/2019/note-2019.pdf",
    );
    let message = "B15 lunden/letter/2018/r1 was issued as lunden/2019/note-2019.pdf, but the register and its template give lunden/letter.pdf";
    assert_eq!(found(&moved), [message]);

    let renamed = project.replace("templates/letter/template.json", "/letter.pdf", "/brev.pdf");
    let ran = renamed.run(["build"]).failed(1);
    insta::assert_snapshot!("elsewhere", ran.stderr);
    assert!(!renamed.path("out/lunden/brev.pdf").exists());
    // Nobody calls it an edition that is not there, and no bag is made without it.
    for args in [
        &["sign", "copy", LETTER][..],
        &["issue", LETTER],
        &["diff", LETTER],
    ] {
        let ran = renamed.run(args).failed(1);
        let codes: Vec<String> = ran.findings().into_iter().map(|one| one.code).collect();
        assert_eq!(codes, ["B15"], "{args:?}\n{}", ran.stderr);
    }
    let verify = [
        "verify",
        "inputs/lunden/issued/letter-2018-r1.pdf",
        "--edition",
        LETTER,
    ];
    let ran = renamed.run(verify).failed(2);
    assert!(ran.stderr.contains("error[B15]"), "{}", ran.stderr);
    let archive =
        "archive create 2018 -p lunden --date 2020-01-31 --accept draft=x --accept findings=x";
    let ran = renamed.run(archive.split(' ')).failed(1);
    assert!(ran.stderr.contains("error[B15]"), "{}", ran.stderr);
}

#[test]
fn a_kept_pdf_without_an_entry_is_told() {
    let project = issued().rewrite(ENTRIES, |text| {
        let start = text.find("\"editions\": [").unwrap();
        format!("{}\"editions\": []\n}}\n", &text[..start])
    });
    let message = "B17 inputs/lunden/issued/letter-2018-r1.pdf is kept as an issued PDF, but no entry of issued.json names it";
    assert_eq!(found(&project), [message]);
    let ran = project.run(["check"]).clean();
    insta::assert_snapshot!("without-entry", ran.stdout);
    let signed = Project::empty().copy(project.root(), "");
    let signed = signed
        .remove("inputs/lunden/issued")
        .write("inputs/lunden/signed/letter-2018-r1/1-a.pdf", "");
    let message = "B17 inputs/lunden/signed/letter-2018-r1 is kept for signed PDFs, but no entry of issued.json names it";
    assert_eq!(found(&signed), [message]);
    // It is what an issue leaves that was ended too early.
    let _ran = project.run([&["issue", LETTER][..], &DAY].concat()).clean();
    assert_eq!(found(&project), [""; 0]);
}

#[test]
fn nothing_is_issued_on_a_day_to_come() {
    let ran = project()
        .run(["issue", LETTER, "--date", "9999-01-01"])
        .failed(1);
    assert_eq!(ran.findings()[0].code, "B18");
    assert!(!ran.project.path("inputs/lunden/issued").exists());
}
