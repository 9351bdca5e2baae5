//! A value before it is decoded, and the records that values stand in.
//!
//! Comes in: CSV cells and JSON values. Goes out: one way to ask for them, so that a decoder serves both.
//! Must not stop at the first fault: a decoder returns none and leaves a finding.

use std::borrow::Cow;

use jsonc_parser::ast;

use super::codes;
use super::context::Context;
use super::json::Object;
use super::json::value as json;
use crate::diagnostic::{Finding, Place};

/// A value with the name it stands under and its place.
#[derive(Clone, Debug)]
pub(crate) struct Value<'a> {
    /// The column or the key.
    pub(crate) name: Cow<'a, str>,
    /// What stands there.
    pub(crate) raw: Raw<'a>,
    /// Where.
    pub(crate) place: Place,
}

/// What stands in a value's place.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Raw<'a> {
    /// The text of a CSV cell, trimmed and not empty.
    Cell(&'a str),
    /// A JSON value other than null.
    Json(&'a ast::Value<'a>),
}

/// What a record has under a name.
#[derive(Debug)]
pub(crate) enum Slot<'a> {
    /// A value.
    Given(Value<'a>),
    /// An empty cell, or null.
    Blank(Place),
    /// Nothing: the column or the key is missing.
    Absent,
}

/// A CSV row or a JSON object.
pub(crate) trait Record {
    /// What stands under a name.
    fn slot<'s>(&'s self, name: &'s str) -> Slot<'s>;

    /// The finding about a missing name, unless it has been reported already.
    fn absence(&self, name: &str) -> Option<Finding>;

    /// A value that must be there.
    fn need<T>(
        &self,
        name: &str,
        decode: impl FnOnce(&Value<'_>, &mut Context) -> Option<T>,
        cx: &mut Context,
    ) -> Option<T> {
        match self.slot(name) {
            Slot::Given(value) => decode(&value, cx),
            Slot::Blank(place) => {
                cx.push(empty(name, &place));
                None
            }
            Slot::Absent => {
                if let Some(finding) = self.absence(name) {
                    cx.push(finding);
                }
                None
            }
        }
    }

    /// A value that may be left out: the outer option is none when it is there but faulty.
    fn may<T>(
        &self,
        name: &str,
        decode: impl FnOnce(&Value<'_>, &mut Context) -> Option<T>,
        cx: &mut Context,
    ) -> Option<Option<T>> {
        match self.slot(name) {
            Slot::Given(value) => decode(&value, cx).map(Some),
            Slot::Blank(_) | Slot::Absent => Some(None),
        }
    }
}

impl<'a> Value<'a> {
    /// The text of a cell or of a JSON string; anything else is a finding.
    pub(crate) fn text(&self, cx: &mut Context) -> Option<&'a str> {
        match self.raw {
            Raw::Cell(text) => Some(text),
            Raw::Json(ast::Value::StringLit(text)) => Some(&text.value),
            Raw::Json(_) => self.wrong_type("text", cx),
        }
    }

    /// Leaves a finding that something else was expected.
    pub(crate) fn wrong_type<T>(&self, expected: &str, cx: &mut Context) -> Option<T> {
        let found = match self.raw {
            Raw::Cell(_) => "text",
            Raw::Json(value) => json::describe(value),
        };
        let message = format!("{} is {found}, not {expected}", self.name);
        let mut finding = Finding::error(codes::WRONG_TYPE, message)
            .at(&self.place, format!("expected {expected}"));
        if found == "text" && expected.contains("number") {
            finding = finding.hint("write the number without quotation marks");
        }
        cx.push(finding);
        None
    }

    /// The text under a key, when this is an object that has one; leaves no finding.
    pub(crate) fn peek_text(&self, key: &str) -> Option<(&'a str, Place)> {
        let Raw::Json(ast::Value::Object(node)) = self.raw else {
            return None;
        };
        match Object::new(node, &self.place).value(key)? {
            Value {
                raw: Raw::Json(ast::Value::StringLit(text)),
                place,
                ..
            } => Some((&text.value, place)),
            _ => None,
        }
    }
}

/// The finding about a needed value that is empty.
pub(crate) fn empty(name: &str, place: &Place) -> Finding {
    Finding::error(codes::MISSING_VALUE, format!("{name} is empty"))
        .at(place, "a value is needed here")
}
