//! Generality: another partnership is another folder of inputs, another kind of document is another template folder.
//!
//! `tests/projects/second/` has a made-up partnership in a made-up town, unlike Folehaven in everything that the data may say:
//! five focus areas, three parties, a survey every other year, shares where more is better, no district, no carry-over, and CSV
//! files from other programs. It has a fifth kind of document beside the four that are shipped. Both partnerships are built
//! together, with the repository's own templates.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use common::{Pdf, Project, tests};

/// What a build wrote: the bytes of every PDF by its path below `out/`.
type Documents = BTreeMap<String, Vec<u8>>;

const FOLEHAVEN: &[&str] = &[
    "folehaven/2018/status-oekonomiudvalg-2018.pdf",
    "folehaven/2018/status-styregruppe-2018.pdf",
    "folehaven/2018/tryghedsplan-2018.pdf",
    "folehaven/2019/status-styregruppe-2019.pdf",
    "folehaven/2019/tryghedsplan-2019.pdf",
    "folehaven/2020/status-oekonomiudvalg-2020.pdf",
    "folehaven/2020/status-styregruppe-2020.pdf",
    "folehaven/2020/tryghedsplan-2020.pdf",
    "folehaven/2021/status-styregruppe-2021.pdf",
    "folehaven/2021/tryghedsplan-2021.pdf",
    "folehaven/agreement/partnerskabsaftale-2018-2021.pdf",
];

const SECOND: &[&str] = &[
    "kornblomstparken/2017/status-oekonomiudvalg-2017.pdf",
    "kornblomstparken/2017/status-styregruppe-2017.pdf",
    "kornblomstparken/2017/tryghedsplan-2017.pdf",
    "kornblomstparken/2018/nyhedsbrev-2018.pdf",
    "kornblomstparken/2018/status-styregruppe-2018.pdf",
    "kornblomstparken/2018/tryghedsplan-2018-rev2.pdf",
    "kornblomstparken/2019/status-oekonomiudvalg-2019.pdf",
    "kornblomstparken/2019/status-styregruppe-2019.pdf",
    "kornblomstparken/2019/tryghedsplan-2019.pdf",
    "kornblomstparken/2020/nyhedsbrev-2020.pdf",
    "kornblomstparken/2020/status-styregruppe-2020.pdf",
    "kornblomstparken/2020/tryghedsplan-2020.pdf",
    "kornblomstparken/agreement/partnerskabsaftale-2017-2020.pdf",
];

const FOCUS_AREAS: [&str; 5] = [
    "Tværfagligt samarbejde og fælles vidensgrundlag",
    "Overskuelige, velbelyste udearealer og trygge skoleveje",
    "Fritids- og beskæftigelsesmuligheder for børn og unge",
    "Beboerdemokrati, naboskab og fælles ansvar",
    "Forebyggelse af hærværk og ildspåsættelser",
];

/// Both partnerships, built together.
static BOTH: LazyLock<Documents> = LazyLock::new(|| {
    let ran = with_second(shipped()).run(["build"]).clean();
    documents(&ran.project)
});

/// The inputs and templates of the repository.
fn shipped() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Project::empty()
        .copy(&root.join("inputs/folehaven"), "inputs/folehaven")
        .copy(&root.join("templates"), "templates")
}

/// The second partnership and the fifth kind of document, laid beside what is there.
fn with_second(project: Project) -> Project {
    project.copy(&tests().join("projects/second"), "")
}

fn documents(project: &Project) -> Documents {
    let outputs = project.outputs().into_iter();
    outputs
        .filter(|path| path.ends_with(".pdf"))
        .map(|path| {
            let bytes = project.bytes(&format!("out/{path}"));
            (path, bytes)
        })
        .collect()
}

/// What a PDF says, without white space: where lines and pages break, and where a figure is underlined, does not matter.
struct Said(String);

impl Said {
    fn by(path: &str) -> Self {
        Self(squeezed(&Pdf::read(&BOTH[path]).text()))
    }

    fn has(&self, words: &str) -> bool {
        self.0.contains(&squeezed(words))
    }

    fn times(&self, words: &str) -> usize {
        self.0.matches(&squeezed(words)).count()
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

fn plans() -> impl Iterator<Item = String> {
    let plans = SECOND.iter().filter(|path| path.contains("/tryghedsplan-"));
    plans.map(|path| (*path).to_owned())
}

#[test]
fn nothing_is_wrong_with_either() {
    let ran = with_second(shipped()).run(["check"]).clean();
    // The second has counts so small that they are not shown, which is said and no fault.
    let others = ran.findings().into_iter().filter(|one| one.code != "R20");
    assert_eq!(others.collect::<Vec<_>>(), [], "{}", ran.stderr);
}

#[test]
fn every_edition_is_a_pdf_and_there_are_no_others() {
    let written: Vec<&str> = BOTH.keys().map(String::as_str).collect();
    assert_eq!(written, [FOLEHAVEN, SECOND].concat());
}

#[test]
fn folehavens_documents_are_the_same_beside_another_partnership() {
    let ran = shipped().run(["build"]).clean();
    let alone = documents(&ran.project);
    let paths: Vec<&str> = alone.keys().map(String::as_str).collect();
    assert_eq!(paths, FOLEHAVEN);
    for (path, bytes) in &alone {
        assert!(*bytes == BOTH[path], "{path} differs");
    }
}

#[test]
fn nothing_of_folehaven_is_in_the_seconds_documents() {
    for path in SECOND {
        let pdf = Pdf::read(&BOTH[*path]);
        for (page, text) in (1..).zip(pdf.pages()) {
            for word in ["Folehaven", "København", "Valby", "3B", "SSP", "Sikker By"] {
                assert!(!text.contains(word), "{word} on page {page} of {path}");
            }
        }
        assert!(!pdf.xmp().contains("Folehaven"), "{path}");
    }
}

#[test]
fn the_agreement_says_what_the_data_say() {
    let agreement = Said::by("kornblomstparken/agreement/partnerskabsaftale-2017-2020.pdf");
    let parties = [
        "Fjordkøbing Kommune",
        "Fjord- og Herredsegnens Politi",
        "Fjordkøbing Almennyttige Boligselskab",
    ];
    let said = [
        "fem indsatsområder",
        "tre parter",
        "fire forvaltninger",
        "tre overordnede målsætninger",
        "2017-2020",
        "den 31. december 2020",
        "Den tværgående styregruppe godkender tryghedsplanen hvert år",
        "holder ét møde om året",
        "Den lokale projektgruppe holder 4-6 møder om året",
        "0,75 årsværk",
        "mindst 80 %",
        "højst 25 %",
        "mindst 2016-niveauet (46 %)",
        "nærme sig Fjordkøbings niveau",
        "41,2 pr. 1.000 indbyggere",
        "den samlede udvikling af kvarteret",
    ];
    for words in parties.iter().chain(&said).chain(&FOCUS_AREAS) {
        assert!(agreement.has(words), "{words}");
    }
}

#[test]
fn the_committee_has_its_own_name_and_years() {
    for year in [2017, 2019] {
        let path = format!("kornblomstparken/{year}/status-oekonomiudvalg-{year}.pdf");
        let status = Said::by(&path);
        assert!(status.has("Teknik- og Økonomiudvalget"), "{path}");
        assert!(
            status.has(&format!("Status på tryghed og kriminalitet {year}")),
            "{path}"
        );
    }
    for path in SECOND {
        let text = Said::by(path);
        assert!(!text.has("teknik- og Økonomiudvalget"), "{path}");
        assert!(!text.has("mc-, atv-"), "{path}");
    }
}

#[test]
fn chapters_are_lettered_without_gaps() {
    for path in plans() {
        let text = Pdf::read(&BOTH[path.as_str()]).text();
        let contents = text.split_once("Indhold\n").unwrap().1;
        let letters: Vec<char> = contents.lines().filter_map(chapter_letter).collect();
        let length = letters.len() / 2;
        let expected: Vec<char> = ('A'..='Z').take(length).collect();
        assert!(length > 10, "{path}: {letters:?}");
        assert_eq!(letters, [expected.clone(), expected].concat(), "{path}");
    }
}

/// The letter before a chapter's title: `A.` in the contents, `A.Om partnerskabet` over the chapter.
fn chapter_letter(line: &str) -> Option<char> {
    let (letter, title) = line.split_once('.')?;
    let letter: char = letter.parse().ok()?;
    let title = title.trim_start();
    let is_title = title.is_empty() || title.starts_with(char::is_uppercase);
    (letter.is_ascii_uppercase() && is_title).then_some(letter)
}

#[test]
fn a_focus_area_without_activities_keeps_its_chapter() {
    for path in plans() {
        let plan = Said::by(&path);
        for (no, name) in (1..).zip(FOCUS_AREAS) {
            assert!(
                plan.has(&format!("Indsatsområde {no}: {name}")),
                "{path}: {name}"
            );
        }
        let empty = plan.times("ingen aktiviteter inden for indsatsområdet");
        let expected = if path.contains("/2018/") { 2 } else { 0 };
        assert_eq!(empty, expected, "{path}");
    }
}

#[test]
fn more_is_better_where_the_data_say_so() {
    let status = Said::by("kornblomstparken/2020/status-styregruppe-2020.pdf");
    assert!(status.has("steget fra 71 % til 81 %"));
    assert!(status.has("8 procentpoint lavere end i hele byen"));
    assert!(status.has("mindst 80 %; vurdering: opfyldt"));
}

#[test]
fn the_fifth_kind_of_document_is_like_the_others() {
    let letter = Pdf::read(&BOTH["kornblomstparken/2018/nyhedsbrev-2018.pdf"]);
    assert_eq!(letter.pages().len(), 2);
    assert_eq!(letter.declares("pdfaid:part").as_deref(), Some("3"));
    assert_eq!(letter.declares("pdfuaid:part").as_deref(), Some("1"));
    assert_eq!(
        letter.title(),
        "Nyhedsbrev 2018 fra Tryghedspartnerskabet for Kornblomstparken og Lærkehøj"
    );
    let letter = Said::by("kornblomstparken/2018/nyhedsbrev-2018.pdf");
    assert!(letter.has("Kære nabo"), "the year's own text");
    assert!(letter.has("Cykelbus til skolen"));
    assert!(!letter.has(FOCUS_AREAS[2]), "it has no activities");
    let later = Said::by("kornblomstparken/2020/nyhedsbrev-2020.pdf");
    assert!(!later.has("Kære nabo"));
    assert!(later.has("Kender deres naboer ved navn: 43 % hos os i 2020"));
}

#[test]
fn the_files_are_written_as_other_programs_do() {
    let folder = tests().join("projects/second/inputs/kornblomstparken");
    let bytes = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|one| one == part);
    let meetings = bytes("meetings.csv");
    assert!(String::from_utf8(meetings.clone()).is_err(), "Windows-1252");
    assert!(has(&meetings, b"\r\n"));
    let activities = bytes("activities.csv");
    assert!(activities.starts_with(b"\xef\xbb\xbf"), "byte order mark");
    assert!(has(&activities, b"\r\n"));
    assert!(has(&bytes("indicators.csv"), b"2016,\"41,2\",per_1000"));
}
