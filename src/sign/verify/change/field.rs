//! The signature fields of a form.

use std::collections::BTreeSet;

use crate::sign::pdf::{Dictionary, Fault, File, Object, is_named};

/// How many fields a form may have, and how deep.
const FIELDS: usize = 10_000;
const DEPTH: usize = 32;

/// A signature field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its full name.
    pub name: String,
    /// Its widget.
    pub widget: u32,
    /// Its value, as it stands in the widget: a reference, or the signature itself.
    pub value: Option<Object>,
}

/// True for the dictionary of a signature field.
pub fn is_signature_field(dictionary: &Dictionary) -> bool {
    is_named(dictionary, b"FT", b"Sig")
}

/// A text in a PDF: UTF-16 with a mark, else PDFDocEncoding, whose ASCII is enough for names.
pub(super) fn text(object: Option<&Object>) -> String {
    let bytes = object
        .and_then(Object::as_text)
        .map_or(&[][..], |one| &one.bytes);
    let decoded = match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units = wide.chunks(2).map(|pair| {
                u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or_default()])
            });
            char::decode_utf16(units)
                .map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        None => bytes
            .iter()
            .map(|byte| char::from(*byte))
            .collect::<String>(),
    };
    decoded
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}

/// The signature fields after a revision, in the order of the form.
///
/// # Errors
/// When the form cannot be read.
pub fn fields(file: &File<'_>, revision: usize) -> Result<Vec<Field>, Fault> {
    let catalog = file.catalog(revision)?;
    let form = file.get(&catalog, b"AcroForm", revision)?;
    let Some(form) = form.as_dictionary() else {
        return Ok(Vec::new());
    };
    let listed = file.get(form, b"Fields", revision)?;
    let mut open: Vec<(Object, String, bool, usize)> = listed
        .as_array()
        .into_iter()
        .flatten()
        .rev()
        .map(|one| (one.clone(), String::new(), false, 0))
        .collect();
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    while let Some((one, parent, inherits, depth)) = open.pop() {
        let id = one.as_reference().unwrap_or((0, 0));
        let is_new = id.0 == 0 || seen.insert(id);
        if !is_new || depth > DEPTH || seen.len() > FIELDS {
            continue;
        }
        let value = file.follow(&one, revision)?;
        let Some(dictionary) = value.as_dictionary() else {
            continue;
        };
        let own = text(dictionary.get(b"T".as_slice()));
        let name = match (parent.is_empty(), own.is_empty()) {
            (false, false) => format!("{parent}.{own}"),
            (true, _) => own,
            (false, true) => parent,
        };
        let is_signature = inherits || is_signature_field(dictionary);
        let kids = file.get(dictionary, b"Kids", revision)?;
        if let Some(kids) = kids
            .as_array()
            .filter(|_| !dictionary.contains_key(b"V".as_slice()))
        {
            let kids = kids.iter().rev();
            open.extend(kids.map(|kid| (kid.clone(), name.clone(), is_signature, depth + 1)));
        } else if is_signature {
            found.push(Field {
                name,
                widget: id.0,
                value: dictionary.get(b"V".as_slice()).cloned(),
            });
        }
    }
    Ok(found)
}
