//! A JSON object whose keys are asked for by name.
//!
//! Comes in: a node of the tree. Goes out: values with places and pointers; at the end, findings about keys nobody asked for.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jsonc_parser::ast;

use super::value::{child, items};
use crate::diagnostic::{Finding, Place, quoted};
use crate::read::codes;
use crate::read::context::Context;
use crate::read::suggest::{did_you_mean, listed};
use crate::read::value::{Raw, Record, Slot, Value};

/// An object and the keys that were asked for.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    node: &'a ast::Object<'a>,
    place: Place,
    asked: RefCell<BTreeSet<String>>,
}

impl<'a> Object<'a> {
    /// The object of a node.
    pub(crate) fn new(node: &'a ast::Object<'a>, place: &Place) -> Self {
        Self {
            node,
            place: place.clone(),
            asked: RefCell::default(),
        }
    }

    /// Where it stands.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// The value under a key, null included; does not count as asking.
    pub(crate) fn value(&self, key: &str) -> Option<Value<'a>> {
        let property = self
            .node
            .properties
            .iter()
            .find(|property| property.name.as_str() == key)?;
        let name = property.name.as_str();
        let place = child(&self.place, &property.value, name);
        Some(Value {
            name: name.into(),
            raw: Raw::Json(&property.value),
            place,
        })
    }

    /// The entries of the list under a key, with the place of the key; does not count as asking.
    pub(crate) fn peek_list(&self, key: &str) -> Option<(Place, Vec<Value<'a>>)> {
        let property = self
            .node
            .properties
            .iter()
            .find(|property| property.name.as_str() == key)?;
        let entries = items(&self.value(key)?)?;
        Some((self.key_place(property), entries))
    }

    /// Lets keys stand that mean nothing here.
    pub(crate) fn ignore(&self, keys: &[&str]) {
        self.asked
            .borrow_mut()
            .extend(keys.iter().map(|key| (*key).to_owned()));
    }

    /// Adds findings about keys that stand twice.
    pub(crate) fn check_repeated(&self, cx: &mut Context) {
        let mut seen = BTreeMap::new();
        for property in &self.node.properties {
            let name = property.name.as_str();
            if let Some(first) = seen.insert(name, property) {
                let message = format!("the key {} stands twice in one object", quoted(name));
                cx.push(
                    Finding::error(codes::REPEATED_KEY, message)
                        .at(&self.key_place(property), "again here")
                        .and(&self.key_place(first), "first here")
                        .hint("delete one of them"),
                );
            }
        }
    }

    /// Adds findings about keys that nobody asked for.
    pub(crate) fn check_unknown(&self, cx: &mut Context) {
        let asked = self.asked.borrow();
        let unknown = |property: &&ast::ObjectProp<'_>| !asked.contains(property.name.as_str());
        for property in self.node.properties.iter().filter(unknown) {
            if cx.is_full() {
                return;
            }
            let name = property.name.as_str();
            let known = || asked.iter().map(String::as_str);
            let mut finding = Finding::error(
                codes::UNKNOWN_KEY,
                format!("the key {} means nothing here", quoted(name)),
            )
            .at(&self.key_place(property), "")
            .expected(format!("one of: {}", listed(known())));
            finding.hints.extend(did_you_mean(name, known()));
            cx.push(finding);
        }
    }

    fn key_place(&self, property: &'a ast::ObjectProp<'a>) -> Place {
        let name = &property.name;
        let range = match name {
            ast::ObjectPropName::String(name) => name.range,
            ast::ObjectPropName::Word(name) => name.range,
        };
        let value = child(&self.place, &property.value, name.as_str());
        let place = self.place.source().place(range.start..range.end);
        match value.pointer() {
            Some(pointer) => place.with_pointer(pointer),
            None => place,
        }
    }
}

impl Record for Object<'_> {
    fn slot<'s>(&'s self, name: &'s str) -> Slot<'s> {
        self.asked.borrow_mut().insert(name.to_owned());
        match self.value(name) {
            None => Slot::Absent,
            Some(Value {
                raw: Raw::Json(ast::Value::NullKeyword(_)),
                place,
                ..
            }) => Slot::Blank(place),
            Some(value) => Slot::Given(value),
        }
    }

    fn absence(&self, name: &str) -> Option<Finding> {
        let message = format!("the key {} is missing", quoted(name));
        Some(Finding::error(codes::MISSING_KEY, message).at(&self.place, "in this object"))
    }
}
