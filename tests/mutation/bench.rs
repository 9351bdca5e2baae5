//! The example in a folder of its own, where a cell is changed and everything that rests on it is made again.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use tryk::build::{Composed, Filter, Loaded, Planned, Press, compose, load, planned};
use tryk::diagnostic::Findings;
use tryk::ledger::{self, Frame, Ledger};
use tryk::project::Project;

use crate::Outcome;
use crate::cells::Cell as Changed;
use crate::judge::judge;

/// How many cells a worker tries before the engine forgets.
const REMEMBERED: usize = 8;

/// What PDFs say, by their paths.
pub type Editions = BTreeMap<String, Said>;

/// What a PDF says.
#[derive(Clone)]
pub struct Said {
    /// It, as it was made; shared while nothing but its ledger changes.
    pub composed: Arc<Composed>,
    /// Its ledger.
    pub ledger: Ledger,
}

/// What an edition is made from: what the engine is given, and what only the ledger tells.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Key {
    engine: u64,
    ledger: u64,
}

/// The editions of the example as it is.
pub fn original(root: &Path) -> Editions {
    let folder = tempfile::tempdir().expect("a folder");
    lay_out(root, folder.path());
    let loaded = load(&project(folder.path()), &[]).expect("the example can be read");
    let (editions, _) = planned(&loaded, &Filter::default());
    let made = make(&loaded, &editions, &|_| Known::Other);
    made.unwrap_or_else(|findings| panic!("the example is not clean: {findings:?}"))
}

/// A worker's own copy of the example.
pub struct Bench<'a> {
    folder: tempfile::TempDir,
    before: &'a Editions,
    /// What each edition is made from.
    keys: BTreeMap<String, Key>,
    /// How many cells were tried.
    tried: Cell<usize>,
    /// What is said of the example as it is.
    findings: BTreeSet<String>,
}

impl<'a> Bench<'a> {
    /// A fresh copy.
    pub fn new(root: &Path, before: &'a Editions) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        lay_out(root, folder.path());
        let loaded = load(&project(folder.path()), &[]).expect("the example can be read");
        let (editions, faults) = planned(&loaded, &Filter::default());
        let keys = editions.iter().map(|one| (one.output.clone(), key(one)));
        let keys = keys.collect();
        let findings = told(&loaded.findings).chain(told(&faults)).collect();
        drop(editions);
        Self {
            folder,
            before,
            keys,
            tried: Cell::new(0),
            findings,
        }
    }

    /// Changes a cell, looks, and changes it back.
    pub fn try_cell(&self, cell: &Changed) -> Result<Outcome, String> {
        // What the engine remembers makes the next document faster, and grows without bound.
        self.tried.set(self.tried.get() + 1);
        if self.tried.get().is_multiple_of(REMEMBERED) {
            tryk::render::evict();
        }
        self.changed(cell, || self.look(cell))
    }

    /// True when a changed cell gives a finding, or there is an edition that would be made from something else: the engine is not asked.
    pub fn notices(&self, cell: &Changed) -> bool {
        self.changed(cell, || {
            let Ok(loaded) = load(&project(self.folder.path()), &[]) else {
                return true;
            };
            let (editions, faults) = planned(&loaded, &Filter::default());
            let same = |one: &Planned<'_>| self.keys.get(&one.output) == Some(&key(one));
            self.objects(&loaded.findings, &faults)
                || editions.len() != self.keys.len()
                || !editions.iter().all(same)
        })
    }

    /// Does something while a cell is changed.
    fn changed<T>(&self, cell: &Changed, act: impl FnOnce() -> T) -> T {
        let path = self.folder.path().join(&cell.file);
        let original = fs::read_to_string(&path).expect("UTF-8");
        let (before, after) = (&original[..cell.span.start], &original[cell.span.end..]);
        fs::write(&path, format!("{before}{}{after}", cell.changed)).expect("written");
        let result = act();
        fs::write(&path, original).expect("written back");
        result
    }

    /// True when something is found that is not found in the example as it is.
    fn objects(&self, findings: &Findings, faults: &Findings) -> bool {
        let mut found = told(findings).chain(told(faults));
        found.any(|one| !self.findings.contains(&one))
    }

    fn look(&self, cell: &Changed) -> Result<Outcome, String> {
        let Ok(loaded) = load(&project(self.folder.path()), &[]) else {
            return Ok(Outcome::Finding);
        };
        let (editions, faults) = planned(&loaded, &Filter::default());
        if self.objects(&loaded.findings, &faults) {
            return Ok(Outcome::Finding);
        }
        let known = |one: &Planned<'_>| {
            let both = self.keys.get(&one.output).zip(self.before.get(&one.output));
            let now = key(one);
            match both {
                Some((key, said)) if *key == now => Known::Same(said),
                Some((key, said)) if key.engine == now.engine => Known::Engine(said),
                _ => Known::Other,
            }
        };
        match make(&loaded, &editions, &known) {
            Ok(after) => judge(cell, self.before, &after).map(|()| Outcome::Changed),
            Err(_) => Ok(Outcome::Finding),
        }
    }
}

/// How an edition stands to the one before the change.
enum Known<'a> {
    /// Another document.
    Other,
    /// The engine is given the same; the ledger may tell something else.
    Engine(&'a Said),
    /// The same altogether.
    Same(&'a Said),
}

/// Makes the editions, as far as they are not there already.
fn make<'a>(
    loaded: &Loaded,
    editions: &[Planned<'_>],
    known: &dyn Fn(&Planned<'_>) -> Known<'a>,
) -> Result<Editions, Findings> {
    let press = Press::new(&loaded.templates_root)?;
    let made = editions.iter().map(|edition| {
        let said = match known(edition) {
            Known::Same(said) => said.clone(),
            Known::Engine(said) => told_anew(loaded, edition, said),
            Known::Other => {
                let composed = compose(loaded, &press, edition)?;
                Said {
                    ledger: serde_json::from_slice(&composed.ledger).expect("a ledger"),
                    composed: Arc::new(composed),
                }
            }
        };
        Ok((edition.output.clone(), said))
    });
    made.collect()
}

/// The ledger of the same pages over other facts.
fn told_anew(loaded: &Loaded, edition: &Planned<'_>, said: &Said) -> Said {
    let partnership = &edition.partnership.data.partnership;
    let frame = Frame {
        edition: said.ledger.edition.clone(),
        generator: &said.ledger.generator,
        engine: said.ledger.engine.clone(),
        sources: &partnership.sources,
        indicators: &partnership.indicators,
        inputs_shown: loaded.inputs.shown(""),
    };
    let layout = &said.composed.layout;
    let loose = ledger::loose(&layout.pieces, &edition.facts.topics);
    let (ledger, _) = ledger::make(&frame, &edition.facts.book, layout, &loose);
    Said {
        composed: Arc::clone(&said.composed),
        ledger,
    }
}

/// Everything in the inputs that an edition can be made from: with the same keys it is the same.
fn key(edition: &Planned<'_>) -> Key {
    let mut engine = DefaultHasher::new();
    let topics = serde_json::to_string(&edition.facts.topics).expect("its keys are texts");
    topics.hash(&mut engine);
    format!("{:?}", edition.edition).hash(&mut engine);
    edition.title.hash(&mut engine);
    let mut ledger = DefaultHasher::new();
    for fact in edition.facts.book.iter() {
        format!("{fact:?}").hash(&mut ledger);
    }
    format!("{:?}", edition.partnership.data.partnership.sources).hash(&mut ledger);
    Key {
        engine: engine.finish(),
        ledger: ledger.finish(),
    }
}

/// Findings as texts that are the same in every folder.
fn told(findings: &Findings) -> impl Iterator<Item = String> + '_ {
    findings.iter().map(|one| {
        let place = one.primary.as_ref().map(|label| &label.place);
        let place = place.map(|place| (place.line(), place.column()));
        format!("{} {place:?} {}", one.code, one.message)
    })
}

fn project(folder: &Path) -> Project {
    Project {
        inputs: folder.join("inputs"),
        templates: folder.join("templates"),
        out: folder.join("out"),
    }
}

fn lay_out(root: &Path, folder: &Path) {
    for part in ["inputs", "templates"] {
        copy(&root.join(part), &folder.join(part));
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
