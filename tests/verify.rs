//! `tryk verify` over the agreement, from nobody's signature to everybody's; and what it says when something is done to it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::{Project, folehaven, tests};
use serde_json::Value;

const EDITION: &str = "folehaven/agreement/2018";
const OUTPUT: &str = "out/folehaven/agreement/partnerskabsaftale-2018-2021.pdf";
const TRUST: [&str; 2] = ["--trust", "pki/root.pem"];
const KEYS: [(&str, &str, &str); 4] = [
    ("sign_kk", "kk;1;;", "rsa"),
    ("sign_politi", "politi;2;;", "p256"),
    ("sign_ssp", "ssp;3;;", "p384"),
    ("sign_b3b", "b3b;4;;", "seal"),
];

/// Folehaven with its agreement issued; the four who sign bear the names of the test keys.
fn issued() -> Project {
    let mut project = folehaven().copy(&tests().join("pki"), "pki");
    for (_, row, key) in KEYS {
        let named = format!("{}Test signer {key};", row.strip_suffix(';').unwrap());
        project = project.replace("inputs/folehaven/signatories.csv", row, &named);
    }
    let _ran = project
        .run(["issue", EDITION, "--date", "2018-06-12"])
        .clean();
    project
}

fn sign(project: &Project, field: &str, key: &str) {
    let key = match key {
        "seal" => "--p12 pki/seal.p12 --passphrase-env PASS".to_owned(),
        "p384" => {
            "--pem pki/p384.key --cert pki/p384.pem --cert pki/root.pem --passphrase-env PASS"
                .to_owned()
        }
        key => format!("--pem pki/{key}.key --cert pki/{key}.pem --cert pki/root.pem"),
    };
    let line = format!("sign local {EDITION} --field {field} --date 2018-06-20 {key}");
    let _ran = project
        .run_in(line.split(' ').map(str::to_owned), &[("PASS", "test")])
        .clean();
}

fn verdict(project: &Project, file: &str, code: i32) -> Value {
    let args = ["verify", file, "--json"].into_iter().chain(TRUST);
    let ran = project.run(args);
    let ran = if code == 0 {
        ran.clean()
    } else {
        ran.failed(code)
    };
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    report["files"][0].clone()
}

#[test]
fn from_nobody_to_everybody_and_back() {
    let project = issued();
    let nobody = verdict(&project, OUTPUT, 1);
    assert_eq!(nobody["word"], "incomplete");
    assert_eq!(
        (&nobody["base"], &nobody["origin"]),
        (&"same".into(), &"issued".into())
    );
    for (field, _, key) in KEYS {
        sign(&project, field, key);
    }
    let all = verdict(&project, OUTPUT, 0);
    assert_eq!(all["word"], "complete");
    assert_eq!(all["edition"], "folehaven/agreement/2018/r1");
    let kinds: Vec<&str> = all["revisions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["kind"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        ["base", "signature", "signature", "signature", "signature"]
    );
    let said = project
        .run(["verify", OUTPUT].into_iter().chain(TRUST))
        .clean()
        .stdout;
    assert!(
        said.contains("by Test signer rsa, tryk test keys (certificate by Test root)"),
        "{said}"
    );

    // An earlier state is a copy that somebody rolled back.
    let early = "inputs/folehaven/signed/agreement-2018-r1/2-sign_politi.pdf";
    assert_eq!(verdict(&project, early, 1)["word"], "rolled-back");

    let mut bytes = project.bytes(OUTPUT);
    bytes.extend_from_slice(b"970.000 kr.");
    let project = project.write("longer.pdf", &bytes);
    let longer = verdict(&project, "longer.pdf", 1);
    assert_eq!(
        (&longer["word"], &longer["reasons"][0]["code"]),
        (&"changed".into(), &"trailing-bytes".into())
    );

    // Without the inputs the same file proves less, and without an anchor nothing.
    let alone = Project::empty()
        .copy(&tests().join("pki"), "pki")
        .write("signed.pdf", project.bytes(OUTPUT));
    assert_eq!(verdict(&alone, "signed.pdf", 1)["word"], "authentic");
    let said = alone.run(["verify", "signed.pdf"]).failed(1).stdout;
    assert!(said.starts_with("signed.pdf: indeterminate\n"), "{said}");
}

#[test]
fn an_edition_that_was_not_issued_is_made_again() {
    let project = folehaven().copy(&tests().join("pki"), "pki");
    let _ran = project.run(["build", "-d", "agreement"]);
    let verdict = verdict(&project, OUTPUT, 1);
    assert_eq!(
        (&verdict["base"], &verdict["origin"]),
        (&"same".into(), &"rebuilt".into())
    );
    assert_eq!(verdict["missing"].as_array().unwrap().len(), 4);
}

#[test]
fn what_cannot_be_run_says_why() {
    let project = folehaven().copy(&tests().join("pki"), "pki");
    let said = |args: &[&str]| project.run(args.iter().copied()).failed(2).stderr;
    assert!(said(&["verify", "nothing.pdf"]).contains("nothing.pdf cannot be read"));
    assert!(said(&["verify", "pki/rsa.pem", "--trust", "pki/rsa.key"]).contains("no certificate"));
    assert!(
        said(&[
            "verify",
            "pki/rsa.pem",
            "--edition",
            "folehaven/agreement/1999"
        ])
        .contains("no edition")
    );
    let no_pdf = project.run(["verify", "pki/rsa.pem"]).failed(1).stdout;
    assert!(no_pdf.contains("failed[structure]"), "{no_pdf}");
}

#[test]
fn preflight_says_what_the_signing_service_refuses() {
    let project = issued();
    let ran = project
        .run(["preflight", OUTPUT, "--profile", "nemlogin", "--json"])
        .failed(1);
    let reports: Value = serde_json::from_str(&ran.stdout).unwrap();
    let rules: std::collections::BTreeSet<&str> = reports[0]["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    assert!(
        rules.contains("attachment") && rules.contains("form") && rules.contains("structure-type"),
        "{rules:?}"
    );
    let said = project
        .run(["preflight", OUTPUT, "--profile", "archive"])
        .clean()
        .stdout;
    assert!(said.contains("nothing is known to be refused"), "{said}");
}
