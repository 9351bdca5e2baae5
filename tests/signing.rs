//! The agreement is signed by its four parties, each another way; and what must be refused is.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{EncapsulatedContentInfo, SignedData, SignerInfos};
use common::{Pdf, Project, Ran, folehaven, tests};
use der::asn1::{Int, ObjectIdentifier, OctetString, SetOfVec};
use der::{Any, Decode, Encode, Tag};
use serde_json::Value;
use tryk::sign::cms::types::{self, TimeStampReq, TstInfo};

const EDITION: &str = "folehaven/agreement/2018";
const OUTPUT: &str = "out/folehaven/agreement/partnerskabsaftale-2018-2021.pdf";
const ISSUED: &str = "inputs/folehaven/issued/agreement-2018-r1.pdf";
const SIGNED: &str = "inputs/folehaven/signed/agreement-2018-r1";
const DAY: [&str; 2] = ["--date", "2018-06-20"];

/// Folehaven with its agreement issued, and the test keys beside it.
fn issued() -> Project {
    let project = folehaven().copy(&tests().join("pki"), "pki");
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

#[test]
fn a_signature_from_outside_must_be_over_the_prepared_bytes() {
    let project = issued();
    let prepare = format!("prepare {EDITION} --field sign_politi --cert pki/p256.pem --job");
    let _ran = sign(&project, &prepare, &["job", DAY[0], DAY[1]]).clean();
    let _ran = sign(&project, &prepare, &["job", DAY[0], DAY[1]]).failed(2);
    let good = value(&project, &project.bytes("job/attrs.der"));
    let bad = value(&project, b"something else");
    let project = project.write("bad.bin", bad);
    assert_eq!(
        code(sign(&project, "attach job --signature bad.bin", &[])),
        "S06"
    );
    assert_eq!(code(sign(&project, "attach job --cms bad.bin", &[])), "S07");
    let project = project
        .write("sig.bin", &good)
        .write("token.tsr", "no token");
    assert_eq!(
        code(sign(
            &project,
            "attach job --signature sig.bin --tsr token.tsr",
            &[]
        )),
        "S08"
    );

    let mut changed = project.bytes("job/prepared.pdf");
    changed[1000] ^= 1;
    let other = Project::empty()
        .copy(project.root(), "")
        .write("job/prepared.pdf", changed);
    assert_eq!(
        code(sign(&other, "attach job --signature sig.bin", &[])),
        "S09"
    );

    // Somebody else signs in the meantime.
    let _ran = local(&project, "sign_kk", RSA).clean();
    assert_eq!(
        code(sign(&project, "attach job --signature sig.bin", &[])),
        "S10"
    );
    assert_eq!(project.files(SIGNED), ["1-sign_kk.pdf"]);
}

#[test]
fn a_returned_pdf_is_taken_only_with_one_signature_more() {
    let (project, service) = (issued(), issued());
    let _ran = local(&service, "sign_kk", RSA).clean();
    let _ran = local(&service, "sign_ssp", P384).clean();
    let returned = service.bytes(&state(1, "sign_kk"));
    let import = format!("import back.pdf --edition {EDITION}");
    let anew = {
        let mut document = lopdf::Document::load_mem(&returned).unwrap();
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    };
    let project = project.write("back.pdf", anew);
    assert_eq!(code(sign(&project, &import, &[])), "S14");
    let project = project.write("back.pdf", service.bytes(&state(2, "sign_ssp")));
    assert_eq!(code(sign(&project, &import, &[])), "S14");
    let project = project.write("back.pdf", &returned);
    assert_eq!(
        code(sign(&project, &import, &["--field", "sign_ssp"])),
        "S14"
    );
    assert!(project.files(SIGNED).is_empty());
    let _ran = sign(&project, &import, &["--field", "sign_kk"]).clean();
    assert_eq!(project.bytes(&state(1, "sign_kk")), returned);
    assert_eq!(project.bytes(OUTPUT), returned);
}

#[test]
fn damaged_records_are_a_finding_and_are_not_built_over() {
    let project = issued();
    let _ran = local(&project, "sign_kk", RSA).clean();
    let _ran = local(&project, "sign_ssp", P384).clean();
    let first = state(1, "sign_kk");
    let good = project.bytes(&first);
    let project = project.write(&first, &good[..good.len() - 10]);
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
    let project = project.remove(&first);
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
    let project = project.write(&state(1, "sign_politi"), &good);
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
    let project = project.remove(&state(1, "sign_politi")).write(&first, good);
    let _ran = project.run(["build", "-d", "agreement"]).clean();
}

#[test]
fn a_pdf_outside_the_register_is_signed_beside_itself() {
    let project = issued();
    let letter = project.bytes(ISSUED);
    let project = project.write("letter.pdf", letter);
    let words = "local letter.pdf --field sign_kk --pem pki/rsa.key --cert pki/rsa.pem";
    let _ran = sign(&project, words, &[]).failed(2);
    let _ran = sign(&project, words, &["--output", "signed.pdf"]).clean();
    assert!(
        project
            .bytes("signed.pdf")
            .starts_with(&project.bytes(ISSUED))
    );
    assert!(
        sign(&project, words, &["--output", "signed.pdf"])
            .failed(2)
            .stderr
            .contains("signed.pdf")
    );
}

#[test]
fn a_plain_copy_has_the_same_pages_and_nothing_that_services_refuse() {
    let project = issued();
    let kept = format!("{SIGNED}/til-underskrift.pdf");
    let shown = OUTPUT.replace(".pdf", "-til-underskrift.pdf");
    let words = format!("copy {EDITION}");
    let _ran = sign(&project, &words, &[]).clean();
    let copy = project.bytes(&kept);
    assert_eq!(project.bytes(&shown), copy);
    for name in [
        "/AcroForm",
        "/EmbeddedFile",
        "/RoleMap",
        "/URI",
        "/S/Strong",
        "/S/Datetime",
    ] {
        let found = copy
            .windows(name.len())
            .any(|window| window == name.as_bytes());
        assert!(!found, "{name}");
    }
    let issued = project.bytes(ISSUED);
    assert_eq!(Pdf::read(&copy).pages(), Pdf::read(&issued).pages());

    let project = project.remove("out");
    let _ran = project.run(["build", "-d", "agreement"]).clean();
    assert_eq!(project.bytes(&shown), copy);
    let changed = project.replace(
        "inputs/folehaven/signatories.csv",
        "Politidirektør",
        "Politimester",
    );
    let _ran = sign(&changed, &words, &[]).clean();
    let changed = changed.remove(&kept);
    assert_eq!(code(sign(&changed, &words, &[])), "S15");
}

#[test]
fn a_time_stamp_is_asked_for_and_put_in() {
    let project = issued();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/tsr", listener.local_addr().unwrap());
    let authority = thread::spawn(move || answer(&listener));
    let _ran = local(&project, "sign_kk", &format!("{RSA} --tsa {address}")).clean();
    authority.join().unwrap();
    let token: String = types::TIMESTAMP_TOKEN
        .as_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let pdf = String::from_utf8_lossy(&project.bytes(&state(1, "sign_kk"))).into_owned();
    assert!(pdf.contains(&token));

    let secure = local(
        &project,
        "sign_ssp",
        &format!("{P384} --tsa https://tsa.example"),
    );
    assert_eq!(code(secure), "S08");
    assert_eq!(project.files(SIGNED), ["1-sign_kk.pdf"]);
}

/// A time-stamping authority that answers once, with a token that nobody signed.
fn answer(listener: &TcpListener) {
    let (mut stream, _) = listener.accept().unwrap();
    let mut asked = Vec::new();
    let request = loop {
        let mut part = [0; 1024];
        let read = stream.read(&mut part).unwrap();
        asked.extend_from_slice(&part[..read]);
        let Some(end) = asked.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        if let Ok(request) = TimeStampReq::from_der(&asked[end + 4..]) {
            break request;
        }
    };
    let stamp = TstInfo {
        version: 1,
        policy: ObjectIdentifier::new_unwrap("1.2.3.4"),
        message_imprint: request.message_imprint,
        serial_number: Int::new(&[1]).unwrap(),
        gen_time: Any::new(Tag::GeneralizedTime, b"20180620120000.5Z".to_vec()).unwrap(),
        accuracy: None,
        ordering: false,
        nonce: None,
        tsa: None,
        extensions: None,
    };
    let content = OctetString::new(stamp.to_der().unwrap()).unwrap();
    let data = SignedData {
        version: CmsVersion::V3,
        digest_algorithms: SetOfVec::new(),
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: types::TST_INFO,
            econtent: Some(Any::encode_from(&content).unwrap()),
        },
        certificates: None,
        crls: None,
        signer_infos: SignerInfos(SetOfVec::new()),
    };
    let token = ContentInfo {
        content_type: types::SIGNED_DATA,
        content: Any::encode_from(&data).unwrap(),
    };
    let response = types::TimeStampResp {
        status: types::PkiStatusInfo {
            status: 0,
            status_string: None,
            fail_info: None,
        },
        time_stamp_token: Some(Any::encode_from(&token).unwrap()),
    };
    let body = response.to_der().unwrap();
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()).unwrap();
    stream.write_all(&body).unwrap();
}
