//! The trailer of a revision must lead to the same catalog as before.

use super::{Pair, Unlisted};
use crate::sign::pdf::{Dictionary, Object};

/// What a trailer may hold, a cross-reference stream's dictionary too.
const KEYS: &[&[u8]] = &[
    b"Size",
    b"Root",
    b"Info",
    b"ID",
    b"Prev",
    b"Type",
    b"W",
    b"Index",
    b"Filter",
    b"DecodeParms",
    b"Length",
];

pub(super) fn judge(pair: Pair<'_>) -> Result<(), Unlisted> {
    let revisions = pair.file.revisions();
    let old = &revisions[pair.old].section.trailer;
    let new = &revisions[pair.new].section.trailer;
    if let Some(key) = new.keys().find(|key| !KEYS.contains(&key.as_slice())) {
        let key = String::from_utf8_lossy(key);
        return Err(Unlisted::new(format!("has '{key}' in its trailer")));
    }
    for (key, what) in [
        (&b"Root"[..], "has another catalog"),
        (b"Info", "has other document information"),
    ] {
        if old.get(key) != new.get(key) {
            return Err(Unlisted::new(what));
        }
    }
    if first_id(old) != first_id(new) {
        return Err(Unlisted::new("has another permanent identifier"));
    }
    let size = |trailer: &Dictionary| trailer.get(b"Size".as_slice()).and_then(Object::as_count);
    let highest = revisions[pair.new].section.entries.keys().next_back();
    let fits = |size: usize| {
        highest.is_none_or(|highest| usize::try_from(*highest).is_ok_and(|one| one < size))
    };
    match (size(old), size(new)) {
        (Some(before), Some(now)) if now >= before && fits(now) => Ok(()),
        _ => Err(Unlisted::new("has a wrong Size in its trailer")),
    }
}

/// The identifier that a file keeps for ever.
fn first_id(trailer: &Dictionary) -> Option<&[u8]> {
    let ids = trailer.get(b"ID".as_slice())?.as_array()?;
    Some(&ids.first()?.as_text()?.bytes)
}
