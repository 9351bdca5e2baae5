//! Tells when something below a project's inputs or templates has changed.
//!
//! Comes in: a project. Goes out: a call at the beginning and after every burst of changes. Must not read files, nor know what is made of them.
//!
//! Folders are watched, not the files that a compilation opened: a faulty run opens only some of them, a file may be new, and editors
//! save by putting another file in the old one's place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use typst_kit::watcher::Watcher;

use crate::project::Project;

/// How deep folders may nest; a link to a folder above would nest for ever.
const DEPTH: usize = 12;

/// How often in a row watching may fail: folders come and go while they are listed.
const TRIES: usize = 5;

/// Calls `changed` now and whenever something has changed, until it gives false; changes that follow each other closely are one.
///
/// What changes while `changed` is at work is told afterwards. A project's folder that is missing is waited for.
///
/// # Errors
/// What the operating system says when it cannot watch.
pub fn watch(project: &Project, mut changed: impl FnMut() -> bool) -> Result<(), String> {
    let mut watcher = Watcher::new(None).map_err(|error| error.to_string())?;
    let mut failed = 0;
    loop {
        follow(&mut watcher, project)?;
        if !changed() {
            return Ok(());
        }
        match watcher.wait() {
            Ok(()) => failed = 0,
            Err(error) if failed == TRIES => return Err(error.to_string()),
            Err(_) => failed += 1,
        }
    }
}

/// Watches every folder there is, until no new one has come meanwhile.
fn follow(watcher: &mut Watcher, project: &Project) -> Result<(), String> {
    let (mut known, mut failed) = (folders(project), 0);
    loop {
        // A folder that was replaced by another of its name is watched no more, which the watcher does not notice; so all begin anew.
        let watched = watcher
            .update([])
            .and_then(|()| watcher.update(known.clone()));
        let now = folders(project);
        match watched {
            Ok(()) if now == known => return Ok(()),
            Err(error) if failed == TRIES => return Err(error.to_string()),
            Ok(()) => {}
            Err(_) => failed += 1,
        }
        known = now;
    }
}

/// The folders of a project that hold what its documents are made from; the output folder is none of them, wherever it lies.
fn folders(project: &Project) -> BTreeSet<PathBuf> {
    let out = project.out.canonicalize().ok();
    let mut found = BTreeSet::new();
    for root in [&project.inputs, &project.templates] {
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
