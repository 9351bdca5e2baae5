//! Figures that were corrected after a document had printed them: the issued one keeps what it said, the later ones say the new figure and that it was corrected.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::{Project, Ran, official};

const AGREEMENT: &str = "folehaven/agreement/partnerskabsaftale-2018-2021.pdf";
const PLAN_2019: &str = "folehaven/2019/tryghedsplan-2019.pdf";
const STATUS_2019: &str = "folehaven/2019/status-styregruppe-2019.pdf";
const RESTATEMENTS: &str = "inputs/folehaven/restatements.csv";
const INDICATORS: &str = "inputs/folehaven/indicators.csv";
const ROW: &str =
    "indicators/insecure/folehaven/2018;20;2019-05-02;Svarene fra området er vægtet på ny.\n";

/// The example with its agreement issued, and a figure of it corrected afterwards.
fn corrected() -> Project {
    let project = official();
    let ran = project.run(["issue", "folehaven/agreement/2018", "--date", "2018-06-20"]);
    let issued: Ran = ran.clean();
    issued.project.replace(
        INDICATORS,
        "insecure;folehaven;2018;survey;20;",
        "insecure;folehaven;2018;survey;22;",
    )
}

fn text(ran: &Ran, output: &str) -> String {
    ran.pdf(output).text().replace('\u{a0}', " ")
}

#[test]
fn an_issued_figure_changes_only_by_a_declared_restatement() {
    let project = corrected();

    // Undeclared, it is found at both places, with the row that would declare it.
    let ran = project.run(["build", "-d", "agreement"]).failed(1);
    let found = ran.findings();
    assert_eq!((found.len(), found[0].code.as_str()), (1, "B07"));
    assert!(
        found[0]
            .place
            .starts_with("inputs/folehaven/indicators.csv:")
    );
    for part in [
        "inputs/folehaven/issued.json:",
        "restatements.csv: indicators/insecure/folehaven/2018;20;DATE;REASON",
    ] {
        assert!(ran.stderr.contains(part), "{part}\n{}", ran.stderr);
    }

    // Declared, the issued agreement and the plan from before that day say what they said, the later report says both.
    let project = project.write(RESTATEMENTS, format!("figure;was;date;reason\n{ROW}"));
    let ran = project.run(["build", "-y", "2018", "-y", "2019"]).clean();
    assert_eq!(ran.findings(), []);
    assert!(text(&ran, AGREEMENT).contains("20 %"));
    let plan = text(&ran, PLAN_2019);
    assert!(plan.contains("20 %") && !plan.contains("22 %"), "{plan}");
    assert!(!plan.contains("Rettet"), "{plan}");
    let status = text(&ran, STATUS_2019);
    let note: String = status.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "Rettet den 2. maj 2019: Utrygge i nabolaget, Folehaven, 2018 er 22 %. Tidligere er offentliggjort 20 %. Svarene fra området er vægtet på ny.";
    assert!(note.contains(said), "{note}");

    // What it was is traced to the row, and what rests on it to both days.
    let status = format!("out/{STATUS_2019}");
    let ran = project.run(["explain", &status, "20 %"]).clean();
    assert!(
        ran.stdout
            .contains("inputs/folehaven/restatements.csv:2:36"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_restatement_must_say_what_was_printed() {
    let wrong = ROW.replace(";20;", ";19;");
    let project = corrected().write(RESTATEMENTS, format!("figure;was;date;reason\n{wrong}"));
    let ran = project.run(["build", "-d", "agreement"]).failed(1);
    let codes: Vec<String> = ran.findings().into_iter().map(|one| one.code).collect();
    // And the agreement would say 19 %.
    assert_eq!(codes, ["B07", "R32"], "{}", ran.stderr);
    assert!(ran.stderr.contains("issued.json:") && ran.stderr.contains("expected: 20"));
}
