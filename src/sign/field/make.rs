//! Makes signature fields of the links that a template leaves.
//!
//! A template sets an empty box inside a link to `urn:x-sigfield:ID:LABEL`. The engine writes an annotation with the box's rectangle and
//! an element in reading order for it; both stay where they are and become a signature widget in a Form element (PDF/UA-1, 7.18.4).
//! The whole file is written anew, which is allowed only while nothing is signed.

use lopdf::{
    Dictionary, Document, Object, ObjectId, Stream, decode_text_string, dictionary, text_string,
};

use super::parse;
use crate::diagnostic::{Finding, Findings};
use crate::sign::codes;

/// How the address of a link begins that stands for a signature field.
pub const SENTINEL: &str = "urn:x-sigfield:";
/// Print and Locked (ISO 32000-1, table 165).
const FLAGS: i64 = 4 + 128;
/// How deep a number tree may be.
const MOST_LEVELS: usize = 16;

/// A link that is to become a field.
struct Link {
    annotation: ObjectId,
    page: ObjectId,
    name: String,
    label: String,
}

/// The PDF with signature fields in place of the links that stand for them; none when there is no such link.
///
/// The same bytes give the same bytes.
///
/// # Errors
/// Everything that keeps a field from being made.
pub fn make(pdf: &[u8]) -> Result<Option<Vec<u8>>, Findings> {
    let sentinel = SENTINEL.as_bytes();
    if !pdf.windows(sentinel.len()).any(|window| window == sentinel) {
        return Ok(None);
    }
    let mut document = parse(pdf).map_err(|why| {
        let finding = Finding::error(codes::UNREADABLE, format!("the engine's PDF {why}"));
        Findings::from_iter([finding])
    })?;
    let links = links(&document)?;
    let mut faults = Findings::new();
    let mut fields = Vec::new();
    for link in &links {
        match field(&mut document, link) {
            Ok(()) => fields.push(Object::Reference(link.annotation)),
            Err(why) => faults.push(fault(&format!(
                "the signature field {} cannot be made: {why}",
                link.name
            ))),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if fields.is_empty() {
        return Ok(None);
    }
    let mut made = Vec::with_capacity(pdf.len() + 4096);
    let written = form(&mut document, fields).and_then(|()| {
        document
            .save_to(&mut made)
            .map_err(|error| error.to_string())
    });
    match written {
        Ok(()) => Ok(Some(made)),
        Err(why) => Err(Findings::from_iter([fault(&format!(
            "the signature fields cannot be written: {why}"
        ))])),
    }
}

fn links(document: &Document) -> Result<Vec<Link>, Findings> {
    let (mut links, mut faults) = (Vec::<Link>::new(), Findings::new());
    for page in document.page_iter() {
        let annotations = document
            .get_dictionary(page)
            .ok()
            .and_then(|page| page.get(b"Annots").ok())
            .and_then(|object| document.dereference(object).ok())
            .and_then(|(_, object)| object.as_array().ok());
        for id in annotations
            .into_iter()
            .flatten()
            .filter_map(|one| one.as_reference().ok())
        {
            let Some((name, label)) = named(document, id) else {
                continue;
            };
            if links.iter().any(|one| one.name == name) {
                faults.push(
                    fault(&format!("two signature fields are called {name}"))
                        .hint("every signature-field of a template needs an id of its own"),
                );
            }
            links.push(Link {
                annotation: id,
                page,
                name,
                label,
            });
        }
    }
    if faults.is_empty() {
        Ok(links)
    } else {
        Err(faults)
    }
}

/// Name and label of the field that a link stands for. The label is taken from the annotation's description, which is Unicode.
fn named(document: &Document, annotation: ObjectId) -> Option<(String, String)> {
    let annotation = document.get_dictionary(annotation).ok()?;
    let action = document.get_dict_in_dict(annotation, b"A").ok()?;
    let address = action.get(b"URI").ok()?.as_str().ok()?;
    if !address.starts_with(SENTINEL.as_bytes()) {
        return None;
    }
    let text = decode_text_string(annotation.get(b"Contents").ok()?).ok()?;
    let (name, label) = text.strip_prefix(SENTINEL)?.split_once(':')?;
    Some((name.to_owned(), label.to_owned()))
}

fn field(document: &mut Document, link: &Link) -> Result<(), String> {
    let sound = !link.name.is_empty()
        && link
            .name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if !sound {
        return Err("its id may hold letters, digits, `_` and `-` only".to_owned());
    }
    if link.label.trim().is_empty() {
        return Err("it has no label to be read aloud".to_owned());
    }
    let old = document.get_dictionary(link.annotation).map_err(text)?;
    let rect = old.get(b"Rect").map_err(text)?.clone();
    let parent = old
        .get(b"StructParent")
        .and_then(Object::as_i64)
        .map_err(|_| "it is not in the structure of the document".to_owned())?;
    let (width, height) = size(&rect).ok_or("its rectangle is none")?;
    element(document, parent, link.annotation)?;
    let blank = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), width.into(), height.into()],
        "Resources" => Dictionary::new(),
    };
    let blank = document.add_object(Stream::new(blank, Vec::new()));
    let label = text_string(&link.label);
    let widget = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "FT" => "Sig",
        "T" => text_string(&link.name),
        "TU" => label.clone(),
        "Contents" => label,
        "F" => FLAGS,
        "P" => link.page,
        "Rect" => rect,
        "StructParent" => parent,
        "AP" => dictionary! { "N" => blank },
    };
    document.objects.insert(link.annotation, widget.into());
    Ok(())
}

/// Makes the link's element a form element whose one child is the annotation: the bare reference, not an array of one, which is where
/// verifiers look for it when they judge later changes.
fn element(document: &mut Document, parent: i64, annotation: ObjectId) -> Result<(), String> {
    let tree = document
        .catalog()
        .and_then(|catalog| document.get_dict_in_dict(catalog, b"StructTreeRoot"))
        .and_then(|root| document.get_dict_in_dict(root, b"ParentTree"))
        .map_err(text)?;
    let id = entry(document, tree, parent, MOST_LEVELS)
        .ok_or("it is not in the structure of the document")?;
    let element = document.get_dictionary(id).map_err(text)?;
    let child = match element.get(b"K").map_err(text)? {
        Object::Array(children) => match children.as_slice() {
            [one] => one,
            _ => return Err("its box must hold nothing".to_owned()),
        },
        one => one,
    };
    let (_, child) = document.dereference(child).map_err(text)?;
    let child = child
        .as_dict()
        .map_err(|_| "its box must hold nothing")?
        .clone();
    let is_it = child.get(b"Obj").and_then(Object::as_reference).ok() == Some(annotation);
    if !is_it {
        return Err("its box must hold nothing".to_owned());
    }
    let element = document.get_dictionary_mut(id).map_err(text)?;
    element.set("S", Object::Name(b"Form".to_vec()));
    element.set("K", child);
    Ok(())
}

/// The object under a key of a number tree.
fn entry(document: &Document, node: &Dictionary, key: i64, levels: usize) -> Option<ObjectId> {
    let list = |name: &[u8]| {
        let object = node.get(name).ok()?;
        document.dereference(object).ok()?.1.as_array().ok()
    };
    let pairs = list(b"Nums")
        .into_iter()
        .flat_map(|list| list.chunks_exact(2));
    for pair in pairs {
        if let [Object::Integer(found), value] = pair
            && *found == key
        {
            return value.as_reference().ok();
        }
    }
    let below = levels.checked_sub(1)?;
    list(b"Kids")?.iter().find_map(|kid| {
        let kid = document.get_dictionary(kid.as_reference().ok()?).ok()?;
        entry(document, kid, key, below)
    })
}

/// The form of the document. `SigFlags` and the extension for PAdES stand here once for all, so that signing changes the widget alone.
fn form(document: &mut Document, fields: Vec<Object>) -> Result<(), String> {
    let catalog = document.catalog_mut().map_err(text)?;
    if catalog.has(b"AcroForm") {
        return Err("the document has a form already".to_owned());
    }
    catalog.set(
        "AcroForm",
        dictionary! { "Fields" => fields, "SigFlags" => 3 },
    );
    let pades = dictionary! { "BaseVersion" => "1.7", "ExtensionLevel" => 1 };
    catalog.set("Extensions", dictionary! { "ESIC" => pades });
    Ok(())
}

fn size(rect: &Object) -> Option<(f32, f32)> {
    let numbers: Vec<f32> = rect
        .as_array()
        .ok()?
        .iter()
        .filter_map(|number| number.as_float().ok())
        .collect();
    let [left, bottom, right, top] = numbers.as_slice() else {
        return None;
    };
    let size = (right - left, top - bottom);
    (size.0 > 0.0 && size.1 > 0.0).then_some(size)
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err takes"
)]
fn text(error: lopdf::Error) -> String {
    error.to_string()
}

fn fault(message: &str) -> Finding {
    Finding::error(codes::FIELD, message)
}
