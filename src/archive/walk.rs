//! What is in a bag's folder: its files, and everything that should not be there.
//!
//! Comes in: a folder. Goes out: paths with `/`, sorted. Must not follow links, nor open anything.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use super::path;

/// How deep folders may nest.
const DEPTH: usize = 64;

/// The files of a folder.
#[derive(Debug, Default)]
pub struct Contents {
    /// The name on the disk by path; the two differ in how letters are composed only.
    pub files: BTreeMap<String, String>,
    /// What is neither a file nor a folder, or has a name that no manifest can hold; and what it is.
    pub odd: Vec<(String, &'static str)>,
}

/// Lists a folder.
///
/// # Errors
/// What the operating system says.
pub fn contents(folder: &Path) -> io::Result<Contents> {
    let mut contents = Contents::default();
    gather(folder, "", DEPTH, &mut contents)?;
    Ok(contents)
}

fn gather(folder: &Path, prefix: &str, depth: usize, contents: &mut Contents) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let mut odd = |what| contents.odd.push((path.clone(), what));
        if name.to_str().is_none() {
            odd("has a name that is no text");
        } else if kind.is_symlink() {
            odd("is a link");
        } else if kind.is_file() {
            let normal = path::normal(&path);
            if contents.files.insert(normal, path.clone()).is_some() {
                contents.odd.push((path, "has the name of another file"));
            }
        } else if !kind.is_dir() {
            odd("is no file");
        } else if depth == 0 {
            odd("is nested too deep");
        } else {
            gather(&entry.path(), &format!("{path}/"), depth - 1, contents)?;
        }
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn links_are_told_and_not_followed() {
        let (folder, elsewhere) = (
            tempfile::tempdir().expect("a"),
            tempfile::tempdir().expect("b"),
        );
        fs::write(elsewhere.path().join("secret"), "x").expect("written");
        fs::create_dir(folder.path().join("data")).expect("a folder");
        fs::write(folder.path().join("data/a"), "x").expect("written");
        for (to, name) in [
            (elsewhere.path(), "data/b"),
            (&elsewhere.path().join("secret"), "c"),
        ] {
            std::os::unix::fs::symlink(to, folder.path().join(name)).expect("a link");
        }
        let mut contents = contents(folder.path()).expect("listed");
        contents.odd.sort();
        assert_eq!(contents.files.len(), 1);
        assert_eq!(
            contents.odd,
            [
                ("c".to_owned(), "is a link"),
                ("data/b".to_owned(), "is a link")
            ]
        );
    }
}
