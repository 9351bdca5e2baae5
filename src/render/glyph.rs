//! A character that no font of its text has: which one, and where in the data it stands.
//!
//! Comes in: what Typst said while it wrote the PDF. Goes out: a finding that names the character.
//! Must not choose another font: what to do is for the author of the text, or of the template.

use serde_json::Value;
use typst::diag::SourceDiagnostic;

use super::codes::MISSING_GLYPH;
use super::world::EditionWorld;
use crate::diagnostic::Finding;

/// The longest excerpt quoted, in characters.
const EXCERPT: usize = 60;

/// A finding that names the character, when that is what Typst complains of.
pub(super) fn missing(diagnostic: &SourceDiagnostic, world: &EditionWorld) -> Option<Finding> {
    let (text, font) = quoted(&diagnostic.message)?;
    let points: Vec<String> = text
        .chars()
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    let message = format!("{font} has no character “{text}” ({})", points.join(" "));
    let finding = Finding::error(MISSING_GLYPH, message);
    let finding = match in_data(world, &text) {
        Some((pointer, excerpt)) => {
            finding.hint(format!("it stands in the data at {pointer}: “{excerpt}”"))
        }
        None => finding,
    };
    Some(
        finding.hint("write it otherwise, or add a font that has it under templates/assets/fonts/"),
    )
}

/// The text and the font that Typst's message quotes.
fn quoted(message: &str) -> Option<(String, String)> {
    let (_, rest) = message.split_once("the text `\"")?;
    let (text, font) = rest.split_once("\"` could not be displayed with ")?;
    Some((unescape(text), font.replace(['`', '"'], "")))
}

/// Undoes `\u{…}`, by which Typst quotes characters without a shape of their own.
fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u{");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let escaped = part.split_once('}');
        let known =
            escaped.and_then(|(hex, rest)| Some((u32::from_str_radix(hex, 16).ok()?, rest)));
        match known.and_then(|(number, rest)| Some((char::from_u32(number)?, rest))) {
            Some((character, rest)) => {
                out.push(character);
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

/// The first string of the data that holds a text, by its JSON pointer.
fn in_data(world: &EditionWorld, text: &str) -> Option<(String, String)> {
    find(
        &serde_json::from_slice(world.data()).ok()?,
        text,
        String::new(),
    )
}

fn find(value: &Value, text: &str, pointer: String) -> Option<(String, String)> {
    match value {
        Value::String(string) => string
            .contains(text)
            .then(|| (pointer, excerpt(string, text))),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| find(item, text, format!("{pointer}/{at}"))),
        Value::Object(entries) => entries.iter().find_map(|(key, entry)| {
            let key = key.replace('~', "~0").replace('/', "~1");
            find(entry, text, format!("{pointer}/{key}"))
        }),
        _ => None,
    }
}

/// The surroundings of a text, on one line.
fn excerpt(string: &str, text: &str) -> String {
    let before = string
        .find(text)
        .map_or(0, |at| string[..at].chars().count());
    let skipped = before.saturating_sub(EXCERPT / 2);
    let mut out = if skipped > 0 {
        "…".to_owned()
    } else {
        String::new()
    };
    out.extend(
        string
            .chars()
            .skip(skipped)
            .take(EXCERPT)
            .map(|c| if c.is_control() { ' ' } else { c }),
    );
    if string.chars().count() > skipped + EXCERPT {
        out.push('…');
    }
    out
}
