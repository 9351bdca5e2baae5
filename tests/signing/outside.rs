//! Signatures and PDFs that come from outside.

use crate::common::Project;
use crate::{
    DAY, EDITION, OUTPUT, P384, RSA, SIGNED, code, issued, local, sign, state, value, written_anew,
};

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
    let project = project.write("back.pdf", written_anew(&returned));
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
fn a_job_that_names_another_field_is_not_kept() {
    let project = issued();
    let prepare = format!("prepare {EDITION} --field sign_politi --cert pki/p256.pem --job job");
    let _ran = sign(&project, &prepare, &DAY).clean();
    let good = value(&project, &project.bytes("job/attrs.der"));
    let project = project.write("sig.bin", good);
    for field in ["sign_kk", "/../../../../escaped/owned", ""] {
        let copy = Project::empty().copy(project.root(), "").replace(
            "job/job.json",
            "\"sign_politi\"",
            &format!("\"{field}\""),
        );
        let ran = sign(&copy, "attach job --signature sig.bin", &[]);
        assert_eq!(ran.code, 1, "{field}: {}", ran.stderr);
        assert!(!copy.path(SIGNED).exists() && !copy.path("escaped").exists());
    }
    let _ran = sign(&project, "attach job --signature sig.bin", &[]).clean();
}
