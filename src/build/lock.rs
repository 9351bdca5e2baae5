//! One run at a time writes to an output folder.
//!
//! Comes in: the output folder. Goes out: a lock that ends with the process, however it ends.
//! Must not be held by runs that only read.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

/// The lock's name in the output folder. It stays there, empty, when nobody holds it.
pub const FILE: &str = ".lock";

/// Names of files that a run had not finished writing begin so.
pub const UNFINISHED: &str = ".tryk-";

/// The right to write to an output folder.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock; when another run holds it, `waiting` is told who, and this one waits.
    ///
    /// # Errors
    /// What the operating system says, for example of a folder that may not be written.
    pub fn take(out: &Path, waiting: &dyn Fn(&str)) -> io::Result<Self> {
        fs::create_dir_all(out)?;
        let path = out.join(FILE);
        let mut options = File::options();
        let mut file = options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // On some systems a locked file cannot be read; then the holder has no name.
                let _ = Read::by_ref(&mut file)
                    .take(200)
                    .read_to_string(&mut holder);
                waiting(holder.trim());
                file.lock()?;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let mut lock = Self { file };
        lock.say(&format!("process {}\n", std::process::id()))?;
        Ok(lock)
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A name that cannot be taken out is only a wrong name: the lock itself ends with the file.
        let _ = self.say("");
    }
}

/// Removes what killed runs had not finished, below a folder; only the holder of the lock may.
///
/// # Errors
/// What the operating system says.
pub fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        if kind.is_dir() {
            sweep(&entry.path())?;
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
        let left = fs::read(folder.path().join(FILE)).expect("the file stays");
        assert_eq!(left, b"");
    }

    #[test]
    fn unfinished_files_are_swept() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("a/2018");
        fs::create_dir_all(&below).expect("a folder");
        fs::write(below.join(".tryk-x1"), "half").expect("written");
        fs::write(below.join("plan.pdf"), "whole").expect("written");
        sweep(folder.path()).expect("swept");
        assert!(!below.join(".tryk-x1").exists());
        assert!(below.join("plan.pdf").exists());
    }
}
