//! JSON files: strict syntax, every value with its place and its pointer.
//!
//! Comes in: a file below a root. Goes out: what a decoder makes of its object.
//! Must not accept what JSON does not: no comments, no trailing commas, no key twice.

mod object;
mod syntax;
pub(crate) mod value;

use std::sync::Arc;

pub(crate) use object::Object;

use super::context::Context;
use super::encoding::Encoding;
use super::file::{self, Root};
use super::value::{Raw, Value};
use crate::diagnostic::SourceFile;

/// Decodes the object that a JSON file holds.
pub(crate) fn read<T>(
    root: &Root,
    relative: &str,
    decode: impl Fn(&Object<'_>, &mut Context) -> Option<T>,
    cx: &mut Context,
) -> Option<T> {
    let source = file::text(root, relative, Encoding::Utf8, cx)?;
    decode_source(&source, decode, cx)
}

/// Decodes the object that a JSON text holds.
pub(crate) fn decode_source<T>(
    source: &Arc<SourceFile>,
    decode: impl Fn(&Object<'_>, &mut Context) -> Option<T>,
    cx: &mut Context,
) -> Option<T> {
    let parsed = syntax::parse(source);
    let tree = cx.keep(parsed)?;
    let place = source.place(value::span(&tree)).with_pointer("");
    let value = Value {
        name: source.path().into(),
        raw: Raw::Json(&tree),
        place,
    };
    value::object(decode)(&value, cx)
}

#[cfg(test)]
mod tests {
    use super::value::{list, object};
    use super::*;
    use crate::diagnostic::Finding;
    use crate::read::decode::{count, decimal, text};
    use crate::read::value::Record;

    fn faults<T>(
        json: &str,
        decode: impl Fn(&Object<'_>, &mut Context) -> Option<T>,
    ) -> (Option<T>, Vec<String>) {
        let mut cx = Context::default();
        let decoded = decode_source(&SourceFile::new("p.json", json), decode, &mut cx);
        let line = |finding: Finding| {
            let label = finding.primary.expect("every fault has a place");
            let pointer = label.place.pointer().unwrap_or("none");
            format!(
                "{} {pointer} {} {}",
                label.place, finding.code, finding.message
            )
        };
        (decoded, cx.finish().into_iter().map(line).collect())
    }

    #[test]
    fn values_know_their_pointer() {
        let json = r#"{"a/b": [{"æ~": "x"}], "n": 41.20, "none": null}"#;
        let (decoded, faults) = faults(json, |root, cx| {
            let list = root.need(
                "a/b",
                list(object(|item, cx| item.need("æ~", text, cx))),
                cx,
            )?;
            let number = root.need("n", decimal, cx)?;
            let none = root.may("none", text, cx)?;
            Some((
                list[0].place.pointer().map(str::to_owned),
                number.value.to_string(),
                none.is_none(),
            ))
        });
        assert_eq!(faults, [""; 0]);
        assert_eq!(
            decoded,
            Some((Some("/a~1b/0/æ~0".to_owned()), "41.20".to_owned(), true))
        );
    }

    #[test]
    fn every_fault_of_an_object_is_told() {
        let json = "{\n\"name\": \"x\",\n\"name\": \"y\",\n\"size\": \"12\",\n\"nots\": [],\n\"list\": [1, \"\", null],\n\"odd\": \"a\\u202eb\"}";
        let (decoded, faults) = faults(json, |root, cx| {
            let name = root.need("name", text, cx);
            let size = root.need("size", count, cx);
            let note = root.need("note", text, cx);
            let list = root.need("list", list(text), cx);
            let odd = root.need("odd", text, cx);
            Some((name?, size?, note?, list?, odd?))
        });
        assert!(decoded.is_none());
        assert_eq!(
            faults,
            [
                "p.json:1:1  J05 the key `note` is missing",
                "p.json:3:1 /name J03 the key `name` stands twice in one object",
                "p.json:4:9 /size J06 size is text, not a whole number",
                "p.json:5:1 /nots J04 the key `nots` means nothing here",
                "p.json:6:10 /list/0 J06 list[0] is a number, not text",
                "p.json:6:13 /list/1 D11 list[1] is empty",
                "p.json:6:17 /list/2 J06 list[2] is null, not text",
                "p.json:7:8 /odd F12 the text holds U+202E, a bidirectional control mark, which reorders text unseen",
            ]
        );
    }

    #[test]
    fn the_whole_must_be_an_object() {
        let (_, faults) = faults("[1]", |root, cx| root.need("a", text, cx));
        assert_eq!(faults, ["p.json:1:1  J06 p.json is a list, not an object"]);
    }
}
