//! The numeric and date cells of an input file: where each stands, and what a reader might mistype it to.

use std::fmt;
use std::ops::Range;

use chrono::{Days, NaiveDate};

/// A cell that can be changed.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The file, from the project's folder.
    pub file: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Its line, from 1.
    pub line: usize,
    /// Its column in characters, from 1.
    pub column: usize,
    /// The name of its column, or its key.
    pub name: String,
    /// For JSON, the pointer of the object or array it stands in.
    pub parent: Option<String>,
    /// What stands there.
    pub text: String,
    /// What is put there.
    pub changed: String,
}

/// The cells of a file.
pub fn cells(file: &str, text: &str) -> Vec<Cell> {
    let found = if file.ends_with(".csv") {
        in_csv(text)
    } else {
        in_json(text)
    };
    found
        .into_iter()
        .filter_map(|(span, name, parent)| {
            let old = &text[span.clone()];
            let line = text[..span.start].matches('\n').count() + 1;
            let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
            // A mark at the file's start is no column.
            let before = text[start..span.start].trim_start_matches('\u{feff}');
            let changed = mistyped(old)?;
            Some(Cell {
                file: file.to_owned(),
                span,
                line,
                column: before.chars().count() + 1,
                name,
                parent,
                text: old.to_owned(),
                changed,
            })
        })
        .collect()
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (file, line, column) = (&self.file, self.line, self.column);
        write!(
            f,
            "{file}:{line}:{column} {} {} -> {}",
            self.name, self.text, self.changed
        )
    }
}

/// Each value's bytes, the name of its column or its key, and in JSON the pointer of what holds it.
type Found = Vec<(Range<usize>, String, Option<String>)>;

/// Cells between separators; quoted cells hold no bare numbers in these files.
fn in_csv(text: &str) -> Found {
    let mut found = Vec::new();
    let header = text.lines().next().unwrap_or_default();
    let names: Vec<&str> = header.trim_start_matches('\u{feff}').split(';').collect();
    let (mut start, mut at_column) = (0, 0);
    let mut quoted = false;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match c {
            '"' => quoted = !quoted,
            ';' | '\n' if !quoted => {
                let end = start + text[start..at].trim_end_matches('\r').len();
                let name = names.get(at_column).copied().unwrap_or_default();
                found.push((start..end, name.to_owned(), None));
                start = at + 1;
                at_column = if c == ';' { at_column + 1 } else { 0 };
            }
            _ => {}
        }
    }
    found
}

/// Number literals and texts, each with the pointer of what holds it.
fn in_json(text: &str) -> Found {
    let mut found = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut index: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    let mut key: Option<String> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let end = at + 1 + text[at + 1..].find('"').expect("a closed text");
                let is_key = text[end + 1..].trim_start().starts_with(':');
                if is_key {
                    key = Some(text[at + 1..end].to_owned());
                } else {
                    let name = key.clone().unwrap_or_default();
                    found.push((at + 1..end, name, Some(path.join("/"))));
                }
                at = end + 1;
            }
            b'{' | b'[' => {
                let name = key.take().or_else(|| index.last().map(ToString::to_string));
                path.push(name.unwrap_or_default());
                index.push(0);
                at += 1;
            }
            b'}' | b']' => {
                path.pop();
                index.pop();
                at += 1;
            }
            b',' => {
                key = None;
                if let Some(last) = index.last_mut() {
                    *last += 1;
                }
                at += 1;
            }
            b'-' | b'0'..=b'9' => {
                let length = text[at..].find([',', '}', ']', '\n', ' ']).expect("an end");
                let name = key.clone().unwrap_or_default();
                found.push((at..at + length, name, Some(path.join("/"))));
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}

/// A number or date that differs a little; none for anything else.
fn mistyped(text: &str) -> Option<String> {
    for format in ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"] {
        if let Ok(day) = NaiveDate::parse_from_str(text, format) {
            return Some((day + Days::new(1)).format(format).to_string());
        }
    }
    let numeric = text.contains(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .enumerate()
            .all(|(at, c)| c.is_ascii_digit() || matches!(c, '.' | ',') || (at == 0 && c == '-'));
    if !numeric {
        return None;
    }
    // The last digit but zero goes up by one, so that the number keeps its shape.
    let last = text.chars().last()?;
    let up = if last == '9' {
        '8'
    } else {
        char::from_digit(last.to_digit(10)? + 1, 10)?
    };
    Some(format!("{}{up}", &text[..text.len() - 1]))
}
