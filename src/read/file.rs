//! The door to the disk: files and folders under a root, and nothing outside it.
//!
//! Comes in: a path below a root. Goes out: decoded text with its path as it is shown, or why it cannot be had.
//! Must not follow a path out of the root, nor read more than the limit.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::characters;
use super::codes;
use super::context::Context;
use super::encoding::{self, Encoding};
use super::memory::Memory;
use super::regular::{Unreadable, regular};
use super::suggest::closest;
use crate::diagnostic::{Code, Finding, Place, SourceFile};

/// The largest file that is read, in bytes.
pub const LIMIT: u64 = 32 << 20;

/// A folder whose files may be read: the inputs, or the templates.
///
/// Every file is read once: whoever asks again is given the same bytes, whatever has become of the file meanwhile.
#[derive(Clone, Debug)]
pub struct Root {
    real: PathBuf,
    shown: String,
    seen: Arc<Seen>,
}

/// What was found under a root, by relative path.
#[derive(Debug, Default)]
struct Seen {
    names: Memory<bool>,
    folders: Memory<Answer<Vec<Entry>>>,
    files: Memory<Answer<Vec<u8>>>,
}

type Answer<T> = Result<T, Box<Finding>>;

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// The name, without the folder.
    pub(crate) name: String,
    /// True for a folder, or a link to one.
    pub(crate) is_folder: bool,
}

impl Root {
    /// Opens a folder that messages call `shown`, such as `inputs`.
    pub fn open(path: &Path, shown: impl Into<String>) -> Result<Self, Box<Finding>> {
        let shown = shown
            .into()
            .replace('\\', "/")
            .trim_end_matches('/')
            .to_owned();
        let real = path
            .canonicalize()
            .map_err(|error| failed(&error, &shown, None))?;
        if !real.is_dir() {
            return Err(refused(codes::NOT_A_FILE, &shown, "is not a folder"));
        }
        Ok(Self {
            real,
            shown,
            seen: Arc::default(),
        })
    }

    /// True when everything that was read would be read the same now. Then there was a moment between the two readings at which all
    /// of it lay there together.
    pub fn is_as_read(&self) -> bool {
        fn same<T: PartialEq>(old: &Answer<T>, new: &Answer<T>) -> bool {
            old.as_ref().ok() == new.as_ref().ok()
        }
        let seen = &self.seen;
        seen.names.holds(|path, was| self.look_for(path) == *was)
            && seen.folders.holds(|path, was| same(was, &self.list(path)))
            && seen
                .files
                .holds(|path, was| same(was, &self.open_file(path)))
    }

    /// A path below the root as it is shown.
    pub fn shown(&self, relative: &str) -> String {
        match relative {
            "" => self.shown.clone(),
            _ => format!("{}/{relative}", self.shown),
        }
    }

    /// True when there is a file or folder of that name, reachable or not.
    pub(crate) fn has(&self, relative: &str) -> bool {
        self.seen.names.once(relative, || self.look_for(relative))
    }

    /// The names in a folder, sorted; hidden ones and what editors put beside a file are left out.
    pub(crate) fn entries(&self, relative: &str) -> Result<Vec<Entry>, Box<Finding>> {
        self.seen.folders.once(relative, || self.list(relative))
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, relative: &str) -> Result<Vec<u8>, Box<Finding>> {
        self.seen.files.once(relative, || self.open_file(relative))
    }

    fn look_for(&self, relative: &str) -> bool {
        self.real.join(relative).symlink_metadata().is_ok()
    }

    fn list(&self, relative: &str) -> Result<Vec<Entry>, Box<Finding>> {
        let path = self.resolve(relative)?;
        if !path.is_dir() {
            return Err(refused(
                codes::NOT_A_FILE,
                &self.shown(relative),
                "is not a folder",
            ));
        }
        let entries: io::Result<Vec<Entry>> = fs::read_dir(&path).and_then(|listing| {
            listing
                .map(|entry| entry.map(|entry| as_entry(&entry)))
                .collect()
        });
        let mut entries = entries.map_err(|error| failed(&error, &self.shown(relative), None))?;
        entries.retain(|entry| !is_aside(&entry.name));
        entries.sort();
        Ok(entries)
    }

    fn open_file(&self, relative: &str) -> Result<Vec<u8>, Box<Finding>> {
        let shown = self.shown(relative);
        let path = self.resolve(relative)?;
        regular(&path, LIMIT).map_err(|fault| unreadable(&fault, &shown))
    }

    /// The real path below the root, with every link followed.
    fn resolve(&self, relative: &str) -> Result<PathBuf, Box<Finding>> {
        let shown = self.shown(relative);
        let path = self.real.join(relative);
        let real = path
            .canonicalize()
            .map_err(|error| failed(&error, &shown, Some(&path)))?;
        if real.starts_with(&self.real) {
            return Ok(real);
        }
        let message = format!("leads out of {}", self.shown);
        Err(Box::new(
            refused(codes::OUTSIDE, &shown, &message).hint("put the file itself there, not a link"),
        ))
    }
}

/// The checked text of a file below a root; what is wrong with it is kept in the context.
pub(crate) fn text(
    root: &Root,
    relative: &str,
    encoding: Encoding,
    cx: &mut Context,
) -> Option<Arc<SourceFile>> {
    cx.next_file();
    let decoded = root
        .bytes(relative)
        .and_then(|bytes| encoding::decode(&root.shown(relative), bytes, encoding));
    let source = cx.keep(decoded)?;
    characters::check(&source, cx);
    Some(source)
}

/// The text of a file below a root, to show a place in it; none when it cannot be had.
pub fn source(root: &Root, relative: &str) -> Option<Arc<SourceFile>> {
    let bytes = root.bytes(relative).ok()?;
    encoding::decode(&root.shown(relative), bytes, Encoding::Spreadsheet).ok()
}

/// The place of a file or folder that cannot be shown.
pub(crate) fn place_of(shown: &str) -> Place {
    SourceFile::new(shown, "").whole()
}

/// Hidden names, and the ones that editors and Office give to locks and backups: `om.md~`, `#om.md#`, `~$om.docx`.
fn is_aside(name: &str) -> bool {
    name.starts_with(['.', '~'])
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
}

fn as_entry(entry: &fs::DirEntry) -> Entry {
    Entry {
        name: entry.file_name().to_string_lossy().into_owned(),
        is_folder: entry.path().is_dir(),
    }
}

fn refused(code: Code, shown: &str, message: &str) -> Box<Finding> {
    Box::new(Finding::error(code, format!("{shown} {message}")).at(&place_of(shown), ""))
}

/// The finding about a file that cannot be read.
pub fn unreadable(fault: &Unreadable, shown: &str) -> Box<Finding> {
    match fault {
        Unreadable::Folder | Unreadable::NotAFile => {
            refused(codes::NOT_A_FILE, shown, "is not a file")
        }
        Unreadable::TooLarge(most) => {
            let message = format!("is larger than {} MB, the most that is read", most >> 20);
            refused(codes::TOO_LARGE, shown, &message)
        }
        Unreadable::System(error) => failed(error, shown, None),
    }
}

/// Says why the operating system refused; a path that is missing is compared with its neighbours.
fn failed(error: &io::Error, shown: &str, path: Option<&Path>) -> Box<Finding> {
    if error.kind() != io::ErrorKind::NotFound {
        return refused(
            codes::UNREADABLE,
            shown,
            &format!("cannot be read: {error}"),
        );
    }
    let finding = refused(codes::MISSING_FILE, shown, "is missing");
    match path.and_then(neighbour) {
        Some(name) => Box::new(finding.hint(format!("there is {name}; is it misnamed?"))),
        None => finding,
    }
}

/// A name in the same folder that looks like the one asked for.
fn neighbour(path: &Path) -> Option<String> {
    let asked = path.file_name()?.to_str()?;
    let listing = fs::read_dir(path.parent()?).ok()?;
    let mut names: Vec<String> = listing
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    closest(asked, names.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What reading a path says, in a folder with files, a link out of it and a file that is too large.
    fn said(relative: &str) -> String {
        let outside = tempfile::tempdir().expect("a temporary folder");
        let inside = outside.path().join("inputs");
        fs::create_dir_all(inside.join("a/sub")).expect("a folder");
        fs::write(inside.join("a/meetings.csv"), "body;date\n").expect("a file");
        fs::write(outside.path().join("secret.csv"), "x").expect("a file");
        let large = fs::File::create(inside.join("a/large.csv")).expect("a file");
        large.set_len(LIMIT + 1).expect("a sparse file");
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.path().join("secret.csv"), inside.join("a/link.csv"))
            .expect("a link");
        let root = Root::open(&inside, "inputs/").expect("a folder");
        let mut cx = Context::default();
        match text(&root, relative, Encoding::Utf8, &mut cx) {
            Some(source) => source.path().to_owned(),
            None => cx
                .finish()
                .iter()
                .map(|finding| format!("{} {} {:?}", finding.code, finding.message, finding.hints))
                .collect(),
        }
    }

    #[test]
    fn only_ordinary_files_below_the_root_are_read() {
        assert_eq!(said("a/meetings.csv"), "inputs/a/meetings.csv");
        assert_eq!(
            said("a/meeting.csv"),
            "F01 inputs/a/meeting.csv is missing [\"there is meetings.csv; is it misnamed?\"]"
        );
        assert_eq!(said("a/sub"), "F03 inputs/a/sub is not a file []");
        assert_eq!(
            said("a/large.csv"),
            "F05 inputs/a/large.csv is larger than 32 MB, the most that is read []"
        );
        assert_eq!(
            said("../secret.csv"),
            "F04 inputs/../secret.csv leads out of inputs [\"put the file itself there, not a link\"]"
        );
        #[cfg(unix)]
        assert!(said("a/link.csv").starts_with("F04"));
    }

    #[test]
    fn what_was_read_stays_and_a_change_is_noticed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a.csv");
        fs::write(&file, "old").expect("a file");
        let root = Root::open(folder.path(), "inputs").expect("a folder");
        let names = |root: &Root| root.entries("").expect("a listing").len();
        assert_eq!(root.bytes("a.csv").expect("read"), b"old");
        assert_eq!((names(&root), root.has("b.csv")), (1, false));
        assert!(root.is_as_read());

        fs::write(&file, "new").expect("a file");
        assert_eq!(root.bytes("a.csv").expect("read"), b"old");
        assert!(!root.is_as_read());

        fs::write(&file, "old").expect("a file");
        assert!(root.is_as_read());
        fs::write(folder.path().join("b.csv"), "").expect("a file");
        assert_eq!((names(&root), root.has("b.csv")), (1, false));
        assert!(!root.is_as_read());
    }

    #[test]
    fn what_editors_put_beside_a_file_is_not_seen() {
        let aside = [
            ".om.md.swp",
            "om.md~",
            "#om.md#",
            "~$plan.csv",
            ".~lock.a.csv#",
        ];
        assert!(aside.into_iter().all(is_aside));
        assert!(!is_aside("om.md") && !is_aside("a#.csv"));
    }

    #[test]
    fn a_root_must_be_a_folder() {
        let gone = Root::open(Path::new("/nowhere/at/all"), "inputs").expect_err("it is not there");
        assert_eq!(gone.message, "inputs is missing");
    }
}
