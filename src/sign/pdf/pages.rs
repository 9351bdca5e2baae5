//! The pages of a document, and which of them an object belongs to.

use std::collections::BTreeSet;

use super::{File, Id, Object, is_named};

/// How many nodes the tree of pages may have, and how deep.
const NODES: usize = 10_000;
const DEPTH: usize = 32;

/// The number of the page, from 1, that an object is or belongs to: the page itself, its content, its annotations, its resources.
pub fn page_of(file: &File<'_>, number: u32, revision: usize) -> Option<usize> {
    let pages = pages(file, revision)?;
    let belongs = |page: &Id| {
        let mut found = page.0 == number;
        let object = file.object(*page, revision).unwrap_or(Object::Null);
        let Some(dictionary) = object.as_dictionary() else {
            return found;
        };
        for (key, value) in dictionary {
            if key == b"Parent" {
                continue;
            }
            value.references(&mut |id| found |= id.0 == number);
            if let Ok(Object::Array(elements)) = file.follow(value, revision) {
                let mut all = elements.iter();
                found |= all.any(|one| one.as_reference().is_some_and(|id| id.0 == number));
            }
        }
        found
    };
    pages.iter().position(belongs).map(|at| at + 1)
}

/// The pages after a revision, in their order.
pub fn pages(file: &File<'_>, revision: usize) -> Option<Vec<Id>> {
    let catalog = file.catalog(revision).ok()?;
    let mut open = vec![(catalog.get(b"Pages".as_slice())?.as_reference()?, 0)];
    let (mut pages, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some((id, depth)) = open.pop() {
        if !seen.insert(id) || depth > DEPTH || seen.len() > NODES {
            continue;
        }
        let node = file.object(id, revision).ok()?;
        let node = node.as_dictionary()?;
        if is_named(node, b"Type", b"Page") {
            pages.push(id);
            continue;
        }
        let kids = file.get(node, b"Kids", revision).ok()?;
        let kids = kids.as_array().into_iter().flatten().rev();
        open.extend(kids.filter_map(|kid| Some((kid.as_reference()?, depth + 1))));
    }
    Some(pages)
}
