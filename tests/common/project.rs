//! A project in a temporary folder: copied, changed, built.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use super::ran::Ran;

/// A project of its own; every method that changes it gives it back.
#[derive(Clone)]
#[must_use = "a project does nothing until it is run"]
pub struct Project {
    folder: Arc<TempDir>,
}

/// The minimal project: one partnership, two templates, three editions.
pub fn project() -> Project {
    Project::empty().copy(&tests().join("projects/minimal"), "")
}

/// A copy of the real inputs and templates.
pub fn folehaven() -> Project {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Project::empty()
        .copy(&root.join("inputs"), "inputs")
        .copy(&root.join("templates"), "templates")
}

/// The folder of the tests.
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

impl Project {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self {
            folder: Arc::new(TempDir::with_prefix("tryk-test-").unwrap()),
        }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// The path of a file in it.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root().join(relative)
    }

    /// Lays a folder over this one.
    pub fn copy(self, from: &Path, to: &str) -> Self {
        copy_folder(from, &self.path(to));
        self
    }

    /// Writes a file.
    pub fn write(self, relative: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap_or_else(|error| panic!("{relative}: {error}"));
        self
    }

    /// Replaces a text that stands in a file exactly once.
    pub fn replace(self, relative: &str, old: &str, new: &str) -> Self {
        let text = self.read(relative);
        let times = text.matches(old).count();
        assert_eq!(times, 1, "{old:?} stands {times} times in {relative}");
        self.write(relative, text.replacen(old, new, 1))
    }

    /// Adds text to the end of a file.
    pub fn append(self, relative: &str, text: &str) -> Self {
        let all = self.read(relative) + text;
        self.write(relative, all)
    }

    /// Writes a file anew from its text.
    pub fn rewrite<T: AsRef<[u8]>>(self, relative: &str, edit: impl FnOnce(&str) -> T) -> Self {
        let edited = edit(&self.read(relative));
        self.write(relative, edited)
    }

    /// Deletes a file or a folder.
    pub fn remove(self, relative: &str) -> Self {
        let path = self.path(relative);
        let removed = if path.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        removed.unwrap_or_else(|error| panic!("{relative}: {error}"));
        self
    }

    /// Does something to the folder that the other methods do not.
    pub fn with(self, act: impl FnOnce(&Path)) -> Self {
        act(self.root());
        self
    }

    /// The text of a file.
    pub fn read(&self, relative: &str) -> String {
        String::from_utf8(self.bytes(relative)).unwrap()
    }

    /// The bytes of a file.
    pub fn bytes(&self, relative: &str) -> Vec<u8> {
        fs::read(self.path(relative)).unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    /// The files below `out/`, without the build record.
    pub fn outputs(&self) -> Vec<String> {
        let mut files = self.files("out");
        files.retain(|file| file != "build-record.json");
        files
    }

    /// The paths of all files below a folder, sorted, with `/`; none when the folder is not there.
    pub fn files(&self, below: &str) -> Vec<String> {
        let mut files = Vec::new();
        list(&self.path(below), "", &mut files);
        files.sort();
        files
    }

    /// Runs the real binary in this folder.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        self.run_in(args, &[])
    }

    /// The same with environment variables, which are otherwise cleared.
    pub fn run_in<S: AsRef<OsStr>>(
        &self,
        args: impl IntoIterator<Item = S>,
        env: &[(&str, &str)],
    ) -> Ran {
        Ran::start(self, args, env)
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    let entries = fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    for entry in entries {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{path}/"), files);
        } else {
            files.push(path);
        }
    }
}
