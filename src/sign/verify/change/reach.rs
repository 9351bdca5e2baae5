//! New objects must be reached from what was overridden, from nothing older, and must do nothing.

use std::collections::BTreeSet;

use super::{Pair, Unlisted};
use crate::sign::pdf::{Dictionary, Object};

/// Keys by which an object acts, hides or brings files. No signature, appearance, font or certificate needs them.
const ACTIVE: &[&[u8]] = &[
    b"A",
    b"AA",
    b"Annots",
    b"EF",
    b"JS",
    b"JavaScript",
    b"OC",
    b"OpenAction",
    b"Ref",
    b"URI",
    b"XFA",
];

pub(super) fn judge(
    pair: Pair<'_>,
    changed: &[u32],
    fresh: &BTreeSet<u32>,
) -> Result<(), Unlisted> {
    let mut open: Vec<u32> = changed.to_vec();
    let mut left = fresh.clone();
    while let Some(number) = open.pop() {
        let object = pair.file.object(pair.id(number, pair.new), pair.new)?;
        if fresh.contains(&number) {
            harmless(&object, number)?;
        }
        object.references(&mut |id| {
            if left.remove(&id.0) {
                open.push(id.0);
            }
        });
    }
    let packs = |number: &u32| is_object_stream(pair, *number);
    if let Some(stray) = left.iter().find(|number| !packs(number)) {
        return Err(Unlisted::object(
            "adds an object that nothing leads to",
            *stray,
        ));
    }
    dangling(pair, fresh)
}

/// An object stream holds the others, so nothing refers to it.
fn is_object_stream(pair: Pair<'_>, number: u32) -> bool {
    let object = pair.file.object(pair.id(number, pair.new), pair.new);
    object.is_ok_and(|object| {
        let dictionary = object.as_dictionary();
        dictionary.is_some_and(|one| crate::sign::pdf::is_named(one, b"Type", b"ObjStm"))
    })
}

fn harmless(object: &Object, number: u32) -> Result<(), Unlisted> {
    match object {
        Object::Dictionary(dictionary) => harmless_dictionary(dictionary, number),
        Object::Stream(stream) => harmless_dictionary(&stream.dictionary, number),
        Object::Array(elements) => elements.iter().try_for_each(|one| harmless(one, number)),
        _ => Ok(()),
    }
}

fn harmless_dictionary(dictionary: &Dictionary, number: u32) -> Result<(), Unlisted> {
    if let Some(key) = ACTIVE.iter().find(|key| dictionary.contains_key(**key)) {
        let key = String::from_utf8_lossy(key);
        let what = format!("adds an object that acts or hides ('{key}')");
        return Err(Unlisted::object(what, number));
    }
    dictionary
        .values()
        .try_for_each(|value| harmless(value, number))
}

/// A reference that led nowhere and now finds a new object shows what the signers before never saw.
fn dangling(pair: Pair<'_>, fresh: &BTreeSet<u32>) -> Result<(), Unlisted> {
    let mut numbers = BTreeSet::new();
    for revision in &pair.file.revisions()[..=pair.old] {
        numbers.extend(revision.section.entries.keys().copied());
    }
    for number in numbers {
        let object = pair.file.object(pair.id(number, pair.old), pair.old)?;
        let mut found = None;
        object.references(&mut |id| {
            if fresh.contains(&id.0) {
                found = Some(id.0);
            }
        });
        if let Some(found) = found {
            let what = "fills a gap that an older object referred to";
            return Err(Unlisted::object(what, found));
        }
    }
    Ok(())
}
