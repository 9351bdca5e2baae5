//! What the commands print: help, lists, findings for people and for programs.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

mod common;

use common::{Project, Ran, project};

fn only(args: &[&str]) -> Vec<String> {
    let ran = project().run([&["build"], args].concat()).clean();
    let outputs = ran.outputs().into_iter();
    outputs.filter(|file| file.ends_with(".pdf")).collect()
}

/// The minimal project with two faults, in two files.
fn faulty() -> Project {
    project()
        .replace("inputs/lunden/indicators.csv", ";20,5;", ";20.5;")
        .replace("inputs/lunden/meetings.csv", "2018-06-14", "31-02-2018")
}

#[test]
fn filters_choose_editions() {
    let (letter, notes) = (
        "lunden/letter.pdf",
        ["lunden/2018/note-2018.pdf", "lunden/2019/note-2019.pdf"],
    );
    assert_eq!(only(&["-p", "lunden"]).len(), 3);
    assert_eq!(only(&["-d", "letter"]), [letter]);
    assert_eq!(only(&["--document", "note"]), notes);
    assert_eq!(only(&["-d", "note", "-y", "2019"]), [notes[1]]);
    assert_eq!(only(&["-y", "2018"]), [notes[0], letter]);
    assert_eq!(
        only(&["-y", "2018", "-y", "2019", "-d", "letter", "-d", "note"]).len(),
        3
    );
}

#[test]
fn without_a_command_it_builds() {
    let none: [&str; 0] = [];
    let ran = project().run(none).clean();
    assert_eq!(
        ran.stdout.lines().last(),
        Some("3 documents: 3 written in [TIME]")
    );
    let ran = project().run(["-d", "letter"]).clean();
    insta::assert_snapshot!(ran.stdout, @r"
    written    lunden/letter.pdf   1 pages  final
    1 document: 1 written in [TIME]
    ");
}

#[test]
fn quiet_says_nothing_but_findings() {
    let ran = project().run(["build", "--quiet"]).clean();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    let ran = faulty().run(["build", "--quiet"]).failed(1);
    assert_eq!((ran.stdout.as_str(), ran.findings().len()), ("", 2));
}

#[test]
fn colour_is_for_terminals_and_on_demand() {
    let coloured = |args: &[&str], env: &[(&str, &str)]| {
        let ran: Ran = faulty().run_in(args, env).failed(1);
        ran.stderr.contains('\u{1b}')
    };
    assert!(!coloured(&["build"], &[]));
    assert!(coloured(&["build", "--color", "always"], &[]));
    assert!(coloured(
        &["build", "--color", "always"],
        &[("NO_COLOR", "1")]
    ));
    assert!(!coloured(
        &["build", "--color", "never"],
        &[("CLICOLOR_FORCE", "1")]
    ));
}

#[test]
fn build_as_json() {
    let ran = project().run(["build", "-d", "note", "--json"]).clean();
    insta::assert_snapshot!("build-json", ran.stdout);
    let ran = faulty().run(["build", "-d", "note", "--json"]).failed(1);
    let outcomes: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(outcomes, serde_json::json!([]), "{}", ran.stdout);
}

#[test]
fn check_writes_nothing() {
    let ran = project().run(["check"]).clean();
    assert_eq!(ran.stdout, "3 documents: 3 checked\n");
    assert!(!ran.project.path("out").exists());
    let ran = faulty().run(["check"]).failed(1);
    insta::assert_snapshot!("check-human", ran.stdout);
    assert!(!ran.project.path("out").exists());
}

#[test]
fn check_for_programs() {
    let ran = faulty().run(["check", "--format", "short"]).failed(1);
    insta::assert_snapshot!(ran.stdout, @r"
    inputs/lunden/indicators.csv:2:29: error[D01] value `20.5` has a decimal point
    inputs/lunden/meetings.csv:2:7: error[D04] date `31-02-2018` is no day of the calendar
    ");
    let ran = faulty().run(["check", "--format", "json"]).failed(1);
    insta::assert_snapshot!("check-json", ran.stdout);
    let ran = project().run(["check", "--format", "json"]).clean();
    assert_eq!(ran.stdout, "[]\n");
}

#[test]
fn check_for_code_review() {
    let ran = faulty().run(["check", "--format", "sarif"]).failed(1);
    let sarif: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let codes: Vec<_> = results.iter().map(|one| &one["ruleId"]).collect();
    assert_eq!(codes, ["D01", "D04"]);
    let place = &results[0]["locations"][0]["physicalLocation"];
    let file = &place["artifactLocation"]["uri"];
    assert_eq!(file, "inputs/lunden/indicators.csv");
    let (line, column) = (
        &place["region"]["startLine"],
        &place["region"]["startColumn"],
    );
    assert_eq!((line.as_u64(), column.as_u64()), (Some(2), Some(29)));
}

#[test]
fn the_register_as_a_list() {
    let project = project();
    let _ran: Ran = project.run(["build", "-d", "letter"]).clean();
    let ran = project.run(["list"]).clean();
    insta::assert_snapshot!("list", ran.stdout);
    for unknown in [["-y", "2030"], ["-p", "nope"], ["-d", "leter"]] {
        let ran = project.run([&["list"][..], &unknown].concat()).failed(1);
        assert_eq!(
            (ran.findings()[0].code.as_str(), ran.stdout.as_str()),
            ("B05", "")
        );
        let ran = project.run([&["list", "--json"][..], &unknown].concat());
        assert_eq!(ran.failed(1).stdout, "[]\n");
    }
    let ran = project.run(["list", "--json", "-y", "2018"]).clean();
    insta::assert_snapshot!("list-json", ran.stdout);
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = Project::empty().run(["completions", shell]).clean();
        assert!(
            ran.stdout.contains("tryk") && ran.stdout.contains("check"),
            "{shell}"
        );
    }
    let ran = Project::empty().run(["completions", "csh"]).failed(2);
    assert!(
        ran.stderr.contains("possible values: bash"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_version() {
    let ran = Project::empty().run(["--version"]).clean();
    assert_eq!(ran.stdout, "tryk [VERSION]\n");
}

/// The help of every command there is, found in the help itself.
#[test]
fn help() {
    let mut all = Vec::new();
    help_of(&[], &mut all);
    insta::assert_snapshot!("help", all.join("\n"));
}

fn help_of(command: &[&str], all: &mut Vec<String>) {
    let words = [command, &["--help"]].concat();
    let help = Project::empty().run(&words).clean().stdout;
    all.push(format!("$ tryk {}\n{help}", words.join(" ")));
    let Some((_, rest)) = help.split_once("Commands:\n") else {
        return;
    };
    let commands = rest.split("\n\n").next().unwrap();
    for line in commands.lines() {
        let name = line
            .strip_prefix("  ")
            .and_then(|line| line.split(' ').next());
        let name = name.filter(|name| !name.is_empty() && *name != "help");
        if let Some(name) = name {
            help_of(&[command, &[name]].concat(), all);
        }
    }
}
