//! A plain copy for signing services that know only the standard names of structure elements.
//!
//! Comes in: a tagged PDF. Goes out: the same pages and structure, with the standard type written into every element in place of the
//! engine's own, and no role map. Must not change a page.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId};

use super::codes;
use super::field::parse;
use crate::diagnostic::Finding;

/// How often a name may be mapped to another.
const MOST_STEPS: usize = 8;

/// The PDF with standard structure types only. The same bytes give the same bytes.
///
/// # Errors
/// A finding when it cannot be read or written.
pub fn make(pdf: &[u8]) -> Result<Vec<u8>, Box<Finding>> {
    let failed = |why: String| {
        let message = format!("the signing copy cannot be made: {why}");
        Box::new(Finding::error(codes::UNREADABLE, message))
    };
    let mut document = parse(pdf).map_err(failed)?;
    let roles = roles(&document);
    for id in elements(&document) {
        let Ok(element) = document.get_dictionary_mut(id) else {
            continue;
        };
        let own = element.get(b"S").and_then(Object::as_name).ok();
        let standard = own
            .and_then(|own| standard(&roles, own))
            .map(<[u8]>::to_vec);
        if let Some(standard) = standard {
            element.set("S", Object::Name(standard));
        }
    }
    if let Some(root) = root(&document)
        && let Ok(root) = document.get_dictionary_mut(root)
    {
        root.remove(b"RoleMap");
    }
    let mut made = Vec::with_capacity(pdf.len());
    document
        .save_to(&mut made)
        .map_err(|error| failed(error.to_string()))?;
    Ok(made)
}

fn root(document: &Document) -> Option<ObjectId> {
    let root = document.catalog().ok()?.get(b"StructTreeRoot").ok()?;
    root.as_reference().ok()
}

/// The role map: own names and what they stand for.
fn roles(document: &Document) -> BTreeMap<Vec<u8>, Vec<u8>> {
    let map = root(document)
        .and_then(|root| document.get_dictionary(root).ok())
        .and_then(|root| document.get_dict_in_dict(root, b"RoleMap").ok());
    map.into_iter()
        .flatten()
        .filter_map(|(own, standard)| Some((own.clone(), standard.as_name().ok()?.to_vec())))
        .collect()
}

fn standard<'a>(roles: &'a BTreeMap<Vec<u8>, Vec<u8>>, own: &[u8]) -> Option<&'a [u8]> {
    let mut found = roles.get(own)?;
    for _ in 0..MOST_STEPS {
        match roles.get(found) {
            Some(next) => found = next,
            None => break,
        }
    }
    Some(found)
}

/// Every structure element that is an object of its own.
fn elements(document: &Document) -> BTreeSet<ObjectId> {
    let (mut seen, mut waiting) = (BTreeSet::new(), Vec::new());
    waiting.extend(root(document));
    while let Some(id) = waiting.pop() {
        let children = document
            .get_dictionary(id)
            .ok()
            .filter(|_| seen.insert(id))
            .and_then(|element| element.get(b"K").ok())
            .and_then(|children| document.dereference(children).ok());
        match children {
            Some((Some(child), Object::Dictionary(_))) => waiting.push(child),
            Some((_, Object::Array(all))) => {
                waiting.extend(all.iter().filter_map(|child| child.as_reference().ok()));
            }
            _ => {}
        }
    }
    seen
}
