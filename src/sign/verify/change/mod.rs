//! What a revision did to the one before it, held against the short list of what signing may do.
//!
//! Comes in: a file and the number of a revision. Goes out: what kind it is, or why it is none of the list. Must not judge cryptography.
//!
//! Nothing is assumed harmless: every byte of the revision has to belong to an object that its cross-reference lists, every overridden object has
//! to differ in a listed way, and every new object has to be reached from what was overridden, and from nothing older.

mod explain;
mod field;
mod grown;
mod reach;
mod trailer;

pub use field::{Field, fields};

use std::collections::BTreeSet;

use super::verdict::RevisionKind;
use crate::sign::pdf::{Entry, Fault, File, Id};

/// What a revision did.
#[derive(Debug)]
pub struct Change {
    /// The kind.
    pub kind: RevisionKind,
    /// The fields that it filled or added.
    pub signed: Vec<Field>,
}

/// Why a revision is none of the list.
#[derive(Debug)]
pub struct Unlisted {
    /// What it does.
    pub what: String,
    /// The object, when there is one.
    pub object: Option<u32>,
}

impl Unlisted {
    fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            object: None,
        }
    }

    fn object(what: impl Into<String>, number: u32) -> Self {
        Self {
            what: what.into(),
            object: Some(number),
        }
    }
}

impl From<Fault> for Unlisted {
    fn from(fault: Fault) -> Self {
        Self::new(format!("holds {fault}"))
    }
}

/// A revision and the one before it.
#[derive(Clone, Copy)]
struct Pair<'a> {
    file: &'a File<'a>,
    old: usize,
    new: usize,
}

/// Judges a revision that is not the first.
///
/// # Errors
/// The first thing in it that signing does not do.
pub fn judge(file: &File<'_>, revision: usize) -> Result<Change, Unlisted> {
    let old = revision
        .checked_sub(1)
        .ok_or_else(|| Unlisted::new("is the first"))?;
    let pair = Pair {
        file,
        old,
        new: revision,
    };
    trailer::judge(pair)?;
    let (changed, fresh) = touched(pair)?;
    file.tile(revision)?;
    let mut explained = explain::Explained::default();
    for number in &changed {
        explain::explain(pair, *number, &fresh, &mut explained)?;
    }
    reach::judge(pair, &changed, &fresh)?;
    explained.kind(pair)
}

/// The numbers of the objects that were overridden, and of those that are new.
fn touched(pair: Pair<'_>) -> Result<(Vec<u32>, BTreeSet<u32>), Unlisted> {
    let section = &pair.file.revisions()[pair.new].section;
    let (mut changed, mut fresh) = (Vec::new(), BTreeSet::new());
    for (number, entry) in &section.entries {
        if section.stream.is_some_and(|own| own.0 == *number) {
            continue;
        }
        let before = pair.file.entry(*number, pair.old).map(|(entry, _)| entry);
        let is_there = before.is_some_and(|entry| entry != Entry::Free);
        match entry {
            Entry::Free if *number == 0 || !is_there => {}
            Entry::Free => return Err(Unlisted::object("takes away an object", *number)),
            _ if is_there => changed.push(*number),
            _ => {
                fresh.insert(*number);
            }
        }
    }
    Ok((changed, fresh))
}

impl Pair<'_> {
    /// The identity of an object after a revision.
    fn id(&self, number: u32, revision: usize) -> Id {
        match self.file.entry(number, revision) {
            Some((Entry::At { generation, .. }, _)) => (number, generation),
            _ => (number, 0),
        }
    }
}
