//! `tryk explain`, by what is asked: a printed text, a fact, a code; and files that carry nothing to explain.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod code;
#[path = "../common/mod.rs"]
mod common;
mod fact;
mod foreign;
mod text;

use std::sync::LazyLock;

use common::{Project, project};

const LETTER: &str = "out/lunden/letter.pdf";

/// A project that has been built; no test changes it.
static BUILT: LazyLock<Project> = LazyLock::new(|| project().run(["build"]).clean().project);

fn explained(project: &Project, args: &[&str]) -> String {
    project.run([&["explain"], args].concat()).clean().stdout
}

/// What is said of a PDF laid in an empty folder.
fn said_of(pdf: &[u8], text: &str) -> (Vec<String>, String) {
    let ran = Project::empty()
        .write("a.pdf", pdf)
        .run(["explain", "a.pdf", text]);
    let found = ran.findings().into_iter().map(|finding| finding.code);
    (found.collect(), ran.stdout)
}

#[test]
fn what_is_not_there() {
    for (args, code) in [
        (vec!["explain", LETTER, "99 %"], "L07"),
        (vec!["explain", "made/up"], "L08"),
        (vec!["explain", "economy/available"], "L08"),
    ] {
        let ran = BUILT.run(&args).failed(1);
        assert_eq!(ran.findings()[0].code, code, "{}", ran.stderr);
    }
    // Only of what a build would make can it be said how it is made.
    let project = project();
    for (file, help) in [
        (LETTER, true),
        ("letter.pdf", false),
        ("out/letter.pdf", false),
    ] {
        let ran = project.run(["explain", file, "20 %"]).failed(2);
        let said = ran
            .stderr
            .contains("`tryk build -p lunden -d letter -y 2018` makes it");
        assert_eq!(said, help, "{file}: {}", ran.stderr);
        assert!(!project.path("out").exists());
    }
    for args in [
        vec!["explain", "nowhere.pdf", "20 %"],
        vec!["explain", LETTER],
        vec!["explain", "R99"],
        vec!["explain"],
    ] {
        let ran = BUILT.run(&args).failed(2);
        assert_eq!(ran.stdout, "", "{args:?}");
    }
}
