//! Signed PDFs are records: damage is a finding, and nothing takes their place.

use crate::common::Project;
use crate::{EDITION, ISSUED, OUTPUT, P384, RSA, SIGNED, code, issued, local, sign, state};

#[test]
fn damaged_records_are_a_finding_and_are_not_built_over() {
    let project = issued();
    let _ran = local(&project, "sign_kk", RSA).clean();
    let _ran = local(&project, "sign_ssp", P384).clean();
    let first = state(1, "sign_kk");
    let good = project.bytes(&first);
    let project = project.write(&first, &good[..good.len() - 10]);
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
    // A last record that was damaged is not called signed, and not put over the good copy.
    let project = project.write(&first, &good);
    let last = state(2, "sign_ssp");
    let whole = project.bytes(&last);
    let mut changed = whole.clone();
    let at = changed.len() - 300;
    changed[at] ^= 1;
    for bad in [
        whole[..whole.len() - 10].to_vec(),
        [whole.as_slice(), b"more"].concat(),
        changed,
    ] {
        let project = Project::empty().copy(project.root(), "").write(&last, bad);
        assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
        assert_eq!(project.bytes(OUTPUT), whole);
        assert_eq!(code(project.run(["list", "-d", "agreement"])), "S13");
    }
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
fn a_signature_that_never_counts_is_not_kept() {
    let project = issued();
    let other = local(&project, "sign_politi", RSA);
    let other = other.failed(1);
    let words = "of 'Test signer rsa, tryk test keys', and the field is for 'Københavns Politi'";
    assert!(other.stderr.contains(words), "{}", other.stderr);
    let _ran = local(&project, "sign_kk", RSA).clean();
    let project = project.replace(
        "inputs/folehaven/partnership.json",
        "[\"Test signer p256\"]",
        "[\"tryk test keys\"]",
    );
    let twice = local(&project, "sign_politi", RSA);
    assert_eq!(code(twice), "S16");
    let words = format!("local {EDITION} --field sign_ssp {P384}");
    for day in ["2047-06-20", "2018-06-01"] {
        let ran = sign(&project, &words, &["--date", day]);
        assert_eq!(code(ran), "S16", "{day}");
    }
    assert_eq!(project.files(SIGNED), ["1-sign_kk.pdf"]);
    assert_eq!(project.bytes(OUTPUT), project.bytes(&state(1, "sign_kk")));
}

#[test]
fn no_signature_in_the_output_folder_is_lost() {
    let (project, other) = (issued(), issued());
    let _ran = local(&project, "sign_kk", RSA).clean();
    let _ran = local(&other, "sign_ssp", P384).clean();
    let stray = other.bytes(OUTPUT);
    let project = project.write(OUTPUT, &stray);
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
    let ran = local(&project, "sign_ssp", P384).failed(2);
    assert!(ran.stderr.contains("kept nowhere else"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("2-sign_ssp.pdf"),
        "it says what is kept: {}",
        ran.stderr
    );
    assert_eq!(project.bytes(OUTPUT), stray);

    // Without any record of it.
    let project = project
        .remove("inputs/folehaven/signed")
        .remove("inputs/folehaven/issued")
        .remove("inputs/folehaven/issued.json");
    let _ran = project
        .run(["build", "-d", "agreement", "--force"])
        .failed(2);
    let _ran = project
        .run(["issue", EDITION, "--date", "2018-06-12"])
        .failed(2);
    assert_eq!(project.bytes(OUTPUT), stray);
}

#[test]
fn a_link_that_leads_nowhere_is_no_empty_record() {
    let project = issued();
    let _ran = local(&project, "sign_kk", RSA).clean();
    let project = project.remove("inputs/folehaven/signed").remove("out");
    #[cfg(unix)]
    let project = project.with(|root| {
        let link = root.join("inputs/folehaven/signed");
        std::os::unix::fs::symlink("/nowhere/signed", link).unwrap();
    });
    #[cfg(unix)]
    assert_eq!(code(project.run(["build", "-d", "agreement"])), "S13");
}
