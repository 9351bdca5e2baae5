//! JSON values: what they are, where they stand, and lists and objects of them.

use std::collections::BTreeMap;
use std::ops::Range;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;

use super::Object;
use crate::diagnostic::Place;
use crate::read::context::Context;
use crate::read::value::{Raw, Value};

/// The bytes of a value.
pub(crate) fn span(value: &ast::Value<'_>) -> Range<usize> {
    let range = value.range();
    range.start..range.end
}

/// What a value is, for messages.
pub(crate) fn describe(value: &ast::Value<'_>) -> &'static str {
    match value {
        ast::Value::StringLit(_) => "text",
        ast::Value::NumberLit(_) => "a number",
        ast::Value::BooleanLit(_) => "true or false",
        ast::Value::Object(_) => "an object",
        ast::Value::Array(_) => "a list",
        ast::Value::NullKeyword(_) => "null",
    }
}

/// The place of a value under a key or number of its parent, with its pointer (RFC 6901).
pub(super) fn child(parent: &Place, value: &ast::Value<'_>, key: &str) -> Place {
    let key = key.replace('~', "~0").replace('/', "~1");
    let pointer = format!("{}/{key}", parent.pointer().unwrap_or_default());
    parent.source().place(span(value)).with_pointer(pointer)
}

/// The entries of a list, or none when the value is no list.
pub(crate) fn items<'a>(value: &Value<'a>) -> Option<Vec<Value<'a>>> {
    let Raw::Json(ast::Value::Array(array)) = value.raw else {
        return None;
    };
    let entry = |(at, item): (usize, &'a ast::Value<'a>)| Value {
        name: format!("{}[{at}]", value.name).into(),
        raw: Raw::Json(item),
        place: child(&value.place, item, &at.to_string()),
    };
    Some(array.elements.iter().enumerate().map(entry).collect())
}

/// Decodes a list, each entry with the same decoder; all entries are tried.
pub(crate) fn list<T>(
    decode: impl Fn(&Value<'_>, &mut Context) -> Option<T>,
) -> impl Fn(&Value<'_>, &mut Context) -> Option<Vec<T>> {
    move |value, cx| {
        let Some(entries) = items(value) else {
            return value.wrong_type("a list", cx);
        };
        let mut decoded = Vec::new();
        let mut is_whole = true;
        for entry in &entries {
            if cx.is_full() {
                return None;
            }
            match decode(entry, cx) {
                Some(item) => decoded.push(item),
                None => is_whole = false,
            }
        }
        is_whole.then_some(decoded)
    }
}

/// Decodes an object; keys that stand twice and keys that the decoder does not ask for are findings.
pub(crate) fn object<T>(
    decode: impl Fn(&Object<'_>, &mut Context) -> Option<T>,
) -> impl Fn(&Value<'_>, &mut Context) -> Option<T> {
    move |value, cx| {
        let Raw::Json(ast::Value::Object(node)) = value.raw else {
            return value.wrong_type("an object", cx);
        };
        let object = Object::new(node, &value.place);
        object.check_repeated(cx);
        let decoded = decode(&object, cx);
        object.check_unknown(cx);
        decoded
    }
}

/// Decodes an object whose keys are data, each value with the same decoder; all entries are tried, a key that stands twice is a finding.
pub(crate) fn map<T>(
    decode: impl Fn(&Value<'_>, &mut Context) -> Option<T>,
) -> impl Fn(&Value<'_>, &mut Context) -> Option<BTreeMap<String, T>> {
    move |value, cx| {
        let Raw::Json(ast::Value::Object(node)) = value.raw else {
            return value.wrong_type("an object", cx);
        };
        Object::new(node, &value.place).check_repeated(cx);
        let mut decoded = BTreeMap::new();
        for property in &node.properties {
            let key = property.name.as_str();
            let entry = Value {
                name: key.to_owned().into(),
                raw: Raw::Json(&property.value),
                place: child(&value.place, &property.value, key),
            };
            decoded.insert(key.to_owned(), decode(&entry, cx));
        }
        decoded
            .into_iter()
            .map(|(key, one)| Some((key, one?)))
            .collect()
    }
}
