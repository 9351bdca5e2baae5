//! The tree of topics that templates and texts see: facts, texts, lists and maps.
//!
//! Comes in: what the topics put together. Goes out: JSON for Typst, and a tree for placeholders.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::fact::Fact;

/// A value of the tree.
#[derive(Clone, Debug, Default)]
pub enum Node {
    /// Nothing.
    #[default]
    Null,
    /// Yes or no.
    Bool(bool),
    /// A coordinate; never printed.
    Coordinate(f64),
    /// Plain text.
    Text(String),
    /// A figure.
    Fact(Arc<Fact>),
    /// Words with figures among them.
    Runs(Vec<Run>),
    /// Values in order, shared since every placeholder that walks through them holds them.
    List(Arc<Vec<Node>>),
    /// Values by name, shared likewise.
    Map(Arc<BTreeMap<String, Node>>),
}

impl Node {
    /// A map from pairs.
    pub fn map<K: Into<String>, const N: usize>(pairs: [(K, Node); N]) -> Self {
        let pairs = pairs.into_iter().map(|(key, value)| (key.into(), value));
        Self::Map(Arc::new(pairs.collect()))
    }

    /// A list from anything that makes nodes.
    pub fn list<T: Into<Node>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(Arc::new(items.into_iter().map(Into::into).collect()))
    }

    /// The value under a key, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Self::Map(map) => map.get(key),
            _ => None,
        }
    }
}

/// The JSON that templates read; facts become objects with their forms.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => to.serialize_unit(),
            Self::Bool(value) => to.serialize_bool(*value),
            Self::Coordinate(value) => to.serialize_f64(*value),
            Self::Text(text) => to.serialize_str(text),
            Self::Fact(fact) => fact.as_ref().serialize(to),
            Self::Runs(runs) => runs.serialize(to),
            Self::List(items) => items.as_ref().serialize(to),
            Self::Map(map) => map.as_ref().serialize(to),
        }
    }
}

/// A piece of running text: plain words, or a figure in one of its forms.
#[derive(Clone, Debug)]
pub enum Run {
    /// Plain words.
    Text(String),
    /// A figure, in a form by name (`text` is the usual one).
    Fact(Arc<Fact>, &'static str),
}

impl Run {
    /// Plain words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// A figure in its usual form.
    pub fn fact(fact: &Arc<Fact>) -> Self {
        Self::Fact(Arc::clone(fact), "text")
    }
}

/// The JSON that templates read.
impl Serialize for Run {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        match self {
            Self::Text(words) => map.serialize_entry("text", words)?,
            Self::Fact(fact, form) => {
                map.serialize_entry("fact", &**fact)?;
                map.serialize_entry("form", form)?;
            }
        }
        map.end()
    }
}

/// A fact as templates see it.
impl Serialize for Fact {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(8))?;
        map.serialize_entry("basis", self.basis.name())?;
        map.serialize_entry("fact", &self.id)?;
        map.serialize_entry("forms", &self.forms)?;
        map.serialize_entry("illustrative", &self.illustrative)?;
        map.serialize_entry("source", &self.source)?;
        map.serialize_entry("text", &self.text)?;
        map.serialize_entry("unit", self.unit.name())?;
        map.serialize_entry("value", &self.exact())?;
        map.end()
    }
}

impl From<bool> for Node {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Node {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Node {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&crate::model::Text> for Node {
    fn from(text: &crate::model::Text) -> Self {
        Self::Text(text.value.clone())
    }
}

impl From<Arc<Fact>> for Node {
    fn from(fact: Arc<Fact>) -> Self {
        Self::Fact(fact)
    }
}

impl From<&Arc<Fact>> for Node {
    fn from(fact: &Arc<Fact>) -> Self {
        Self::Fact(Arc::clone(fact))
    }
}

impl<T: Into<Node>> From<Option<T>> for Node {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Node>> From<Vec<T>> for Node {
    fn from(items: Vec<T>) -> Self {
        Self::list(items)
    }
}
