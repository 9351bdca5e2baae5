//! Every dictionary of a file, wherever it stands.

use std::collections::BTreeSet;

use crate::sign::pdf::{Dictionary, Entry, Fault, File, Object, Section};

/// A dictionary, and the object that it stands in.
pub struct Part<'a> {
    /// The number of the object.
    pub object: u32,
    /// The dictionary, also a stream's.
    pub dictionary: &'a Dictionary,
}

/// Calls a function with every dictionary of the objects that count after a revision.
///
/// # Errors
/// When an object cannot be read.
pub fn objects(
    file: &File<'_>,
    revision: usize,
    each: &mut dyn FnMut(&Part<'_>),
) -> Result<(), Fault> {
    let sections = file.revisions().iter().map(|one| &one.section);
    let numbers: BTreeSet<u32> = sections
        .flat_map(|section: &Section| section.entries.keys().copied())
        .collect();
    for number in numbers {
        let generation = match file.entry(number, revision) {
            Some((Entry::At { generation, .. }, _)) => generation,
            _ => 0,
        };
        let object = file.object((number, generation), revision)?;
        inside(number, &object, each);
    }
    Ok(())
}

fn inside(object: u32, value: &Object, each: &mut dyn FnMut(&Part<'_>)) {
    match value {
        Object::Array(elements) => {
            elements.iter().for_each(|one| inside(object, one, each));
        }
        Object::Dictionary(dictionary) => within(object, dictionary, each),
        Object::Stream(stream) => within(object, &stream.dictionary, each),
        _ => {}
    }
}

fn within(object: u32, dictionary: &Dictionary, each: &mut dyn FnMut(&Part<'_>)) {
    each(&Part { object, dictionary });
    dictionary
        .values()
        .for_each(|value| inside(object, value, each));
}

impl Part<'_> {
    /// The name under a key, for people.
    pub fn name(&self, key: &[u8]) -> Option<String> {
        let name = self.dictionary.get(key)?.as_name()?;
        Some(String::from_utf8_lossy(name).into_owned())
    }

    /// True when the key is there.
    pub fn has(&self, key: &[u8]) -> bool {
        self.dictionary.contains_key(key)
    }
}
