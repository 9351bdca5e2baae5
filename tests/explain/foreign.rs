//! `tryk explain` of files that are no PDF of ours, or are damaged, or want to do harm.

use lopdf::{Document, Object, dictionary};

use crate::{BUILT, LETTER, said_of};

#[test]
fn what_is_no_pdf_of_ours() {
    assert_eq!(said_of(b"a text", "20 %").0, ["L04"]);
    let letter = BUILT.bytes(LETTER);
    assert_eq!(said_of(&letter[..letter.len() / 2], "20 %").0, ["L04"]);
    assert_eq!(said_of(&without_attachments(), "20 %").0, ["L05"]);
    for ledger in [
        "{}",
        "not JSON",
        "{\"format\": \"tryk-ledger/999\"}",
        &"[".repeat(100_000),
    ] {
        assert_eq!(
            said_of(&with_ledger(ledger), "20 %").0,
            ["L06"],
            "{ledger:.40}"
        );
    }
}

/// A PDF of one empty page.
fn without_attachments() -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(kids));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    saved(document)
}

/// The letter with another text in the place of its ledger.
fn with_ledger(text: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&BUILT.bytes(LETTER)).unwrap();
    let mut replaced = 0;
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else {
            continue;
        };
        let kind = stream.dict.get(b"Type").and_then(Object::as_name);
        let is_file = kind.is_ok_and(|kind| kind == b"EmbeddedFile");
        let content = stream.decompressed_content();
        if is_file && content.is_ok_and(|bytes| contains(&bytes, b"\"facts\"")) {
            stream.set_plain_content(text.as_bytes().to_vec());
            replaced += 1;
        }
    }
    assert!(replaced > 0, "no ledger in the letter");
    saved(document)
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn saved(mut document: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The letter with its objects changed.
fn changed(change: impl Fn(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(&BUILT.bytes(LETTER)).unwrap();
    change(&mut document);
    saved(document)
}

#[test]
fn a_ledger_is_found_by_name_or_as_an_associated_file() {
    let without = |key: &'static [u8]| {
        changed(|document| {
            document.catalog_mut().unwrap().remove(key).unwrap();
        })
    };
    for key in [b"Names".as_slice(), b"AF"] {
        let (found, said) = said_of(&without(key), "20,5 %");
        assert_eq!(found, [""; 0]);
        assert!(said.starts_with("20,5 %  indicators/"), "{said}");
    }
}

#[test]
fn an_attachment_that_inflates_without_end_is_refused() {
    let bomb = changed(|document| {
        let objects = document.objects.values_mut();
        let streams = objects.filter_map(|one| one.as_stream_mut().ok());
        for stream in streams.filter(|one| one.dict.has_type(b"EmbeddedFile")) {
            stream.set_plain_content(vec![b' '; tryk::ledger::LIMIT + 1]);
            stream.compress().unwrap();
        }
    });
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(said_of(&bomb, "20 %").0, ["L04"]);
}

#[test]
fn what_a_foreign_ledger_says_never_steers_the_terminal() {
    let ledger = BUILT.read("out/lunden/letter.ledger.json");
    let ledger = ledger
        .replace("inputs/lunden/", "inputs/\\u001b[2Jlunden/")
        .replace("\"Utrygge: ", "\"\\u001b]0;\\u0007Utrygge: ")
        .replace("Byens ", "\\u202eBye ");
    let (_, said) = said_of(&with_ledger(&ledger), "20,5 %");
    let is_raw = |c: char| c == '\u{202e}' || (c.is_control() && c != '\n');
    assert!(!said.contains(is_raw), "{said:?}");
    assert!(
        said.contains("␛[2J") && said.contains("<U+202E>Bye"),
        "{said}"
    );
}

#[test]
fn no_bytes_break_the_reader() {
    let pdf = BUILT.bytes(LETTER);
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..400 {
        let mut bytes = pdf.clone();
        for _ in 0..=random(12) {
            let at = random(bytes.len());
            bytes[at] = u8::try_from(random(256)).unwrap();
        }
        if random(4) == 0 {
            bytes.truncate(random(pdf.len()));
        }
        let _ = tryk::ledger::read(&bytes, "a.pdf");
    }
}
