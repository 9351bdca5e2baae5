//! Tells when something below a project's inputs or templates has changed.
//!
//! Comes in: a project. Goes out: a call at the beginning and after every burst of changes. Must not read files, nor know what is made of them.
//!
//! Folders are watched, not the files that a compilation opened: a faulty run opens only some of them, a file may be new, and editors
//! save by putting another file in the old one's place. The watcher of `typst-kit` is not used: it forgets the change that ends a long
//! burst of events, and what a build reads is such a burst in watched folders.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvError};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::project::Project;

/// How deep folders may nest; a link to a folder above would nest for ever.
const DEPTH: usize = 12;

/// How often in a row folders may fail to be watched: they come and go while they are listed.
const TRIES: usize = 5;

/// Changes that follow each other within this time are one.
const QUIET: Duration = Duration::from_millis(100);

/// The longest that changes which never rest are waited for.
const LONGEST: Duration = Duration::from_millis(500);

/// Folders that are watched, and what happens in them.
struct Watched {
    /// Watches as long as it lives.
    _watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
}

/// Calls `changed` now and whenever something has changed, until it gives false; changes that follow each other closely are one.
///
/// What changes while `changed` is at work is told afterwards. A project's folder that is missing is waited for.
///
/// # Errors
/// What the operating system says when it cannot watch.
pub fn watch(project: &Project, mut changed: impl FnMut() -> bool) -> Result<(), String> {
    loop {
        // All anew: a folder that was replaced by another of its name is no longer watched.
        let watched = follow(project)?;
        if !changed() {
            return Ok(());
        }
        watched.wait().map_err(|error| error.to_string())?;
    }
}

/// Watches every folder there is, until no new one has come meanwhile.
fn follow(project: &Project) -> Result<Watched, String> {
    let (mut known, mut failed) = (folders(project), 0);
    loop {
        let watched = Watched::new(&known);
        let now = folders(project);
        match watched {
            Ok(watched) if now == known => return Ok(watched),
            Err(error) if failed == TRIES => return Err(error.to_string()),
            Ok(_) => {}
            Err(_) => failed += 1,
        }
        known = now;
    }
}

impl Watched {
    fn new(folders: &BTreeSet<PathBuf>) -> notify::Result<Self> {
        let (sender, events) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender)?;
        for folder in folders {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
        }
        Ok(Self {
            _watcher: watcher,
            events,
        })
    }

    /// Waits for a change, and until the changes after it come to rest.
    fn wait(&self) -> Result<(), RecvError> {
        while !is_change(&self.events.recv()?) {}
        let (begun, mut last) = (Instant::now(), Instant::now());
        while last.elapsed() < QUIET && begun.elapsed() < LONGEST {
            let rest = QUIET.saturating_sub(last.elapsed());
            if self
                .events
                .recv_timeout(rest)
                .is_ok_and(|event| is_change(&event))
            {
                last = Instant::now();
            }
        }
        Ok(())
    }
}

/// False for what only reads; what the watcher cannot tell may be anything.
fn is_change(event: &notify::Result<Event>) -> bool {
    let Ok(event) = event else { return true };
    match event.kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Other => event.need_rescan(),
        _ => true,
    }
}

/// The folders of a project that hold what its documents are made from; the output folder is none of them, wherever it lies.
fn folders(project: &Project) -> BTreeSet<PathBuf> {
    let out = project.out.canonicalize().ok();
    let mut found = BTreeSet::new();
    for root in [&project.inputs, &project.templates] {
        // What is missing will come to be in the nearest folder that is there.
        let there = root.ancestors().find(|one| one.is_dir());
        if there != Some(root.as_path()) {
            found.insert(there.map_or_else(|| PathBuf::from("."), Path::to_owned));
            continue;
        }
        gather(root, out.as_deref(), DEPTH, &mut found);
    }
    found
}

fn gather(folder: &Path, out: Option<&Path>, depth: usize, found: &mut BTreeSet<PathBuf>) {
    if depth == 0 || out.is_some() && folder.canonicalize().ok().as_deref() == out {
        return;
    }
    found.insert(folder.to_owned());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let path = entry.path();
        if !hidden && path.is_dir() {
            gather(&path, out, depth - 1, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_folder_and_hidden_ones_are_not_watched() {
        let root = tempfile::tempdir().expect("a folder");
        for folder in ["in/a/text", "in/.git/objects", "in/out/a", "templates/plan"] {
            fs::create_dir_all(root.path().join(folder)).expect("a folder");
        }
        let project = Project {
            inputs: root.path().join("in"),
            templates: root.path().join("templates"),
            out: root.path().join("templates/../in/out"),
        };
        let found = folders(&project);
        let relative = found
            .iter()
            .filter_map(|path| path.strip_prefix(root.path()).ok());
        let relative: Vec<&Path> = relative.collect();
        let expected = ["in", "in/a", "in/a/text", "templates", "templates/plan"];
        assert_eq!(relative, expected.map(Path::new));
    }
}
