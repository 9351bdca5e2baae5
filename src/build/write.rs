//! Writing a file so that the old or the new one is there at any moment, and only when its bytes changed.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::lock::UNFINISHED;
use crate::read::{self, LARGEST_PDF};

/// What writing did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// The file is new, or other than it was.
    Changed,
    /// The file already had these bytes.
    Unchanged,
}

/// Writes bytes to a path below a folder: to a temporary name beside it, synced, then renamed. A signed PDF is written over only by one
/// that begins with it.
///
/// # Errors
/// What the operating system says, or a refusal when a link leads out of the folder.
pub fn write(folder: &Path, relative: &str, bytes: &[u8]) -> io::Result<Written> {
    let path = folder.join(relative);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    if !parent.canonicalize()?.starts_with(folder.canonicalize()?) {
        return Err(io::Error::other("a link leads out of the output folder"));
    }
    if is_same(&path, bytes) {
        return Ok(Written::Unchanged);
    }
    if would_lose_a_signature(&path, bytes) {
        return Err(io::Error::other(
            "the PDF there holds a signature that is kept nowhere else; move it aside, or take it in with `tryk sign import`",
        ));
    }
    let mut file = NamedTempFile::with_prefix_in(UNFINISHED, parent)?;
    file.write_all(bytes)?;
    readable_by_all(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(Written::Changed)
}

/// Writes a file that must not be there yet, as atomically as [`write()`].
///
/// # Errors
/// What the operating system says; `AlreadyExists` when there is a file of that name.
pub fn write_new(folder: &Path, relative: &str, bytes: &[u8]) -> io::Result<()> {
    let path = folder.join(relative);
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent)?;
    let mut file = NamedTempFile::with_prefix_in(UNFINISHED, parent)?;
    file.write_all(bytes)?;
    readable_by_all(file.as_file())?;
    file.as_file().sync_all()?;
    file.persist_noclobber(&path).map_err(|error| error.error)?;
    Ok(())
}

/// True when a signed PDF is in the way that what comes does not begin with: nobody could make it again.
fn would_lose_a_signature(path: &Path, bytes: &[u8]) -> bool {
    if path.extension().is_none_or(|end| end != "pdf") {
        return false;
    }
    let there = read::regular(path, LARGEST_PDF);
    there.is_ok_and(|there| holds_more(&there, bytes))
}

/// True when a PDF holds a signature that another, which is to take its place, does not hold.
pub(super) fn holds_more(there: &[u8], bytes: &[u8]) -> bool {
    let own = there.strip_prefix(bytes).unwrap_or(there);
    is_signed(own) && !bytes.starts_with(there)
}

/// True when a PDF holds a signature, as far as can be seen without reading it.
fn is_signed(pdf: &[u8]) -> bool {
    let mark = b"/ByteRange";
    pdf.windows(mark.len()).any(|part| part == mark)
}

fn is_same(path: &Path, bytes: &[u8]) -> bool {
    let regular = path
        .symlink_metadata()
        .is_ok_and(|metadata| metadata.is_file());
    let length = path
        .metadata()
        .is_ok_and(|metadata| metadata.len() == bytes.len() as u64);
    regular && length && read::regular(path, bytes.len() as u64).is_ok_and(|old| old == bytes)
}

/// Temporary files are private; a published PDF is not.
#[cfg(unix)]
pub(super) fn readable_by_all(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
pub(super) fn readable_by_all(_: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_once_and_leaves_no_temporary_file() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(
            write(folder.path(), "a/b.pdf", b"x").expect("written"),
            Written::Changed
        );
        assert_eq!(
            write(folder.path(), "a/b.pdf", b"x").expect("written"),
            Written::Unchanged
        );
        assert_eq!(
            write(folder.path(), "a/b.pdf", b"y").expect("written"),
            Written::Changed
        );
        let names = fs::read_dir(folder.path().join("a"))
            .expect("a listing")
            .count();
        assert_eq!(names, 1);
    }

    #[cfg(unix)]
    #[test]
    fn refuses_a_link_out_of_the_folder() {
        let (folder, elsewhere) = (
            tempfile::tempdir().expect("a"),
            tempfile::tempdir().expect("b"),
        );
        std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("a")).expect("a link");
        assert!(write(folder.path(), "a/b.pdf", b"x").is_err());
        assert_eq!(
            fs::read_dir(elsewhere.path()).expect("a listing").count(),
            0
        );
    }
}
