//! Signed documents in a bag.

use std::fs;

use serde_json::Value;

use super::common::{self, Project, Ran};
use super::service::{DAY, signed_by_service};
use super::{codes, issue, remanifest, reseal, verify};

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
    create_year(project, "2018", more)
}

fn create_year(project: &Project, year: &str, more: &[&str]) -> Ran {
    let args = [
        "archive",
        "create",
        year,
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
    remanifest(&project, BAG, SIGNED);
    reseal(&project, BAG);
    assert_eq!(codes(&verify(&project, BAG).failed(1)), ["A22"]);
}

#[test]
fn copies_that_parties_signed_alone_are_archived_with_the_plain_copy() {
    const BAG: &str = "out/archive/folehaven/folehaven-2018";
    let project = signed(0);
    let _ran = project.run(["sign", "copy", AGREEMENT]).clean();
    let copy = project.bytes("inputs/folehaven/signed/agreement-2018-r1/til-underskrift.pdf");
    let mut returned = Vec::new();
    for key in ["rsa", "p256"] {
        returned.push(signed_by_service(&project, &copy, key, DAY));
    }
    let mut project = project;
    for pdf in &returned {
        project = project.write("back.pdf", pdf);
        let import = ["sign", "import", "back.pdf", "--edition", AGREEMENT];
        let _ran = project.run(import).clean();
    }
    let accept = ["--accept", "signatures=two parties signed on paper"];
    let _ran = create_signed(&project, &accept).clean();
    let set: Value = serde_json::from_str(&project.read(&format!("{BAG}/data/set.json"))).unwrap();
    let kept = &set["editions"][0]["counterparts"];
    assert_eq!(kept["signers"].as_array().unwrap().len(), 2, "{kept:#}");
    for (path, pdf) in kept["copies"].as_array().unwrap().iter().zip(&returned) {
        let path = format!("{BAG}/{}", path.as_str().unwrap());
        assert_eq!(project.bytes(&path), *pdf);
    }
    let index = project.read(&format!("{BAG}/index.html"));
    assert!(index.contains("Åbn eksemplar 2"), "{index}");
    assert!(index.contains("21. juni 2018 kl. 10.00"), "{index}");
    let _ran = verify(&project, BAG).clean();

    // Another party's copy in its place, with all manifests written anew.
    let path = kept["copies"][0].as_str().unwrap();
    let project = project.write(&format!("{BAG}/{path}"), &returned[1]);
    remanifest(&project, BAG, path);
    reseal(&project, BAG);
    assert_eq!(codes(&verify(&project, BAG).failed(1)), ["A22"]);
}

#[test]
fn a_year_whose_documents_tell_the_day_of_signing_is_made_again_from_its_bag() {
    const BAG: &str = "out/archive/folehaven/folehaven-2019";
    let project = signed(4);
    let _ran = create_signed(&project, &[]).clean();
    let _ran = create_year(&project, "2019", &[]).clean();
    let plan = project.read(&format!(
        "{BAG}/data/documents/tryghedsplan-2019.ledger.json"
    ));
    assert!(plan.contains("agreement/signed"));
    let ran = project.run(["archive", "reproduce", BAG]).clean();
    assert!(ran.stdout.contains("identical"), "{}", ran.stdout);
    let _ran = verify(&project, BAG).clean();
}

#[test]
fn a_damaged_record_is_not_archived_whatever_is_accepted() {
    let project = signed(1);
    let state = "inputs/folehaven/signed/agreement-2018-r1/1-sign_kk.pdf";
    let mut bytes = project.bytes(state);
    bytes.truncate(bytes.len() - 20);
    let project = project.write(state, bytes);
    let ran = create_signed(&project, &["--accept", "findings=x"]).failed(1);
    assert!(ran.stderr.contains("error[S13]"), "{}", ran.stderr);
    assert!(!project.path("out/archive/folehaven").exists());
}
