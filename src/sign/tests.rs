//! Signing from end to end on a small PDF, with the test keys of `tests/pki`.

use chrono::{NaiveDate, NaiveDateTime};
use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, Stream, dictionary, text_string};
use zeroize::Zeroizing;

use super::append::{Base, Claim};
use super::cms::{certificate, foreign};
use super::field::{self, SENTINEL};
use super::job::{self, Job};
use super::key::{self, Identity};
use super::phases::{Prepared, may_sign};
use super::returned;
use crate::diagnostic::Finding;

const RSA: (&[u8], &[u8]) = (
    include_bytes!("../../tests/pki/rsa.key"),
    include_bytes!("../../tests/pki/rsa.pem"),
);
const P256: (&[u8], &[u8]) = (
    include_bytes!("../../tests/pki/p256.key"),
    include_bytes!("../../tests/pki/p256.pem"),
);
const P384: (&[u8], &[u8]) = (
    include_bytes!("../../tests/pki/p384.key"),
    include_bytes!("../../tests/pki/p384.pem"),
);
const SEAL: &[u8] = include_bytes!("../../tests/pki/seal.p12");
const ROOT: &[u8] = include_bytes!("../../tests/pki/root.pem");

fn secret() -> Zeroizing<String> {
    Zeroizing::new("test".to_owned())
}

fn identity((key, own): (&[u8], &[u8])) -> Identity {
    let key = key::pem(key, Some(&secret()), "key").expect("a key");
    let mut known = certificate::read(own, "certificate").expect("a certificate");
    known.extend(certificate::read(ROOT, "root").expect("the root"));
    Identity::of(key, &known).expect("they belong together")
}

fn noon() -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2018, 6, 12).and_then(|day| day.and_hms_opt(12, 0, 0));
    day.expect("a time")
}

fn claim() -> Claim {
    Claim {
        name: "Test signer".to_owned(),
        time: noon(),
    }
}

/// A page with links that stand for fields, and elements for them.
fn linked(names: &[&str], kind: XrefType) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    document.reference_table.cross_reference_type = kind;
    let pages = document.new_object_id();
    let page = document.new_object_id();
    let (mut annotations, mut elements) = (Vec::<Object>::new(), Vec::<Object>::new());
    for (at, name) in names.iter().enumerate() {
        let address = format!("{SENTINEL}{name}:Underskrift på {name}");
        let at = i64::try_from(at).expect("few");
        let annotation = document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "Link", "StructParent" => at,
            "Rect" => vec![10.into(), (100 * at).into(), 110.into(), (100 * at + 50).into()],
            "Contents" => text_string(&address),
            "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(address) },
        });
        let element = document.add_object(dictionary! {
            "S" => "Link",
            "K" => vec![dictionary! { "Type" => "OBJR", "Obj" => annotation, "Pg" => page }.into()],
        });
        annotations.push(annotation.into());
        elements.push(at.into());
        elements.push(element.into());
    }
    let content = document.add_object(Stream::new(Dictionary::new(), b"q Q".to_vec()));
    document.objects.insert(
        page,
        dictionary! {
            "Type" => "Page", "Parent" => pages, "Annots" => annotations, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        }
        .into(),
    );
    document.objects.insert(
        pages,
        dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into(),
    );
    let tree = dictionary! { "ParentTree" => dictionary! { "Nums" => elements } };
    let catalog = document.add_object(
        dictionary! { "Type" => "Catalog", "Pages" => pages, "StructTreeRoot" => tree },
    );
    document.trailer.set("Root", catalog);
    saved(document)
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saved");
    bytes
}

fn fielded() -> Vec<u8> {
    let made = field::make(&linked(&["a", "b"], XrefType::CrossReferenceTable));
    made.expect("made").expect("fields")
}

fn base(pdf: &[u8]) -> Base {
    Base::read(pdf.to_vec(), "the base").expect("a base")
}

fn local(pdf: &[u8], field: &str, who: (&[u8], &[u8]), seen: Option<&[u8]>) -> Vec<u8> {
    let identity = identity(who);
    let prepared = Prepared::new(&base(pdf), field, &claim(), seen).expect("prepared");
    let awaiting = prepared.for_signer(identity.chain).expect("awaiting");
    let value = identity.signer.sign(awaiting.to_sign()).expect("a value");
    let sealed = awaiting.sealed(&value).expect("sealed");
    sealed.signed().expect("signed").pdf
}

fn signed(pdf: &[u8]) -> Vec<String> {
    let fields = field::list(pdf, "it").expect("readable").into_iter();
    fields
        .filter(|one| one.signed)
        .map(|one| one.name)
        .collect()
}

fn code<T>(result: Result<T, Box<Finding>>) -> &'static str {
    result.err().expect("a refusal").code.id
}

#[test]
fn links_become_labelled_fields_and_the_same_bytes_give_the_same() {
    let pdf = fielded();
    assert_eq!(pdf, fielded());
    let fields = field::list(&pdf, "it").expect("readable");
    let told: Vec<(&str, &str)> = fields
        .iter()
        .map(|one| (one.name.as_str(), one.label.as_str()))
        .collect();
    assert_eq!(told, [("a", "Underskrift på a"), ("b", "Underskrift på b")]);
    for field in &fields {
        assert_eq!((field.page, field.size()), (1, (100.0, 50.0)));
        assert!(!field.signed);
    }
    assert!(
        field::make(&pdf).expect("readable").is_none(),
        "no link is left"
    );
}

#[test]
fn fields_that_share_a_name_are_refused() {
    let faults = field::make(&linked(&["a", "a"], XrefType::CrossReferenceTable));
    let faults = faults.expect_err("refused");
    assert_eq!(
        faults.iter().map(|one| one.code.id).collect::<Vec<_>>(),
        ["S02"]
    );
}

#[test]
fn every_kind_of_key_signs_and_earlier_bytes_stay() {
    let first = fielded();
    let second = local(&first, "a", RSA, None);
    let third = local(&second, "b", P256, None);
    assert!(second.starts_with(&first) && third.starts_with(&second));
    assert_eq!(signed(&third), ["a", "b"]);
    assert_eq!(signed(&local(&first, "b", P384, None)), ["b"]);
    assert_eq!(code(base(&third).empty_field("a")), "S04");
    assert_eq!(code(base(&third).empty_field("c")), "S03");
}

#[test]
fn a_revision_overrides_the_widget_alone() {
    let first = fielded();
    let second = local(&first, "a", P256, None);
    let (old, new) = (base(&first), base(&second));
    let changed: Vec<_> = old
        .document
        .objects
        .iter()
        .filter(|(id, object)| new.document.objects.get(id) != Some(*object))
        .map(|(id, _)| *id)
        .collect();
    assert_eq!(changed, [old.empty_field("a").expect("empty").widget]);
}

#[test]
fn a_file_with_cross_reference_streams_gets_another() {
    let made = field::make(&linked(&["a"], XrefType::CrossReferenceStream));
    let first = made.expect("made").expect("fields");
    let second = local(&first, "a", P256, None);
    assert_eq!(signed(&second), ["a"]);
    let tail = second.get(first.len()..).expect("longer");
    assert!(!tail.windows(7).any(|window| window == b"trailer"));
}

#[test]
fn a_key_store_and_its_pass_phrase() {
    let seal = key::pkcs12(SEAL, &secret(), "seal.p12").expect("opened");
    assert_eq!(seal.chain.len(), 2);
    let wrong = Zeroizing::new("other".to_owned());
    assert_eq!(code(key::pkcs12(SEAL, &wrong, "seal.p12")), "S05");
    assert_eq!(code(key::pem(P384.0, Some(&wrong), "p384.key")), "S05");
    assert!(key::is_encrypted(P384.0) && !key::is_encrypted(P256.0));
    let foreign = certificate::read(RSA.1, "rsa.pem").expect("a certificate");
    let key = key::pem(P256.0, None, "p256.key").expect("a key");
    assert_eq!(code(Identity::of(key, &foreign)), "S05");
}

#[test]
fn a_certificate_that_is_not_yet_valid_does_not_sign() {
    let signer = identity(RSA).chain.remove(0);
    assert!(may_sign(&signer, noon()).is_ok());
    let before = NaiveDate::from_ymd_opt(2017, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
    assert_eq!(code(may_sign(&signer, before.expect("a time"))), "S05");
}

#[test]
fn a_job_that_was_laid_aside_gives_the_same_bytes() {
    let pdf = fielded();
    let who = identity(P256);
    let prepared = Prepared::new(&base(&pdf), "a", &claim(), None).expect("prepared");
    let files = Job::files(None, "a", &pdf, prepared, who.chain).expect("files");
    let file = |name: &str| {
        let mut all = files.iter();
        all.find(|(one, _)| *one == name)
            .expect("it is there")
            .1
            .clone()
    };
    let job = Job::read(&file(job::DESCRIPTION)).expect("a job");
    let value = who.signer.sign(&file(job::ATTRIBUTES)).expect("a value");
    let resumed = job.resume(file(job::PDF)).expect("resumed");
    let awaiting = job.await_value(resumed).expect("awaiting");
    let sealed = awaiting.sealed(&value).expect("sealed");
    assert_eq!(
        sealed.signed().expect("signed").pdf,
        local(&pdf, "a", P256, None)
    );

    let mut changed = file(job::PDF);
    if let Some(byte) = changed.get_mut(100) {
        *byte ^= 1;
    }
    assert_eq!(code(job.resume(changed)), "S09");
    let resumed = job.resume(file(job::PDF)).expect("resumed");
    let other = identity(RSA)
        .signer
        .sign(&file(job::ATTRIBUTES))
        .expect("a value");
    assert_eq!(
        code(job.await_value(resumed).expect("awaiting").sealed(&other)),
        "S06"
    );
}

#[test]
fn bare_numbers_of_a_token_are_taken() {
    let (pdf, who) = (fielded(), identity(P256));
    let prepared = Prepared::new(&base(&pdf), "a", &claim(), None).expect("prepared");
    let awaiting = prepared.for_signer(who.chain).expect("awaiting");
    let value = who.signer.sign(awaiting.to_sign()).expect("a value");
    let bare = p256::ecdsa::Signature::from_der(&value)
        .expect("DER")
        .to_bytes();
    let sealed = awaiting.sealed(&bare).expect("sealed");
    assert_eq!(
        sealed.signed().expect("signed").pdf,
        local(&pdf, "a", P256, None)
    );
}

#[test]
fn a_whole_message_is_taken_only_over_these_bytes() {
    let (pdf, who) = (fielded(), identity(RSA));
    let prepare = |field| Prepared::new(&base(&pdf), field, &claim(), None).expect("prepared");
    let message = |content: Prepared| {
        let signed = content.signed_bytes();
        let who = identity(RSA);
        let awaiting = content.for_signer(who.chain).expect("awaiting");
        let value = who.signer.sign(awaiting.to_sign()).expect("a value");
        (
            awaiting
                .sealed(&value)
                .expect("sealed")
                .message()
                .expect("a message"),
            signed,
        )
    };
    let (good, content) = message(prepare("a"));
    assert!(foreign::judge(&good, &content, who.chain.first()).is_ok());
    let (sealed, warnings) = prepare("a").attach(&good, None).expect("attached");
    assert!(warnings.is_empty());
    assert_eq!(signed(&sealed.signed().expect("signed").pdf), ["a"]);
    let codes = |found: Result<_, crate::diagnostic::Findings>| {
        let found = found.err().expect("refused");
        found
            .iter()
            .map(|one: &Finding| one.code.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes(prepare("b").attach(&good, None)),
        ["S07"],
        "another field"
    );
    let other = identity(P256).chain.remove(0);
    assert_eq!(
        codes(prepare("a").attach(&good, Some(&other))),
        ["S07"],
        "another signer"
    );
    assert_eq!(codes(prepare("a").attach(b"no message", None)), ["S07"]);
}

#[test]
fn an_appearance_comes_with_what_it_needs() {
    let mut page = Document::load_mem(&linked(&[], XrefType::CrossReferenceTable)).expect("a PDF");
    let font = page.add_object(dictionary! { "Type" => "Font", "BaseFont" => "Little" });
    let id = page.page_iter().next().expect("a page");
    let dictionary = page.get_dictionary_mut(id).expect("a dictionary");
    dictionary.set("MediaBox", vec![0.into(), 0.into(), 100.into(), 50.into()]);
    dictionary.set(
        "Resources",
        dictionary! { "Font" => dictionary! { "F0" => font } },
    );
    let seen = saved(page);
    let pdf = local(&fielded(), "a", P256, Some(&seen));
    let document = Document::load_mem(&pdf).expect("readable");
    let fonts = document
        .objects
        .values()
        .filter_map(|one| one.as_dict().ok());
    let little = fonts.filter(|one| one.get(b"BaseFont").is_ok());
    assert_eq!(little.count(), 1);
    let large = linked(&[], XrefType::CrossReferenceTable);
    let refused = Prepared::new(&base(&fielded()), "a", &claim(), Some(&large));
    assert_eq!(code(refused), "S11");
}

#[test]
fn a_returned_document_is_taken_only_with_one_signature_more() {
    let pdf = fielded();
    let one = local(&pdf, "a", RSA, None);
    let two = local(&one, "b", RSA, None);
    let judge = |sent: &[u8], back: &[u8], field| {
        returned::judge(sent, back, field)
            .map(|found| found.field)
            .map_err(|found| {
                found
                    .iter()
                    .map(|one| one.message.clone())
                    .collect::<String>()
            })
    };
    assert_eq!(judge(&pdf, &one, None), Ok("a".to_owned()));
    assert_eq!(judge(&one, &two, Some("b")), Ok("b".to_owned()));
    assert!(judge(&pdf, &one, Some("b")).is_err(), "another field");
    assert!(judge(&pdf, &two, None).is_err(), "two signatures");
    assert!(judge(&two, &one, None).is_err(), "an earlier state");
    let anew = saved(Document::load_mem(&one).expect("readable"));
    let refusal = judge(&pdf, &anew, None).expect_err("refused");
    assert!(
        refusal.contains("does not begin with the bytes"),
        "{refusal}"
    );
}

#[test]
fn damaged_files_are_refused() {
    let pdf = fielded();
    let after = [pdf.as_slice(), b"more"].concat();
    assert_eq!(code(Base::read(after, "it")), "S01");
    for length in (0..pdf.len()).step_by(101) {
        let cut = pdf.get(..length).unwrap_or_default().to_vec();
        assert_eq!(code(Base::read(cut, "it")), "S01");
    }
}
