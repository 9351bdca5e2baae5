//! `tryk archive`, end to end: years that are put away, proven, made again; and every way in which a bag can be wrong.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

#[path = "../common/mod.rs"]
mod common;
mod killed;
#[path = "../signing/service.rs"]
mod service;
mod signed;
mod spoilt;
mod stamped;

use std::fs;

use common::{Project, Ran, project};
use serde_json::Value;
use sha2::{Digest, Sha256, Sha512};

const BAG: &str = "out/archive/lunden/lunden-2018";
const BAG_2019: &str = "out/archive/lunden/lunden-2019";
const LETTER: &str = "data/documents/letter.pdf";
const JSON: &str = "inputs/lunden/partnership.json";

/// The minimal project with a source for every figure, so that its editions can be final.
fn official() -> Project {
    let rows = |text: &str| {
        text.replace(";illustrative;\n", ";official;agreement\n")
            .replace(";illustrative;;", ";official;survey;")
    };
    project()
        .rewrite("inputs/lunden/activities.csv", rows)
        .rewrite("inputs/lunden/meetings.csv", rows)
        .rewrite("inputs/lunden/indicators.csv", rows)
        .rewrite("inputs/lunden/documents.csv", |text| {
            text.replace(";draft;", ";final;")
        })
        .rewrite(JSON, |text| {
            text.replace(
                r#""basis": "illustrative""#,
                r#""basis": "official", "source": "agreement""#,
            )
        })
}

fn issue(project: &Project, edition: &str) {
    let ran = project
        .run(["issue", edition, "--date", "2020-01-15"])
        .clean();
    assert!(ran.stdout.starts_with("issued"), "{}", ran.stdout);
}

fn issued() -> Project {
    let project = official();
    for edition in ["lunden/letter/2018", "lunden/note/2018", "lunden/note/2019"] {
        issue(&project, edition);
    }
    project
}

/// Archives a year on a fixed day.
fn create(project: &Project, year: &str, more: &[&str]) -> Ran {
    let args = [
        "archive",
        "create",
        year,
        "-p",
        "lunden",
        "--date",
        "2020-01-31",
    ];
    project.run(args.iter().chain(more))
}

fn verify(project: &Project, bag: &str) -> Ran {
    project.run(["archive", "verify", bag])
}

/// The codes of the errors that a run found, sorted, without repetitions.
fn codes(ran: &Ran) -> Vec<String> {
    let findings = ran.findings().into_iter();
    let mut codes: Vec<String> = findings
        .filter(|one| one.severity == "error")
        .map(|one| one.code)
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes the tag manifests of a bag anew, as somebody would who changes a bag and wants it to look whole.
fn reseal(project: &Project, bag: &str) {
    for (name, digest) in digests() {
        let manifest = format!("{bag}/tagmanifest-{name}.txt");
        let lines: String = project
            .read(&manifest)
            .lines()
            .map(|line| line.split_once("  ").unwrap().1)
            .map(|path| {
                format!(
                    "{}  {path}\n",
                    digest(&project.bytes(&format!("{bag}/{path}")))
                )
            })
            .collect();
        fs::write(project.path(&manifest), lines).unwrap();
    }
}

/// Puts a file's digests, as they are now, into the manifests of the bag.
fn remanifest(project: &Project, bag: &str, path: &str) {
    let bytes = project.bytes(&format!("{bag}/{path}"));
    for (name, digest) in digests() {
        let manifest = format!("{bag}/manifest-{name}.txt");
        let line = |line: &str| match line.split_once("  ") {
            Some((_, listed)) if listed == path => format!("{}  {path}\n", digest(&bytes)),
            _ => format!("{line}\n"),
        };
        let lines: String = project.read(&manifest).lines().map(line).collect();
        fs::write(project.path(&manifest), lines).unwrap();
    }
}

type Named = (&'static str, fn(&[u8]) -> String);

fn digests() -> [Named; 2] {
    [
        ("sha256", |bytes| hexadecimal(&Sha256::digest(bytes))),
        ("sha512", |bytes| hexadecimal(&Sha512::digest(bytes))),
    ]
}

#[test]
fn years_are_put_away_and_proven_and_made_again_elsewhere() {
    let project = issued();
    let ran = create(&project, "2018", &["--tar", "--retention-class", "Bevares"]).clean();
    assert!(
        ran.stdout.contains("lunden-2018 (2 documents)"),
        "{}",
        ran.stdout
    );
    let _ran = create(&project, "2019", &[]).clean();
    let ran = project.run(["archive", "verify", BAG, BAG_2019]).clean();
    assert!(ran.stdout.contains("follows lunden-2018"), "{}", ran.stdout);
    assert!(ran.stderr.is_empty(), "{}", ran.stderr);

    let set: Value = serde_json::from_str(&project.read(&format!("{BAG}/data/set.json"))).unwrap();
    let documents = set["editions"].as_array().unwrap();
    assert!(
        documents
            .iter()
            .all(|one| one["reproduced"] == true && one["issued"] == "2020-01-15")
    );
    let info = project.read(&format!("{BAG}/bag-info.txt"));
    for line in [
        "Retention-Class: Bevares",
        "Legal-Hold: no",
        "Personal-Data: yes, ordinary: case officers",
    ] {
        assert!(info.contains(line), "{info}");
    }
    let page = project.read(&format!("{BAG}/index.html"));
    assert!(page.contains("Brev om Lunden") && page.contains("data/documents/letter.pdf"));

    // Nothing new: no bag. Something new: another bag, and the old one as it was.
    let before = project.files(BAG);
    assert!(
        create(&project, "2018", &[])
            .clean()
            .stdout
            .starts_with("nothing is new")
    );
    assert_eq!(
        project
            .files("out/archive/lunden")
            .iter()
            .filter(|path| path.contains("tagmanifest-sha512"))
            .count(),
        2
    );
    let project = project.append("templates/letter/text/greeting.md", "\n");
    let _ran = create(&project, "2018", &[]).clean();
    assert_eq!(project.files(BAG), before);
    let info = project.read("out/archive/lunden/lunden-2018-2/bag-info.txt");
    assert!(info.contains("Supplements-Bag: lunden-2018\n"), "{info}");
    let _ran = verify(&project, "out/archive/lunden/lunden-2018-2").clean();

    // Elsewhere, without the project.
    let moved = Project::empty().copy(&project.path(BAG), "lunden-2018");
    let ran = moved
        .run(["archive", "reproduce", "lunden-2018", "--json"])
        .clean();
    let made: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(made.len(), 2);
    assert!(
        made.iter().all(|one| one["likeness"] == "identical"),
        "{made:#?}"
    );
    let _ran = verify(&moved, "lunden-2018").clean();
}

#[test]
fn the_same_project_gives_the_same_bag_and_the_same_tar() {
    let tar = || {
        let project = issued();
        let _ran = create(&project, "2018", &["--tar"]).clean();
        project.bytes("out/archive/lunden/lunden-2018.tar")
    };
    assert!(tar() == tar());
}

#[test]
fn what_is_not_in_place_refuses_unless_it_is_accepted() {
    let project = official();
    let ran = create(&project, "2019", &[]).failed(1);
    assert_eq!(codes(&ran), ["A02", "A05"]);
    let ran = create(
        &project,
        "2019",
        &["--accept", "chain=the first", "--accept", "draft=none is"],
    )
    .failed(1);
    assert_eq!(codes(&ran), ["A02", "A07"]);
    assert!(!project.path("out/archive").exists());
    let _ran = create(&project, "2019", &["--accept", "luck=good"]).failed(2);
    let _ran = create(&project, "2030", &[]).failed(1);
    let accepted = [
        "--accept",
        "chain=the first",
        "--accept",
        "not-issued=a <trial>",
    ];
    let _ran = create(&project, "2019", &accepted).clean();
    let set: Value =
        serde_json::from_str(&project.read(&format!("{BAG_2019}/data/set.json"))).unwrap();
    let kinds: Vec<&str> = set["exceptions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["not-issued", "chain"]);
    assert!(
        project
            .read(&format!("{BAG_2019}/index.html"))
            .contains("a &lt;trial&gt;")
    );
    let ran = verify(&project, BAG_2019).clean();
    assert!(ran.stdout.contains("accepted when it was archived: chain"));
}

#[test]
fn the_archive_lies_in_no_folder_that_it_archives() {
    let project = issued();
    for folder in ["inputs", "inputs/archive", "templates/x/y"] {
        let ran = create(&project, "2018", &["--archive", folder]).failed(2);
        assert!(
            ran.stderr.contains("whose files go into every bag"),
            "{}",
            ran.stderr
        );
    }
    assert!(!project.path("inputs/archive").exists());
}

#[test]
fn drafts_and_findings_keep_a_year_from_being_archived() {
    let project = official().rewrite("inputs/lunden/documents.csv", |text| {
        text.replacen(";final;", ";draft;", 1)
    });
    let ran = create(&project, "2018", &[]).failed(1);
    assert!(codes(&ran).contains(&"A01".to_owned()), "{}", ran.stderr);
    let project = issued().rewrite(JSON, |text| text.replacen("200000", "200001", 1));
    let ran = create(&project, "2018", &[]).failed(1);
    assert!(codes(&ran).contains(&"R01".to_owned()), "{}", ran.stderr);
    assert!(!project.path("out/archive").exists());
}

#[test]
fn an_issued_document_is_made_again_from_its_sources_as_they_were() {
    let project = official();
    issue(&project, "lunden/letter/2018");
    // A line more above every figure: the same letter, but with other places in its ledger.
    let project = project.rewrite(JSON, |text| format!("\n{text}"));
    issue(&project, "lunden/note/2018");
    let _ran = create(&project, "2018", &[]).clean();
    let earlier = format!("{BAG}/data/earlier/letter-2018-r1/{JSON}");
    assert!(!project.read(&earlier).starts_with('\n'));
    let ran = project.run(["archive", "reproduce", BAG]).clean();
    assert_eq!(ran.stdout.matches("identical").count(), 2, "{}", ran.stdout);

    // Sources that are not those that were kept are none.
    let tar = "inputs/lunden/issued/letter-2018-r1.sources.tar";
    let longer = [project.bytes(tar), vec![0; 1024]].concat();
    let other = Project::empty().copy(project.root(), "").remove("out");
    let other = other.write(tar, longer);
    assert_eq!(codes(&create(&other, "2018", &[]).failed(1)), ["A03"]);

    let project = project.remove("out").remove(tar);
    let ran = create(&project, "2018", &[]).failed(1);
    assert_eq!(codes(&ran), ["A03"]);
    let _ran = create(
        &project,
        "2018",
        &["--accept", "reproduction=the sources are lost"],
    )
    .clean();
    let ran = project.run(["archive", "reproduce", BAG]).failed(1);
    assert_eq!(codes(&ran), ["A25"]);
}

#[test]
fn a_document_that_is_made_otherwise_names_the_first_difference() {
    let project = issued();
    let _ran = create(&project, "2018", &[]).clean();
    let statement = format!("{BAG}/provenance/letter.intoto.json");
    // The appropriation as the letter's own sources have it.
    let parsed: Value = serde_json::from_str(&project.read(&statement)).unwrap();
    let sources = parsed["predicate"]["buildDefinition"]["resolvedDependencies"]
        .as_array()
        .unwrap();
    let source = sources.iter().find(|one| one["name"] == JSON).unwrap();
    let place = format!("{BAG}/{}", source["uri"].as_str().unwrap());
    let old = source["digest"].clone();
    let project = project.rewrite(&place, |text| {
        let changed = text
            .replacen("100000", "150000", 1)
            .replacen("200000", "300000", 1);
        text_changed(text, changed)
    });
    let bytes = project.bytes(&place);
    let project = project.rewrite(&statement, |text| {
        digests()
            .into_iter()
            .fold(text.to_owned(), |text, (name, digest)| {
                text.replace(old[name].as_str().unwrap(), &digest(&bytes))
            })
    });
    let ran = project.run(["archive", "reproduce", BAG]).failed(1);
    assert!(
        ran.stdout
            .contains("DIFFERENT    data/documents/letter.pdf"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("page 1, economy/appropriation"),
        "{}",
        ran.stdout
    );
    assert!(codes(&verify(&project, BAG)).contains(&"A13".to_owned()));

    // Of a bag that another program made it is said that bytes were not compared.
    let version = concat!("\"tryk ", env!("CARGO_PKG_VERSION"), " (");
    let project = project.rewrite(&statement, |text| {
        assert!(text.contains(version), "{text}");
        text.replace(version, "\"tryk 0.0.1 (")
    });
    let ran = project.run(["archive", "reproduce", BAG]).failed(1);
    let mut noted = ran.findings().into_iter();
    assert!(noted.any(|one| one.code == "A26"), "{}", ran.stderr);
}

fn text_changed(text: &str, changed: String) -> String {
    assert_ne!(text, changed, "the figure is not there");
    changed
}
