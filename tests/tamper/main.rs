//! A small signed document, attacked in every way that is known: `tryk verify` calls none of the results complete.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test may stop where it fails"
)]

mod attacks;
mod bombs;
mod cms;
mod der;
mod flips;
mod malformed;
mod others;
mod pdf;
mod pki;
mod table;

use cms::Cms;
use pki::{Identity, PARTIES, Pki};
use tryk::sign::verify::{Base, Expectation, Expected, Settings, Trust, Verdict, Word, verify};

/// 2026-01-01, in seconds since 1970.
const NOW: u64 = 1_767_225_600;

/// What the register says: both parties must sign the small document.
pub fn judged(bytes: &[u8], pki: &Pki) -> Verdict {
    judged_for(bytes, pki, PARTIES.len())
}

/// The same, when only the first parties must sign.
pub fn judged_for(bytes: &[u8], pki: &Pki, parties: usize) -> Verdict {
    let mut trust = Trust::none();
    trust.add(&pki.root.certificate).unwrap();
    let base = pdf::document();
    let expected = PARTIES.map(|(field, organisation)| Expected {
        field: field.into(),
        name: None,
        organisation: organisation.into(),
        certificate_names: Vec::new(),
    });
    let expectation = Expectation {
        base: Base::Bytes(&base),
        signers: Some(expected[..parties].to_vec()),
        ..Expectation::none()
    };
    let settings = Settings {
        trust: &trust,
        now: Some(NOW),
    };
    verify(bytes, &expectation, &settings)
}

/// A signature by a party, honest.
pub fn signed(pki: &Pki, before: &[u8], party: usize, who: &Identity) -> Vec<u8> {
    let open = pdf::signing(party).open(before);
    open.fill(&Cms::over(pki, who, &open.covered()).der())
}

/// The document signed by both.
pub fn complete(pki: &Pki) -> Vec<u8> {
    let first = signed(pki, &pdf::document(), 0, &pki.first);
    signed(pki, &first, 1, &pki.second)
}

#[test]
fn an_honest_document_is_complete() {
    let pki = Pki::new();
    let verdict = judged(&complete(&pki), &pki);
    assert_eq!(verdict.word, Word::Complete, "{verdict:#?}");
    assert!(verdict.is_complete());
}

#[test]
fn no_attack_is_called_complete() {
    let ground = attacks::Ground::new();
    let all = attacks::all(&ground);
    let mut wrong = Vec::new();
    for attack in &all {
        let verdict = judged(&attack.bytes, &ground.pki);
        assert!(!verdict.is_complete(), "{} is called complete", attack.name);
        if verdict.word != attack.word {
            let reasons: Vec<_> = verdict
                .all_reasons()
                .map(|one| (one.kind.code, &one.text))
                .collect();
            wrong.push(format!(
                "{}: {:?}, not {:?}: {reasons:?}",
                attack.name, verdict.word, attack.word
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let names: std::collections::BTreeSet<&str> = all.iter().map(|one| one.name).collect();
    assert_eq!(names.len(), all.len());
    assert!(all.len() >= 40);
}

/// What a signature may look like besides: stamped, RSA, with the time in the message.
#[test]
fn honest_variants_are_complete() {
    let pki = Pki::new();
    let half = signed(&pki, &pdf::document(), 0, &pki.first);
    let open = pdf::signing(1).open(&half);
    let honest = Cms::over(&pki, &pki.second, &open.covered());
    let rsa = pki.person(
        &pki::Request::person(9, "B. Beta", "Beta Politi"),
        &pki::Key::rsa(include_str!("rsa.key")),
    );
    let mut rooted = honest.clone();
    rooted.certificates.push(pki.root.certificate.clone());
    for message in [
        honest.stamped(&pki, "20180620100000Z"),
        Cms::over(&pki, &rsa, &open.covered()),
        rooted,
    ] {
        let verdict = judged(&open.fill(&message.der()), &pki);
        assert!(verdict.is_complete(), "{verdict:#?}");
    }
}
