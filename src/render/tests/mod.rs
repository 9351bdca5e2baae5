//! The promises of this room, on templates of a few lines.

mod pages;
mod refusals;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::{Attachment, Fonts, Job, Layout, Rendered, TemplateFiles, render};
use crate::diagnostic::Findings;

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
#let fact(x, form: none) = [#metadata((fact: x.fact, text: x.text, form: form))<fact>#x.text#metadata(none)<fact-end>]
"#;
const IMPORT: &str = "#import \"/shared/lib.typ\": *; #show: setup\n";
const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#123"/></svg>"##;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    Fonts::new(&TemplateFiles::new(BTreeMap::new())).expect("bundled fonts are good")
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

fn nothing(_: &Layout) -> Result<Vec<Attachment>, Findings> {
    Ok(Vec::new())
}

fn try_render(body: &str, data: &serde_json::Value) -> Result<Rendered, Findings> {
    render(&job(&files(body), data.to_string().as_bytes()), &nothing)
}

fn rendered(body: &str, data: &serde_json::Value) -> Rendered {
    try_render(body, data).expect("the template is good")
}
