//! Data and texts are never code: what stands in a name, a cell or a text prints as it stands, in every language on the way to the page.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::{Project, project};

/// What would be code to Typst, MiniJinja, Markdown, HTML, CSV, XML or PDF.
const CODE: &[&str] = &[
    "#panic()",
    "#include \"/data.json\"",
    "#sys.version",
    "$x$",
    "*b*",
    "_b_",
    "a [b",
    "a ] b",
    "@ref",
    "`raw`",
    "// x",
    "/* x */",
    "{{ 7*7 }}",
    "{% raw %}",
    "{# x #}",
    "= head",
    "- item",
    "+ item",
    "/ term: x",
    "1. first",
    "# top",
    "> quote",
    "<label>",
    "</rdf:li><dc:title>",
    "&amp; &lt;",
    "\\u{41} \\ \\*",
    "\"quoted\" 'single'",
    "a;b,c",
    "=SUM(A1:A2)",
    "~ -- --- ...",
    "(a) Tj ET",
    "![a](b.png)",
    "[a](https://example.org)",
];

/// The minimal project with a text in a name, a description, a source, a party, and two cells.
fn with_everywhere(text: &str) -> Project {
    let partnership = "inputs/lunden/partnership.json";
    let json = serde_json::to_string(text).unwrap();
    let cell = format!("\"{}\"", text.replace('"', "\"\""));
    project()
        .replace(partnership, "\"Lunden Tryghedspartnerskab\"", &json)
        .replace(partnership, "\"Boligforeningens afdeling Lunden\"", &json)
        .replace(partnership, "\"Aftale for Lunden\"", &json)
        .replace(partnership, "\"Byens Politi\"", &json)
        .replace(
            "inputs/lunden/activities.csv",
            ";Gåture;",
            &format!(";{cell};"),
        )
        .replace(
            "inputs/lunden/activities.csv",
            "Der gås tur hver måned.",
            &cell,
        )
}

#[test]
fn what_would_be_code_prints_as_it_stands() {
    for text in CODE {
        let ran = with_everywhere(text).run(["build"]).clean();
        let letter = ran.pdf("lunden/letter.pdf");
        let page = letter.text();
        let lines: Vec<&str> = page.lines().collect();
        assert_eq!(lines[0], *text, "the name, in\n{page}");
        assert_eq!(lines[1], format!("Kære Byens Kommune og {text}"), "a party");
        assert_eq!(
            lines[2],
            format!("Her er aftalen for {text}."),
            "a placeholder"
        );
        let rest =
            format!("{text}. Kilder: {text}, Byens tryghedsundersøgelse, Anmeldelsesregistret.");
        assert_eq!(lines[3], rest, "a description and a source");
        assert_eq!(letter.title(), format!("Brev om {text} 2018-2019"));
        let note = ran.pdf("lunden/2018/note-2018.pdf").text();
        let lines: Vec<&str> = note.lines().collect();
        let activity = [text.to_string(), format!("{text} {text}: 0 kr.")];
        assert_eq!(
            lines[lines.len() - 2..],
            activity,
            "an activity, in\n{note}"
        );
    }
}

#[test]
fn what_would_be_typst_in_a_text_prints_as_it_stands() {
    let text = "\
#panic() og $x$ og @ref og // x

= head

<label> og #include \"/data.json\"

{% raw %}{{ navn }}{% endraw %} og \\*stjerner\\* og `raw` og [et link](https://example.org)
";
    let ran = project()
        .write("inputs/lunden/text/letter/greeting.md", text)
        .run(["build"])
        .clean();
    let page = ran.pdf("lunden/letter.pdf").text();
    for line in [
        "#panic() og $x$ og @ref og // x",
        "= head",
        "<label> og #include ”/data.json”",
        "{{ navn }} og *stjerner* og `raw` og et link",
    ] {
        assert!(page.lines().any(|one| one == line), "{line}\nin\n{page}");
    }
}

#[test]
fn values_do_not_become_placeholders_or_markdown_in_a_text() {
    let name = "**{{ economy.activity_funds.year }}** {% set a = b %}";
    let ran = with_everywhere(name)
        .write(
            "inputs/lunden/text/letter/greeting.md",
            "{% set n = partnership.name %}\n{{ n }}\n\n- {{ n ~ \"!\" }}\n",
        )
        .run(["build"])
        .clean();
    let page = ran.pdf("lunden/letter.pdf").text();
    for line in [name, &format!("{name}!")] {
        assert!(page.lines().any(|one| one == line), "{line}\nin\n{page}");
    }
}

#[test]
fn what_reorders_or_hides_text_is_refused_everywhere() {
    for hidden in [
        '\u{202e}', '\u{2066}', '\u{200f}', '\u{0}', '\u{1b}', '\u{feff}',
    ] {
        for (file, text) in [
            ("inputs/lunden/partnership.json", "Byens Politi"),
            ("inputs/lunden/activities.csv", "Gåture"),
            ("inputs/lunden/text/letter/greeting.md", "Her er"),
            ("templates/letter/template.json", "Brev om"),
        ] {
            let ran = project()
                .replace(file, text, &format!("{text}{hidden}"))
                .run(["build"])
                .failed(1);
            let found = ran.findings();
            let code = if hidden == '\u{0}' { "F07" } else { "F12" };
            let is_expected = |code: &str, path: &str| {
                found
                    .iter()
                    .any(|one| one.code == code && one.place.starts_with(path))
            };
            assert!(
                is_expected(code, file),
                "{hidden:?} in {file}\n{}",
                ran.stderr
            );
            assert!(
                !ran.outputs().contains(&"lunden/letter.pdf".to_owned()),
                "{file}"
            );
        }
    }
}

#[test]
fn escapes_of_a_terminal_do_not_reach_it() {
    let ran = project()
        .replace(
            "inputs/lunden/activities.csv",
            "Gåture",
            "\u{1b}[31mGåture\u{7}",
        )
        .run(["check"])
        .failed(1);
    let shown = ran.stdout + &ran.stderr;
    assert!(shown.contains("␛[31m"), "{shown}");
    assert!(!shown.contains(['\u{1b}', '\u{7}']), "{shown}");
}
