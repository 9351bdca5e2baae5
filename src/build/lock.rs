//! One run at a time writes to an output folder, and one to the records of a partnership.
//!
//! Comes in: the folder. Goes out: a lock that ends with the process, however it ends.
//! Must not be held by runs that only read.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Component, Path, PathBuf};

use crate::project::Project;

/// The lock's name in its folder; the reader of the inputs sees no hidden names. It is there while a run holds it, or when one was killed.
pub const FILE: &str = ".lock";

/// What stands in a lock file that was given up: whoever waited for it must ask again.
const GIVEN_UP: &str = "given up";

/// Names of files that a run had not finished writing begin so.
pub const UNFINISHED: &str = ".tryk-";

/// The right to write to a folder.
#[derive(Debug)]
pub struct Lock {
    file: File,
    folder: PathBuf,
    /// False for a folder that stays when there is nothing in it.
    may_go: bool,
}

impl Lock {
    /// Takes the lock; when another run holds it, `waiting` is told who, and this one waits.
    ///
    /// # Errors
    /// What the operating system says, for example of a folder that may not be written.
    pub fn take(out: &Path, waiting: &dyn Fn(&str)) -> io::Result<Self> {
        Self::wait_for(out, true, waiting)
    }

    fn wait_for(folder: &Path, may_go: bool, waiting: &dyn Fn(&str)) -> io::Result<Self> {
        loop {
            if may_go {
                // Whoever held it may have taken the empty folder away.
                fs::create_dir_all(folder)?;
            }
            let mut file = open(folder)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    waiting(said(&mut file).trim());
                    file.lock()?;
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            if said(&mut file) == GIVEN_UP {
                continue;
            }
            let mut lock = Self {
                file,
                folder: folder.to_owned(),
                may_go,
            };
            lock.say(&format!("process {}\n", std::process::id()))?;
            return Ok(lock);
        }
    }

    /// Takes the locks of two folders, always in the same order; one when they are the same.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn take_both(a: &Path, b: &Path, waiting: &dyn Fn(&str)) -> io::Result<Vec<Self>> {
        let mut folders = Vec::new();
        for folder in [a, b] {
            fs::create_dir_all(folder)?;
            folders.push(fs::canonicalize(folder)?);
        }
        folders.sort();
        folders.dedup();
        folders.iter().map(|one| Self::take(one, waiting)).collect()
    }

    /// Takes what a run needs that writes records of a partnership: the lock of its folder, where it has one, and that of the output
    /// folder. Runs with other output folders share the records, so they take turns too.
    ///
    /// # Errors
    /// Which folder cannot be written to, and why.
    pub fn take_for_records(
        project: &Project,
        partnership: &str,
        waiting: &dyn Fn(&str),
    ) -> Result<Vec<Self>, String> {
        let named = |shown: String| move |error| format!("{shown} cannot be written to: {error}");
        let out = fs::create_dir_all(&project.out).and_then(|()| fs::canonicalize(&project.out));
        let mut folders = vec![(
            out.map_err(named(project.out_shown()))?,
            true,
            project.out_shown(),
        )];
        if let Some(records) = records(project, partnership) {
            let shown = format!("{}/{partnership}", project.inputs_shown());
            folders.push((records, false, shown));
        }
        // One order for all, so that no two runs wait for each other.
        folders.sort();
        folders.dedup_by(|one, other| one.0 == other.0);
        let locks = folders.into_iter().map(|(folder, may_go, shown)| {
            Self::wait_for(&folder, may_go, waiting).map_err(named(shown))
        });
        locks.collect()
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

/// A partnership's folder as it really is; none when there is no such partnership.
fn records(project: &Project, partnership: &str) -> Option<PathBuf> {
    let mut parts = Path::new(partnership).components();
    let is_name = matches!(
        (parts.next(), parts.next()),
        (Some(Component::Normal(_)), None)
    );
    let folder = project.inputs.join(partnership);
    let is_there = is_name && folder.is_dir();
    is_there.then(|| fs::canonicalize(folder).ok()).flatten()
}

fn open(folder: &Path) -> io::Result<File> {
    let path = folder.join(FILE);
    // What it says is overwritten, so it must be no other file.
    if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
        let message = format!("{} is no file that a lock can be", path.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, message));
    }
    let mut options = File::options();
    options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
}

/// What stands in the file; nothing where a locked file cannot be read.
fn said(file: &mut File) -> String {
    let mut text = String::new();
    let read = file
        .rewind()
        .and_then(|()| Read::by_ref(file).take(200).read_to_string(&mut text));
    read.map(|_| text).unwrap_or_default()
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The lock itself ends with the file; a name that stays, or a folder that is not empty, does no harm.
        if self.say(GIVEN_UP).is_ok() {
            let _ = fs::remove_file(self.folder.join(FILE));
            if self.may_go {
                let _ = fs::remove_dir(&self.folder);
            }
        }
    }
}

/// What tells a finished bag of the archive, in which nothing is ever removed.
const BAG: &str = "bagit.txt";

/// Removes what killed runs had not finished, below a folder; only the holder of its lock may. Folders below it that have a lock of
/// their own are left to its holder.
///
/// # Errors
/// What the operating system says.
pub fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        if kind.is_dir() && unfinished {
            fs::remove_dir_all(entry.path())?;
        } else if kind.is_dir() {
            let path = entry.path();
            if !path.join(BAG).is_file() && fs::symlink_metadata(path.join(FILE)).is_err() {
                sweep(&entry.path())?;
            }
        } else if unfinished {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    #[test]
    fn a_second_run_waits_and_is_told_who_holds_the_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let lock = Lock::take(folder.path(), &|_| {}).expect("the lock");
        let waited = AtomicBool::new(false);
        thread::scope(|scope| {
            let second = scope.spawn(|| {
                Lock::take(folder.path(), &|holder| {
                    assert_eq!(holder, format!("process {}", std::process::id()));
                    waited.store(true, Ordering::SeqCst);
                })
            });
            while !waited.load(Ordering::SeqCst) {
                thread::yield_now();
            }
            drop(lock);
            second.join().expect("no panic").expect("the lock");
        });
        assert!(!folder.path().join(FILE).exists());
    }

    #[test]
    fn records_are_locked_where_there_are_any() {
        let root = tempfile::tempdir().expect("a folder");
        let project = |out: &str| Project {
            inputs: root.path().join("inputs"),
            templates: root.path().join("templates"),
            out: root.path().join(out),
        };
        let records = root.path().join("inputs/lunden");
        fs::create_dir_all(&records).expect("a folder");
        let take = |out: &str, name: &str| {
            let locks = Lock::take_for_records(&project(out), name, &|_| {});
            locks.expect("the locks").len()
        };
        for (name, locks) in [("lunden", 2), ("unknown", 1), ("..", 1), ("../inputs", 1)] {
            assert_eq!(take("a", name), locks, "{name}");
        }
        assert_eq!(take("inputs/lunden", "lunden"), 1);
        let left = |folder: &Path| fs::read_dir(folder).expect("a listing").count();
        assert_eq!((left(&records), left(root.path())), (0, 1));

        let held = Lock::take_for_records(&project("a"), "lunden", &|_| {}).expect("the locks");
        fs::write(records.join(".tryk-x"), "half").expect("written");
        sweep(root.path()).expect("swept");
        assert!(records.join(".tryk-x").exists(), "somebody is writing it");
        drop(held);
        sweep(root.path()).expect("swept");
        assert!(!records.join(".tryk-x").exists());
    }

    #[test]
    fn unfinished_files_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("a/2018");
        fs::create_dir_all(&below).expect("a folder");
        fs::write(below.join(".tryk-x1"), "half").expect("written");
        fs::write(below.join("plan.pdf"), "whole").expect("written");
        let (bag, half) = (
            folder.path().join("archive/a-2018"),
            folder.path().join("archive/.tryk-x2"),
        );
        for one in [&bag, &half] {
            fs::create_dir_all(one).expect("a folder");
            fs::write(one.join("bagit.txt"), "").expect("written");
            fs::write(one.join(".tryk-x3"), "").expect("written");
        }
        sweep(folder.path()).expect("swept");
        assert!(bag.join(".tryk-x3").exists() && !half.exists());
        assert!(!below.join(".tryk-x1").exists());
        assert!(below.join("plan.pdf").exists());
    }
}
