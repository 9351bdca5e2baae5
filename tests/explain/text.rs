//! `tryk explain PDF TEXT`: where a printed figure comes from, asked of the PDF that prints it.

use serde_json::Value;

use crate::common::{Project, Ran, folehaven, project};
use crate::{BUILT, LETTER, explained, said_of};

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
fn an_amount_that_its_source_states_rounded() {
    let project = project().append(
        "templates/letter/main.typ",
        "\n#fact(d.economy.secretariat.year) #fact(d.economy.secretariat.year, form: \"mio\")\n",
    );
    let _ran = project.run(["build"]).clean();
    insta::assert_snapshot!("stated", explained(&project, &[LETTER, "0,03 mio. kr."]));
    let exact = explained(&project, &[LETTER, "32.000 kr."]);
    assert!(!exact.contains("stated in"), "{exact}");
}

#[test]
fn a_figure_that_is_worked_out() {
    let note = "out/lunden/2019/note-2019.pdf";
    let ran = BUILT.run(["explain", note, "80.000 kr."]).clean();
    insta::assert_snapshot!("worked-out", ran.stdout);
}

#[test]
fn a_pdf_knows_its_figures_without_the_project() {
    let (found, said) = said_of(&BUILT.bytes(LETTER), "20,5 %");
    assert_eq!(found, [""; 0]);
    assert!(said.contains("inputs/lunden/indicators.csv:2:29"), "{said}");
}

#[test]
fn a_cell_that_a_rule_controls_is_worked_out_too() {
    let said = explained(&BUILT, &[LETTER, "200.000 kr."]);
    insta::assert_snapshot!("controlled", said);
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
