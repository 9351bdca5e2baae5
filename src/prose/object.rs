//! The tree of topics as placeholders see it.

use std::fmt;
use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};
use rust_decimal::prelude::ToPrimitive;

use super::pieces::{Piece, Pieces};
use crate::facts::{Fact, Node, Run};

/// A map or list of the tree.
#[derive(Debug)]
pub struct Branch {
    node: Node,
    pieces: Pieces,
}

/// A figure, in its usual or in a named form.
#[derive(Debug)]
pub struct Figure {
    /// The fact.
    pub fact: Arc<Fact>,
    form: String,
    pieces: Pieces,
}

/// Words with figures among them.
#[derive(Debug)]
pub struct Words {
    runs: Vec<Run>,
    pieces: Pieces,
}

/// A node as a placeholder's value.
pub fn value(node: &Node, pieces: &Pieces) -> Value {
    match node {
        Node::Null => Value::from(()),
        Node::Bool(value) => Value::from(*value),
        Node::Coordinate(value) => Value::from(*value),
        Node::Text(text) => Value::from(text.as_str()),
        Node::Fact(fact) => figure(fact, "text", pieces),
        Node::Runs(runs) => words(runs.clone(), pieces),
        Node::List(_) | Node::Map(_) => Value::from_object(Branch {
            node: node.clone(),
            pieces: pieces.clone(),
        }),
    }
}

/// A run of words and figures as a value.
pub fn words(runs: Vec<Run>, pieces: &Pieces) -> Value {
    Value::from_object(Words {
        runs,
        pieces: pieces.clone(),
    })
}

fn figure(fact: &Arc<Fact>, form: &str, pieces: &Pieces) -> Value {
    let (fact, form) = (Arc::clone(fact), form.to_owned());
    Value::from_object(Figure {
        fact,
        form,
        pieces: pieces.clone(),
    })
}

impl Object for Branch {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        if matches!(self.node, Node::List(_)) {
            ObjectRepr::Seq
        } else {
            ObjectRepr::Map
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let child = match &self.node {
            Node::Map(map) => map.get(key.as_str()?),
            Node::List(items) => items.get(key.as_usize()?),
            _ => None,
        };
        child.map(|node| value(node, &self.pieces))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match &self.node {
            Node::List(items) => Enumerator::Seq(items.len()),
            Node::Map(map) => Enumerator::Values(map.keys().map(Value::from).collect()),
            _ => Enumerator::Empty,
        }
    }
}

impl Object for Figure {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        if self.fact.form(name).is_some() {
            return Some(figure(&self.fact, name, &self.pieces));
        }
        match name {
            "known" => Some(Value::from(self.fact.value.is_some())),
            "illustrative" => Some(Value::from(self.fact.illustrative)),
            "value" => self
                .fact
                .number()
                .and_then(|number| number.to_f64())
                .map(Value::from),
            _ => None,
        }
    }

    fn is_true(self: &Arc<Self>) -> bool {
        self.fact.value.is_some()
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let piece = Piece::Fact(Arc::clone(&self.fact), self.form.clone());
        f.write_str(&self.pieces.keep(piece))
    }
}

impl Object for Words {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pieces.keep_runs(&self.runs))
    }
}
