//! The filters and functions that texts may use beside MiniJinja's own.

use std::sync::Arc;

use minijinja::value::ValueKind;
use minijinja::{Environment, Error, ErrorKind, Value};

use super::object::{Figure, words};
use super::pieces::Pieces;
use crate::facts::{EditionFacts, FactBook, Run, change, danish};

/// Adds them.
pub fn add(environment: &mut Environment<'_>, facts: &EditionFacts, pieces: &Pieces) {
    environment.add_filter("and_list", |items: Vec<Value>| {
        let names = items.iter().map(name).collect::<Result<Vec<_>, _>>()?;
        Ok::<_, Error>(danish::and_list(&names))
    });
    environment.add_filter("lower_first", |text: String| danish::lower_first(&text));
    environment.add_filter("danish_sort", |items: Vec<Value>| {
        let mut named = items
            .into_iter()
            .map(|item| Ok((name(&item)?, item)))
            .collect::<Result<Vec<_>, Error>>()?;
        named.sort_by(|(a, _), (b, _)| danish::compare(a, b));
        Ok::<_, Error>(named.into_iter().map(|(_, item)| item).collect::<Vec<_>>())
    });
    let (book, kept) = (facts.book.clone(), pieces.clone());
    environment.add_function("change", move |old: Value, new: Value| {
        Ok::<_, Error>(words(compared(&book, &old, &new)?, &kept))
    });
}

fn compared(book: &FactBook, old: &Value, new: &Value) -> Result<Vec<Run>, Error> {
    let fact = |value: &Value| {
        value
            .downcast_object_ref::<Figure>()
            .map(|figure| Arc::clone(&figure.fact))
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::InvalidOperation,
                    "change() takes two facts of one series",
                )
            })
    };
    Ok(change(book, &fact(old)?, &fact(new)?))
}

/// The text of an item: itself, or its name.
fn name(item: &Value) -> Result<String, Error> {
    if item.kind() == ValueKind::String || item.kind() == ValueKind::Plain {
        return Ok(item.to_string());
    }
    let name = item.get_attr("name")?;
    name.as_str().map(ToOwned::to_owned).ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidOperation,
            "the list holds something without a name",
        )
    })
}
