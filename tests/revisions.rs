//! A year of revisions, end to end: issued documents stay, a new revision says what it changes, and nothing is made in vain.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use common::{Pdf, Project, Ran, official};
use serde_json::Value;

const AGREEMENT: &str = "folehaven/agreement/partnerskabsaftale-2018-2021.pdf";
const PLAN: &str = "folehaven/2019/tryghedsplan-2019.pdf";
const PLAN_2: &str = "folehaven/2019/tryghedsplan-2019-rev2.pdf";
const ACTIVITIES: &str = "inputs/folehaven/activities.csv";
const REGISTER: &str = "inputs/folehaven/documents.csv";
/// A second revision of the plan of 2019, and the decision on it.
const ROW: &str = "plan;2019;2;2019-05-06;final;all;Sikker By, Økonomiforvaltningen;2019-0000101;2019-0000101-3;Projektleder, Sikker By;steering_group;;Nyhedsbrevet udkommer oftere\n";
const APPROVAL: &str = "plan;2019;2;steering_group;2019-05-02;approved;official;aftale\n";

/// The PDFs below the output folder.
fn pdfs(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = project.outputs().into_iter();
    files
        .filter(|path| path.ends_with(".pdf"))
        .map(|path| (path.clone(), project.bytes(&format!("out/{path}"))))
        .collect()
}

fn differing(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let paths: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    paths
        .into_iter()
        .filter(|path| a.get(*path) != b.get(*path))
        .cloned()
        .collect()
}

/// What `tryk list` says of each edition, by its PDF.
fn listed(project: &Project) -> BTreeMap<String, Value> {
    let ran = project.run(["list", "--json"]);
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    rows.into_iter()
        .map(|row| (row["output"].as_str().unwrap().to_owned(), row))
        .collect()
}

fn in_state(rows: &BTreeMap<String, Value>, state: &str) -> BTreeSet<String> {
    let rows = rows.iter().filter(|(_, row)| row["state"] == state);
    rows.map(|(path, _)| path.clone()).collect()
}

/// What a build did with each edition, by its PDF.
fn done(ran: &Ran) -> BTreeMap<String, String> {
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| (text(row, "output"), text(row, "state")))
        .collect()
}

fn written(ran: &Ran) -> BTreeSet<String> {
    let done = done(ran).into_iter();
    done.filter(|(_, state)| state == "written")
        .map(|(path, _)| path)
        .collect()
}

fn issue(project: &Project, edition: &str, day: &str) {
    let ran = project.run(["issue", edition, "--date", day]);
    assert!(ran.clean().stdout.starts_with("issued"));
}

/// The chain of a year, in one test, since every step rests on the one before.
#[test]
fn a_year_of_changes() {
    let project = official();
    let first = {
        let _ran = project.run(["build"]).clean();
        pdfs(&project)
    };

    // One activity's budget: exactly the editions that print it are stale, for that reason, and are made again.
    let project = project.replace(
        ACTIVITIES,
        ";60.000;;running;58.400",
        ";62.000;;running;58.400",
    );
    let rows = listed(&project);
    let stale = in_state(&rows, "stale");
    let change = "activities/2019/tryghedsnyt/budget: 60.000 kr. → 62.000 kr.";
    for path in &stale {
        let figures = &rows[path]["reasons"][0];
        assert_eq!(figures["kind"], "figures", "{path}");
        let ids = figures["what"].as_array().unwrap().iter();
        let named = ids.filter(|one| one["id"] == "activities/2019/tryghedsnyt/budget");
        assert_eq!(named.count(), 1, "{path}");
    }
    assert!(project.run(["list"]).stdout.contains(change));
    let ran = project.run(["build", "--json"]).clean();
    assert_eq!(written(&ran), stale);
    let second = pdfs(&project);
    assert_eq!(differing(&first, &second), stale);
    assert!(stale.contains(PLAN) && !stale.contains(AGREEMENT));

    // Back again: the bytes as before.
    let project = project.replace(
        ACTIVITIES,
        ";62.000;;running;58.400",
        ";60.000;;running;58.400",
    );
    let ran = project.run(["build", "--json"]).clean();
    assert_eq!(written(&ran), stale);
    assert_eq!(differing(&first, &pdfs(&project)), BTreeSet::new());

    // Files that are touched, with nothing else in them: nothing.
    for folder in ["inputs", "templates"] {
        for file in project.files(folder) {
            let path = project.path(&format!("{folder}/{file}"));
            let bytes = fs::read(&path).unwrap();
            fs::write(&path, bytes).unwrap();
        }
    }
    assert_eq!(in_state(&listed(&project), "fresh").len(), first.len());

    // A shared template: drafts and finals that were not issued are made again; the issued one stays, and is reported.
    issue(&project, "folehaven/agreement/2018", "2018-06-20");
    let project = project.replace("templates/shared/theme.typ", "body: 11.5pt", "body: 11.6pt");
    let stale = in_state(&listed(&project), "stale");
    assert_eq!(stale.len(), first.len() - 1);
    let ran = project.run(["build", "--json"]).clean();
    assert_eq!(written(&ran), stale);
    assert_eq!(done(&ran)[AGREEMENT], "frozen");
    assert_eq!(ran.findings()[0].code, "B08");
    let third = pdfs(&project);
    assert_eq!(third[AGREEMENT], first[AGREEMENT]);

    // Without the output folder: everything back, the issued bytes among them.
    let project = project.remove("out");
    let _ran = project.run(["build"]).clean();
    assert_eq!(differing(&third, &pdfs(&project)), BTreeSet::new());
    let issued: Value =
        serde_json::from_str(&project.read("inputs/folehaven/issued.json")).unwrap();
    let kept = issued["editions"][0]["pdf"].as_str().unwrap();
    let kept = project.bytes(&format!("inputs/folehaven/{kept}"));
    assert_eq!(kept, third[AGREEMENT]);
}

#[test]
fn an_issued_plan_stays_and_the_next_says_what_it_changes() {
    let project = official();
    issue(&project, "folehaven/plan/2019", "2019-01-29");
    let issued = project.bytes(&format!("out/{PLAN}"));

    // A late figure: the issued plan stays as it is, and the finding names figure, pages, both places and the mend.
    let project = project.replace(
        ACTIVITIES,
        ";60.000;;running;58.400",
        ";75.000;;running;58.400",
    );
    let ran = project.run(["build"]).failed(1);
    assert_eq!(ran.findings().len(), 1);
    insta::assert_snapshot!("revisions-frozen", ran.stderr);
    assert_eq!(project.bytes(&format!("out/{PLAN}")), issued);
    let _ran = project.run(["build", "--force"]).failed(1);
    assert_eq!(project.bytes(&format!("out/{PLAN}")), issued);
    let row = &listed(&project)[PLAN];
    assert_eq!(
        (&row["state"], &row["would"]["kind"]),
        (&"frozen".into(), &"figures".into())
    );

    // Its PDF in the output folder is no place for other bytes.
    let project = project.write(&format!("out/{PLAN}"), "other bytes");
    let ran = project.run(["build", "--json"]).failed(1);
    assert_eq!(done(&ran)[PLAN], "restored");
    assert_eq!(project.bytes(&format!("out/{PLAN}")), issued);

    // A new revision needs its own approval.
    let project = project.append(REGISTER, ROW);
    let ran = project.run(["check"]).failed(1);
    assert!(ran.stdout.contains("R08"), "{}", ran.stdout);
    let project = project.append("inputs/folehaven/approvals.csv", APPROVAL);
    let ran = project.run(["build"]).clean();
    assert_eq!(project.bytes(&format!("out/{PLAN}")), issued);
    let text = ran.pdf(PLAN_2).text().replace('\u{a0}', " ");
    for words in [
        "Revisioner af Tryghedsplan 2019",
        "Nyhedsbrevet udkommer oftere",
        "Godkendt af styregruppen den 2. maj 2019",
        "Ændringer siden revision 1",
        "Revision 1 blev udsendt den 29. januar 2019.",
        "Tryghedsnyt til alle husstande: budget",
        "60.000 kr.",
        "75.000 kr.",
        "+15.000 kr.",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(
        !Pdf::read(&issued)
            .text()
            .contains("Ændringer siden revision")
    );

    // The old figure is traced to the entry of the issued plan.
    let ran = project
        .run(["explain", &format!("out/{PLAN_2}"), "+15.000 kr."])
        .clean();
    assert!(ran.stdout.contains("issued.json"), "{}", ran.stdout);

    // And the second is issued like the first.
    issue(&project, "folehaven/plan/2019/r2", "2019-05-07");
    let rows = listed(&project);
    assert_eq!(rows[PLAN]["would"]["kind"], "superseded");
    assert_eq!(rows[PLAN_2]["would"]["kind"], "same");
}

#[test]
fn lost_bytes_are_a_finding_and_are_not_made_again() {
    let project = official();
    issue(&project, "folehaven/agreement/2018", "2018-06-20");
    let kept = "inputs/folehaven/issued/agreement-2018-r1.pdf";
    let bytes = project.bytes(kept);

    // The copy with the inputs is damaged, the one in the output folder is not.
    let project = project.write(kept, "damaged");
    let ran = project.run(["build", "--json"]).clean();
    assert_eq!(done(&ran)[AGREEMENT], "frozen");

    // Both are.
    let project = project.write(&format!("out/{AGREEMENT}"), "damaged too");
    let ran = project.run(["build"]).failed(1);
    assert_eq!(ran.findings()[0].code, "B09");
    let digest = ran.stderr.split('"').find(|word| word.len() == 64).unwrap();
    insta::assert_snapshot!("revisions-lost", ran.stderr.replace(digest, "[DIGEST]"));
    assert_eq!(project.read(&format!("out/{AGREEMENT}")), "damaged too");

    // The copy comes back from a backup.
    let project = project.write(kept, &bytes);
    let ran = project.run(["build", "--json"]).clean();
    assert_eq!(done(&ran)[AGREEMENT], "restored");
    assert_eq!(project.bytes(&format!("out/{AGREEMENT}")), bytes);
}

#[test]
fn only_a_final_edition_without_findings_is_issued() {
    let project = official();
    let refused = |project: &Project, edition: &str, code: &str| {
        let ran = project.run(["issue", edition]).failed(1);
        let codes: Vec<String> = ran.findings().into_iter().map(|one| one.code).collect();
        assert!(codes.iter().any(|one| one == code), "{codes:?}");
        assert!(
            !project
                .files("inputs")
                .iter()
                .any(|path| path.contains("issued"))
        );
    };
    refused(&project, "folehaven/plan/2020", "B10");
    let ran = project.run(["issue", "folehaven/plan/2019", "--date", "2019-01-01"]);
    assert_eq!(ran.failed(1).findings()[0].code, "B14");
    refused(&project, "folehaven/plan/2030", "B05");
    let project = project.replace(
        REGISTER,
        "plan;2020;1;2020-01-27;draft",
        "plan;2020;1;2020-01-27;final",
    );
    let project = project.replace(
        ACTIVITIES,
        ";60.000;;running;58.400",
        ";60.00;;running;58.400",
    );
    refused(&project, "folehaven/plan/2020", "D01");
    let ran = project.run(["issue", "plan/2020"]).failed(2);
    assert!(
        ran.stderr.contains("folehaven/plan/2019/r2"),
        "{}",
        ran.stderr
    );
}

#[test]
fn words_that_change_after_issue_are_found() {
    let project = official();
    issue(&project, "folehaven/agreement/2018", "2018-06-20");
    let project = project.append(
        "inputs/folehaven/text/agreement/baggrund.md",
        "\nDet er vigtigt.\n",
    );
    let ran = project.run(["build", "-d", "agreement"]).failed(1);
    assert_eq!(ran.findings()[0].code, "B07");
    assert!(ran.stderr.contains("words"), "{}", ran.stderr);
    assert_eq!(listed(&project)[AGREEMENT]["would"]["kind"], "words");
}

#[test]
fn a_damaged_record_means_making_again() {
    let project = common::project();
    let _ran = project.run(["build"]).clean();
    let first = pdfs(&project);
    for damage in [
        "",
        "{}",
        "\u{0}\u{1}",
        "{\"format\":\"tryk-build-record/1\",\"editions\":[]}",
    ] {
        let project = project.clone().write("out/build-record.json", damage);
        let ran = project.run(["build", "--json"]).clean();
        assert!(
            done(&ran).values().all(|state| state == "unchanged"),
            "{damage}"
        );
        assert_eq!(pdfs(&project), first);
        assert_eq!(in_state(&listed(&project), "fresh").len(), first.len());
    }
    // A record that claims what is not there is not believed.
    let project = project.write("out/lunden/letter.pdf", "another");
    let rows = listed(&project);
    assert_eq!(in_state(&rows, "stale").len(), 1);
    let _ran = project.run(["build"]).clean();
    assert_eq!(pdfs(&project), first);
}
