//! A plain copy for signing services, and what they give back of it.

use crate::common::{Pdf, Project};
use crate::service::{DAY, signed_by_service};
use crate::{EDITION, ISSUED, OUTPUT, SIGNED, code, issued, sign, signatures, written_anew};

/// What is kept while nobody has signed a copy.
const UNSIGNED: [&str; 2] = ["til-underskrift.pdf", "til-underskrift.pdf.sha256"];

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
fn copies_that_parties_signed_alone_are_taken_in_and_kept() {
    let project = issued();
    let _ran = sign(&project, &format!("copy {EDITION}"), &[]).clean();
    let copy = project.bytes(&format!("{SIGNED}/til-underskrift.pdf"));
    let (first, second) = (
        signed_by_service(&project, &copy, "rsa", DAY),
        signed_by_service(&project, &copy, "p256", DAY),
    );
    let import = format!("import back.pdf --edition {EDITION}");

    // A service that wrote the PDF anew, one that was given another copy, one byte that is another.
    let project = project.write("back.pdf", written_anew(&first));
    assert_eq!(code(sign(&project, &import, &[])), "S14");
    let mut spoilt = first.clone();
    let at = spoilt.len() - 100;
    spoilt[at] ^= 1;
    let project = project.write("back.pdf", spoilt);
    assert!(code(sign(&project, &import, &[])).starts_with("S14"));
    let project = project.write("back.pdf", &first);
    let other = sign(&project, &import, &["--field", "sign_politi"]);
    assert_eq!(code(other), "S14");
    assert_eq!(project.files(SIGNED), UNSIGNED);

    let _ran = sign(&project, &import, &[]).clean();
    assert_eq!(code(sign(&project, &import, &[])), "S04");
    let project = project.write("back.pdf", &second);
    let _ran = sign(&project, &import, &["--field", "sign_politi"]).clean();
    let wanted = serde_json::json!({
        "signed": [], "copies": ["kk", "politi"], "missing": ["ssp", "b3b"]
    });
    assert_eq!(signatures(&project), wanted);

    // They outlive the output folder, and are complete together.
    let project = project.remove("out");
    let _ran = project.run(["build", "-d", "agreement"]).clean();
    let beside = |field: &str| OUTPUT.replace(".pdf", &format!("-eksemplar-{field}.pdf"));
    assert_eq!(project.bytes(&beside("sign_kk")), first);
    assert_eq!(project.bytes(&beside("sign_politi")), second);
    let args = [
        "verify",
        &beside("sign_kk"),
        &beside("sign_politi"),
        "--counterparts",
        "--edition",
        EDITION,
        "--trust",
        "pki/root.pem",
    ];
    let ran = project.run(args).failed(1);
    assert!(
        ran.stdout.contains("counterparts: incomplete"),
        "{}",
        ran.stdout
    );

    // Who may sign today does not matter to what was taken in.
    let other = "[\"Another name\"]";
    let renamed = Project::empty().copy(project.root(), "").replace(
        "inputs/folehaven/partnership.json",
        "[\"Test signer rsa\"]",
        other,
    );
    let _ran = renamed.run(["build", "-d", "agreement"]).clean();

    // A copy that is kept nowhere but in the output folder is not passed over.
    let lost = Project::empty().copy(project.root(), "");
    let lost = lost.remove(&format!("{SIGNED}/eksemplar-sign_kk.pdf"));
    assert_eq!(code(lost.run(["build", "-d", "agreement"])), "S13");

    // Damage is found.
    let kept = format!("{SIGNED}/eksemplar-sign_kk.pdf");
    let project = project.write(&kept, &copy);
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
    let project = project.write(&kept, &first);
    let _ran = project.run(["build", "-d", "agreement"]).clean();
}

#[test]
fn a_damaged_plain_copy_is_not_handed_out() {
    let project = issued();
    let _ran = sign(&project, &format!("copy {EDITION}"), &[]).clean();
    let (kept, shown) = (
        format!("{SIGNED}/til-underskrift.pdf"),
        OUTPUT.replace(".pdf", "-til-underskrift.pdf"),
    );
    let good = project.bytes(&shown);
    for bad in [&good[..1000], b"", project.bytes(ISSUED).as_slice()] {
        let project = Project::empty().copy(project.root(), "");
        let project = project.write(&kept, bad);
        assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
        assert_eq!(code(sign(&project, &format!("copy {EDITION}"), &[])), "S13");
        assert_eq!(project.bytes(&shown), good);
    }
}

#[test]
fn a_copy_from_the_future_or_from_before_the_document_is_not_taken() {
    let project = issued();
    let _ran = sign(&project, &format!("copy {EDITION}"), &[]).clean();
    let copy = project.bytes(&format!("{SIGNED}/til-underskrift.pdf"));
    let import = format!("import back.pdf --edition {EDITION}");
    for day in ["20470621080000", "20180105080000"] {
        let returned = signed_by_service(&project, &copy, "rsa", day);
        let project = Project::empty()
            .copy(project.root(), "")
            .write("back.pdf", returned);
        assert_eq!(code(sign(&project, &import, &[])), "S16", "{day}");
        assert_eq!(project.files(SIGNED), UNSIGNED);
    }
}

#[test]
fn a_copy_signed_by_a_stranger_is_not_taken() {
    let project = issued().replace(
        "inputs/folehaven/partnership.json",
        ", \"certificate_names\": [\"Test signer rsa\"]",
        "",
    );
    let _ran = sign(&project, &format!("copy {EDITION}"), &[]).clean();
    let copy = project.bytes(&format!("{SIGNED}/til-underskrift.pdf"));
    let returned = signed_by_service(&project, &copy, "rsa", DAY);
    let project = project.write("back.pdf", returned);
    let ran = sign(
        &project,
        &format!("import back.pdf --edition {EDITION}"),
        &[],
    );
    let ran = ran.failed(1);
    assert!(ran.stderr.contains("certificate_names"), "{}", ran.stderr);
    assert_eq!(project.files(SIGNED), UNSIGNED);
}
