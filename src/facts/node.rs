//! The tree of topics that templates and texts see: facts, texts, lists and maps.
//!
//! Comes in: what the topics put together. Goes out: JSON for Typst, and a tree for placeholders.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

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
    /// Values in order.
    List(Vec<Node>),
    /// Values by name.
    Map(BTreeMap<String, Node>),
}

impl Node {
    /// A map from pairs.
    pub fn map<K: Into<String>, const N: usize>(pairs: [(K, Node); N]) -> Self {
        Self::Map(
            pairs
                .into_iter()
                .map(|(key, value)| (key.into(), value))
                .collect(),
        )
    }

    /// A list from anything that makes nodes.
    pub fn list<T: Into<Node>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// The value under a key, when this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Self::Map(map) => map.get(key),
            _ => None,
        }
    }

    /// The JSON that templates read; facts become objects with their forms.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => json!(value),
            Self::Coordinate(value) => json!(value),
            Self::Text(text) => json!(text),
            Self::Fact(fact) => fact_json(fact),
            Self::Runs(runs) => runs.iter().map(Run::to_json).collect(),
            Self::List(items) => items.iter().map(Node::to_json).collect(),
            Self::Map(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), value.to_json()))
                .collect(),
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

    /// The JSON that templates read.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Text(words) => json!({ "text": words }),
            Self::Fact(fact, form) => json!({ "fact": fact_json(fact), "form": form }),
        }
    }
}

/// A fact as templates see it.
pub fn fact_json(fact: &Fact) -> Value {
    json!({
        "fact": fact.id,
        "text": fact.text,
        "value": fact.exact(),
        "unit": fact.unit.name(),
        "basis": fact.basis.name(),
        "illustrative": fact.illustrative,
        "source": fact.source,
        "forms": fact.forms,
    })
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
