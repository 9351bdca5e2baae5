//! `tryk watch`, end to end: what is saved is built, in whatever way it was saved; what is wrong leaves the last good PDF; Ctrl-C ends it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use std::fs;
use std::thread;

use common::{Live, Pdf, Project, project};

const ACTIVITIES: &str = "inputs/lunden/activities.csv";
const LETTER: &str = "lunden/letter.pdf";
const NOTE: &str = "lunden/2019/note-2019.pdf";

/// Saves as many editors do: another file takes the old one's place.
fn save_by_rename(project: &Project, path: &str, old: &str, new: &str) {
    let text = project.read(path);
    assert!(text.contains(old), "{old}");
    let aside = project.path(&format!("{path}~"));
    fs::write(&aside, text.replace(old, new)).unwrap();
    fs::rename(aside, project.path(path)).unwrap();
}

fn printed(project: &Project, output: &str) -> String {
    Pdf::read(&project.bytes(&format!("out/{output}"))).text()
}

#[test]
fn what_is_saved_is_built() {
    let project = project();
    let watching = Live::start(&project, &["watch"]);
    watching.says("3 documents: 3 written");
    assert_eq!(
        watching.says("watching"),
        "watching inputs and templates; Ctrl-C ends"
    );

    // In place.
    let project = project.replace(ACTIVITIES, "75.000", "74.000");
    watching.says(NOTE);
    watching.says("activities/2019/lights/budget: 75.000 kr. → 74.000 kr.");
    watching.says("3 documents: 1 written, 2 fresh");
    assert!(printed(&project, NOTE).contains("74.000 kr."));

    // By another file in its place, more than once.
    for (old, new) in [("74.000", "73.000"), ("73.000", "72.000")] {
        save_by_rename(&project, ACTIVITIES, old, new);
        watching.says(&format!("{old} kr. → {new} kr."));
        watching.says("3 documents: 1 written, 2 fresh");
    }

    // Wrong, then right: the PDF stays as it was, then changes.
    let good = project.bytes(&format!("out/{NOTE}"));
    save_by_rename(&project, ACTIVITIES, "72.000", "72.0");
    watching.complains("error[D01]");
    watching.says("documents with errors keep the PDF that they had");
    assert_eq!(project.bytes(&format!("out/{NOTE}")), good);
    let project = project.replace(ACTIVITIES, "72.0;", "71.000;");
    watching.says("72.000 kr. → 71.000 kr.");
    watching.says("3 documents: 1 written, 2 fresh");

    // A wrong template, then the right one.
    let template = "templates/note/main.typ";
    save_by_rename(&project, template, "#show:", "#shaw:");
    watching.complains("shaw");
    assert!(printed(&project, NOTE).contains("71.000 kr."));
    save_by_rename(&project, template, "#shaw:", "#show:");
    watching.says("3 documents: 3 fresh");

    // A new folder with a new file, which is changed and goes away again.
    let text = "inputs/lunden/text/letter/2018/greeting.md";
    let project = project.write(text, "Vi ses i haven.\n");
    watching.says(LETTER);
    watching.says("3 documents: 1 written, 2 fresh");
    save_by_rename(&project, text, "haven", "parken");
    watching.says(LETTER);
    watching.says("3 documents: 1 written, 2 fresh");
    assert!(printed(&project, LETTER).contains("Vi ses i parken."));
    let project = project.remove("inputs/lunden/text/letter/2018");
    watching.says(LETTER);
    watching.says("3 documents: 1 written, 2 fresh");

    // A folder whose place another one takes, as when a branch is checked out, is watched like the first.
    let inputs = project.path("inputs/lunden");
    fs::rename(&inputs, project.path("before")).unwrap();
    let project = project
        .clone()
        .copy(&project.path("before"), "inputs/lunden");
    let project = project.replace(ACTIVITIES, "71.000", "70.000");
    watching.says("71.000 kr. → 70.000 kr.");
    save_by_rename(&project, ACTIVITIES, "70.000", "69.000");
    watching.says("70.000 kr. → 69.000 kr.");

    watching.interrupt();
    assert_eq!(watching.ended().code(), Some(0));
    let left = project.files("out");
    let strays = left
        .iter()
        .filter(|file| file.contains("/.") || file.starts_with('.'));
    assert_eq!(strays.count(), 0, "{left:?}");
    let _ran = project.run(["build"]).clean();
    assert_eq!(printed(&project, NOTE).matches("69.000 kr.").count(), 1);
}

#[test]
fn it_ends_when_the_documents_being_made_are_done() {
    let project = project();
    let watching = Live::start(&project, &["watch"]);
    // At any moment of the first build.
    while !project.path("out/.lock").exists() {
        thread::yield_now();
    }
    watching.interrupt();
    assert_eq!(watching.ended().code(), Some(0));
    let files = project.files("out");
    assert!(
        !files
            .iter()
            .any(|file| file.contains(".lock") || file.contains(".tryk-"))
    );
    let ran = project.run(["build"]).clean();
    assert!(
        ran.stdout.contains("3 documents: 3 fresh"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_cannot_be_watched_is_a_failure() {
    let project = Project::empty();
    let watching = Live::start(&project, &["watch"]);
    watching.complains("error: the inputs folder inputs is missing");
    assert_eq!(watching.ended().code(), Some(2));
}
