//! Decoders of single values, for CSV cells and JSON values alike.
//!
//! Comes in: a value. Goes out: a typed value with its place; or none, and a finding.
//! Must not know which file it works for.

use chrono::NaiveDate;
use jsonc_parser::ast;
use rust_decimal::Decimal;

use super::characters;
use super::codes;
use super::context::Context;
use super::date;
use super::fault::Fault;
use super::number;
use super::references::{self, Kind};
use super::suggest::{did_you_mean, listed};
use super::value::{Raw, Record, Value, empty};
use crate::diagnostic::{Finding, Located};
use crate::model::{Basis, Provenance, Text};

/// The longest word that fits on a page in any layout, generously.
const LONGEST_WORD: usize = 500;

/// More kroner than any partnership will see, so that sums cannot overflow.
const MOST_KRONER: u64 = 1_000_000_000_000;

/// More things than there are to count.
const MOST_COUNTED: u64 = 1_000_000_000;

/// What spreadsheets write where a formula failed, in English and Danish.
const SPREADSHEET_ERRORS: &[&str] = &[
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#I/T",
    "#REFERENCE!",
    "#VÆRDI!",
    "#DIVISION/0!",
    "#NAVN?",
    "#NUL!",
];

/// The words of `basis`.
const BASES: &[(&str, Basis)] = &[
    ("official", Basis::Official),
    ("illustrative", Basis::Illustrative),
];

/// A text: trimmed, not empty, with `\n` as its only line end.
pub(crate) fn text(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    let text = word(value, cx)?.replace("\r\n", "\n");
    // What stands in the file as it is has been looked at; what an escape hides has not.
    if matches!(value.raw, Raw::Json(_)) && value.place.text().contains('\\') {
        characters::check_decoded(&text, &value.place, cx);
    }
    if let Some(long) = text
        .split_whitespace()
        .find(|word| word.len() > LONGEST_WORD)
    {
        let fault = Fault::new(
            codes::LONG_WORD,
            format!("is a word of {} characters", long.chars().count()),
        )
        .expected(format!("words of at most {LONGEST_WORD} characters"));
        return refuse(value, long, fault, cx);
    }
    cx.stands(&value.name, &value.place);
    Some(Located::new(text, value.place.clone()))
}

/// An id: `[a-z][a-z0-9_-]*`.
pub(crate) fn id(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    let word = word(value, cx)?;
    if is_id(word) {
        return Some(Located::new(word.to_owned(), value.place.clone()));
    }
    let fault = Fault::new(codes::BAD_ID, "is not an id")
        .expected("a small letter a-z, then small letters, digits, hyphens and underscores");
    refuse(value, word, fault, cx)
}

/// The id of a fact: ids, years and days with `/` between them.
pub(crate) fn fact_id(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    let word = word(value, cx)?;
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
    };
    if word.contains('/') && word.split('/').all(is_part) {
        return Some(Located::new(word.to_owned(), value.place.clone()));
    }
    let fault = Fault::new(codes::BAD_ID, "is not the id of a figure")
        .expected("an id such as indicators/insecure/folehaven/2018")
        .hint("`tryk explain PDF TEXT` shows the id of a printed figure");
    refuse(value, word, fault, cx)
}

/// True for a text that ids may be.
pub(crate) fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
}

/// The id of something that is defined.
pub(crate) fn reference(kind: Kind) -> impl Fn(&Value<'_>, &mut Context) -> Option<Text> {
    move |value, cx| {
        let id = id(value, cx)?;
        references::check(kind, &id, &value.name, &id.place, cx);
        Some(id)
    }
}

/// The ids of things that are defined, separated by spaces.
pub(crate) fn references(kind: Kind) -> impl Fn(&Value<'_>, &mut Context) -> Option<Vec<Text>> {
    move |value, cx| {
        let all = value.text(cx)?;
        let is_exact = value.place.text() == all;
        let one = |word: &str, cx: &mut Context| {
            let offset =
                value.place.span().start + (word.as_ptr() as usize - all.as_ptr() as usize);
            let place = match is_exact {
                true => value.place.source().place(offset..offset + word.len()),
                false => value.place.clone(),
            };
            reference(kind)(
                &Value {
                    name: value.name.clone(),
                    raw: Raw::Cell(word),
                    place,
                },
                cx,
            )
        };
        let ids: Vec<Option<Text>> = all.split_whitespace().map(|word| one(word, cx)).collect();
        ids.into_iter().collect()
    }
}

/// One of some words, each with its meaning.
pub(crate) fn one_of<T: Copy>(
    choices: &'static [(&'static str, T)],
) -> impl Fn(&Value<'_>, &mut Context) -> Option<Located<T>> {
    move |value, cx| {
        let word = word(value, cx)?;
        if let Some((_, meaning)) = choices.iter().find(|(choice, _)| *choice == word) {
            return Some(Located::new(*meaning, value.place.clone()));
        }
        let known = || choices.iter().map(|(choice, _)| *choice);
        let fault = Fault::new(
            codes::UNKNOWN_CHOICE,
            "is not one of the words that may stand there",
        )
        .expected(format!("one of: {}", listed(known())))
        .hint_if(did_you_mean(word, known()));
        refuse(value, word, fault, cx)
    }
}

/// True or false, as JSON has it.
pub(crate) fn boolean(value: &Value<'_>, cx: &mut Context) -> Option<bool> {
    match value.raw {
        Raw::Json(ast::Value::BooleanLit(literal)) => Some(literal.value),
        _ => value.wrong_type("true or false", cx),
    }
}

/// A date.
pub(crate) fn date(value: &Value<'_>, cx: &mut Context) -> Option<Located<NaiveDate>> {
    let word = word(value, cx)?;
    parsed(value, word, date::date(word), cx)
}

/// A year between 1900 and 2199, in four digits.
pub(crate) fn year(value: &Value<'_>, cx: &mut Context) -> Option<Located<i32>> {
    let literal = literal(value, "a whole number", cx)?;
    let year = literal
        .parse()
        .ok()
        .filter(|year| number::is_digits(literal) && (1900..2200).contains(year));
    let fault = Fault::new(codes::BAD_NUMBER, "is not a year")
        .expected("a year between 1900 and 2199, such as 2018");
    parsed(value, literal, year.ok_or(fault), cx)
}

/// A count of things.
pub(crate) fn count(value: &Value<'_>, cx: &mut Context) -> Option<Located<u64>> {
    whole(value, 0, MOST_COUNTED, cx)
}

/// A number in an order: 1, 2, …
pub(crate) fn ordinal(value: &Value<'_>, cx: &mut Context) -> Option<Located<u32>> {
    small(value, 1, cx)
}

/// A small count, which may be zero.
pub(crate) fn small_count(value: &Value<'_>, cx: &mut Context) -> Option<Located<u32>> {
    small(value, 0, cx)
}

/// Whole kroner.
pub(crate) fn kroner(value: &Value<'_>, cx: &mut Context) -> Option<Located<i64>> {
    let amount = whole(value, 0, MOST_KRONER, cx)?;
    i64::try_from(amount.value)
        .ok()
        .map(|kroner| amount.map(|_| kroner))
}

/// A decimal that is not negative.
pub(crate) fn decimal(value: &Value<'_>, cx: &mut Context) -> Option<Located<Decimal>> {
    let literal = literal(value, "a number", cx)?;
    let result = match value.raw {
        Raw::Cell(_) => number::danish_decimal(literal),
        Raw::Json(_) => number::json_decimal(literal),
    };
    let bounds = Decimal::ZERO..=Decimal::from(MOST_KRONER);
    let result = result.and_then(|number| match bounds.contains(&number) {
        true => Ok(number),
        false => Err(Fault::new(codes::OUT_OF_RANGE, "is out of range")
            .expected(format!("a number between 0 and {MOST_KRONER}"))),
    });
    parsed(value, literal, result, cx)
}

/// What a record rests on: `basis` and `source`; an official one must have a source.
pub(crate) fn provenance(record: &impl Record, cx: &mut Context) -> Option<Provenance> {
    let basis = record.need("basis", one_of(BASES), cx);
    let source = record.may("source", reference(Kind::Source), cx);
    let (basis, source) = (basis?, source?);
    if basis == Basis::Official && source.is_none() {
        cx.push(
            Finding::error(
                codes::MISSING_SOURCE,
                "the basis is official, but there is no source",
            )
            .at(&basis.place, "official needs a source")
            .hint("name an entry of sources, or call it illustrative"),
        );
    }
    Some(Provenance { basis, source })
}

fn small(value: &Value<'_>, least: u64, cx: &mut Context) -> Option<Located<u32>> {
    let number = whole(value, least, 9_999, cx)?;
    u32::try_from(number.value)
        .ok()
        .map(|small| number.map(|_| small))
}

fn whole(value: &Value<'_>, least: u64, most: u64, cx: &mut Context) -> Option<Located<u64>> {
    let literal = literal(value, "a whole number", cx)?;
    let result = match value.raw {
        Raw::Cell(_) => number::danish_whole(literal),
        Raw::Json(_) => number::json_whole(literal),
    };
    let result = result.and_then(|number| match (least..=most).contains(&number) {
        true => Ok(number),
        false => Err(Fault::new(codes::OUT_OF_RANGE, "is out of range")
            .expected(format!("a whole number between {least} and {most}"))),
    });
    parsed(value, literal, result, cx)
}

/// The text of a number: a cell's, or a JSON number's as it is written.
fn literal<'a>(value: &Value<'a>, expected: &str, cx: &mut Context) -> Option<&'a str> {
    match value.raw {
        Raw::Cell(_) => word(value, cx),
        Raw::Json(ast::Value::NumberLit(number)) => Some(number.value),
        Raw::Json(_) => value.wrong_type(expected, cx),
    }
}

/// A value's text, trimmed; refused when nothing is left or when it is a spreadsheet's error.
fn word<'a>(value: &Value<'a>, cx: &mut Context) -> Option<&'a str> {
    let text = value.text(cx)?.trim();
    if text.is_empty() {
        cx.push(empty(&value.name, &value.place));
        return None;
    }
    let is_hashes = text.len() > 2 && text.bytes().all(|byte| byte == b'#');
    if matches!(value.raw, Raw::Cell(_)) && (is_hashes || SPREADSHEET_ERRORS.contains(&text)) {
        let fault = Fault::new(
            codes::SPREADSHEET_ERROR,
            "is the spreadsheet's error, not a value",
        )
        .hint("mend the formula, or widen the column, and save again");
        return refuse(value, text, fault, cx);
    }
    Some(text)
}

fn parsed<T>(
    value: &Value<'_>,
    text: &str,
    result: Result<T, Fault>,
    cx: &mut Context,
) -> Option<Located<T>> {
    match result {
        Ok(parsed) => {
            cx.stands(&value.name, &value.place);
            Some(Located::new(parsed, value.place.clone()))
        }
        Err(fault) => refuse(value, text, fault, cx),
    }
}

fn refuse<T>(value: &Value<'_>, text: &str, fault: Fault, cx: &mut Context) -> Option<T> {
    cx.push(fault.finding(&value.name, text, &value.place));
    None
}
