//! What an expression of a text may stand for, looked up in the topics of every edition that may print it.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::machinery::ast::{BinOpKind, CallArg, Expr};

use super::Figure;
use crate::facts::{Fact, Node};

/// Filters that give the list they get, or a part of it.
const KEEPING: [&str; 9] = [
    "selectattr",
    "rejectattr",
    "select",
    "reject",
    "list",
    "sort",
    "danish_sort",
    "unique",
    "reverse",
];

/// One thing that an expression may stand for.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    /// A node of the topics.
    Node(&'a Node),
    /// A fact in a form.
    Form(&'a Arc<Fact>, String),
    /// A string.
    Text(String),
}

impl<'a> Value<'a> {
    /// The figure that is printed.
    pub(super) fn figure(&self) -> Option<Figure> {
        let (fact, form) = match self {
            Self::Node(Node::Fact(fact)) => (fact, "text"),
            Self::Form(fact, form) => (*fact, form.as_str()),
            _ => return None,
        };
        Some(Figure {
            fact: Arc::clone(fact),
            form: form.to_owned(),
        })
    }

    /// True for the same thing, not for one that looks like it.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Node(a), Self::Node(b)) => std::ptr::eq(*a, *b),
            (Self::Form(a, form), Self::Form(b, other)) => Arc::ptr_eq(a, b) && form == other,
            (Self::Text(a), Self::Text(b)) => a == b,
            _ => false,
        }
    }

    fn attribute(&self, name: &str) -> Option<Self> {
        match self {
            Self::Node(Node::Map(map)) => map.get(name).map(Self::Node),
            Self::Node(Node::Fact(fact)) => {
                fact.form(name).map(|_| Self::Form(fact, name.to_owned()))
            }
            _ => None,
        }
    }

    fn items(&self) -> impl Iterator<Item = Self> + use<'a> {
        let items: &'a [Node] = match self {
            Self::Node(Node::List(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().map(Self::Node)
    }

    fn entries(&self) -> impl Iterator<Item = Self> + use<'a> {
        let map = match self {
            Self::Node(Node::Map(map)) => Some(map.as_ref()),
            _ => None,
        };
        map.into_iter()
            .flat_map(|map: &'a BTreeMap<String, Node>| map.values().map(Self::Node))
    }
}

/// What names stand for.
#[derive(Clone, Debug)]
pub(super) struct Scope<'a> {
    topics: Vec<&'a Node>,
    names: BTreeMap<String, Vec<Value<'a>>>,
}

impl<'a> Scope<'a> {
    /// The topics alone.
    pub(super) fn new(topics: &[&'a Node]) -> Self {
        Self {
            topics: topics.to_vec(),
            names: BTreeMap::new(),
        }
    }

    /// Gives a name.
    pub(super) fn bind(&mut self, name: &str, values: Vec<Value<'a>>) {
        self.names.insert(name.to_owned(), values);
    }

    /// Adds what the names stand for in another branch, each once: what both branches had must not double with every condition.
    pub(super) fn merge(&mut self, other: Self) {
        for (name, values) in other.names {
            let known = self.names.entry(name).or_default();
            let before = known.len();
            for value in values {
                if !known[..before].iter().any(|one| one.is(&value)) {
                    known.push(value);
                }
            }
        }
    }

    /// Gives the names of a loop what the list holds.
    pub(super) fn bind_target(&mut self, target: &Expr<'_>, list: &Expr<'_>) {
        match (target, list) {
            (Expr::Var(name), _) => {
                let lists = self.values(list);
                let items = lists.iter().flat_map(Value::items).collect();
                self.bind(name.id, items);
            }
            (Expr::List(names), Expr::Filter(filter)) if filter.name == "items" => {
                self.bind_entry(&names.items, filter.expr.as_ref());
            }
            (Expr::Tuple(names), Expr::Filter(filter)) if filter.name == "items" => {
                self.bind_entry(&names.items, filter.expr.as_ref());
            }
            _ => {}
        }
    }

    fn bind_entry(&mut self, names: &[Expr<'_>], map: Option<&Expr<'_>>) {
        if let ([_, Expr::Var(name)], Some(map)) = (names, map) {
            let maps = self.values(map);
            let entries = maps.iter().flat_map(Value::entries).collect();
            self.bind(name.id, entries);
        }
    }

    /// Everything that an expression may stand for; nothing where that cannot be told.
    pub(super) fn values(&self, expr: &Expr<'_>) -> Vec<Value<'a>> {
        match expr {
            Expr::Var(name) => match self.names.get(name.id) {
                Some(values) => values.clone(),
                None => self
                    .topics
                    .iter()
                    .filter_map(|topics| topics.get(name.id))
                    .map(Value::Node)
                    .collect(),
            },
            Expr::Const(constant) => {
                let text = constant.value.as_str().map(ToOwned::to_owned);
                text.map(Value::Text).into_iter().collect()
            }
            Expr::GetAttr(attribute) => {
                let values = self.values(&attribute.expr);
                values
                    .iter()
                    .filter_map(|value| value.attribute(attribute.name))
                    .collect()
            }
            Expr::GetItem(item) => self.item(&item.expr, &item.subscript_expr),
            Expr::IfExpr(choice) => {
                let mut values = self.values(&choice.true_expr);
                values.extend(choice.false_expr.iter().flat_map(|expr| self.values(expr)));
                values
            }
            Expr::BinOp(operation)
                if matches!(operation.op, BinOpKind::ScAnd | BinOpKind::ScOr) =>
            {
                let mut values = self.values(&operation.left);
                values.extend(self.values(&operation.right));
                values
            }
            Expr::Filter(filter) => {
                let Some(expr) = &filter.expr else {
                    return Vec::new();
                };
                self.filtered(filter.name, expr)
            }
            _ => Vec::new(),
        }
    }

    fn item(&self, expr: &Expr<'_>, subscript: &Expr<'_>) -> Vec<Value<'a>> {
        let (values, keys) = (self.values(expr), self.values(subscript));
        let keyed = keys.iter().filter_map(|key| match key {
            Value::Text(name) => Some(name),
            _ => None,
        });
        let mut found: Vec<Value<'a>> = keyed
            .flat_map(|name| values.iter().filter_map(|value| value.attribute(name)))
            .collect();
        if keys.is_empty() {
            found.extend(values.iter().flat_map(Value::items));
        }
        found
    }

    fn filtered(&self, name: &str, expr: &Expr<'_>) -> Vec<Value<'a>> {
        let values = self.values(expr);
        match name {
            _ if KEEPING.contains(&name) => values,
            "first" | "last" => values.iter().flat_map(Value::items).collect(),
            _ => Vec::new(),
        }
    }
}

/// The expressions that an expression is made of.
pub(super) fn children<'e, 's>(expr: &'e Expr<'s>) -> Vec<&'e Expr<'s>> {
    fn arguments<'e, 's>(args: &'e [CallArg<'s>]) -> impl Iterator<Item = &'e Expr<'s>> {
        args.iter().map(|argument| match argument {
            CallArg::Pos(expr)
            | CallArg::Kwarg(_, expr)
            | CallArg::PosSplat(expr)
            | CallArg::KwargSplat(expr) => expr,
        })
    }
    match expr {
        Expr::Var(_) | Expr::Const(_) => Vec::new(),
        Expr::Slice(slice) => vec![&slice.expr],
        Expr::UnaryOp(operation) => vec![&operation.expr],
        Expr::BinOp(operation) => vec![&operation.left, &operation.right],
        Expr::Compare(compare) => std::iter::once(&compare.expr)
            .chain(compare.ops.iter().map(|operand| &operand.expr))
            .collect(),
        Expr::IfExpr(choice) => [&choice.test_expr, &choice.true_expr]
            .into_iter()
            .chain(&choice.false_expr)
            .collect(),
        Expr::Filter(filter) => filter.expr.iter().chain(arguments(&filter.args)).collect(),
        Expr::Test(test) => std::iter::once(&test.expr)
            .chain(arguments(&test.args))
            .collect(),
        Expr::GetAttr(attribute) => vec![&attribute.expr],
        Expr::GetItem(item) => vec![&item.expr, &item.subscript_expr],
        Expr::Call(call) => std::iter::once(&call.expr)
            .chain(arguments(&call.args))
            .collect(),
        Expr::List(list) => list.items.iter().collect(),
        Expr::Tuple(tuple) => tuple.items.iter().collect(),
        Expr::Map(map) => map.values.iter().collect(),
    }
}
