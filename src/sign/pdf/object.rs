//! The values a PDF is made of (ISO 32000-1, 7.3), with the spans a verifier needs.
//!
//! Comes in: what the parser found. Goes out: plain values. Must not know where an object stands in a chain of revisions.

use std::collections::BTreeMap;
use std::ops::Range;

/// The number and the generation of an indirect object.
pub type Id = (u32, u16);

/// A dictionary. A key that stands twice is refused when it is read, so there is one reading only.
pub type Dictionary = BTreeMap<Vec<u8>, Object>;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Real(f64),
    /// A name, decoded, without the slash.
    Name(Vec<u8>),
    /// A string, literal or hexadecimal.
    String(Text),
    /// An array.
    Array(Vec<Object>),
    /// A dictionary.
    Dictionary(Dictionary),
    /// A stream.
    Stream(Stream),
    /// A reference to an indirect object.
    Reference(Id),
}

/// A string, and where it stands.
#[derive(Clone, Debug)]
pub struct Text {
    /// The bytes it means.
    pub bytes: Vec<u8>,
    /// Where it stands in what was parsed, delimiters included.
    pub span: Range<usize>,
}

impl PartialEq for Text {
    /// Two strings are equal when they mean the same bytes.
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

/// A stream: its dictionary, and where its data stand in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// The dictionary.
    pub dictionary: Dictionary,
    /// The bytes between `stream` and `endstream`, as `Length` has them.
    pub data: Range<usize>,
}

impl Object {
    /// The name, when it is one.
    pub fn as_name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The whole number, when it is one.
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The whole number, when it is one that can count or be an offset.
    pub fn as_count(&self) -> Option<usize> {
        usize::try_from(self.as_integer()?).ok()
    }

    /// The number, whole or not.
    pub fn as_number(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss, reason = "coordinates are far below 2^52")]
            Self::Integer(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }

    /// The string, when it is one.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, when it is an array.
    pub fn as_array(&self) -> Option<&[Object]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The dictionary, also a stream's.
    pub fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            Self::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }

    /// The object that is referred to, when it is a reference.
    pub fn as_reference(&self) -> Option<Id> {
        match self {
            Self::Reference(id) => Some(*id),
            _ => None,
        }
    }

    /// Calls a function with every reference in the value.
    pub fn references(&self, each: &mut impl FnMut(Id)) {
        match self {
            Self::Reference(id) => each(*id),
            Self::Array(elements) => elements.iter().for_each(|one| one.references(each)),
            Self::Dictionary(dictionary) => {
                dictionary.values().for_each(|one| one.references(each));
            }
            Self::Stream(stream) => stream
                .dictionary
                .values()
                .for_each(|one| one.references(each)),
            _ => {}
        }
    }
}

/// True when a dictionary has the name under a key.
pub fn is_named(dictionary: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dictionary.get(key).and_then(Object::as_name) == Some(name)
}
