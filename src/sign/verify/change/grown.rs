//! What may only have grown: lists and dictionaries that keep all they had.

use crate::sign::pdf::{Dictionary, Object};

/// The elements that were added behind the old ones; none when anything else differs.
pub(super) fn appended<'a>(old: &[Object], new: &'a [Object]) -> Option<&'a [Object]> {
    let (kept, added) = new.split_at_checked(old.len())?;
    (kept == old).then_some(added)
}

/// True when two dictionaries are equal but for some keys.
pub(super) fn equal_but(old: &Dictionary, new: &Dictionary, keys: &[&[u8]]) -> bool {
    let rest = |of: &Dictionary| -> Dictionary {
        let kept = of.iter().filter(|(key, _)| !keys.contains(&key.as_slice()));
        kept.map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    };
    rest(old) == rest(new)
}

/// True when a value has all it had: a dictionary its keys, an array its elements in front, anything else is the same.
pub(super) fn grew(old: &Object, new: &Object) -> bool {
    match (old, new) {
        (Object::Array(old), Object::Array(new)) => appended(old, new).is_some(),
        (Object::Dictionary(old), Object::Dictionary(new)) => old
            .iter()
            .all(|(key, value)| new.get(key).is_some_and(|now| grew(value, now))),
        _ => old == new,
    }
}
