//! The bytes of an ordinary file, up to a limit, for whoever is given a path.
//!
//! Comes in: a path and the most that is read. Goes out: the bytes, or why they cannot be had.
//! Must not wait for a pipe, touch a device, nor read without an end.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The largest PDF or set of sources that is read, in bytes.
pub const LARGEST_PDF: u64 = 512 << 20;

/// Why a file could not be read.
#[derive(Debug)]
pub enum Unreadable {
    /// It is a folder.
    Folder,
    /// It is a pipe, a device or the like.
    NotAFile,
    /// It has more bytes than this.
    TooLarge(u64),
    /// What the operating system says.
    System(io::Error),
}

impl Unreadable {
    /// True when there is nothing of that name.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::System(error) if error.kind() == io::ErrorKind::NotFound)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder => f.write_str("it is a folder"),
            Self::NotAFile => f.write_str("it is no ordinary file"),
            Self::TooLarge(most) if *most < 1 << 20 => {
                write!(f, "it is larger than {most} bytes, the most that is read")
            }
            Self::TooLarge(most) => {
                let most = most >> 20;
                write!(f, "it is larger than {most} MB, the most that is read")
            }
            Self::System(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Unreadable {}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl From<Unreadable> for io::Error {
    fn from(fault: Unreadable) -> Self {
        match fault {
            Unreadable::System(error) => error,
            other => Self::other(other),
        }
    }
}

/// The bytes of an ordinary file of at most `most` bytes, or of a link to one.
///
/// # Errors
/// Why they cannot be had.
pub fn regular(path: &Path, most: u64) -> Result<Vec<u8>, Unreadable> {
    // Opening some devices does something already, so they are looked at first.
    let length = length(&fs::metadata(path)?)?;
    if length > most {
        return Err(Unreadable::TooLarge(most));
    }
    let file = open(path)?;
    self::length(&file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Unreadable::TooLarge(most));
    }
    Ok(bytes)
}

fn length(metadata: &fs::Metadata) -> Result<u64, Unreadable> {
    if metadata.is_dir() {
        Err(Unreadable::Folder)
    } else if metadata.is_file() {
        Ok(metadata.len())
    } else {
        Err(Unreadable::NotAFile)
    }
}

/// Opens it without waiting, should a pipe have taken its place meanwhile.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = libc::O_NONBLOCK | libc::O_NOCTTY;
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &Path, most: u64) -> String {
        regular(path, most).map_or_else(
            |fault| fault.to_string(),
            |bytes| format!("{} bytes", bytes.len()),
        )
    }

    #[test]
    fn a_file_is_read_up_to_the_limit() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pdf");
        fs::write(&path, [7; 10]).expect("written");
        assert_eq!(said(&path, 10), "10 bytes");
        assert_eq!(
            said(&path, 9),
            "it is larger than 9 bytes, the most that is read"
        );
        let large = File::create(folder.path().join("large")).expect("a file");
        large.set_len((5 << 20) + 1).expect("a sparse file");
        assert_eq!(
            said(&folder.path().join("large"), 5 << 20),
            "it is larger than 5 MB, the most that is read"
        );
        assert_eq!(said(folder.path(), 10), "it is a folder");
        let gone = regular(&folder.path().join("gone"), 10).expect_err("it is not there");
        assert!(gone.is_missing());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_and_a_device_are_no_files() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        assert!(open(&pipe).is_ok(), "it is opened without waiting");
        for path in [&pipe, Path::new("/dev/zero")] {
            assert_eq!(said(path, 10), "it is no ordinary file");
        }
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&pipe, &link).expect("a link");
        assert_eq!(said(&link, 10), "it is no ordinary file");
    }
}
