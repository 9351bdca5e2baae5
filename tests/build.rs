//! `tryk build` and its sisters, end to end: same inputs, same bytes; only what changed is written; filters, lists and formats.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, SystemTime};

use common::{Project, Ran, project};

const LETTER: &str = "lunden/letter.pdf";
const NOTE_2018: &str = "lunden/2018/note-2018.pdf";
const NOTE_2019: &str = "lunden/2019/note-2019.pdf";

/// The tables of the minimal project.
const TABLES: &[&str] = &[
    "activities",
    "approvals",
    "documents",
    "indicators",
    "meetings",
    "signatories",
];

/// Everything below the output folder.
fn outputs(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let files = project.outputs().into_iter();
    files
        .map(|file| {
            let bytes = project.bytes(&format!("out/{file}"));
            (file, bytes)
        })
        .collect()
}

/// What a build of the project makes.
fn built(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let _ran: Ran = project.run(["build"]).clean();
    outputs(project)
}

/// The files that differ.
fn changed(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    assert!(a.keys().eq(b.keys()), "{:?} {:?}", a.keys(), b.keys());
    let differ = a.iter().filter(|(file, bytes)| b[*file] != **bytes);
    differ.map(|(file, _)| file.clone()).collect()
}

fn pdfs(files: &[String]) -> Vec<&str> {
    let files = files.iter().map(String::as_str);
    files.filter(|file| file.ends_with(".pdf")).collect()
}

#[test]
fn same_inputs_same_bytes() {
    let first = project();
    let _ran: Ran = first.run(["build", "--jobs", "1"]).clean();
    let second = project();
    let env = [
        ("TZ", "Pacific/Auckland"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("LANG", "ja_JP.UTF-8"),
        ("SOURCE_DATE_EPOCH", "86400"),
        ("HOME", "/nowhere"),
        ("TYPST_FONT_PATHS", "/usr/share/fonts"),
        ("RAYON_NUM_THREADS", "7"),
    ];
    let _ran: Ran = second.run_in(["build", "--jobs", "2"], &env).clean();
    assert_eq!(changed(&outputs(&first), &outputs(&second)), [""; 0]);
}

#[test]
fn folders_of_another_name_give_the_same_bytes() {
    let here = project();
    let away = Project::empty()
        .copy(here.root(), "a/b")
        .run([
            "build",
            "--inputs",
            "a/b/inputs",
            "--templates",
            "./a/b/templates/",
            "--out",
            "out",
        ])
        .clean()
        .project;
    let (here, away) = (built(&here), outputs(&away));
    for pdf in [LETTER, NOTE_2018, NOTE_2019] {
        assert!(here[pdf] == away[pdf], "{pdf}");
    }
}

#[test]
fn a_second_run_leaves_everything_as_it_is() {
    let project = project();
    let first = built(&project);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for file in first.keys() {
        let file = fs::File::open(project.path(&format!("out/{file}"))).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let ran = project.run(["build"]).clean();
    insta::assert_snapshot!(ran.stdout, @r"
    fresh      lunden/letter.pdf           1 pages  final
    fresh      lunden/2018/note-2018.pdf   1 pages  draft
    fresh      lunden/2019/note-2019.pdf   1 pages  draft
    3 documents: 3 fresh in [TIME]
    ");
    assert_eq!(changed(&first, &outputs(&project)), [""; 0]);
    for file in first.keys() {
        let modified = fs::metadata(project.path(&format!("out/{file}")))
            .unwrap()
            .modified();
        assert_eq!(modified.unwrap(), long_ago, "{file}");
    }
}

#[test]
fn only_what_a_change_touches_is_written() {
    let project = project();
    let first = built(&project);
    let project = project.replace("inputs/lunden/activities.csv", "75.000", "76.000");
    let ran = project.run(["build"]).clean();
    insta::assert_snapshot!(ran.stdout, @r"
    fresh      lunden/letter.pdf           1 pages  final
    fresh      lunden/2018/note-2018.pdf   1 pages  draft
    written    lunden/2019/note-2019.pdf   1 pages  draft
    3 documents: 1 written, 2 fresh in [TIME]
    ");
    assert_eq!(pdfs(&changed(&first, &outputs(&project))), [NOTE_2019]);
    assert!(ran.pdf(NOTE_2019).text().contains("76.000 kr."));
}

#[test]
fn nothing_is_left_beside_the_documents() {
    let hidden = |files: &BTreeMap<String, Vec<u8>>| {
        let mut names = files.keys().filter_map(|file| file.rsplit('/').next());
        names.any(|name| name.starts_with('.') || name.contains("tmp"))
    };
    assert!(!hidden(&built(&project())));
}

/// A table as a Danish Excel or an English program saves it.
fn saved_otherwise(text: &str, separator: u8, end: csv::Terminator) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(end)
        .from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn how_a_table_is_saved_changes_nothing_printed() {
    let texts = |project: &Project| -> Vec<String> {
        let ran = project.run(["build"]).clean();
        let all = [LETTER, NOTE_2018, NOTE_2019];
        all.map(|pdf| ran.pdf(pdf).text()).into()
    };
    let expected = texts(&project());
    let windows = |text: &str| {
        let text = saved_otherwise(text, b',', csv::Terminator::CRLF);
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
    };
    let excel = |text: &str| {
        let text = saved_otherwise(text, b';', csv::Terminator::CRLF);
        format!("\u{feff}{text};;\r\n\r\n").into_bytes()
    };
    let files = |edit: &dyn Fn(&str) -> Vec<u8>| {
        TABLES.iter().fold(project(), |project, table| {
            project.rewrite(&format!("inputs/lunden/{table}.csv"), edit)
        })
    };
    assert_eq!(texts(&files(&windows)), expected);
    let blank_row = |text: &str| {
        let width = text.lines().next().unwrap().matches(';').count();
        let text = String::from_utf8(excel(text)).unwrap();
        text.replace(";;\r\n\r\n", &format!("{}\r\n\r\n", ";".repeat(width)))
            .into_bytes()
    };
    assert_eq!(texts(&files(&blank_row)), expected);
}

#[test]
fn an_encoding_changes_no_byte() {
    let first = built(&project());
    let files = |edit: &dyn Fn(&str) -> Vec<u8>| {
        TABLES.iter().fold(project(), |project, table| {
            project.rewrite(&format!("inputs/lunden/{table}.csv"), edit)
        })
    };
    let windows = files(&|text| encoding_rs::WINDOWS_1252.encode(text).0.into_owned());
    assert_eq!(changed(&first, &built(&windows)), [""; 0]);
    let marked = files(&|text| format!("\u{feff}{text}").into_bytes())
        .rewrite("inputs/lunden/partnership.json", |text| {
            format!("\u{feff}{text}")
        });
    assert_eq!(changed(&first, &built(&marked)), [""; 0]);
    let crlf = files(&|text| text.replace('\n', "\r\n").into_bytes());
    assert_eq!(changed(&first, &built(&crlf)), [""; 0]);
}

#[test]
fn what_is_published_later_changes_nothing() {
    let table = "inputs/lunden/indicators.csv";
    let row = "insecure;lunden;2019;survey;18;percent;250;2019-06-11;illustrative;;Opdigtet\n";
    let without = || project().replace(table, row, "");
    let first = built(&without());
    let later = without().append(table, &row.replace("2019-06-11", "2020-05-01"));
    assert_eq!(changed(&first, &built(&later)), [""; 0]);
    let known = without().append(table, row);
    assert_eq!(pdfs(&changed(&first, &built(&known))), [NOTE_2019]);
}

#[test]
fn a_fault_of_one_partnership_does_not_keep_another_from_its_documents() {
    let minimal = project();
    let ran = project()
        .copy(&minimal.path("inputs/lunden"), "inputs/skoven")
        .replace(
            "inputs/skoven/partnership.json",
            "\"id\": \"lunden\",\n  \"names\"",
            "\"id\": \"skoven\",\n  \"names\"",
        )
        .replace("inputs/lunden/indicators.csv", ";20,5;", ";20.5;")
        .run(["build"])
        .failed(1);
    assert_eq!(ran.findings().len(), 1, "{}", ran.stderr);
    let outputs = ran.outputs();
    assert!(
        outputs.contains(&"skoven/letter.pdf".to_owned()),
        "{outputs:?}"
    );
    assert!(
        outputs.iter().all(|file| file.starts_with("skoven/")),
        "{outputs:?}"
    );
}

/// A process that is killed while it writes leaves the old PDF whole, and the next run mends what is missing.
#[cfg(unix)]
#[test]
fn a_crash_leaves_the_old_document() {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Command, Stdio};

    let project = project();
    let first = built(&project);
    let project = project.replace(
        "inputs/lunden/partnership.json",
        "Lunden Tryghedspartnerskab",
        "Lundens Partnerskab",
    );
    let crashed = Command::new("sh")
        .args([
            "-c",
            "ulimit -c 0; ulimit -f 20; exec \"$0\" build --jobs 1",
            env!("CARGO_BIN_EXE_tryk"),
        ])
        .current_dir(project.root())
        .env_clear()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(
        crashed.signal().is_some() || !crashed.success(),
        "{crashed}"
    );
    let after: BTreeMap<_, _> = outputs(&project)
        .into_iter()
        .filter(|(file, _)| first.contains_key(file))
        .collect();
    assert_eq!(pdfs(&changed(&first, &after)), [""; 0]);
    let ran = project.run(["build"]).clean();
    assert!(ran.pdf(LETTER).text().starts_with("Lundens Partnerskab"));
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let project = project();
    let expected = built(&project);
    let project = project.remove("out");
    let runs: Vec<_> = (0..4)
        .map(|_| {
            let project = project.clone();
            std::thread::spawn(move || project.run(["build"]).clean().code)
        })
        .collect();
    for run in runs {
        assert_eq!(run.join().unwrap(), 0);
    }
    assert_eq!(changed(&expected, &outputs(&project)), [""; 0]);
}
