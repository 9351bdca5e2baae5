//! The bags of a partnership: their names, their years, and which one a new bag follows.
//!
//! Comes in: the archive's folder. Goes out: bags in the order of their years. Must not open more than two small files of each.

use std::fs;
use std::path::{Path, PathBuf};

use crate::archive::{self, Info, hexadecimal};

/// The largest `bag-info.txt` that is read, in bytes.
const MOST: u64 = 1 << 20;
/// The file whose digest stands for a whole bag.
pub const SEALED: &str = "tagmanifest-sha512.txt";

/// A bag on the shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// Its folder.
    pub path: PathBuf,
    /// The name it gives itself.
    pub name: String,
    /// Its year.
    pub year: i32,
    /// Which bag of the year it is, from 1.
    pub number: u32,
    /// SHA-512 of its tag manifest.
    pub seal: String,
}

/// The bag in a folder, as it presents itself; none when it is none of ours.
pub fn shelved(path: &Path) -> Option<Shelved> {
    let info = Info::parse(&archive::text(&path.join("bag-info.txt"), MOST)?)?;
    let name = info.get("External-Identifier")?.to_owned();
    let (digests, _) = archive::Digests::of_file(&path.join(SEALED)).ok()?;
    Some(Shelved {
        year: info.get("Partnership-Year")?.parse().ok()?,
        number: number(&name),
        seal: hexadecimal(&digests.sha512),
        path: path.to_owned(),
        name,
    })
}

/// The bags in a folder, by year and number.
pub fn shelf(folder: &Path) -> Vec<Shelved> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let finished = folders.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let mut bags: Vec<Shelved> = finished
        .filter_map(|entry| shelved(&entry.path()))
        .collect();
    bags.sort_by(|a, b| (a.year, a.number, &a.name).cmp(&(b.year, b.number, &b.name)));
    bags
}

/// The name of a bag: `folehaven-2018`, and `folehaven-2018-2` for a later one of the same year.
pub fn name(partnership: &str, year: i32, number: u32) -> String {
    match number {
        1 => format!("{partnership}-{year}"),
        _ => format!("{partnership}-{year}-{number}"),
    }
}

/// True for a tar.
pub fn is_tar(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "tar") && path.is_file()
}

/// True for a tar that lies beside the folder of its bag.
pub fn is_tar_of_a_bag(path: &Path) -> bool {
    is_tar(path) && path.with_extension("").is_dir()
}

/// The number at the end of a bag's name, after the year.
fn number(name: &str) -> u32 {
    let parts: Vec<&str> = name.rsplitn(3, '-').collect();
    match parts.as_slice() {
        [number, year, _] if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => {
            number.parse().unwrap_or(1)
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_year_and_the_number() {
        assert_eq!(name("folehaven", 2018, 1), "folehaven-2018");
        assert_eq!(name("nord-vest", 2018, 3), "nord-vest-2018-3");
        assert_eq!(number("nord-vest-2018-3"), 3);
        assert_eq!(number("nord-vest-2018"), 1);
        assert_eq!(number("folehaven-2018"), 1);
    }
}
