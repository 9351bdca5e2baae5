//! Time stamps over a bag.

use sha2::{Digest, Sha256};

use super::{BAG, LETTER, codes, create, issued, spoilt, verify};

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
    let ran = project
        .run(["archive", "renew", BAG, "--token", "wrong.tsr"])
        .failed(1);
    assert_eq!(codes(&ran), ["S08"]);
    assert!(!project.path(&format!("{BAG}/evidence")).exists());
    let _ran = verify(&project, BAG).clean();
    // Nothing is stamped that is not whole.
    let project = spoilt::flip(project, LETTER);
    let ran = project
        .run(["archive", "renew", BAG, "--request", "other.tsq"])
        .failed(1);
    assert_eq!(codes(&ran), ["A27"]);
}
