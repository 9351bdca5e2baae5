//! What a good template gives.

use serde_json::json;
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use super::{files, job, nothing, rendered};
use crate::render::world::EditionWorld;
use crate::render::{Job, evict, render};

/// The text on the pages, without white space.
fn page_text(body: &str, data: &serde_json::Value) -> String {
    let (files, data) = (files(body), data.to_string());
    let job = job(&files, data.as_bytes());
    let world = EditionWorld::new(&job).expect("the path is good");
    let document = typst::compile::<PagedDocument>(&world)
        .output
        .expect("the template is good");
    let mut text = String::new();
    document
        .pages()
        .iter()
        .for_each(|page| collect_text(&page.frame, &mut text));
    text.split_whitespace().collect()
}

fn collect_text(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect_text(&group.frame, text),
            FrameItem::Text(item) => text.push_str(&item.text),
            _ => {}
        }
    }
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes
        .windows(part.len())
        .any(|window| window == part.as_bytes())
}

#[test]
fn a_template_becomes_a_pdf_of_its_edition() {
    let rendered = rendered(
        "= Plan\n#d.name\n#datetime.today().display()",
        &json!({ "name": "Folehaven" }),
    );
    assert!(rendered.pdf.starts_with(b"%PDF-1.7"));
    assert_eq!(rendered.layout.pages, 1);
    assert_eq!(
        rendered.opened,
        ["/data.json", "/plan/main.typ", "/shared/lib.typ"]
    );
    assert!(rendered.warnings.is_empty(), "{:?}", rendered.warnings);
    assert!(holds(&rendered.pdf, "/CreationDate(D:20180612000000Z)"));
    assert!(holds(&rendered.pdf, "<pdfaid:part>3"));
    assert!(holds(&rendered.pdf, "<pdfuaid:part>1"));
    assert_eq!(
        page_text("#datetime.today().display()", &json!({})),
        "2018-06-12"
    );
}

#[test]
fn the_same_inputs_give_the_same_bytes_on_every_thread() {
    let files =
        files("= Plan\n#for i in range(40) [#d.name #i #image(\"/square.svg\", alt: \"x\") \\ ]");
    let once = || {
        render(&job(&files, br#"{"name": "Folehaven"}"#), &nothing)
            .expect("the template is good")
            .pdf
    };
    let first = once();
    let others: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(once)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    assert!(others.iter().all(|other| *other == first));
    evict();
    assert!(once() == first);
}

#[test]
fn an_edition_gets_its_own_data_only() {
    let files = files("#d.name");
    let pdf = |name: &str| {
        render(
            &job(&files, json!({ "name": name }).to_string().as_bytes()),
            &nothing,
        )
        .expect("good")
        .pdf
    };
    let (a, b) = (pdf("A"), pdf("B"));
    assert!(a != b);
    assert!(a == pdf("A"));
}

#[test]
fn data_never_become_code() {
    let texts = [
        "#panic()",
        "$x$",
        "*b*",
        "_i_",
        "[",
        "]",
        "@ref",
        "`raw`",
        "//comment",
        "/*c*/",
        "{{x}}",
        "= head",
        "\n= head",
        "- item",
        "+ one",
        "1. one",
        "/ term: x",
        "<label>",
        "\\u{41}",
        "~",
        "--",
        "...",
        "'q'",
        "\"q\"",
        "#{1+1}",
        "https://a.dk",
        "#let x = 1",
    ];
    let data = json!({ "texts": texts.map(|text| json!({ "fact": "f", "text": text })) });
    let body = "#for x in d.texts [#fact(x)\n\n]";
    let expected: String = texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .collect();
    assert_eq!(page_text(body, &data), expected);
    let printed: Vec<_> = rendered(body, &data)
        .layout
        .printed
        .into_iter()
        .map(|fact| fact.text)
        .collect();
    assert_eq!(printed, texts);
}

#[test]
fn printed_facts_come_in_order_with_their_pages() {
    let data =
        json!({ "a": { "fact": "x/a", "text": "20 %" }, "b": { "fact": "x/b", "text": "19" } });
    let body = "#set page(margin: 2cm)\n#fact(d.a)\n#pagebreak()\nog #fact(d.b, form: \"words\") #fact(d.a)";
    let printed = rendered(body, &data).layout.printed;
    let seen: Vec<_> = printed
        .iter()
        .map(|fact| {
            (
                fact.id.as_str(),
                fact.text.as_str(),
                fact.form.as_deref(),
                fact.page,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("x/a", "20 %", None, 1),
            ("x/b", "19", Some("words"), 2),
            ("x/a", "20 %", None, 2)
        ]
    );
    assert_eq!(printed[0].rect.x0, 56.69);
    assert!(printed[1].rect.x0 < printed[2].rect.x0);
    assert!(
        printed
            .iter()
            .all(|fact| fact.rect.y0 > 50.0 && fact.rect.y1 < 80.0),
        "{printed:?}"
    );
}

#[test]
fn facts_in_repeated_headers_and_outlines_are_printed_as_often() {
    let data = json!({ "a": { "fact": "x/a", "text": "2018" } });
    let outline = "#outline()\n#pagebreak()\n= Plan #fact(d.a)";
    let table = "#table(table.header[#fact(d.a)], ..range(30).map(str))";
    let pages = |body| -> Vec<_> {
        let printed = rendered(body, &data).layout.printed;
        printed.into_iter().map(|fact| fact.page).collect()
    };
    assert_eq!(pages(outline), [1, 2]);
    assert_eq!(pages(table), [1, 2, 3]);
}

#[test]
fn pieces_know_the_block_they_stand_in() {
    let body = "One #emph[line].\n\nTwo.\n\n#table(columns: 2, [a], [b], [c], [d])";
    let pieces = rendered(body, &json!({})).layout.pieces;
    let block = |text: &str| {
        let mut pieces = pieces.iter();
        pieces
            .find(|piece| piece.text.contains(text))
            .expect("it is set")
            .block
    };
    assert_eq!(block("One"), block("line"));
    assert_ne!(block("One").text, block("Two").text);
    assert_eq!(block("One").row, None);
    assert_eq!(block("a").row, block("b").row);
    assert_ne!(block("a").cell, block("b").cell);
    assert!(block("c").row.is_some() && block("c").row != block("a").row);
}

#[test]
fn a_cell_that_goes_on_overleaf_keeps_its_row() {
    let body = "#set page(height: 4cm, margin: 1cm)\n#table(columns: 2, [key], [#for i in range(9) [w#i #parbreak()]])";
    let pieces = rendered(body, &json!({})).layout.pieces;
    let rows: Vec<_> = pieces.iter().map(|piece| piece.block.row).collect();
    assert!(pieces.last().is_some_and(|piece| piece.page > 1));
    assert!(
        rows[0].is_some() && rows.iter().all(|row| *row == rows[0]),
        "{rows:?}"
    );
}

#[test]
fn the_document_id_follows_the_ident_not_the_content() {
    let files = files("#d");
    let id = |ident: &str, data: &[u8]| {
        let pdf = render(
            &Job {
                ident,
                ..job(&files, data)
            },
            &nothing,
        )
        .expect("the template is good")
        .pdf;
        let text = String::from_utf8_lossy(&pdf).into_owned();
        let (_, ids) = text.rsplit_once("/ID[(").expect("has an id");
        ids.split_once(")(").expect("has two").0.to_owned()
    };
    assert_eq!(id("plan/2018", b"1"), id("plan/2018", b"2"));
    assert!(id("plan/2018", b"1") != id("plan/2019", b"1"));
}
