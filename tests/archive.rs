//! `tryk archive`, end to end: years that are put away, proven, made again; and every way in which a bag can be wrong.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

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
        .run(["issue", edition, "--date", "2018-12-31"])
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
            .all(|one| one["reproduced"] == true && one["issued"] == "2018-12-31")
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

    let project = project
        .remove("out")
        .remove("inputs/lunden/issued/letter-2018-r1.sources.tar");
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
}

fn text_changed(text: &str, changed: String) -> String {
    assert_ne!(text, changed, "the figure is not there");
    changed
}

/// A way to spoil a bag, and the codes that it gives.
type Spoilt = (
    &'static str,
    fn(Project) -> Project,
    &'static [&'static str],
);

/// What the tests below do to the bag of 2018.
const SPOILT: &[Spoilt] = &[
    (
        "one changed byte",
        |project| flip(project, LETTER),
        &["A13", "A19", "A23"],
    ),
    (
        "one changed byte in a source",
        |project| flip(project, "data/inputs/lunden/meetings.csv"),
        &["A13", "A23"],
    ),
    (
        "one missing file",
        |project| project.remove(&format!("{BAG}/{LETTER}")),
        &["A11", "A19", "A23"],
    ),
    (
        "one extra file",
        |project| project.write(&format!("{BAG}/data/more.txt"), "x"),
        &["A12"],
    ),
    (
        "an extra tag file",
        |project| project.write(&format!("{BAG}/more.txt"), "x"),
        &["A12"],
    ),
    (
        "one renamed file",
        |project| {
            let bytes = project.bytes(&format!("{BAG}/data/findings.json"));
            project
                .remove(&format!("{BAG}/data/findings.json"))
                .write(&format!("{BAG}/data/found.json"), bytes)
        },
        &["A11", "A12", "A19"],
    ),
    (
        "a manifest of another bag",
        |project| {
            let other = project.bytes(&format!("{BAG_2019}/manifest-sha512.txt"));
            project.write(&format!("{BAG}/manifest-sha512.txt"), other)
        },
        &["A11", "A13", "A16", "A19"],
    ),
    (
        "a path that climbs out",
        |project| {
            let line = format!("{}  data/../../../../../etc/passwd\n", "0".repeat(64));
            let project = project.append(&format!("{BAG}/manifest-sha256.txt"), &line);
            reseal(&project, BAG);
            project
        },
        &["A14"],
    ),
    (
        "an absolute path",
        |project| {
            let line = format!("{}  /etc/passwd\n", "0".repeat(64));
            let project = project.append(&format!("{BAG}/manifest-sha256.txt"), &line);
            reseal(&project, BAG);
            project
        },
        &["A14"],
    ),
    (
        "a ledger that tells another page",
        |project| {
            let ledger = format!("{BAG}/data/documents/letter.ledger.json");
            project.rewrite(&ledger, |text| {
                text.replacen("\"page\": 1", "\"page\": 2", 1)
            })
        },
        &["A13", "A19", "A23"],
    ),
    (
        "no declaration",
        |project| project.remove(&format!("{BAG}/bagit.txt")),
        &["A10"],
    ),
    (
        "a declaration of another version",
        |project| {
            project.rewrite(&format!("{BAG}/bagit.txt"), |text| {
                text.replace("1.0", "2.0")
            })
        },
        &["A10"],
    ),
    (
        "evidence of nothing",
        |project| project.write(&format!("{BAG}/evidence/0007.tsr"), "x"),
        &["A24"],
    ),
    (
        "a time-stamp that is none",
        |project| project.write(&format!("{BAG}/evidence/0001.tsr"), "x"),
        &["A24"],
    ),
    (
        "a set without its documents",
        |project| {
            let project = project.rewrite(&format!("{BAG}/data/set.json"), |text| {
                text.replace("data/documents/letter.pdf", "data/documents/brev.pdf")
            });
            for (name, digest) in digests() {
                let (manifest, set) = (
                    format!("{BAG}/manifest-{name}.txt"),
                    project.bytes(&format!("{BAG}/data/set.json")),
                );
                let lines = project
                    .read(&manifest)
                    .lines()
                    .map(|line| match line.strip_suffix("  data/set.json") {
                        Some(_) => format!("{}  data/set.json\n", digest(&set)),
                        None => format!("{line}\n"),
                    })
                    .collect::<String>();
                fs::write(project.path(&manifest), lines).unwrap();
            }
            reseal(&project, BAG);
            project
        },
        &["A19", "A23"],
    ),
];

fn flip(project: Project, path: &str) -> Project {
    let path = format!("{BAG}/{path}");
    let mut bytes = project.bytes(&path);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    project.write(&path, bytes)
}

#[test]
fn every_way_to_spoil_a_bag_is_found() {
    let whole = issued();
    let _ran = create(&whole, "2018", &[]).clean();
    let _ran = create(&whole, "2019", &[]).clean();
    for (how, spoil, expected) in SPOILT {
        let project = spoil(Project::empty().copy(&whole.path("out"), "out"));
        let ran = verify(&project, BAG).failed(1);
        assert_eq!(codes(&ran), *expected, "{how}\n{}", ran.stderr);
        assert!(ran.stdout.starts_with("FAILED"), "{how}");
        assert!(
            !ran.stderr.contains("root:"),
            "{how}: nothing outside is shown"
        );
    }
    // The bag of 2019 holds to the bag that it was made after.
    let project = Project::empty()
        .copy(&whole.path("out"), "out")
        .rewrite(&format!("{BAG}/bag-info.txt"), |text| {
            text.replace("Legal-Hold: no", "Legal-Hold: yes")
        });
    reseal(&project, BAG);
    let _ran = verify(&project, BAG).clean();
    assert_eq!(codes(&verify(&project, BAG_2019).failed(1)), ["A17"]);
    // Years in another order.
    let project = Project::empty()
        .copy(&whole.path("out"), "out")
        .rewrite(&format!("{BAG}/bag-info.txt"), |text| {
            text.replace("Partnership-Year: 2018", "Partnership-Year: 2020")
        });
    reseal(&project, BAG);
    let seal = hexadecimal(&Sha512::digest(
        project.bytes(&format!("{BAG}/tagmanifest-sha512.txt")),
    ));
    let project = project.rewrite(&format!("{BAG_2019}/bag-info.txt"), |text| {
        let lines = text
            .lines()
            .map(|line| match line.strip_prefix("Previous-Bag-SHA512: ") {
                Some(_) => format!("Previous-Bag-SHA512: {seal}\n"),
                None => format!("{line}\n"),
            });
        lines.collect::<String>()
    });
    reseal(&project, BAG_2019);
    assert_eq!(codes(&verify(&project, BAG_2019).failed(1)), ["A17"]);
    // Alone: the chain was not followed, which is said and is no fault.
    let project = Project::empty().copy(&whole.path(BAG_2019), "alone");
    let ran = verify(&project, "alone").clean();
    assert_eq!(ran.findings()[0].code, "A18");
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_taken_for_files() {
    let project = issued();
    let _ran = create(&project, "2018", &[]).clean();
    let project = project.write("elsewhere.pdf", "secret").with(|root| {
        let pdf = root.join(BAG).join(LETTER);
        fs::rename(&pdf, root.join("letter.pdf")).unwrap();
        std::os::unix::fs::symlink(root.join("letter.pdf"), &pdf).unwrap();
        std::os::unix::fs::symlink(root, root.join(BAG).join("data/root")).unwrap();
    });
    let ran = verify(&project, BAG).failed(1);
    assert_eq!(codes(&ran), ["A11", "A15", "A19", "A23"]);
    let ran = project.run(["archive", "reproduce", BAG]).failed(1);
    assert_eq!(codes(&ran), ["A25"]);
}

#[test]
fn a_request_is_over_the_tag_manifest_and_a_wrong_token_is_not_kept() {
    let project = issued();
    let _ran = create(&project, "2018", &[]).clean();
    let _ran = project
        .run(["archive", "renew", BAG, "--request", "stamp.tsq"])
        .clean();
    let digest = Sha256::digest(project.bytes(&format!("{BAG}/tagmanifest-sha512.txt")));
    let request = project.bytes("stamp.tsq");
    assert!(
        request
            .windows(digest.len())
            .any(|part| part == digest.as_slice())
    );
    let project = project.write("wrong.tsr", "no answer");
    let _ran = project
        .run(["archive", "renew", BAG, "--token", "wrong.tsr"])
        .failed(1);
    assert!(!project.path(&format!("{BAG}/evidence")).exists());
    let _ran = verify(&project, BAG).clean();
}

/// Kills at a few moments; `.ci/archive` does it a hundred times.
#[test]
fn a_killed_run_leaves_no_half_bag() {
    let project = issued();
    for milliseconds in [5, 60, 120, 250, 500, 1000] {
        let args = [
            "archive",
            "create",
            "2018",
            "-p",
            "lunden",
            "--date",
            "2020-01-31",
        ];
        let mut child = Command::new(env!("CARGO_BIN_EXE_tryk"))
            .args(args)
            .current_dir(project.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        child.wait().unwrap();
        if project.path(BAG).exists() {
            let _ran = verify(&project, BAG).clean();
        }
    }
    let _ran = create(&project, "2018", &[]).clean();
    let _ran = verify(&project, BAG).clean();
    assert!(leftovers(&project.path("out/archive")).is_empty());
}

fn leftovers(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(".tryk-") {
            found.push(name);
        } else if entry.path().is_dir() {
            found.extend(leftovers(&entry.path()));
        }
    }
    found
}

const AGREEMENT: &str = "folehaven/agreement/2018";

/// The example with its agreement issued and signed by so many of the four parties.
fn signed(parties: usize) -> Project {
    let named = |text: &str| {
        [
            ("kk;1;", "rsa"),
            ("politi;2;", "p256"),
            ("ssp;3;", "p384"),
            ("b3b;4;", "seal"),
        ]
        .iter()
        .fold(text.to_owned(), |text, (row, key)| {
            text.replace(row, &format!("{row}Test signer {key}"))
        })
    };
    let project = common::folehaven()
        .copy(&common::tests().join("pki"), "pki")
        .rewrite("inputs/folehaven/signatories.csv", named);
    for edition in [AGREEMENT, "folehaven/status-finance-committee/2018"] {
        issue(&project, edition);
    }
    let keys = [
        ("sign_kk", "--pem pki/rsa.key --cert pki/rsa.pem"),
        ("sign_b3b", "--p12 pki/seal.p12 --passphrase-env PASS"),
        ("sign_politi", "--pem pki/p256.key --cert pki/p256.pem"),
        (
            "sign_ssp",
            "--pem pki/p384.key --cert pki/p384.pem --passphrase-env PASS",
        ),
    ];
    for (field, key) in &keys[..parties] {
        let words = format!(
            "sign local {AGREEMENT} --field {field} {key} --cert pki/root.pem --date 2018-06-20"
        );
        let _ran = project
            .run_in(words.split(' '), &[("PASS", "test")])
            .clean();
    }
    project
}

fn create_signed(project: &Project, more: &[&str]) -> Ran {
    let args = [
        "archive",
        "create",
        "2018",
        "-p",
        "folehaven",
        "--date",
        "2022-01-31",
        "--trust",
        "pki/root.pem",
        "--accept",
        "draft=the plan and the report are examples",
    ];
    project.run(args.iter().chain(more))
}

#[test]
fn a_signed_agreement_is_archived_with_the_judgement_of_its_signatures() {
    const BAG: &str = "out/archive/folehaven/folehaven-2018";
    const SIGNED: &str = "data/signed/partnerskabsaftale-2018-2021.pdf";
    let project = signed(3);
    assert_eq!(codes(&create_signed(&project, &[]).failed(1)), ["A04"]);
    let three = fs::read_dir(project.path("inputs/folehaven/signed/agreement-2018-r1")).unwrap();
    let three = three
        .map(|one| fs::read(one.unwrap().path()).unwrap())
        .max_by_key(Vec::len)
        .unwrap();

    let project = signed(4);
    let _ran = create_signed(&project, &[]).clean();
    let set: Value = serde_json::from_str(&project.read(&format!("{BAG}/data/set.json"))).unwrap();
    let copy = &set["editions"][0]["signed"];
    assert_eq!(copy["verdict"], "passed", "{copy:#}");
    assert_eq!(copy["signers"].as_array().unwrap().len(), 4);
    assert!(
        project
            .read(&format!("{BAG}/index.html"))
            .contains("Underskrifterne er gyldige")
    );
    let ran = verify(&project, BAG).clean();
    assert!(
        ran.stdout.contains("4 documents, 1 signed"),
        "{}",
        ran.stdout
    );

    // An earlier state of it, with all manifests written anew: whole, but not what was archived.
    let project = project.write(&format!("{BAG}/{SIGNED}"), &three);
    for (name, digest) in digests() {
        let manifest = format!("{BAG}/manifest-{name}.txt");
        let line = |line: &str| match line.ends_with(SIGNED) {
            true => format!("{}  {SIGNED}\n", digest(&three)),
            false => format!("{line}\n"),
        };
        let lines: String = project.read(&manifest).lines().map(line).collect();
        fs::write(project.path(&manifest), lines).unwrap();
    }
    reseal(&project, BAG);
    assert_eq!(codes(&verify(&project, BAG).failed(1)), ["A22"]);
}
