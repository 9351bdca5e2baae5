//! The agreement is signed by its four parties, each another way; and what must be refused is.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

#[path = "../common/mod.rs"]
mod common;

mod copies;
mod dates;
mod outside;
mod records;
mod service;
mod stamp;

use common::{Project, Ran, folehaven, tests};
use serde_json::Value;

const EDITION: &str = "folehaven/agreement/2018";
const OUTPUT: &str = "out/folehaven/agreement/partnerskabsaftale-2018-2021.pdf";
const ISSUED: &str = "inputs/folehaven/issued/agreement-2018-r1.pdf";
const SIGNED: &str = "inputs/folehaven/signed/agreement-2018-r1";
const DAY: [&str; 2] = ["--date", "2018-06-20"];

/// The parties, in their order, and who among the test keys signs for each.
const PARTIES: [(&str, &str); 4] = [
    ("\"short\": \"Kommunen\"", "rsa"),
    ("\"short\": \"Politiet\"", "p256"),
    ("\"short\": \"SSP\"", "p384"),
    ("\"short\": \"3B\"", "seal"),
];

/// Folehaven with its agreement issued, and the test keys beside it, whose names the parties' certificates bear.
fn issued() -> Project {
    let mut project = folehaven().copy(&tests().join("pki"), "pki");
    for (party, key) in PARTIES {
        let named = format!("{party}, \"certificate_names\": [\"Test signer {key}\"]");
        project = project.replace("inputs/folehaven/partnership.json", party, &named);
    }
    let _ran = project
        .run(["issue", EDITION, "--date", "2018-06-12"])
        .clean();
    project
}

fn state(number: usize, field: &str) -> String {
    format!("{SIGNED}/{number}-{field}.pdf")
}

/// `tryk sign VERB …` on a day; what the words are is split at spaces.
fn sign(project: &Project, words: &str, more: &[&str]) -> Ran {
    let words = words.split(' ').map(str::to_owned);
    let more = more.iter().map(|&word| word.to_owned());
    let args: Vec<String> = std::iter::once("sign".to_owned())
        .chain(words)
        .chain(more)
        .collect();
    project.run_in(args, &[("PASS", "test"), ("WRONG", "other")])
}

fn local(project: &Project, field: &str, key: &str) -> Ran {
    sign(
        project,
        &format!("local {EDITION} --field {field} {key} --cert pki/root.pem"),
        &DAY,
    )
}

/// A PDF as a service gives it back that writes it anew.
fn written_anew(pdf: &[u8]) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(pdf).unwrap();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

const RSA: &str = "--pem pki/rsa.key --cert pki/rsa.pem";
const P256: &str = "--pem pki/p256.key --cert pki/p256.pem";
const P384: &str = "--pem pki/p384.key --cert pki/p384.pem --passphrase-env PASS";
const SEAL: &str = "--p12 pki/seal.p12 --passphrase-env PASS";

fn code(ran: Ran) -> String {
    let ran = ran.failed(1);
    let codes: Vec<String> = ran.findings().into_iter().map(|one| one.code).collect();
    codes.join(" ")
}

/// The value that the P-256 key signs these bytes with.
fn value(project: &Project, bytes: &[u8]) -> Vec<u8> {
    let key = project.bytes("pki/p256.key");
    let key = tryk::sign::key::pem(&key, None, "key").unwrap();
    tryk::sign::key::Signer::sign(&key, bytes).unwrap()
}

fn signatures(project: &Project) -> Value {
    let ran = project.run(["list", "-d", "agreement", "--json"]);
    let rows: Value = serde_json::from_str(&ran.stdout).unwrap();
    rows[0]["signatures"].clone()
}

#[test]
fn four_parties_sign_one_after_the_other() {
    let project = issued();
    assert_eq!(project.bytes(OUTPUT), project.bytes(ISSUED));
    let nobody = serde_json::json!({ "signed": [], "missing": ["kk", "politi", "ssp", "b3b"] });
    assert_eq!(signatures(&project), nobody);

    let _ran = local(&project, "sign_kk", RSA).clean();
    let _ran = local(&project, "sign_b3b", SEAL).clean();
    let listed = project.run(["list", "-d", "agreement"]).stdout;
    assert!(
        listed.contains("└ issued; signed by kk, b3b; missing politi, ssp"),
        "{listed}"
    );

    // In one go, and laid aside in between: the same bytes.
    let other = Project::empty().copy(project.root(), "");
    let _ran = local(&other, "sign_politi", P256).clean();
    let prepare = format!(
        "prepare {EDITION} --field sign_politi --cert pki/p256.pem --cert pki/root.pem --job job"
    );
    let _ran = sign(&project, &prepare, &DAY).clean();
    let value = value(&project, &project.bytes("job/attrs.der"));
    let project = project.write("sig.bin", value);
    let _ran = sign(&project, "attach job --signature sig.bin", &[]).clean();
    assert_eq!(
        project.bytes(&state(3, "sign_politi")),
        other.bytes(&state(3, "sign_politi"))
    );

    let _ran = local(&project, "sign_ssp", P384).clean();
    let all = serde_json::json!({ "signed": ["kk", "politi", "ssp", "b3b"], "missing": [] });
    assert_eq!(signatures(&project), all);

    let mut before = project.bytes(ISSUED);
    for (number, field) in [
        (1, "sign_kk"),
        (2, "sign_b3b"),
        (3, "sign_politi"),
        (4, "sign_ssp"),
    ] {
        let pdf = project.bytes(&state(number, field));
        assert!(pdf.starts_with(&before) && pdf.len() > before.len());
        before = pdf;
    }
    assert_eq!(project.bytes(OUTPUT), before);
    survives(project, &before);
}

/// A signed agreement outlives `out/`, a forced build, and a change of the data, which is a finding.
fn survives(project: Project, signed: &[u8]) {
    let project = project.remove("out");
    let _ran = project.run(["build", "-d", "agreement"]).clean();
    assert_eq!(project.bytes(OUTPUT), signed);
    let ledger = OUTPUT.replace(".pdf", ".ledger.json");
    assert!(project.path(&ledger).is_file());
    let _ran = project.run(["build", "-d", "agreement", "--force"]).clean();
    assert_eq!(project.bytes(OUTPUT), signed);
    let project = project.replace(
        "inputs/folehaven/signatories.csv",
        "Politidirektør",
        "Politimester",
    );
    assert_eq!(
        code(project.run(["build", "-d", "agreement", "--force"])),
        "B07"
    );
    assert_eq!(project.bytes(OUTPUT), signed);
    assert_eq!(project.files(SIGNED).len(), 4);
}

#[test]
fn what_must_not_be_signed_is_refused_and_nothing_is_written() {
    let draft = folehaven().copy(&tests().join("pki"), "pki");
    assert_eq!(code(local(&draft, "sign_kk", RSA)), "S12");

    let project = issued();
    let no_such = local(&project, "sign_kkk", RSA).failed(1);
    assert!(
        no_such
            .stderr
            .contains("empty fields: sign_kk, sign_politi, sign_ssp, sign_b3b")
    );
    let other_key = "--pem pki/p256.key --cert pki/rsa.pem";
    assert_eq!(code(local(&project, "sign_kk", other_key)), "S05");
    let wrong = "--p12 pki/seal.p12 --passphrase-env WRONG";
    assert_eq!(code(local(&project, "sign_kk", wrong)), "S05");
    let asked = local(&project, "sign_kk", "--p12 pki/seal.p12").failed(2);
    assert!(
        asked
            .stderr
            .contains("give --passphrase-env or --passphrase-fd"),
        "{}",
        asked.stderr
    );
    let early = sign(
        &project,
        &format!("local {EDITION} --field sign_kk {RSA} --date 2017-12-31"),
        &[],
    );
    assert_eq!(code(early), "S05");
    assert!(project.files(SIGNED).is_empty());

    let _ran = local(&project, "sign_kk", RSA).clean();
    assert_eq!(code(local(&project, "sign_kk", RSA)), "S04");
    assert_eq!(project.files(SIGNED), ["1-sign_kk.pdf"]);
}

#[test]
fn faulty_pdfs_and_fields_are_refused() {
    let project = issued().write("junk.pdf", "no PDF at all");
    let ran = sign(
        &project,
        &format!("local junk.pdf --field sign_kk {RSA} --output signed.pdf"),
        &DAY,
    );
    assert_eq!(code(ran), "S01");
    assert_eq!(code(local(&project, "sign_nobody", RSA)), "S03");
    assert!(!project.path("signed.pdf").exists() && !project.path(SIGNED).exists());

    // A template with two fields of one id gives no document.
    let main = "templates/agreement/main.typ";
    let project = folehaven().append(main, "\n#signature-field(\"sign_kk\", \"En gang til\")\n");
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S02");
    assert!(!project.path(OUTPUT).exists());
}

#[test]
fn the_last_copy_of_a_signature_is_not_written_over() {
    let project = issued();
    let _ran = local(&project, "sign_kk", RSA).clean();
    let signed = project.bytes(OUTPUT);
    let project = project.remove("inputs/folehaven/signed");
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
    assert_eq!(project.bytes(OUTPUT), signed);

    // A place that is taken is found out before anything is kept.
    let project = issued().write("taken.pdf", "something else");
    let words = format!("local {EDITION} --field sign_kk {RSA} --output taken.pdf");
    let _ran = sign(&project, &words, &DAY).failed(2);
    assert!(!project.path(SIGNED).exists());
}
