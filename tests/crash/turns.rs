//! Runs that write to the same place at once take turns.

use std::fs::File;

use super::common::{Live, project, tests};
use super::{LETTER, assert_same, clean, files};

#[test]
fn a_second_run_says_who_is_at_work_and_waits() {
    let project = project().write("out/.lock", "process 4711\n");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(project.path("out/.lock"))
        .unwrap();
    lock.lock().unwrap();
    let build = Live::start(&project, &["build"]);
    assert_eq!(
        build.complains("waiting"),
        "waiting for another run to finish (process 4711)"
    );
    assert!(!project.path("out/lunden").exists());
    lock.unlock().unwrap();
    assert_eq!(build.ended().code(), Some(0));
    assert_same(&files(&project), &clean(&project), "afterwards");
}

/// Runs with output folders of their own share the records of a partnership.
#[test]
fn two_issues_at_once_lose_no_entry() {
    for round in 0..20 {
        let project = project()
            .replace(LETTER, "\"period\"", "\"yearly\"")
            .replace(LETTER, "/letter.pdf", "/letter-{{ edition.year }}.pdf")
            .append("inputs/lunden/documents.csv", "letter;2019;1;2019-06-12;final;official;Sekretariatet;2018-1;2018-1-4;Projektleder;;;Andet brev\n")
            .append("inputs/lunden/approvals.csv", "letter;2019;1;board;2019-06-01;approved;official;agreement\n");
        let begun = ["2018", "2019"].map(|year| {
            let (edition, out) = (format!("lunden/letter/{year}"), format!("out-{year}"));
            let args = ["issue", &edition, "--date", "2019-06-20", "--out", &out];
            Live::start(&project, &args)
        });
        for issue in begun {
            assert_eq!(issue.ended().code(), Some(0), "round {round}");
        }
        let issued: serde_json::Value =
            serde_json::from_str(&project.read("inputs/lunden/issued.json")).unwrap();
        let entries = issued["editions"].as_array().unwrap().iter();
        let mut years: Vec<i64> = entries.map(|one| one["year"].as_i64().unwrap()).collect();
        years.sort_unstable();
        assert_eq!(years, [2018, 2019], "round {round}");
        let files = project.files("inputs");
        assert!(!files.iter().any(|file| file.contains("/.")), "{files:?}");
        // The lock is no source of a document.
        let sources = project.bytes("inputs/lunden/issued/letter-2018-r1.sources.tar");
        assert!(!sources.windows(5).any(|part| part == b".lock"));
    }
}

#[test]
fn whoever_writes_records_waits_for_whoever_does() {
    let project = project()
        .copy(&tests().join("pki"), "pki")
        .write("x.pdf", "")
        .write("inputs/lunden/.lock", "process 4711\n");
    let lock = File::options()
        .read(true)
        .write(true)
        .open(project.path("inputs/lunden/.lock"))
        .unwrap();
    lock.lock().unwrap();
    let edition = "lunden/letter/2018";
    for args in [
        ["issue", edition, "--date", "2018-06-20"].as_slice(),
        &["sign", "copy", edition],
        &[
            "sign",
            "local",
            edition,
            "--field",
            "a",
            "--pem",
            "pki/p256.key",
            "--cert",
            "pki/p256.pem",
        ],
        &["sign", "import", "x.pdf", "--edition", edition],
    ] {
        let args = [args, &["--out", "elsewhere"]].concat();
        let run = Live::start(&project, &args);
        let said = run.complains("waiting");
        assert!(said.ends_with("(process 4711)"), "{args:?}: {said}");
        run.kill();
    }
    // A build writes no records, and the lock is no input.
    let _ran = project.run(["build"]).clean();
    let listed = project.run(["list"]).clean().stdout;
    assert_eq!(listed.matches("fresh").count(), 3, "{listed}");
}
