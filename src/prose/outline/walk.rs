//! The walk over a parsed text: every branch once, keeping what names stand for and what was printed last.

use std::collections::BTreeMap;

use minijinja::machinery::ast::{CallArg, Expr, ForLoop, IfCond, Macro, Stmt};

use super::values::{Scope, Value, children};
use super::{Figure, Part, PartKind};
use crate::facts::Node;

/// What a condition looks at when it chooses words by the figures.
const JUDGING: [&str; 6] = [
    "value",
    "direction_word",
    "assessment",
    "gap",
    "change",
    "break",
];

/// How often a text is walked: a macro's arguments are known after the walk that saw its calls.
const WALKS: usize = 3;

/// The arguments that a macro is called with, by macro and position.
type Arguments<'a> = BTreeMap<(String, usize), Vec<Value<'a>>>;

/// The parts of a text.
pub(super) fn parts(text: &str, body: &[Stmt<'_>], topics: &[&Node]) -> Vec<Part> {
    let mut arguments = Arguments::new();
    let mut parts = Vec::new();
    for _ in 0..WALKS {
        let mut walker = Walker {
            text,
            scope: Scope::new(topics),
            judging: Vec::new(),
            known: arguments,
            arguments: Arguments::new(),
            parts: Vec::new(),
            last: Vec::new(),
            judged: false,
        };
        walker.body(body);
        (arguments, parts) = (walker.arguments, walker.parts);
    }
    parts
}

struct Walker<'a, 's> {
    text: &'s str,
    scope: Scope<'a>,
    /// Names that stand for a choice by figures.
    judging: Vec<String>,
    /// What the walk before saw.
    known: Arguments<'a>,
    arguments: Arguments<'a>,
    parts: Vec<Part>,
    last: Vec<Figure>,
    judged: bool,
}

impl<'a> Walker<'a, '_> {
    fn body(&mut self, body: &[Stmt<'_>]) {
        for stmt in body {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt<'_>) {
        match stmt {
            Stmt::EmitRaw(raw) => {
                let span = raw.span();
                let from = span.start_offset as usize;
                let within = self.text.get(from..).and_then(|text| text.find(raw.raw));
                self.words(from + within.unwrap_or(0), raw.raw);
            }
            Stmt::EmitExpr(emit) => self.emit(&emit.expr, emit.span().start_offset as usize),
            Stmt::ForLoop(looping) => self.looping(looping),
            Stmt::IfCond(condition) => self.condition(condition),
            Stmt::Set(set) => {
                self.calls(&set.expr);
                if let Expr::Var(name) = &set.target {
                    if self.judges(&set.expr) {
                        self.judging.push(name.id.to_owned());
                    }
                    let values = self.scope.values(&set.expr);
                    self.scope.bind(name.id, values);
                }
            }
            Stmt::SetBlock(set) => self.body(&set.body),
            Stmt::WithBlock(with) => {
                let outer = self.scope.clone();
                for (target, value) in &with.assignments {
                    if let Expr::Var(name) = target {
                        let values = self.scope.values(value);
                        self.scope.bind(name.id, values);
                    }
                }
                self.body(&with.body);
                self.scope = outer;
            }
            Stmt::FilterBlock(filter) => self.body(&filter.body),
            Stmt::AutoEscape(escape) => self.body(&escape.body),
            Stmt::Macro(one) => self.definition(one),
            Stmt::CallBlock(call) => self.definition(&call.macro_decl),
            _ => {}
        }
    }

    fn words(&mut self, from: usize, words: &str) {
        self.parts.push(Part {
            span: from..from + words.len(),
            kind: PartKind::Words,
            before: self.last.clone(),
            judged: self.judged,
        });
        if !words.trim().is_empty() {
            self.last.clear();
        }
    }

    fn emit(&mut self, expr: &Expr<'_>, from: usize) {
        self.calls(expr);
        self.strings(expr);
        let figures: Vec<Figure> = self
            .scope
            .values(expr)
            .iter()
            .filter_map(Value::figure)
            .collect();
        self.parts.push(Part {
            span: from..expr.span().end_offset as usize,
            kind: PartKind::Placeholder(figures.clone()),
            before: self.last.clone(),
            judged: self.judged,
        });
        self.last = figures;
    }

    /// The strings that an expression prints as they are.
    fn strings(&mut self, expr: &Expr<'_>) {
        match expr {
            Expr::Const(constant) if constant.value.as_str().is_some() => {
                let span = constant.span();
                let (from, to) = (span.start_offset as usize, span.end_offset as usize);
                if let Some(words) = self.text.get(from..to) {
                    self.parts.push(Part {
                        span: from..from + words.len(),
                        kind: PartKind::Words,
                        before: Vec::new(),
                        judged: self.judged,
                    });
                }
            }
            Expr::IfExpr(choice) => {
                self.strings(&choice.true_expr);
                if let Some(other) = &choice.false_expr {
                    self.strings(other);
                }
            }
            Expr::BinOp(operation) => {
                self.strings(&operation.left);
                self.strings(&operation.right);
            }
            Expr::Filter(filter) => {
                if let Some(inner) = &filter.expr {
                    self.strings(inner);
                }
            }
            _ => {}
        }
    }

    fn condition(&mut self, condition: &IfCond<'_>) {
        let (judged, before) = (self.judged, self.last.clone());
        self.judged |= self.judges(&condition.expr);
        let outer = self.scope.clone();
        self.body(&condition.true_body);
        let after_true = std::mem::replace(&mut self.last, before);
        let inner = std::mem::replace(&mut self.scope, outer);
        self.body(&condition.false_body);
        self.scope.merge(inner);
        let after_false = std::mem::replace(&mut self.last, after_true);
        self.last.extend(after_false);
        self.judged = judged;
    }

    fn looping(&mut self, looping: &ForLoop<'_>) {
        let (outer, before) = (self.scope.clone(), self.last.clone());
        let judged = self.judged;
        let filter = looping.filter_expr.as_ref();
        self.judged |= filter.is_some_and(|expr| self.judges(expr));
        self.scope.bind_target(&looping.target, &looping.iter);
        self.body(&looping.body);
        self.scope = outer;
        self.judged = judged;
        self.body(&looping.else_body);
        self.last.extend(before);
    }

    fn definition(&mut self, one: &Macro<'_>) {
        let (outer, before) = (self.scope.clone(), std::mem::take(&mut self.last));
        for (index, parameter) in one.args.iter().enumerate() {
            if let Expr::Var(name) = parameter {
                let known = self.known.get(&(one.name.to_owned(), index));
                self.scope.bind(name.id, known.cloned().unwrap_or_default());
            }
        }
        self.body(&one.body);
        self.scope = outer;
        self.last = before;
    }

    /// Remembers what macros are called with.
    fn calls(&mut self, expr: &Expr<'_>) {
        if let Expr::Call(call) = expr
            && let Expr::Var(name) = &call.expr
        {
            for (index, argument) in call.args.iter().enumerate() {
                if let CallArg::Pos(argument) = argument {
                    let values = self.scope.values(argument);
                    let key = (name.id.to_owned(), index);
                    self.arguments.entry(key).or_default().extend(values);
                }
            }
        }
        for child in children(expr) {
            self.calls(child);
        }
    }

    /// True when an expression looks at the figures' values or directions.
    fn judges(&self, expr: &Expr<'_>) -> bool {
        let named = |name: &str| name.split('.').any(|part| JUDGING.contains(&part));
        let here = match expr {
            Expr::Var(name) => self.judging.iter().any(|known| known == name.id),
            Expr::GetAttr(attribute) => named(attribute.name),
            Expr::Const(constant) => constant.value.as_str().is_some_and(named),
            _ => false,
        };
        here || children(expr).into_iter().any(|child| self.judges(child))
    }
}
