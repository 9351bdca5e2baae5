//! Writing a bag (RFC 8493) in a folder of its own, which gets its name only when everything is in it.
//!
//! Comes in: bytes by path. Goes out: a whole bag under its final name, or nothing.
//! Must not write outside its folder, nor where something is already.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::digest::{Digests, hexadecimal};
use super::info::Info;
use super::manifest::{self, Algorithm};
use super::path;

/// `bagit.txt`.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The folder of the payload, with `/`.
pub const PAYLOAD: &str = "data/";

/// A bag that is not finished.
#[derive(Debug)]
pub struct Draft {
    folder: TempDir,
    files: BTreeMap<String, Digests>,
    folded: BTreeSet<String>,
    payload: (u64, usize),
}

/// A bag that lacks nothing but its name.
#[derive(Debug)]
pub struct Finished {
    folder: TempDir,
    /// SHA-512 of `tagmanifest-sha512.txt`, in hexadecimal: the digest of the whole bag.
    pub seal: String,
}

impl Draft {
    /// Begins a bag in a folder; `prefix` is how unfinished things are called there.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn begin(parent: &Path, prefix: &str) -> io::Result<Self> {
        fs::create_dir_all(parent)?;
        Ok(Self {
            folder: TempDir::with_prefix_in(prefix, parent)?,
            files: BTreeMap::new(),
            folded: BTreeSet::new(),
            payload: (0, 0),
        })
    }

    /// Adds a file: below `data/` to the payload, elsewhere a tag file.
    ///
    /// # Errors
    /// What the operating system says, or a refusal of a path that is unsafe or taken.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> io::Result<Digests> {
        let path = path::normal(path);
        let refused = |what: &str| io::Error::other(format!("the path {path} {what}"));
        if let Some(fault) = path::fault(&path) {
            return Err(refused(fault));
        }
        if !self.folded.insert(path::folded(&path)) {
            return Err(refused(
                "is taken by a file that differs from it in capitals at most",
            ));
        }
        let digests = Digests::of(bytes);
        self.put(&path, bytes)?;
        if path.starts_with(PAYLOAD) {
            self.payload = (self.payload.0 + bytes.len() as u64, self.payload.1 + 1);
        }
        self.files.insert(path, digests);
        Ok(digests)
    }

    /// The digests of every file so far, by path.
    pub fn files(&self) -> &BTreeMap<String, Digests> {
        &self.files
    }

    /// Writes the declaration, the info with the payload's size, and the manifests.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn finish(mut self, mut info: Info) -> io::Result<Finished> {
        info.add(
            "Payload-Oxum",
            format!("{}.{}", self.payload.0, self.payload.1),
        );
        self.add("bagit.txt", DECLARATION.as_bytes())?;
        self.add("bag-info.txt", &info.to_bytes())?;
        let (payload, tags): (BTreeMap<_, _>, BTreeMap<_, _>) = std::mem::take(&mut self.files)
            .into_iter()
            .partition(|(path, _)| path.starts_with(PAYLOAD));
        self.files = tags;
        for algorithm in Algorithm::ALL {
            let name = format!("manifest-{}.txt", algorithm.name());
            self.add(&name, &manifest::written(&payload, algorithm))?;
        }
        let tags = std::mem::take(&mut self.files);
        let mut seal = String::new();
        for algorithm in Algorithm::ALL {
            let bytes = manifest::written(&tags, algorithm);
            self.put(&format!("tagmanifest-{}.txt", algorithm.name()), &bytes)?;
            seal = hexadecimal(&Digests::of(&bytes).sha512);
        }
        sync_folders(self.folder.path())?;
        Ok(Finished {
            folder: self.folder,
            seal,
        })
    }

    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(self.folder.path()))?;
        let mut file = File::create_new(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }
}

impl Finished {
    /// Where it is as long as it has no name.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the bag its name, at once.
    ///
    /// # Errors
    /// What the operating system says, or a refusal when the name is taken.
    pub fn publish(self, name: &str) -> io::Result<PathBuf> {
        let here = self.folder.path();
        let parent = here.parent().unwrap_or(Path::new("."));
        let target = parent.join(name);
        if target.symlink_metadata().is_ok() {
            let taken = format!("{name} is there already, and is never rewritten");
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, taken));
        }
        readable_by_all(here)?;
        fs::rename(here, &target)?;
        sync(parent)?;
        // The folder is no longer under its temporary name.
        let _ = self.folder.keep();
        Ok(target)
    }
}

fn sync_folders(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync(folder)
}

/// Makes sure that the names in a folder outlive a loss of power.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Other systems cannot sync a folder.
#[cfg(not(unix))]
pub(super) fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Temporary folders are private; a bag is not.
#[cfg(unix)]
fn readable_by_all(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn readable_by_all(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(parent: &Path) -> Draft {
        let mut draft = Draft::begin(parent, ".tryk-").expect("begun");
        draft.add("data/a/plan.pdf", b"x").expect("added");
        draft.add("index.html", b"y").expect("added");
        draft
    }

    #[test]
    fn a_bag_gets_its_name_when_it_is_whole_and_never_again() {
        let parent = tempfile::tempdir().expect("a folder");
        let finished = draft(parent.path()).finish(Info::default()).expect("done");
        let seal = finished.seal.clone();
        let bag = finished.publish("lunden-2018").expect("published");
        let info = fs::read_to_string(bag.join("bag-info.txt")).expect("an info");
        assert_eq!(info, "Payload-Oxum: 1.1\n");
        let tags = fs::read(bag.join("tagmanifest-sha512.txt")).expect("a manifest");
        assert_eq!(seal, hexadecimal(&Digests::of(&tags).sha512));
        let tags = String::from_utf8(tags).expect("text");
        let named: Vec<&str> = tags.lines().map(|line| &line[130..]).collect();
        assert_eq!(
            named,
            [
                "bag-info.txt",
                "bagit.txt",
                "index.html",
                "manifest-sha256.txt",
                "manifest-sha512.txt"
            ]
        );
        let again = draft(parent.path()).finish(Info::default()).expect("done");
        assert_eq!(again.seal, seal, "the same bytes");
        assert!(again.publish("lunden-2018").is_err());
        assert_eq!(fs::read_dir(parent.path()).expect("a listing").count(), 1);
    }

    #[test]
    fn unsafe_and_taken_paths_are_refused() {
        let parent = tempfile::tempdir().expect("a folder");
        let mut draft = draft(parent.path());
        for path in ["../x", "/x", "data/../../x", "data/A/Plan.pdf"] {
            assert!(draft.add(path, b"").is_err(), "{path}");
        }
        drop(draft);
        assert_eq!(fs::read_dir(parent.path()).expect("a listing").count(), 0);
    }
}
