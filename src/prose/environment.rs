//! The MiniJinja environment: strict, bounded, and printing nothing but markers.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::ValueKind;
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior, Value,
};

use super::codes;
use super::filters;
use super::object;
use super::pieces::Pieces;
use crate::diagnostic::{Code, Finding, SourceFile};
use crate::facts::EditionFacts;

use std::sync::Arc;

/// Steps a text may take: far more than any text needs, reached in a fraction of a second.
const FUEL: u64 = 200_000;
/// How deep a text may nest.
const DEPTH: usize = 64;
/// The marker in an error's detail by which a bare number is known again.
const BARE: &str = "a number that is no fact";

/// An environment over an edition's facts.
pub struct Prose<'a> {
    environment: Environment<'a>,
    topics: Value,
    /// What the placeholders printed.
    pub pieces: Pieces,
}

impl<'a> Prose<'a> {
    /// Makes the environment of an edition.
    pub fn new(facts: &'a EditionFacts) -> Self {
        let pieces = Pieces::default();
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(DEPTH);
        environment.set_debug(true);
        environment.set_auto_escape_callback(|_| AutoEscape::Custom("prose".into()));
        environment.set_syntax(syntax());
        for name in ["safe", "escape", "e", "tojson", "pprint"] {
            environment.remove_filter(name);
        }
        let kept = pieces.clone();
        environment.set_formatter(move |out, state, value| print(&kept, out, state, value));
        filters::add(&mut environment, facts, &pieces);
        let topics = object::value(&facts.topics, &pieces);
        Self {
            environment,
            topics,
            pieces,
        }
    }

    /// Evaluates the placeholders of a text; values become markers.
    pub fn evaluate(&self, source: &Arc<SourceFile>, text: &str) -> Result<String, Box<Finding>> {
        self.environment
            .render_named_str(source.path(), text, self.topics.clone())
            .map_err(|error| Box::new(finding(&error, source)))
    }
}

/// How texts are written: a line that holds only a block leaves no line.
pub fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .unwrap_or_default()
}

/// Prints a value: text and facts as markers, what a block captured as it is, and nothing else.
fn print(
    pieces: &Pieces,
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    if value.is_safe() {
        return Ok(out.write_str(value.as_str().unwrap_or_default())?);
    }
    match value.kind() {
        ValueKind::String => {
            Ok(out.write_str(&pieces.keep_text(value.as_str().unwrap_or_default()))?)
        }
        ValueKind::Plain => Ok(out.write_str(&value.to_string())?),
        ValueKind::Undefined => minijinja::escape_formatter(out, state, value),
        ValueKind::Number => {
            let detail = format!("this prints {value}, {BARE}");
            Err(Error::new(ErrorKind::InvalidOperation, detail))
        }
        kind => {
            let detail = format!("a {kind} cannot be printed");
            Err(Error::new(ErrorKind::InvalidOperation, detail))
        }
    }
}

fn finding(error: &Error, source: &Arc<SourceFile>) -> Finding {
    let place = error.range().map_or_else(
        || line_place(source, error.line()),
        |range| source.place(range),
    );
    let what = place.text().to_owned();
    let detail = error
        .detail()
        .map_or_else(|| error.kind().to_string(), ToOwned::to_owned);
    let of =
        |code: Code, message: String, label: &str| Finding::error(code, message).at(&place, label);
    match error.kind() {
        ErrorKind::UndefinedError => of(
            codes::UNDEFINED,
            format!("the placeholder '{what}' names nothing that this edition has"),
            "not defined",
        )
        .expected("a topic, a fact or a form listed in docs/templates.md")
        .hint("look at the spelling; ids are written as in the inputs, and an edition sees only what was published by its date"),
        ErrorKind::OutOfFuel => of(
            codes::RUNAWAY,
            "the text takes too many steps: a loop is much too long".to_owned(),
            "still running here",
        )
        .hint("loop over the topics only"),
        ErrorKind::InvalidOperation if detail.contains(BARE) => of(
            codes::BARE_NUMBER,
            detail,
            "no fact",
        )
        .hint("print the fact itself, such as {{ activities.count }}, not its value or a sum of values"),
        _ if detail.contains("recursion limit") => {
            of(codes::RUNAWAY, "the text nests too deep".to_owned(), "too deep")
        }
        _ => of(codes::PLACEHOLDER, format!("the text cannot be evaluated: {detail}"), "here")
            .hint("placeholders are MiniJinja expressions: {{ topic.name }}, {% if … %}, {% for … %}"),
    }
}

fn line_place(source: &Arc<SourceFile>, line: Option<usize>) -> crate::diagnostic::Place {
    let before = line.unwrap_or(1).saturating_sub(1);
    let start: usize = source
        .text()
        .split_inclusive('\n')
        .take(before)
        .map(str::len)
        .sum();
    let length = source.text()[start..].lines().next().map_or(0, str::len);
    source.place(start..start + length)
}

impl std::fmt::Debug for Prose<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prose").finish_non_exhaustive()
    }
}
