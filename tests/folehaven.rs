//! The real project: eleven documents, what they must say, and what they must not.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it fails"
)]

mod common;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use common::{Pdf, Ran, folehaven};

const AGREEMENT: &str = "folehaven/agreement/partnerskabsaftale-2018-2021.pdf";

/// Every document, whether it is final, and how many pages it may have.
const DOCUMENTS: &[(&str, bool, RangeInclusive<usize>)] = &[
    ("folehaven/2018/status-oekonomiudvalg-2018.pdf", true, 3..=5),
    ("folehaven/2018/status-styregruppe-2018.pdf", false, 5..=8),
    ("folehaven/2018/tryghedsplan-2018.pdf", false, 12..=18),
    ("folehaven/2019/status-styregruppe-2019.pdf", false, 5..=8),
    ("folehaven/2019/tryghedsplan-2019.pdf", false, 12..=18),
    (
        "folehaven/2020/status-oekonomiudvalg-2020.pdf",
        false,
        3..=5,
    ),
    ("folehaven/2020/status-styregruppe-2020.pdf", false, 5..=8),
    ("folehaven/2020/tryghedsplan-2020.pdf", false, 12..=18),
    ("folehaven/2021/status-styregruppe-2021.pdf", false, 5..=8),
    ("folehaven/2021/tryghedsplan-2021.pdf", false, 12..=18),
    (AGREEMENT, true, 8..=9),
];

/// What stands at the foot of a page with an invented figure.
const LEGEND: &str = "illustrative eksempler, ikke officielle tal";

/// A document as it was read back.
struct Document {
    pdf: Pdf,
    pages: Vec<String>,
    text: String,
}

/// The one build that all tests look at.
static BUILD: LazyLock<Ran> = LazyLock::new(|| folehaven().run(["build"]).clean());

static READ: LazyLock<BTreeMap<&str, Document>> = LazyLock::new(|| {
    let read = |(output, ..): &(&'static str, bool, RangeInclusive<usize>)| {
        let pdf = BUILD.pdf(output);
        let pages = pdf.pages();
        let text = pages.join("\n");
        (*output, Document { pdf, pages, text })
    };
    DOCUMENTS.iter().map(read).collect()
});

/// True when a text stands in another one as words of its own.
fn states(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_apart(before) && is_apart(after) && before != Some(',') && before != Some('.')
    })
}

/// A text without its line breaks.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts that some lines stand in a text in this order.
fn assert_in_order(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        let Some(at) = rest.find(line) else {
            panic!("{line} does not stand after the ones before it in\n{text}");
        };
        rest = &rest[at + line.len()..];
    }
}

#[test]
fn exactly_eleven_documents() {
    let outputs = BUILD.outputs();
    let pdfs = outputs.iter().filter(|file| file.ends_with(".pdf"));
    assert!(
        pdfs.eq(DOCUMENTS.iter().map(|(output, ..)| output)),
        "{outputs:#?}"
    );
    assert_eq!(BUILD.stderr, "");
}

#[test]
fn check_is_clean() {
    let ran = folehaven().run(["check", "--format", "short"]).clean();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

#[test]
fn another_machine_makes_the_same_bytes() {
    let env = [("TZ", "America/Anchorage"), ("LC_ALL", "da_DK.UTF-8")];
    let again = folehaven().run_in(["build", "--jobs", "1"], &env).clean();
    for file in BUILD.outputs() {
        let path = format!("out/{file}");
        assert!(
            BUILD.project.bytes(&path) == again.project.bytes(&path),
            "{file}"
        );
    }
}

#[test]
fn pages_are_as_many_as_expected() {
    for (output, _, range) in DOCUMENTS {
        let pages = READ[output].pages.len();
        assert!(range.contains(&pages), "{output} has {pages} pages");
    }
}

#[test]
fn every_document_is_tagged_and_archivable() {
    for (output, document) in &*READ {
        let pdf = &document.pdf;
        assert!(pdf.is_tagged(), "{output}");
        assert!(pdf.lang().starts_with("da"), "{output}: {}", pdf.lang());
        let declared = ["pdfaid:part", "pdfaid:conformance", "pdfuaid:part"];
        let declared = declared.map(|element| pdf.declares(element).unwrap_or_default());
        assert_eq!(declared, ["3", "A", "1"], "{output}");
        assert!(
            pdf.title().contains("Folehaven"),
            "{output}: {}",
            pdf.title()
        );
    }
}

#[test]
fn drafts_say_so_and_mark_invented_figures() {
    for (output, is_final, _) in DOCUMENTS {
        let document = &READ[output];
        let drafts = document
            .pages
            .iter()
            .filter(|page| page.contains("Udkast"))
            .count();
        let legends = document
            .pages
            .iter()
            .filter(|page| page.contains(LEGEND))
            .count();
        if *is_final {
            assert_eq!((drafts, legends), (0, 0), "{output}");
        } else {
            assert_eq!(drafts, document.pages.len(), "{output}");
            assert!(legends > 0, "{output}");
        }
    }
}

#[test]
fn pages_are_numbered_to_the_last() {
    for (output, document) in &*READ {
        let last = document.pages.len();
        for (at, page) in document.pages.iter().enumerate() {
            let number = format!("side {} af {last}", at + 1);
            assert!(page.contains(&number), "{output}: no {number} in\n{page}");
        }
    }
}

#[test]
fn the_agreement_states_its_figures() {
    let text = &READ[AGREEMENT].text;
    for figure in [
        "20 %",
        "12 %",
        "33 %",
        "41,2",
        "1.200.000 kr.",
        "4.800.000 kr.",
        "870.000 kr.",
        "0,3 mio. kr.",
        "31. december 2021",
    ] {
        assert!(states(text, figure), "{figure} in\n{text}");
    }
    for (offence, baseline) in [
        ("Indbrud", "6"),
        ("Tyveri/røveri", "19"),
        ("Vold/våben", "13"),
    ] {
        let lines: Vec<&str> = text.lines().collect();
        let row = lines.iter().position(|line| *line == offence);
        let row = row.map(|at| &lines[at + 1..at + 3]).unwrap_or_default();
        let target = format!("højst 2017-niveauet ({baseline})");
        assert_eq!(row, [target.as_str(), baseline], "{offence}");
    }
}

#[test]
fn the_agreement_names_who_takes_part() {
    let text = &READ[AGREEMENT].text;
    let (_, members) = text.split_once("Medlemmerne er").unwrap();
    assert_in_order(
        members,
        &[
            "Københavns Kommune",
            "Økonomiforvaltningen",
            "Socialforvaltningen",
            "Børne- og Ungdomsforvaltningen",
            "Teknik- og Miljøforvaltningen",
            "Beskæftigelses- og Integrationsforvaltningen",
            "Sundheds- og Omsorgsforvaltningen",
            "Kultur- og Fritidsforvaltningen",
            "Københavns Politi",
            "SSP København",
            "Boligforeningen 3B",
        ],
    );
    assert_in_order(
        text,
        &[
            "Koordination og kommunikation.",
            "Tryggere byrum.",
            "Aktivt naboskab og positive fællesskaber.",
        ],
    );
    assert!(states(text, "fire parter") && states(text, "syv forvaltninger"));
}

#[test]
fn the_agreement_has_a_field_for_every_signature() {
    let last = READ[AGREEMENT].pages.last().unwrap();
    assert!(last.contains("Underskrifter"));
    assert_eq!(last.matches("Underskrift\n").count(), 4, "{last}");
    let on_paper = "Udfyldes kun ved underskrift på papir";
    assert_eq!(on_one_line(last).matches(on_paper).count(), 4, "{last}");
}

#[test]
fn the_plan_of_2019_does_not_know_2020() {
    let plan = |year: u32| &READ[format!("folehaven/{year}/tryghedsplan-{year}.pdf").as_str()].text;
    assert!(!states(plan(2019), "16 %"));
    assert!(states(plan(2021), "16 %"));
    assert!(!states(plan(2018), "19 %"), "published in June 2019");
}

#[test]
fn sources_are_not_younger_than_what_cites_them() {
    for output in [
        "folehaven/2019/status-styregruppe-2019.pdf",
        "folehaven/2020/tryghedsplan-2020.pdf",
    ] {
        let text = on_one_line(&READ[output].text);
        assert!(text.contains("Københavns Tryghedsundersøgelse 2019"));
        assert!(!text.contains("juni 2020") && !text.contains("udgaven for 2020"));
    }
}

#[test]
fn the_summary_names_missed_targets() {
    let page = on_one_line(&READ["folehaven/2021/status-styregruppe-2021.pdf"].pages[0]);
    assert!(page.contains("Ikke opfyldt: vold/våben."), "{page}");
}

#[test]
fn every_plan_has_its_three_chapters() {
    for year in 2018..=2021 {
        let output = format!("folehaven/{year}/tryghedsplan-{year}.pdf");
        let text = &READ[output.as_str()].text;
        assert_in_order(
            text,
            &[
                "Koordination og kommunikation",
                "Tryggere byrum",
                "Aktivt naboskab og positive fællesskaber",
            ],
        );
        assert!(states(text, "870.000 kr."), "{output}");
    }
}

#[test]
fn reports_are_addressed() {
    for year in 2018..=2021 {
        let output = format!("folehaven/{year}/status-styregruppe-{year}.pdf");
        assert!(
            states(&READ[output.as_str()].pages[0], "Styregruppen"),
            "{output}"
        );
    }
    for year in [2018, 2020] {
        let output = format!("folehaven/{year}/status-oekonomiudvalg-{year}.pdf");
        let page = &READ[output.as_str()].pages[0];
        assert!(states(page, "Økonomiudvalget"), "{output}");
        assert!(states(page, "Bilag 3"), "{output}");
    }
}

#[test]
fn nothing_is_left_unfilled() {
    for (output, document) in &*READ {
        for trace in [
            "{{", "}}", "{%", "none", "null", "NaN", "TODO", "Lorem", "\u{fffd}",
        ] {
            assert!(!document.text.contains(trace), "{trace} in {output}");
        }
    }
}

#[test]
fn names_are_the_canonical_ones() {
    for (output, document) in &*READ {
        for alias in ["Tryghedspartnerskabet Folehaven", "Folehaven Partnerskab"] {
            assert!(!document.text.contains(alias), "{alias} in {output}");
        }
        assert!(
            document.text.contains("Folehaven Tryghedspartnerskab"),
            "{output}"
        );
    }
}
