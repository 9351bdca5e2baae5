//! Every way in which a bag can be wrong, and the codes that it gives.

use std::fs;

use sha2::{Digest, Sha512};

use super::common::Project;
use super::{
    BAG, BAG_2019, LETTER, codes, create, hexadecimal, issued, remanifest, reseal, verify,
};

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
            remanifest(&project, BAG, "data/set.json");
            reseal(&project, BAG);
            project
        },
        &["A19", "A23"],
    ),
    (
        "a PDF that is none, with every manifest made to fit",
        |project| {
            let project = project.write(&format!("{BAG}/{LETTER}"), "%PDF-1.7 no more");
            remanifest(&project, BAG, LETTER);
            reseal(&project, BAG);
            project
        },
        &["A20", "A23"],
    ),
    (
        "a ledger of other figures, with every manifest made to fit",
        |project| {
            let ledger = "data/documents/letter.ledger.json";
            let project = project.rewrite(&format!("{BAG}/{ledger}"), |text| {
                text.replacen("\"page\": 1", "\"page\": 2", 1)
            });
            remanifest(&project, BAG, ledger);
            reseal(&project, BAG);
            project
        },
        &["A21", "A23"],
    ),
];

/// Changes a bit in the middle of a file of the bag.
pub fn flip(project: Project, path: &str) -> Project {
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
    assert_eq!(codes(&verify(&project, BAG).failed(1)), ["A19"]);
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
