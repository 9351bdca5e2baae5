//! `docs/revisions.md` tells what happens: its changes are made and its commands run, in order, and what they say is what stands there.
//!
//! `TRYK_UPDATE=1` writes what they say into the page.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop where it fails"
)]

mod common;

use std::env;
use std::fs;
use std::path::Path;

use common::{Project, official};

/// A part of the page.
enum Part<'a> {
    /// Words, which nobody runs.
    Words(&'a str),
    /// A block of commands (`$ tryk …`), each with what it says below.
    Console(Vec<&'a str>),
    /// A change of a file, which its first line names: `-` what stands there, `+` what takes its place; without `-` new rows at the end.
    Change(Vec<&'a str>),
}

const FENCE: &str = "```";

fn parts(page: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let mut block = || lines.by_ref().take_while(|line| *line != FENCE).collect();
        parts.push(match line.strip_prefix(FENCE) {
            Some("console") => Part::Console(block()),
            Some("diff") => Part::Change(block()),
            _ => Part::Words(line),
        });
    }
    parts
}

/// The page with what its commands really say.
fn told(page: &str, mut project: Project) -> String {
    let mut told = String::new();
    for part in parts(page) {
        match part {
            Part::Words(line) => told += &format!("{line}\n"),
            Part::Console(lines) => {
                let commands = lines.iter().filter_map(|line| line.strip_prefix("$ "));
                let said: Vec<String> = commands.map(|line| said(&project, line)).collect();
                told += &format!("{FENCE}console\n{}{FENCE}\n", said.join("\n"));
            }
            Part::Change(lines) => {
                project = changed(project, &lines);
                told += &format!("{FENCE}diff\n{}\n{FENCE}\n", lines.join("\n"));
            }
        }
    }
    told
}

/// A command line with what it says; times and digests are left out.
fn said(project: &Project, line: &str) -> String {
    let command = line.split(" #").next().unwrap().trim();
    let words = words(command);
    if words[0] == "rm" {
        fs::remove_dir_all(project.path(&words[words.len() - 1])).unwrap();
        return format!("$ {line}\n");
    }
    assert_eq!(words[0], "tryk", "{line}");
    let ran = project.run(&words[1..]);
    let said = format!("{}{}", ran.stderr, ran.stdout).replace("in [TIME]", "in 0.9 s");
    let is_digest = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let lines = said.lines().map(|line| {
        let digest = line.split(' ').find(|word| is_digest(word));
        let line = digest.map_or(line.to_owned(), |digest| line.replace(digest, "…"));
        format!("{}\n", line.trim_end())
    });
    format!("$ {line}\n{}", lines.collect::<String>())
}

/// The words of a command line; quotes hold one together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in command.split('"').enumerate() {
        match at % 2 {
            1 => words.push(piece.to_owned()),
            _ => words.extend(piece.split_whitespace().map(str::to_owned)),
        }
    }
    words
}

/// Makes a change; `…` stands for the rest of a long line.
fn changed(project: Project, lines: &[&str]) -> Project {
    let file = lines[0].trim();
    let after = |mark: char| -> Vec<&str> {
        let marked = lines[1..].iter().filter_map(|line| line.strip_prefix(mark));
        marked.map(|line| line.trim_matches('…')).collect()
    };
    let (old, new) = (after('-'), after('+'));
    if old.is_empty() {
        return project.append(file, &(new.join("\n") + "\n"));
    }
    assert_eq!(old.len(), new.len(), "{file}");
    let pairs = old.into_iter().zip(new);
    pairs.fold(project, |project, (old, new)| {
        project.replace(file, old, new)
    })
}

#[test]
fn the_walk_through_a_year_is_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/revisions.md");
    let page = fs::read_to_string(&path).unwrap();
    // The page begins with the draft, and with every example called official.
    let project = official().replace(
        "inputs/folehaven/documents.csv",
        "plan;2019;1;2019-01-28;final",
        "plan;2019;1;2019-01-28;draft",
    );
    let told = told(&page, project);
    if env::var_os("TRYK_UPDATE").is_some() {
        fs::write(&path, &told).unwrap();
        return;
    }
    let differing = page.lines().zip(told.lines()).find(|(a, b)| a != b);
    assert!(
        page == told,
        "docs/revisions.md is not what happens: {differing:#?}\nTRYK_UPDATE=1 cargo test --release --test walkthrough writes it"
    );
}
