//! The example in a folder of its own, where a cell is changed and everything that rests on it is made again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use tryk::build::{Filter, Loaded, Planned, Press, compose, load, planned};
use tryk::diagnostic::Findings;
use tryk::ledger::Ledger;
use tryk::project::Project;

use crate::Outcome;
use crate::cells::Cell;
use crate::judge::judge;

/// What PDFs say, by their paths.
pub type Editions = BTreeMap<String, Said>;

/// What a PDF says.
#[derive(Clone)]
pub struct Said {
    /// Its bytes.
    pub pdf: Vec<u8>,
    /// Its ledger.
    pub ledger: Ledger,
}

/// The editions of the example as it is.
pub fn original(root: &Path) -> Editions {
    let folder = tempfile::tempdir().expect("a folder");
    lay_out(root, folder.path());
    let loaded = load(&project(folder.path()), &[]).expect("the example can be read");
    let (editions, _) = planned(&loaded, &Filter::default());
    let made = make(&loaded, &editions, &|_| None);
    made.unwrap_or_else(|findings| panic!("the example is not clean: {findings:?}"))
}

/// A worker's own copy of the example.
pub struct Bench<'a> {
    folder: tempfile::TempDir,
    before: &'a Editions,
    /// What each edition is made from.
    keys: BTreeMap<String, u64>,
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
            findings,
        }
    }

    /// Changes a cell, looks, and changes it back.
    pub fn try_cell(&self, cell: &Cell) -> Result<Outcome, String> {
        let path = self.folder.path().join(&cell.file);
        let original = fs::read_to_string(&path).expect("UTF-8");
        let (before, after) = (&original[..cell.span.start], &original[cell.span.end..]);
        fs::write(&path, format!("{before}{}{after}", cell.changed)).expect("written");
        let outcome = self.look(cell);
        fs::write(&path, original).expect("written back");
        outcome
    }

    fn look(&self, cell: &Cell) -> Result<Outcome, String> {
        let Ok(loaded) = load(&project(self.folder.path()), &[]) else {
            return Ok(Outcome::Finding);
        };
        let (editions, faults) = planned(&loaded, &Filter::default());
        let mut found = told(&loaded.findings).chain(told(&faults));
        if found.any(|one| !self.findings.contains(&one)) {
            return Ok(Outcome::Finding);
        }
        let same = |one: &Planned<'_>| {
            let is_same = self.keys.get(&one.output) == Some(&key(one));
            self.before.get(&one.output).filter(|_| is_same).cloned()
        };
        match make(&loaded, &editions, &same) {
            Ok(after) => judge(cell, self.before, &after).map(|()| Outcome::Changed),
            Err(_) => Ok(Outcome::Finding),
        }
    }
}

/// Makes the editions that are not there already.
fn make(
    loaded: &Loaded,
    editions: &[Planned<'_>],
    same: &dyn Fn(&Planned<'_>) -> Option<Said>,
) -> Result<Editions, Findings> {
    let press = Press::new(&loaded.templates_root)?;
    let made = editions.iter().map(|edition| {
        let said = match same(edition) {
            Some(said) => said,
            None => {
                let composed = compose(loaded, &press, edition)?;
                Said {
                    ledger: serde_json::from_slice(&composed.ledger).expect("a ledger"),
                    pdf: composed.pdf,
                }
            }
        };
        Ok((edition.output.clone(), said))
    });
    let made = made.collect();
    tryk::render::evict();
    made
}

/// Everything in the inputs that an edition can be made from: with the same key it is the same.
fn key(edition: &Planned<'_>) -> u64 {
    let mut key = DefaultHasher::new();
    let topics = serde_json::to_string(&edition.facts.topics).expect("its keys are texts");
    topics.hash(&mut key);
    for fact in edition.facts.book.iter() {
        format!("{fact:?}").hash(&mut key);
    }
    format!("{:?}", edition.edition).hash(&mut key);
    format!("{:?}", edition.partnership.data.partnership.sources).hash(&mut key);
    edition.title.hash(&mut key);
    key.finish()
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
