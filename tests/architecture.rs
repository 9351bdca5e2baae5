//! The plan of the source, held by the source itself: which room may use which, and the house style that no lint knows.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room with the rooms it may use; `crate::room` elsewhere is a breach. See `docs/architecture.md`.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("model", &["diagnostic"]),
    ("read", &["model", "diagnostic"]),
    ("facts", &["model", "diagnostic"]),
    ("check", &["facts", "prose", "model", "diagnostic"]),
    ("prose", &["facts", "model", "diagnostic"]),
    ("render", &["diagnostic"]),
    ("wording", &["diagnostic"]),
    ("sign", &["diagnostic"]),
    ("archive", &["diagnostic"]),
    ("ledger", &["facts", "model", "render", "diagnostic"]),
    ("project", &["diagnostic"]),
    (
        "build",
        &[
            "read",
            "model",
            "check",
            "facts",
            "prose",
            "render",
            "ledger",
            "wording",
            "sign",
            "archive",
            "project",
            "diagnostic",
        ],
    ),
    (
        "commands",
        &[
            "build",
            "read",
            "model",
            "check",
            "facts",
            "prose",
            "render",
            "ledger",
            "wording",
            "sign",
            "archive",
            "project",
            "cli",
            "diagnostic",
        ],
    ),
    ("cli", &[]),
];

/// Files may not be longer.
const MOST_LINES: usize = 400;

/// The one file that may ask the clock.
const CLOCK: &str = "commands/clock.rs";

/// What no code outside tests may hold. Lints hold most of them too; this test also holds them against an `allow`.
const FORBIDDEN: &[&str] = &[
    ".unwrap()",
    "panic!(",
    "todo!(",
    "unimplemented!(",
    "dbg!(",
    "println!(",
    "print!(",
    "process::exit",
    "SystemTime::now",
    "Local::now",
    "Utc::now",
];

struct Source {
    path: String,
    room: String,
    text: String,
}

impl Source {
    /// The code: without comments, strings' contents kept, and without the tests at the file's end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.text.find("#[cfg(test)]\nmod tests {");
        let end = tests.unwrap_or(self.text.len());
        let lines = self.text[..end].lines().enumerate();
        lines
            .map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    gather(&root, &mut paths);
    paths.sort();
    let source = |path: PathBuf| {
        let relative = path.strip_prefix(&root).unwrap();
        let path_text = relative.to_string_lossy().replace('\\', "/");
        let room = path_text.split('/').next().unwrap_or_default();
        Source {
            room: room.trim_end_matches(".rs").to_owned(),
            text: fs::read_to_string(&path).unwrap(),
            path: path_text,
        }
    };
    paths.into_iter().map(source).collect()
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// A file of tests alone, which `#[cfg(test)]` in its parent keeps out of the program.
fn is_test(source: &Source) -> bool {
    source.path.ends_with("/tests.rs") || source.path.contains("/tests/")
}

/// The rooms that a piece of code names after `crate::`, also in `use crate::{a, b::c}`.
fn rooms_named(code: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(list) => rooms.extend(first_level(list)),
            None => rooms.push(rest),
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    rooms
        .into_iter()
        .map(|rest| &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())])
        .filter(|room| !room.is_empty())
        .collect()
}

/// The beginnings of the entries of a list in braces.
fn first_level(list: &str) -> Vec<&str> {
    let (mut depth, mut starts) = (0_usize, vec![0]);
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => starts.push(at + 1),
            _ => {}
        }
    }
    starts
        .into_iter()
        .map(|at| list[at..].trim_start())
        .collect()
}

#[test]
fn rooms_use_only_what_they_may() {
    let may_use: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let sources = sources();
    let rooms: BTreeSet<&str> = sources.iter().map(|source| source.room.as_str()).collect();
    let mut breaches = Vec::new();
    for source in &sources {
        let Some(allowed) = may_use.get(source.room.as_str()) else {
            let is_root = ["lib", "main"].contains(&source.room.as_str());
            assert!(is_root, "{} is in no room of the plan", source.path);
            continue;
        };
        let code: Vec<&str> = source.code().map(|(_, line)| line).collect();
        let code = code.join("\n");
        for room in rooms_named(&code) {
            let is_other = rooms.contains(room) && room != source.room;
            if is_other && !allowed.contains(&room) {
                breaches.push(format!("{} uses {room}", source.path));
            }
        }
    }
    breaches.dedup();
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn lists_in_braces_are_seen_too() {
    let code = "use crate::{\n    facts::{self, danish::x},\n    model::Edition,\n};\nlet x = crate::read::LIMIT;";
    assert_eq!(rooms_named(code), ["facts", "model", "read"]);
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "no `//!` on top: {silent:#?}");
}

#[test]
fn no_file_is_long() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.text.lines().count() > MOST_LINES)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn nothing_stops_prints_or_asks_the_clock() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !is_test(source)) {
        for (line, code) in source.code() {
            for forbidden in FORBIDDEN.iter().filter(|word| code.contains(**word)) {
                if source.path == CLOCK && forbidden.ends_with("::now") {
                    continue;
                }
                found.push(format!("src/{}:{line} {forbidden}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
