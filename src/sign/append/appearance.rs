//! What a signed field shows: a little PDF of one page becomes a form XObject, with its fonts.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::revision::Revision;
use crate::sign::field::parse;

/// By how much the page may differ from the field, in points.
const SLACK: f32 = 0.5;
/// How deep objects may lie in one another.
const MOST_LEVELS: usize = 32;

/// Takes the page over into the revision, and gives the form XObject.
pub(super) fn import(
    revision: &mut Revision<'_>,
    pdf: &[u8],
    (width, height): (f32, f32),
) -> Result<ObjectId, String> {
    let document = parse(pdf).map_err(|why| format!("the appearance {why}"))?;
    let mut pages = document.page_iter();
    let (Some(page), None) = (pages.next(), pages.next()) else {
        return Err("the appearance of a signature must have one page".to_owned());
    };
    let page = document.get_dictionary(page).map_err(text)?;
    let (wide, high) = media(&document, page).ok_or("the appearance has no page size")?;
    if (wide - width).abs() > SLACK || (high - height).abs() > SLACK {
        return Err(format!(
            "the appearance of a signature is {wide} pt by {high} pt, but its field is {width} pt by {height} pt"
        ));
    }
    let mut copies = Copies {
        document: &document,
        revision,
        known: BTreeMap::new(),
    };
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), wide.into(), high.into()],
    };
    for key in ["Resources", "Group"] {
        if let Ok(value) = page.get(key.as_bytes()) {
            let copied = copies.copy(value, MOST_LEVELS)?;
            form.set(key, copied);
        }
    }
    let stream = content(&document, page, form)?;
    let id = revision.reserve();
    revision.put(id, &stream.into())?;
    Ok(id)
}

/// The page's content as a stream with another dictionary; a stream that is alone stays compressed as it is.
fn content(document: &Document, page: &Dictionary, mut form: Dictionary) -> Result<Stream, String> {
    let contents = page.get(b"Contents").map_err(text)?;
    let (_, contents) = document.dereference(contents).map_err(text)?;
    let stream = match contents {
        Object::Array(parts) => match parts.as_slice() {
            [one] => document.dereference(one).map_err(text)?.1.as_stream(),
            _ => return Err("the appearance has its content in several parts".to_owned()),
        },
        one => one.as_stream(),
    };
    let stream = stream.map_err(text)?;
    for key in ["Filter", "DecodeParms"] {
        if let Ok(value) = stream.dict.get(key.as_bytes()) {
            form.set(key, value.clone());
        }
    }
    Ok(Stream::new(form, stream.content.clone()))
}

fn media(document: &Document, page: &Dictionary) -> Option<(f32, f32)> {
    let own = page.get(b"MediaBox").ok();
    let above = || {
        let parent = page.get(b"Parent").ok()?.as_reference().ok()?;
        document.get_dictionary(parent).ok()?.get(b"MediaBox").ok()
    };
    let (_, found) = document.dereference(own.or_else(above)?).ok()?;
    let numbers: Vec<f32> = found
        .as_array()
        .ok()?
        .iter()
        .filter_map(|number| number.as_float().ok())
        .collect();
    match numbers.as_slice() {
        [0.0, 0.0, right, top] => Some((*right, *top)),
        _ => None,
    }
}

/// Copies objects with everything that they lead to; each once.
struct Copies<'a, 'b, 'c> {
    document: &'a Document,
    revision: &'b mut Revision<'c>,
    known: BTreeMap<ObjectId, ObjectId>,
}

impl Copies<'_, '_, '_> {
    fn copy(&mut self, object: &Object, levels: usize) -> Result<Object, String> {
        let below = levels
            .checked_sub(1)
            .ok_or("the objects of the appearance lie too deep in one another")?;
        Ok(match object {
            Object::Reference(id) => Object::Reference(self.object(*id, below)?),
            Object::Array(items) => {
                let copied: Result<Vec<Object>, String> =
                    items.iter().map(|item| self.copy(item, below)).collect();
                Object::Array(copied?)
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, below)?.into(),
            Object::Stream(stream) => {
                let dictionary = self.dictionary(&stream.dict, below)?;
                Stream::new(dictionary, stream.content.clone()).into()
            }
            plain => plain.clone(),
        })
    }

    fn dictionary(&mut self, dictionary: &Dictionary, levels: usize) -> Result<Dictionary, String> {
        let kind = dictionary
            .get(b"Type")
            .and_then(Object::as_name)
            .unwrap_or(b"");
        if [b"Page".as_slice(), b"Pages", b"Catalog", b"Annot"].contains(&kind) {
            return Err("the appearance leads to more than what a page shows".to_owned());
        }
        let mut copied = Dictionary::new();
        for (key, value) in dictionary {
            copied.set(key.clone(), self.copy(value, levels)?);
        }
        Ok(copied)
    }

    fn object(&mut self, id: ObjectId, levels: usize) -> Result<ObjectId, String> {
        if let Some(known) = self.known.get(&id) {
            return Ok(*known);
        }
        let new = self.revision.reserve();
        self.known.insert(id, new);
        let object = self.document.get_object(id).map_err(text)?.clone();
        let copied = self.copy(&object, levels)?;
        self.revision.put(new, &copied)?;
        Ok(new)
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err takes"
)]
fn text(error: lopdf::Error) -> String {
    error.to_string()
}
