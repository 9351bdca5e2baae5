//! The promises of this room, on templates of a few lines.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::json;
use typst::layout::{Frame, FrameItem};

use super::*;
use crate::diagnostic::Severity;

const MAIN: &str = "/plan/main.typ";

/// What every test template imports on its first line, so that its own text starts on line 2.
const SHARED: &str = r#"
#let d = json("/data.json")
#let setup(body) = {
  set document(title: "Tryghedsplan")
  set page(width: 90cm, height: 10cm)
  set text(lang: "da", region: "DK", font: "Noto Sans", fallback: false)
  body
}
#let fact(x, form: none) = [#metadata((fact: x.fact, text: x.text, form: form))<fact>#x.text]
"#;
const IMPORT: &str = "#import \"/shared/lib.typ\": *; #show: setup\n";
const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#123"/></svg>"##;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    Fonts::new(&TemplateFiles::new(BTreeMap::new()))
        .ok()
        .expect("bundled fonts are good")
});

fn files(body: &str) -> TemplateFiles {
    let files = [
        (MAIN, format!("{IMPORT}{body}")),
        ("/shared/lib.typ", SHARED.into()),
        ("/square.svg", SQUARE.into()),
    ];
    TemplateFiles::new(
        files
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text.into_bytes()))
            .collect(),
    )
}

fn job<'a>(files: &'a TemplateFiles, data: &'a [u8]) -> Job<'a> {
    Job {
        files,
        fonts: &FONTS,
        main: MAIN,
        data,
        ident: "folehaven/plan/2018",
        date: NaiveDate::from_ymd_opt(2018, 6, 12).expect("a day"),
        generator: "tryk",
    }
}

fn try_render(body: &str, data: &serde_json::Value) -> Result<Rendered, Findings> {
    render(&job(&files(body), data.to_string().as_bytes()))
}

fn rendered(body: &str, data: &serde_json::Value) -> Rendered {
    try_render(body, data).expect("the template is good")
}

/// The only finding of a template that cannot be rendered.
fn refused(body: &str) -> Finding {
    let findings = try_render(body, &json!({})).expect_err("the template is refused");
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.into_iter().next().expect("there is one")
}

fn place(finding: &Finding) -> String {
    finding
        .primary
        .as_ref()
        .map(|label| label.place.to_string())
        .unwrap_or_default()
}

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
    assert_eq!(rendered.pages, 1);
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
        render(&job(&files, br#"{"name": "Folehaven"}"#))
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
        render(&job(&files, json!({ "name": name }).to_string().as_bytes()))
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
        .printed
        .into_iter()
        .map(|fact| fact.text)
        .collect();
    assert_eq!(printed, texts);
    for code in ["#include \"/data.json\"", "#import \"/data.json\": x"] {
        assert_eq!(refused(code).message, "not a Typst source file");
    }
}

#[test]
fn a_fault_has_its_place_and_its_trace() {
    let finding = refused("#let f(x) = x + unknown\nå #f(1)");
    assert_eq!(
        (finding.code, finding.message.as_str()),
        (codes::TYPST_ERROR, "unknown variable: unknown")
    );
    assert_eq!(place(&finding), "templates/plan/main.typ:2:17");
    let traced = &finding.secondary[0];
    assert_eq!(
        (traced.place.to_string().as_str(), traced.text.as_str()),
        ("templates/plan/main.typ:3:4", "`f` called from here")
    );
}

#[test]
fn a_fault_in_the_data_has_its_place() {
    let findings = render(&job(&files("#d"), b"{\n  \"a\": nul }")).expect_err("no JSON");
    let finding = findings.iter().next().expect("there is one");
    assert_eq!(place(finding), "data.json:2:11");
}

#[test]
fn nothing_outside_the_templates_is_opened() {
    let finding = refused("#import \"@preview/x:1.0.0\"");
    assert!(
        finding
            .message
            .contains("@preview/x:1.0.0: templates import no packages"),
        "{finding:?}"
    );
    assert_eq!(place(&finding), "templates/plan/main.typ:2:9");
    for path in ["../../etc/passwd", "../main.rs/../../x"] {
        let finding = refused(&format!("#read(\"{path}\")"));
        assert!(finding.message.contains("escape"), "{finding:?}");
    }
    let finding = refused("#read(\"/etc/passwd\")");
    assert_eq!(
        finding.message,
        "file not found (searched at templates/etc/passwd)"
    );
}

#[test]
fn an_unknown_template_is_a_finding() {
    let files = files("");
    for main in ["/nowhere/main.typ", "/../main.typ"] {
        let findings = render(&Job {
            main,
            ..job(&files, b"{}")
        })
        .expect_err("there is no such template");
        assert_eq!(
            findings.iter().next().map(|finding| finding.code),
            Some(codes::TYPST_ERROR)
        );
    }
}

#[test]
fn warnings_are_findings_beside_the_pdf() {
    let font = rendered("#text(font: \"Nosuch\", fallback: true)[a]", &json!({})).warnings;
    let unsettled = rendered(
        "#let s = state(\"s\", 0)\n#context s.update(s.final() + 1)",
        &json!({}),
    )
    .warnings;
    for (warnings, words) in [
        (font, "unknown font family: nosuch"),
        (unsettled, "did not converge"),
    ] {
        let warning = warnings
            .iter()
            .find(|warning| warning.message.contains(words))
            .expect(words);
        assert_eq!(
            (warning.code, warning.severity),
            (codes::TYPST_WARNING, Severity::Warning)
        );
        assert!(
            place(warning).starts_with("templates/plan/main.typ:"),
            "{warning:?}"
        );
    }
}

#[test]
fn what_the_standards_forbid_is_a_finding() {
    let finding = refused("x\n#image(\"/square.svg\")");
    assert_eq!(finding.code, codes::PDF_STANDARD);
    assert!(finding.message.contains("missing alt text"), "{finding:?}");
    assert_eq!(place(&finding), "templates/plan/main.typ:3:2");
    let untitled = refused("#set document(title: none)\nx");
    assert_eq!(place(&untitled), "templates/plan/main.typ:1:1");
}

#[test]
fn a_missing_character_is_named_with_its_place_in_the_data() {
    let data = json!({ "goals": [{ "name": "Tryg" }, { "name": "Et \u{6f22} her" }] });
    let findings =
        try_render("#for goal in d.goals [#goal.name ]", &data).expect_err("no such character");
    let finding = findings.iter().next().expect("there is one");
    assert_eq!(finding.code, codes::MISSING_GLYPH);
    assert_eq!(
        finding.message,
        "font Noto Sans has no character “漢” (U+6F22)"
    );
    assert_eq!(
        finding.hints[0],
        "it stands in the data at /goals/1/name: “Et 漢 her”"
    );
    assert!(
        place(finding).starts_with("templates/plan/main.typ:2:"),
        "{finding:?}"
    );
    let typed = refused("#\"\\u{E000}\"");
    assert!(typed.message.contains("U+E000"), "{typed:?}");
}

#[test]
fn printed_facts_come_in_order_with_their_pages() {
    let data =
        json!({ "a": { "fact": "x/a", "text": "20 %" }, "b": { "fact": "x/b", "text": "19" } });
    let body = "#set page(margin: 2cm)\n#fact(d.a)\n#pagebreak()\nog #fact(d.b, form: \"words\") #fact(d.a)";
    let printed = rendered(body, &data).printed;
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
    assert_eq!(printed[0].x_pt, 56.69);
    assert!(printed[1].x_pt < printed[2].x_pt);
    assert!(
        printed
            .iter()
            .all(|fact| fact.y_pt > 56.0 && fact.y_pt < 75.0),
        "{printed:?}"
    );
}

#[test]
fn a_fact_label_must_bear_a_fact() {
    let finding = refused("#metadata(\"x\")<fact>");
    assert_eq!(
        (finding.code, place(&finding).as_str()),
        (codes::FACT_LABEL, "templates/plan/main.typ:2:2")
    );
    assert_eq!(
        refused("#metadata((fact: \"x\"))<fact>").code,
        codes::FACT_LABEL
    );
}

#[test]
fn a_breakdown_of_the_engine_is_a_finding() {
    let findings = guarded::<()>(MAIN, || std::panic::panic_any("lost".to_owned()))
        .expect_err("it broke down");
    let finding = findings.iter().next().expect("there is one");
    assert_eq!(finding.code, codes::ENGINE_PANIC);
    assert_eq!(
        finding.message,
        "the engine broke down on templates/plan/main.typ: lost"
    );
}

#[test]
fn codes_are_unique() {
    let ids: std::collections::BTreeSet<_> = codes::ALL.iter().map(|code| code.id).collect();
    assert_eq!(ids.len(), codes::ALL.len());
}
