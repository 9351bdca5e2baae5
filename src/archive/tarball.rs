//! Tar files that are the same bytes for the same files: sorted names, one date, no owner.
//!
//! Comes in: files in memory, or a folder. Goes out: a tar; and a tar's files again, with limits. Must not write below a path that a tar names.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::Path;

use tar::{Archive, Builder, EntryType, Header};

use super::digest::open;
use super::path;
use super::walk::contents;

/// Writes a folder as a tar; names begin with `name/`, and every file bears one time, in seconds since 1970.
///
/// # Errors
/// What the operating system says.
pub fn of_folder(folder: &Path, name: &str, time: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut tar = Builder::new(out);
    for (path, real) in contents(folder)?.files {
        let file = open(&folder.join(real))?;
        let mut header = header(file.metadata()?.len(), time);
        tar.append_data(&mut header, format!("{name}/{path}"), file)?;
    }
    tar.into_inner()?.flush()
}

/// The bytes of a tar with these files, without a date.
///
/// # Errors
/// A refusal of a path that cannot stand in a tar.
pub fn of_files(files: &BTreeMap<String, Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut tar = Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = header(bytes.len() as u64, 0);
        tar.append_data(&mut header, path, bytes.as_slice())?;
    }
    tar.into_inner()
}

/// The files of a tar, when all of them are plain files at safe paths and together not larger than a limit, in bytes.
///
/// # Errors
/// Why it cannot be read, or is refused.
pub fn files(tar: &[u8], most: u64) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let refused = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let (mut files, mut left) = (BTreeMap::new(), most);
    for entry in Archive::new(tar).entries()? {
        let mut entry = entry?;
        let name = String::from_utf8(entry.path_bytes().into_owned())
            .map_err(|_| refused("a name is no text".to_owned()))?;
        if entry.header().entry_type() != EntryType::Regular {
            return Err(refused(format!("{name} is no file")));
        }
        if let Some(fault) = path::fault(&name) {
            return Err(refused(format!("{name} {fault}")));
        }
        if entry.size() > left {
            return Err(refused(format!("it holds more than {most} bytes")));
        }
        let mut bytes = Vec::new();
        entry.by_ref().take(left).read_to_end(&mut bytes)?;
        left -= bytes.len() as u64;
        if files.insert(name.clone(), bytes).is_some() {
            return Err(refused(format!("{name} stands twice")));
        }
    }
    Ok(files)
}

fn header(size: u64, time: u64) -> Header {
    let mut header = Header::new_gnu();
    header.set_entry_type(EntryType::Regular);
    header.set_size(size);
    header.set_mode(0o644);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(time);
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> BTreeMap<String, Vec<u8>> {
        let long = format!("inputs/{}/æ.md", "x".repeat(150));
        BTreeMap::from([("a".to_owned(), b"1".to_vec()), (long, b"22".to_vec())])
    }

    #[test]
    fn the_same_files_give_the_same_bytes_and_read_back() {
        let tar = of_files(&some()).expect("a tar");
        assert_eq!(tar, of_files(&some()).expect("a tar"));
        assert_eq!(files(&tar, 3).expect("files"), some());
        assert!(files(&tar, 2).is_err());
        assert!(files(&tar[..700], 99).is_err());
    }

    #[test]
    fn links_and_paths_that_climb_out_are_refused() {
        for (name, kind) in [
            ("../x", EntryType::Regular),
            ("x", EntryType::Symlink),
            ("/x", EntryType::Regular),
        ] {
            let mut tar = Builder::new(Vec::new());
            let mut header = header(0, 0);
            header.set_entry_type(kind);
            // The safe way refuses such a name, so it is put into the header by hand.
            header.as_gnu_mut().expect("it is").name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            tar.append(&header, io::empty()).expect("appended");
            let tar = tar.into_inner().expect("a tar");
            assert!(files(&tar, 99).is_err(), "{name}");
        }
    }

    #[test]
    fn a_folder_gives_the_same_bytes_whatever_its_dates() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("data")).expect("a folder");
        std::fs::write(folder.path().join("data/x"), "x").expect("written");
        let tar = |time| {
            let mut bytes = Vec::new();
            of_folder(folder.path(), "lunden-2018", time, &mut bytes).expect("a tar");
            bytes
        };
        let first = tar(86_400);
        std::fs::write(folder.path().join("data/x"), "x").expect("written");
        assert_eq!(first, tar(86_400));
        let names: Vec<String> = files(&first, 9).expect("files").into_keys().collect();
        assert_eq!(names, ["lunden-2018/data/x"]);
    }
}
