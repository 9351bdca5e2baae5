//! Each overridden object must differ in a way that signing needs.

use std::collections::BTreeSet;

use super::field::{Field, fields, is_signature_field, text};
use super::grown::{appended, equal_but, grew};
use super::{Change, Pair, Unlisted};
use crate::sign::pdf::{Dictionary, Fault, Object, is_named, pages};
use crate::sign::verify::verdict::RevisionKind;

/// What was explained so far.
#[derive(Default)]
pub(super) struct Explained {
    /// Empty fields that were filled.
    filled: Vec<Field>,
    /// Objects appended to the form's fields and to pages' annotations.
    listed: BTreeSet<u32>,
    annotated: BTreeSet<u32>,
    /// Whether the data for later validation changed.
    validation: bool,
}

/// Explains an overridden object, or refuses it.
pub(super) fn explain(
    pair: Pair<'_>,
    number: u32,
    fresh: &BTreeSet<u32>,
    so_far: &mut Explained,
) -> Result<(), Unlisted> {
    let (was, is) = (pair.id(number, pair.old), pair.id(number, pair.new));
    let old = pair.file.object(was, pair.old)?;
    let new = pair.file.object(is, pair.new)?;
    let refused = |what: &str| Err(Unlisted::object(what, number));
    if was != is {
        return refused("gives an object another generation");
    }
    let roles = Roles::of(pair)?;
    match (&old, &new) {
        (Object::Dictionary(before), Object::Dictionary(now)) => {
            if is_signature_field(before) && is_named(before, b"Subtype", b"Widget") {
                let field = filled(pair, number, before, now, fresh)?;
                so_far.filled.push(field);
                Ok(())
            } else if roles.catalog == number {
                catalog(pair, number, before, now, so_far)
            } else if roles.form == Some(number) {
                form(pair, number, before, now, so_far)
            } else if roles.pages.contains(&number) {
                page(pair, number, before, now, so_far)
            } else if roles.validation.contains(&number) && grew(&old, &new) {
                so_far.validation = true;
                Ok(())
            } else if roles.info == Some(number) {
                refused(
                    "changes the document's information (author, program, dates), which signing leaves alone",
                )
            } else {
                refused("overrides an object that signing leaves alone")
            }
        }
        (Object::Array(before), Object::Array(now)) => {
            let Some(added) = appended(before, now) else {
                return refused("changes a list other than by adding to it");
            };
            let target = match () {
                () if roles.fields == Some(number) => &mut so_far.listed,
                () if roles.annotations.contains(&number) => &mut so_far.annotated,
                () if roles.validation.contains(&number) => {
                    so_far.validation = true;
                    return Ok(());
                }
                () => return refused("overrides a list that signing leaves alone"),
            };
            note(added, number, target)
        }
        _ => refused("overrides an object that signing leaves alone"),
    }
}

fn note(added: &[Object], number: u32, target: &mut BTreeSet<u32>) -> Result<(), Unlisted> {
    for one in added {
        let id = one
            .as_reference()
            .ok_or_else(|| Unlisted::object("adds to a list what is no object", number))?;
        target.insert(id.0);
    }
    Ok(())
}

/// Which objects are what, before the revision.
struct Roles {
    catalog: u32,
    info: Option<u32>,
    form: Option<u32>,
    fields: Option<u32>,
    pages: BTreeSet<u32>,
    annotations: BTreeSet<u32>,
    validation: BTreeSet<u32>,
}

impl Roles {
    fn of(pair: Pair<'_>) -> Result<Self, Fault> {
        let (file, old) = (pair.file, pair.old);
        let number = |object: Option<&Object>| Some(object?.as_reference()?.0);
        let trailer = &file.revisions()[old].section.trailer;
        let root = file.catalog(old)?;
        let form = file.get(&root, b"AcroForm", old)?;
        let fields = form
            .as_dictionary()
            .and_then(|form| number(form.get(b"Fields".as_slice())));
        let pages = pages(file, old).unwrap_or_default();
        let mut annotations = BTreeSet::new();
        for page in &pages {
            let page = file.object(*page, old)?;
            let list = page
                .as_dictionary()
                .and_then(|page| number(page.get(b"Annots".as_slice())));
            annotations.extend(list);
        }
        Ok(Self {
            catalog: number(trailer.get(b"Root".as_slice())).unwrap_or_default(),
            info: number(trailer.get(b"Info".as_slice())),
            form: number(root.get(b"AcroForm".as_slice())),
            fields,
            pages: pages.into_iter().map(|id| id.0).collect(),
            annotations,
            validation: validation(pair, &root)?,
        })
    }
}

/// The dictionaries and lists of the data for later validation; not its streams.
fn validation(pair: Pair<'_>, root: &Dictionary) -> Result<BTreeSet<u32>, Fault> {
    let mut found = BTreeSet::new();
    let mut open: Vec<u32> = Vec::new();
    if let Some(store) = root.get(b"DSS".as_slice()) {
        store.references(&mut |id| open.push(id.0));
    }
    while let Some(number) = open.pop() {
        let object = pair.file.object(pair.id(number, pair.old), pair.old)?;
        let holds = matches!(object, Object::Dictionary(_) | Object::Array(_));
        if holds && found.insert(number) {
            object.references(&mut |id| open.push(id.0));
        }
    }
    Ok(found)
}

/// An empty field that was filled: only its value and its appearance differ, and both are new.
fn filled(
    pair: Pair<'_>,
    number: u32,
    old: &Dictionary,
    new: &Dictionary,
    fresh: &BTreeSet<u32>,
) -> Result<Field, Unlisted> {
    let refused = |what: &str| Err(Unlisted::object(what, number));
    let (value, appearance) = (b"V".as_slice(), b"AP".as_slice());
    if old.contains_key(value) {
        return refused("changes a field that was signed before");
    }
    if !equal_but(old, new, &[value, appearance]) {
        return refused("changes more of a signature field than its value and its appearance");
    }
    let is_fresh = |object: Option<&Object>| {
        let id = object.and_then(Object::as_reference);
        id.is_some_and(|id| fresh.contains(&id.0))
    };
    if !is_fresh(new.get(value)) {
        return refused("fills a signature field with something that was there before");
    }
    if old.get(appearance) != new.get(appearance) {
        let normal = new.get(appearance).and_then(Object::as_dictionary);
        let plain = normal.is_some_and(|all| all.len() == 1 && is_fresh(all.get(b"N".as_slice())));
        if !plain {
            return refused("gives a signature field an appearance that is not one new form");
        }
        drawn(pair, number, normal)?;
    }
    let named = fields(pair.file, pair.new)?;
    let own = named.into_iter().find(|field| field.widget == number);
    own.ok_or_else(|| Unlisted::object("fills a field that the form does not list", number))
}

/// The new appearance must be a form that is drawn inside the widget.
fn drawn(pair: Pair<'_>, number: u32, normal: Option<&Dictionary>) -> Result<(), Unlisted> {
    let form = normal.and_then(|all| all.get(b"N".as_slice()));
    let form = form.map_or(Ok(Object::Null), |one| pair.file.follow(one, pair.new))?;
    match form {
        Object::Stream(stream) if is_named(&stream.dictionary, b"Subtype", b"Form") => Ok(()),
        _ => Err(Unlisted::object(
            "gives a signature field an appearance that is no form",
            number,
        )),
    }
}

fn catalog(
    pair: Pair<'_>,
    number: u32,
    old: &Dictionary,
    new: &Dictionary,
    so_far: &mut Explained,
) -> Result<(), Unlisted> {
    let open: &[&[u8]] = &[b"AcroForm", b"DSS", b"Extensions"];
    if !equal_but(old, new, open) {
        return Err(Unlisted::object("changes the document's catalog", number));
    }
    let get = |of: &Dictionary, key: &[u8], at| pair.file.get(of, key, at);
    let extended = get(old, b"Extensions", pair.old)?;
    if extended != Object::Null && !grew(&extended, &get(new, b"Extensions", pair.new)?) {
        return Err(Unlisted::object(
            "changes the document's extensions",
            number,
        ));
    }
    if old.get(b"DSS".as_slice()) != new.get(b"DSS".as_slice()) {
        let before = get(old, b"DSS", pair.old)?;
        if before != Object::Null && !grew(&before, &get(new, b"DSS", pair.new)?) {
            return Err(Unlisted::object(
                "takes away data for later validation",
                number,
            ));
        }
        so_far.validation = true;
    }
    if old.get(b"AcroForm".as_slice()) == new.get(b"AcroForm".as_slice()) {
        return Ok(());
    }
    let before = get(old, b"AcroForm", pair.old)?;
    let now = get(new, b"AcroForm", pair.new)?;
    let none = Dictionary::new();
    match now.as_dictionary() {
        Some(now) => form(
            pair,
            number,
            before.as_dictionary().unwrap_or(&none),
            now,
            so_far,
        ),
        None => Err(Unlisted::object("takes away the form", number)),
    }
}

fn form(
    pair: Pair<'_>,
    number: u32,
    old: &Dictionary,
    new: &Dictionary,
    so_far: &mut Explained,
) -> Result<(), Unlisted> {
    let flags = |of: &Dictionary| of.get(b"SigFlags".as_slice()).and_then(Object::as_integer);
    let is_form = equal_but(old, new, &[b"Fields", b"SigFlags"]);
    // Some programs add an empty appearance default to a new form; nothing draws with it but variable text, of which there is none.
    let is_new = old.is_empty() && new.keys().all(|key| NEW_FORM.contains(&key.as_slice()));
    if !(is_form || is_new)
        || flags(new).is_some_and(|now| now & flags(old).unwrap_or(0) != flags(old).unwrap_or(0))
    {
        return Err(Unlisted::object(
            "changes the form other than by adding fields",
            number,
        ));
    }
    let before = pair.file.get(old, b"Fields", pair.old)?;
    let now = pair.file.get(new, b"Fields", pair.new)?;
    let added = appended(
        before.as_array().unwrap_or_default(),
        now.as_array().unwrap_or_default(),
    );
    match added {
        Some(added) => note(added, number, &mut so_far.listed),
        None => Err(Unlisted::object(
            "changes the form's list of fields",
            number,
        )),
    }
}

const NEW_FORM: &[&[u8]] = &[b"Fields", b"SigFlags", b"DA", b"DR", b"Type"];

fn page(
    pair: Pair<'_>,
    number: u32,
    old: &Dictionary,
    new: &Dictionary,
    so_far: &mut Explained,
) -> Result<(), Unlisted> {
    if !equal_but(old, new, &[b"Annots"]) {
        return Err(Unlisted::object("changes a page", number));
    }
    let before = pair.file.get(old, b"Annots", pair.old)?;
    let now = pair.file.get(new, b"Annots", pair.new)?;
    let added = appended(
        before.as_array().unwrap_or_default(),
        now.as_array().unwrap_or_default(),
    );
    match added {
        Some(added) => note(added, number, &mut so_far.annotated),
        None => Err(Unlisted::object(
            "changes the annotations of a page",
            number,
        )),
    }
}

impl Explained {
    /// The kind that all of it makes together.
    pub(super) fn kind(self, pair: Pair<'_>) -> Result<Change, Unlisted> {
        let mut signed = self.filled;
        let was_empty = signed.is_empty();
        if let Some(stray) = self.annotated.difference(&self.listed).next() {
            return Err(Unlisted::object(
                "adds an annotation that is no signature field",
                *stray,
            ));
        }
        for number in &self.listed {
            signed.push(added(pair, *number)?);
        }
        let stamps = signed.iter().filter(|field| is_stamp(pair, field)).count();
        let kind = match (signed.len(), stamps, was_empty) {
            (0, _, _) if self.validation => RevisionKind::ValidationData,
            (0, ..) => return Err(Unlisted::new("changes nothing that signing changes")),
            (1, 1, _) => RevisionKind::DocumentTimestamp,
            (1, _, true) => RevisionKind::AddedSignature,
            (1, _, false) => RevisionKind::Signature,
            _ => return Err(Unlisted::new("signs several fields at once")),
        };
        Ok(Change { kind, signed })
    }
}

/// A field that the revision added: invisible, signed, and with a name of its own.
fn added(pair: Pair<'_>, number: u32) -> Result<Field, Unlisted> {
    let refused = |what: &str| Err(Unlisted::object(what, number));
    let object = pair.file.object(pair.id(number, pair.new), pair.new)?;
    let Some(widget) = object.as_dictionary().filter(|one| is_signature_field(one)) else {
        return refused("adds a field that is no signature field");
    };
    if pair.file.entry(number, pair.old).is_some() || widget.contains_key(b"Kids".as_slice()) {
        return refused("adds a field that was there before, or that has parts");
    }
    let rectangle = pair.file.get(widget, b"Rect", pair.new)?;
    let sides: Vec<f64> = rectangle
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Object::as_number)
        .collect();
    let hidden = widget.get(b"F".as_slice()).and_then(Object::as_integer);
    let is_hidden = hidden.is_some_and(|flags| flags & 0b10 != 0);
    #[allow(clippy::float_cmp, reason = "a rectangle of no size has equal sides")]
    let is_flat = match sides.as_slice() {
        [left, bottom, right, top] => left == right || bottom == top,
        [] => true,
        _ => false,
    };
    if !is_flat && !is_hidden {
        return refused("adds a field that is seen on a page");
    }
    let value = widget.get(b"V".as_slice()).and_then(Object::as_reference);
    if value.is_some_and(|value| pair.file.entry(value.0, pair.old).is_some()) {
        return refused("adds a field for a signature that was there before");
    }
    let name = text(widget.get(b"T".as_slice()));
    let mut before = fields(pair.file, pair.old)?.into_iter();
    if name.is_empty() || before.any(|field| field.name == name) {
        return refused("adds a field without a name of its own");
    }
    Ok(Field {
        name,
        widget: number,
        value: widget.get(b"V".as_slice()).cloned(),
    })
}

fn is_stamp(pair: Pair<'_>, field: &Field) -> bool {
    let value = field.value.as_ref();
    let value = value.and_then(|value| pair.file.follow(value, pair.new).ok());
    value.is_some_and(|value| {
        value
            .as_dictionary()
            .is_some_and(|one| is_named(one, b"Type", b"DocTimeStamp"))
    })
}
