//! Changing every numeric or date cell of the example, one at a time.
//!
//! A changed cell either gives a finding, or changes every PDF whose ledger has a fact from it, and no other figure; a third
//! outcome is an escape and fails. A bounded sample runs with the other tests; the whole with
//! `cargo test --release --test mutation -- --ignored --nocapture`.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

mod bench;
mod cells;
mod judge;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use bench::{Bench, original};
use cells::{Cell, cells};

/// What became of a changed cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A rule or the reader objects.
    Finding,
    /// The PDFs that print it changed, and no other figure.
    Changed,
}

/// Every so many cells, what they came to is said while the whole runs.
const TOLD: usize = 50;
/// Cells are tried in so many rounds through the files.
const ROUNDS: usize = 97;
/// How many cells are tried with the other tests.
const SAMPLE: usize = 12;

fn all_cells() -> Vec<Cell> {
    let folder = root().join("inputs/folehaven");
    let entries = fs::read_dir(&folder).expect("the example");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "csv" || end == "json" || end == "geojson")
        })
        .collect();
    files.sort();
    let of_file = |path: &PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy();
        let text = fs::read_to_string(path).expect("UTF-8");
        cells(&format!("inputs/folehaven/{name}"), &text)
    };
    let all: Vec<Cell> = files.iter().flat_map(of_file).collect();
    // A part of them has something of every file.
    let rounds = (0..ROUNDS).flat_map(|first| all.iter().skip(first).step_by(ROUNDS));
    rounds.cloned().collect()
}

/// Tries the cells, some at a time, and prints what they came to.
fn run(cells: &[Cell]) {
    let before = original(root());
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        for _ in 0..workers.min(cells.len()) {
            scope.spawn(|| {
                let bench = Bench::new(root(), &before);
                while let Some(cell) = cells.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = bench.try_cell(cell);
                    if let Err(why) = &result {
                        eprintln!("escaped: {cell}: {why}");
                    }
                    let mut results = results.lock().expect("no worker panicked");
                    results.push((cell, result));
                    if results.len().is_multiple_of(TOLD) {
                        eprintln!("{} of {} cells", results.len(), cells.len());
                    }
                }
            });
        }
    });
    let mut counts: BTreeMap<Outcome, usize> = BTreeMap::new();
    let mut escaped = Vec::new();
    for (cell, result) in results.into_inner().expect("no worker panicked") {
        match result {
            Ok(outcome) => *counts.entry(outcome).or_default() += 1,
            Err(why) => escaped.push(format!("{cell}: {why}")),
        }
    }
    escaped.sort();
    let count = |outcome| counts.get(&outcome).copied().unwrap_or(0);
    println!(
        "{} cells tried: {} gave a finding, {} changed the PDFs that print them and no other figure, {} escaped",
        cells.len(),
        count(Outcome::Finding),
        count(Outcome::Changed),
        escaped.len()
    );
    assert!(
        escaped.is_empty(),
        "these cells escape:\n{}",
        escaped.join("\n")
    );
}

#[test]
fn a_sample_of_cells() {
    let all = all_cells();
    run(&all[..all.len().min(SAMPLE)]);
}

/// All of them without the engine: what is noticed by nothing would escape.
#[test]
#[ignore = "takes minutes: the first part of what the sample stands for"]
fn every_cell_is_noticed() {
    let all = all_cells();
    let before = BTreeMap::new();
    let (next, lost) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZeroUsize::get) {
            scope.spawn(|| {
                let bench = Bench::new(root(), &before);
                while let Some(cell) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if !bench.notices(cell) {
                        let mut lost = lost.lock().expect("no worker panicked");
                        lost.push(cell.to_string());
                    }
                }
            });
        }
    });
    let lost = lost.into_inner().expect("no worker panicked");
    println!(
        "{} cells tried, {} noticed by nothing",
        all.len(),
        lost.len()
    );
    assert!(lost.is_empty(), "nothing notices:\n{}", lost.join("\n"));
}

#[test]
#[ignore = "takes minutes: the whole of what the sample stands for"]
fn every_cell() {
    run(&all_cells());
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
