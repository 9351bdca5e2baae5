//! What is expected of a file changes what is said about it: records, foreign files, counterparts.

use crate::attacks::Ground;
use crate::cms::Cms;
use crate::pdf;
use crate::pki::{PARTIES, Pki};
use tryk::sign::verify::{
    Base, BaseVerdict, Expectation, Expected, Level, Proof, Settings, Trust, Verdict, Word,
    counterparts, verify,
};

fn trust(pki: &Pki) -> Trust {
    let mut trust = Trust::none();
    trust.add(&pki.root.certificate).unwrap();
    trust
}

fn expected() -> Vec<Expected> {
    let all = PARTIES.map(|(field, organisation)| Expected {
        field: field.into(),
        name: None,
        organisation: organisation.into(),
        certificate_names: Vec::new(),
    });
    all.to_vec()
}

fn with(ground: &Ground, bytes: &[u8], expectation: &Expectation<'_>) -> Verdict {
    let trust = trust(&ground.pki);
    let settings = Settings {
        trust: &trust,
        now: None,
    };
    verify(bytes, expectation, &settings)
}

#[test]
fn a_signature_that_is_on_record_and_gone_is_rolled_back() {
    let ground = Ground::new();
    let expectation = Expectation {
        base: Base::Bytes(&ground.base),
        signers: Some(expected()),
        recorded: vec!["sign_a".into(), "sign_b".into()],
        is_counterpart: false,
    };
    let verdict = with(&ground, &ground.half, &expectation);
    assert_eq!(verdict.word, Word::RolledBack);
    assert_eq!(verdict.missing, ["sign_b"]);
    assert!(with(&ground, &ground.done, &expectation).is_complete());
}

#[test]
fn without_the_document_a_file_is_authentic_at_best() {
    let ground = Ground::new();
    let expectation = Expectation {
        signers: Some(expected()),
        ..Expectation::none()
    };
    let verdict = with(&ground, &ground.done, &expectation);
    assert_eq!(
        (verdict.word, verdict.level),
        (Word::Authentic, Level::Passed)
    );
    let foreign = with(&ground, &ground.done, &Expectation::none());
    assert_eq!(foreign.word, Word::Authentic);
    assert_eq!(foreign.signatures.len(), 2);
    let none = with(&ground, &ground.base, &Expectation::none());
    assert_eq!(none.word, Word::Unsigned);
}

#[test]
fn what_is_unknown_in_a_foreign_file_is_indeterminate() {
    let ground = Ground::new();
    let note = pdf::revision(&ground.done, &[(pdf::CONTENT, pdf::stream("", b"BT ET"))]);
    let verdict = with(&ground, &note, &Expectation::none());
    assert_eq!(
        (verdict.word, verdict.level),
        (Word::Indeterminate, Level::Indeterminate)
    );
    let places: Vec<_> = verdict
        .reasons
        .iter()
        .filter_map(|one| one.place.as_deref())
        .collect();
    assert_eq!(places, ["object 4, page 1"]);
}

#[test]
fn without_an_anchor_nothing_is_proven() {
    let ground = Ground::new();
    let trust = Trust::none();
    let settings = Settings {
        trust: &trust,
        now: None,
    };
    let verdict = verify(&ground.done, &Expectation::none(), &settings);
    assert_eq!(verdict.word, Word::Indeterminate);
}

#[test]
fn a_time_stamp_is_told_but_proves_nothing_without_an_anchor() {
    let ground = Ground::new();
    let open = pdf::signing(0).open(&ground.base);
    let stamped = Cms::over(&ground.pki, &ground.pki.first, &open.covered());
    let stamped = stamped.stamped(&ground.pki, "20180621120000Z").der();
    let trust = Trust::none();
    let settings = Settings {
        trust: &trust,
        now: None,
    };
    let verdict = verify(&open.fill(&stamped), &Expectation::none(), &settings);
    let signature = &verdict.signatures[0];
    let told = signature.told().map(|time| time.at.as_str());
    assert_eq!(told, Some("2018-06-21T12:00:00Z"));
    let time = signature.time.as_ref().map(|time| time.proof);
    assert_eq!(time, Some(Proof::Claimed));
    assert_eq!(verdict.word, Word::Indeterminate);
    assert_eq!(signature.hopeless().count(), 0);
}

#[test]
fn the_document_is_known_by_its_digest_too() {
    use sha2::Digest;
    let ground = Ground::new();
    let digest: String = sha2::Sha256::digest(&ground.base)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let expectation = Expectation {
        base: Base::Sha256(&digest),
        signers: Some(expected()),
        ..Expectation::none()
    };
    let verdict = with(&ground, &ground.done, &expectation);
    assert_eq!(verdict.base, BaseVerdict::Same);
    assert!(verdict.is_complete());
    let other = digest.replace(
        &digest[..1],
        if digest.starts_with('0') { "1" } else { "0" },
    );
    let expectation = Expectation {
        base: Base::Sha256(&other),
        ..expectation
    };
    assert_eq!(
        with(&ground, &ground.done, &expectation).word,
        Word::Changed
    );
}

/// A copy that one party signed, in the first field.
fn copy(ground: &Ground, who: &crate::pki::Identity) -> Vec<u8> {
    let open = pdf::signing(0).open(&ground.base);
    open.fill(&Cms::over(&ground.pki, who, &open.covered()).der())
}

#[test]
fn counterparts_are_complete_when_everybody_signed_one_of_the_same_document() {
    let ground = Ground::new();
    let trust = trust(&ground.pki);
    let settings = Settings {
        trust: &trust,
        now: None,
    };
    let (a, b) = (
        copy(&ground, &ground.pki.first),
        copy(&ground, &ground.pki.second),
    );
    let base = Base::Bytes(&ground.base);
    let signers = expected();
    let judge = |files: &[&[u8]], base| counterparts(files, base, Some(&signers), &settings);
    let both = judge(&[&a, &b], base);
    assert_eq!(both.word, Word::Complete, "{both:#?}");
    let parties: Vec<_> = both
        .copies
        .iter()
        .filter_map(|one| one.party.as_deref())
        .collect();
    assert_eq!(parties, ["sign_a", "sign_b"]);

    assert_eq!(judge(&[&a], base).word, Word::Incomplete);
    assert_eq!(judge(&[&a, &a], base).missing, ["sign_b"]);
    assert_ne!(judge(&[&a, &a], base).level, Level::Passed);
    assert_eq!(judge(&[&a, &ground.done], base).word, Word::Invalid);
    assert_eq!(judge(&[&a, &ground.base], base).word, Word::Invalid);
    assert_eq!(judge(&[&a, &b], Base::Unknown).word, Word::Authentic);

    let mut objects = pdf::objects();
    objects[13].1 = b"<</Title(Other)>>".to_vec();
    let other = pdf::signing(0).open(&pdf::build(&objects));
    let other = other.fill(&Cms::over(&ground.pki, &ground.pki.second, &other.covered()).der());
    assert_eq!(judge(&[&a, &other], Base::Unknown).word, Word::Changed);
    assert_eq!(judge(&[&a, &other], base).word, Word::Changed);
}
