//! The attacks, by family. Each takes the small document, signed by both or by one, and makes a file that is not what the parties signed.

mod files;
mod messages;
mod ranges;
mod updates;

use super::pki::Pki;
use super::{complete, pdf, signed};
use tryk::sign::verify::Word;

/// An attacked file.
pub struct Attack {
    /// Its name, which is the file's name too.
    pub name: &'static str,
    /// The family.
    pub family: &'static str,
    /// What is done, in a few words.
    pub what: &'static str,
    /// What `tryk verify` calls it.
    pub word: Word,
    /// The file.
    pub bytes: Vec<u8>,
}

/// What every attack begins with.
pub struct Ground {
    pub pki: Pki,
    /// Not signed.
    pub base: Vec<u8>,
    /// Signed by the first party.
    pub half: Vec<u8>,
    /// Signed by both.
    pub done: Vec<u8>,
}

impl Ground {
    pub fn new() -> Self {
        let pki = Pki::new();
        let base = pdf::document();
        Self {
            half: signed(&pki, &base, 0, &pki.first),
            done: complete(&pki),
            base,
            pki,
        }
    }
}

/// Every attack.
pub fn all(ground: &Ground) -> Vec<Attack> {
    let mut all = ranges::all(ground);
    all.extend(updates::all(ground));
    all.extend(messages::all(ground));
    all.extend(files::all(ground));
    all
}

fn attack(
    family: &'static str,
    name: &'static str,
    what: &'static str,
    word: Word,
    bytes: Vec<u8>,
) -> Attack {
    Attack {
        name,
        family,
        what,
        word,
        bytes,
    }
}
