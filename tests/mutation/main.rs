//! Changing every numeric or date cell of the example, one at a time.
//!
//! A changed cell either gives a finding, or changes every PDF that prints a fact from it, and no other figure.
//! A bounded sample runs with the other tests; the whole with `cargo test --release --test mutation -- --ignored --nocapture`.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod cells;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cells::{Cell, cells};
use tryk::build::{Filter, Press, compose, load, planned};
use tryk::ledger::{FactEntry, Ledger, OriginEntry};
use tryk::project::Project;

/// What a PDF says, by its path.
type Editions = BTreeMap<String, Said>;

#[derive(Clone)]
struct Said {
    /// What templates and texts see; the PDF is made from nothing else of the inputs.
    topics: String,
    pdf: Vec<u8>,
    ledger: Ledger,
}

/// What became of a changed cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// A rule or the reader objects.
    Finding,
    /// The PDFs that print it changed, and no other figure.
    Changed,
    /// No document prints it.
    Unprinted,
}

struct Bench {
    folder: tempfile::TempDir,
    before: Editions,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for part in ["inputs", "templates"] {
            copy(&root().join(part), &folder.path().join(part));
        }
        let before = make(&project(folder.path()), None).expect("the example is clean");
        Self { folder, before }
    }

    /// Changes a cell, looks, and changes it back.
    fn try_cell(&self, cell: &Cell) -> Result<Outcome, String> {
        let path = self.folder.path().join(&cell.file);
        let original = fs::read(&path).expect("the file");
        let text = String::from_utf8(original.clone()).expect("UTF-8");
        let changed = format!(
            "{}{}{}",
            &text[..cell.span.start],
            cell.changed,
            &text[cell.span.end..]
        );
        fs::write(&path, changed).expect("written");
        let after = make(&project(self.folder.path()), Some(&self.before));
        fs::write(&path, original).expect("written back");
        match after {
            None => Ok(Outcome::Finding),
            Some(after) => self.judge(cell, &after),
        }
    }

    fn judge(&self, cell: &Cell, after: &Editions) -> Result<Outcome, String> {
        let mut outcome = Outcome::Unprinted;
        for (path, old) in &self.before {
            let Some(new) = after.get(path) else {
                outcome = Outcome::Changed;
                continue;
            };
            let prints = old
                .ledger
                .facts
                .iter()
                .any(|fact| !fact.printed.is_empty() && stands_in(fact, cell));
            if prints && old.pdf == new.pdf {
                return Err(format!("{path} prints it and did not change"));
            }
            if old.pdf != new.pdf {
                outcome = Outcome::Changed;
                others(cell, &old.ledger, &new.ledger).map_err(|what| format!("{path}: {what}"))?;
            }
        }
        Ok(outcome)
    }
}

/// A figure that changed although it does not rest on the cell's row or object.
fn others(cell: &Cell, old: &Ledger, new: &Ledger) -> Result<(), String> {
    let known: BTreeMap<&str, &FactEntry> = old
        .facts
        .iter()
        .map(|fact| (fact.id.as_str(), fact))
        .collect();
    let index: BTreeMap<&str, &FactEntry> = old
        .facts
        .iter()
        .chain(&new.facts)
        .map(|fact| (fact.id.as_str(), fact))
        .collect();
    for fact in &new.facts {
        let Some(before) = known.get(fact.id.as_str()) else {
            continue;
        };
        if before.value != fact.value
            && !rests_on(&index, fact, cell)
            && !rests_on(&index, before, cell)
        {
            return Err(format!(
                "{} went from {:?} to {:?}",
                fact.id, before.value, fact.value
            ));
        }
    }
    Ok(())
}

fn rests_on(index: &BTreeMap<&str, &FactEntry>, fact: &FactEntry, cell: &Cell) -> bool {
    match &fact.origin {
        OriginEntry::Cell {
            file,
            line,
            pointer,
            ..
        } => {
            let same_object = || {
                let parent = pointer
                    .as_deref()
                    .and_then(|pointer| pointer.rsplit_once('/'))
                    .map(|(parent, _)| parent);
                parent
                    .zip(cell.parent.as_deref())
                    .is_some_and(|(a, b)| a.starts_with(b) || b.starts_with(a))
            };
            *file == cell.file && (*line == cell.line || same_object())
        }
        OriginEntry::Derived { formula, inputs } => {
            // A count rests on a whole list; a sum may have gained or lost a term of the row.
            formula.starts_with("count(")
                || inputs
                    .iter()
                    .filter_map(|id| index.get(id.as_str()))
                    .any(|input| rests_on(index, input, cell))
        }
        OriginEntry::Absent => true,
    }
}

/// The fact's own cell is the changed one.
fn stands_in(fact: &FactEntry, cell: &Cell) -> bool {
    match &fact.origin {
        OriginEntry::Cell {
            file,
            line,
            cell: text,
            ..
        } => *file == cell.file && *line == cell.line && text.trim_matches('"') == cell.text,
        _ => false,
    }
}

/// Makes every edition; none when there is an error. An edition whose data are as before is taken over unmade.
fn make(project: &Project, before: Option<&Editions>) -> Option<Editions> {
    let loaded = load(project, &[]).ok()?;
    let (editions, faults) = planned(&loaded, &Filter::default());
    if loaded.findings.has_errors() || faults.has_errors() {
        return None;
    }
    let press = Press::new(&loaded.templates_root).ok()?;
    let mut made = BTreeMap::new();
    for edition in &editions {
        let topics = serde_json::to_string(&edition.facts.topics).expect("its keys are texts");
        let known = before.and_then(|before| before.get(&edition.output));
        if let Some(same) = known.filter(|said| said.topics == topics) {
            made.insert(edition.output.clone(), same.clone());
            continue;
        }
        let composed = compose(&loaded, &press, edition).ok()?;
        let ledger = serde_json::from_slice(&composed.ledger).expect("a ledger");
        made.insert(
            edition.output.clone(),
            Said {
                topics,
                pdf: composed.pdf,
                ledger,
            },
        );
    }
    tryk::render::evict();
    Some(made)
}

fn all_cells() -> Vec<Cell> {
    let folder = root().join("inputs/folehaven");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .expect("the example")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "csv" || end == "json" || end == "geojson")
        })
        .collect();
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("UTF-8");
        all.extend(cells(&format!("inputs/folehaven/{name}"), &text));
    }
    all
}

fn run(cells: &[Cell]) {
    let bench = Bench::new();
    let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
    let mut escaped = Vec::new();
    let mut unprinted = BTreeSet::new();
    for cell in cells {
        match bench.try_cell(cell) {
            Ok(outcome) => {
                *counts.entry(outcome).or_default() += 1;
                if outcome == Outcome::Unprinted {
                    unprinted.insert(format!("{}:{} {}", cell.file, cell.line, cell.text));
                }
            }
            Err(why) => escaped.push(format!(
                "{}:{} {} -> {}: {why}",
                cell.file, cell.line, cell.text, cell.changed
            )),
        }
    }
    println!(
        "{} cells tried: {counts:?}; {} escaped",
        cells.len(),
        escaped.len()
    );
    for cell in unprinted {
        println!("  unprinted: {cell}");
    }
    assert!(
        escaped.is_empty(),
        "these cells escape:\n{}",
        escaped.join("\n")
    );
}

/// Every so many-th cell, so that each file has its share.
#[test]
fn a_sample_of_cells() {
    let all = all_cells();
    let sample: Vec<Cell> = all.iter().step_by(all.len() / 7).cloned().collect();
    run(&sample);
}

#[test]
#[ignore = "takes minutes: the whole of what the sample stands for"]
fn every_cell() {
    run(&all_cells());
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn project(folder: &Path) -> Project {
    Project {
        inputs: folder.join("inputs"),
        templates: folder.join("templates"),
        out: folder.join("out"),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a listing") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
