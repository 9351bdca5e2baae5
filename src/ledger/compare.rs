//! Holding what is printed against the facts: every text is a form of its fact, and reads back as its value.

use super::codes;
use crate::diagnostic::Finding;
use crate::facts::{Fact, FactBook, danish};
use crate::render::PrintedFact;

/// A finding for every printed figure that is not a form of its fact, or does not read back.
pub fn misprints(book: &FactBook, printed: &[PrintedFact]) -> Vec<Finding> {
    printed
        .iter()
        .filter_map(|one| misprint(book, one))
        .collect()
}

fn misprint(book: &FactBook, one: &PrintedFact) -> Option<Finding> {
    let said = format!("'{}' on page {}", one.text.replace('\u{a0}', " "), one.page);
    let Some(fact) = book.get(&one.id) else {
        let message = format!(
            "{said} is printed for {}, which is no fact of this edition",
            one.id
        );
        return Some(
            Finding::error(codes::FOREIGN, message).hint("print facts with #fact(…) only"),
        );
    };
    let form = one.form.as_deref().unwrap_or("text");
    if fact.form(form) != Some(one.text.as_str()) {
        let message = format!("{said} is not the form '{form}' of {}", one.id);
        return Some(
            Finding::error(codes::FOREIGN, message)
                .expected(fact.form(form).unwrap_or(&fact.text).replace('\u{a0}', " "))
                .hint("print facts with #fact(…) only"),
        );
    }
    let reads_back = reads_back(fact, form, &one.text);
    (!reads_back).then(|| {
        let exact = fact.exact().unwrap_or_else(|| "nothing".to_owned());
        Finding::error(
            codes::MISREAD,
            format!(
                "{said} does not read back as {exact}, the value of {}",
                one.id
            ),
        )
    })
}

fn reads_back(fact: &Fact, form: &str, text: &str) -> bool {
    match &fact.value {
        Some(value) => danish::reads_back(text, value, fact.unit, form),
        None => danish::absent(fact.basis).text == text,
    }
}
