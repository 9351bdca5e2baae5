//! A pipe, a device or a folder where a file should be: nothing waits for it or reads without an end, and what is said is clear.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::fs;
use std::process::Command;

use common::{Project, project};

const LETTER: &str = "lunden/letter/2018";
const OUTPUT: &str = "out/lunden/letter.pdf";
const KEPT: &str = "inputs/lunden/issued/letter-2018-r1.pdf";

/// A project with one issued and two built documents, and a pipe beside them.
fn issued() -> Project {
    let project = project();
    let _ran = project
        .run(["issue", LETTER, "--date", "2018-06-20"])
        .clean();
    let _ran = project.run(["build"]).clean();
    pipe(project, "pipe.pdf")
}

/// Puts a pipe that nobody writes to in the place of a file.
fn pipe(project: Project, relative: &str) -> Project {
    let path = project.path(relative);
    let _ = fs::remove_file(&path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.unwrap().success());
    project
}

#[test]
fn what_a_person_names_must_be_a_file() {
    let project = issued();
    for (args, path, code) in [
        (&["explain", "PATH", "20 %"][..], "PATH", 2),
        (&["preflight", "--profile", "archive", "PATH"], "PATH", 2),
        (&["diff", LETTER, "--against", "PATH"], "PATH", 2),
        (
            &[
                "archive", "create", "2018", "-p", "lunden", "--trust", "PATH",
            ],
            "PATH",
            2,
        ),
        (&["archive", "verify", "bag", "--trust", "PATH"], "PATH", 2),
        (&["archive", "renew", "bag", "--token", "PATH"], "PATH", 2),
    ] {
        for name in ["pipe.pdf", "/dev/zero", "inputs"] {
            if name == "inputs" && args[0] == "diff" {
                // A folder of documents may be compared with.
                continue;
            }
            let args: Vec<&str> = args
                .iter()
                .map(|&word| if word == path { name } else { word })
                .collect();
            let ran = project.run(&args).failed(code);
            let said = ["is not a file", "no ordinary file", "it is a folder"];
            assert!(
                ran.stderr.contains(name) && said.iter().any(|one| ran.stderr.contains(one)),
                "{args:?}: {}",
                ran.stderr
            );
        }
    }
}

#[test]
fn what_lies_in_the_output_folder_is_made_again() {
    for path in [
        "out/build-record.json",
        "out/lunden/2018/note-2018.pdf",
        "out/lunden/2018/note-2018.ledger.json",
        OUTPUT,
    ] {
        let project = pipe(issued(), path);
        let _ran = project.run(["list"]).clean();
        let _ran = project.run(["explain", "agreement/appropriation/year"]);
        let _ran = project.run(["diff"]);
        let _ran = project.run(["build"]).clean();
        assert!(project.path(path).is_file(), "{path}");
    }
}

#[test]
fn records_must_be_files() {
    let entries = pipe(issued(), "inputs/lunden/issued.json");
    let ran = entries.run(["build"]).failed(1);
    assert_eq!(ran.findings()[0].code, "F03");

    // The copy in the output folder has the digest of the lost one.
    let kept = pipe(issued(), KEPT);
    let _ran = kept.run(["build"]).clean();
    let ran = kept.remove("out").run(["build"]).failed(1);
    assert_eq!(ran.findings()[0].code, "B09");

    let ran = pipe(project(), KEPT)
        .run(["issue", LETTER, "--date", "2018-06-20"])
        .failed(2);
    let said = "issued/letter-2018-r1.pdf cannot be read: it is no ordinary file; move it away";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
}

#[test]
fn what_is_archived_must_be_files() {
    let create = [
        "archive",
        "create",
        "2018",
        "-p",
        "lunden",
        "--date",
        "2020-01-01",
    ];
    let sources = pipe(issued(), "inputs/lunden/issued/letter-2018-r1.sources.tar");
    let accepted = [&create[..], &["--accept", "draft=prøve"]].concat();
    let ran = sources.run(&accepted);
    assert!(
        ran.stdout.contains("archived"),
        "the inputs give it too: {}",
        ran.stderr
    );
    let changed = sources.rewrite("inputs/lunden/partnership.json", |text| format!("\n{text}"));
    let ran = changed.remove("out").run(&accepted).failed(1);
    assert!(ran.stderr.contains("error[A03]"), "{}", ran.stderr);
    let project = issued();
    let ran = project.run([&create[..], &["--accept", "draft=prøve"]].concat());
    assert!(
        ran.stdout.contains("archived"),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
    for path in [
        "tagmanifest-sha512.txt",
        "manifest-sha256.txt",
        "index.html",
    ] {
        let bag = Project::empty().copy(&project.path("out/archive"), "archive");
        let bag = pipe(bag, &format!("archive/lunden/lunden-2018/{path}"));
        let _ran = bag
            .run(["archive", "verify", "archive/lunden/lunden-2018"])
            .failed(1);
    }
}
