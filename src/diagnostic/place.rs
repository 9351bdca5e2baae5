//! Where something stands: a file's text, and a span of bytes in it.
//!
//! Comes in: decoded text from `read/`. Goes out: places that findings point at and origins that facts keep.
//! Must not read files: the text is handed in.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A file as it was read: its path relative to the project and its decoded text.
pub struct SourceFile {
    path: String,
    text: String,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// Makes a source from a project-relative path (with `/`) and the text decoded from it.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Arc::new(Self {
            path: path.into(),
            text,
            line_starts,
        })
    }

    /// The path, relative to the project, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The place of a span of bytes; clamped to the text and to whole characters.
    pub fn place(self: &Arc<Self>, span: Range<usize>) -> Place {
        let start = floor_char(&self.text, span.start);
        let end = floor_char(&self.text, span.end).max(start);
        Place {
            source: Arc::clone(self),
            start,
            end,
            pointer: None,
        }
    }

    /// The place of the whole file (an empty span at its start).
    pub fn whole(self: &Arc<Self>) -> Place {
        self.place(0..0)
    }

    /// The zero-based number of the line that holds a byte offset.
    fn line_index(&self, offset: usize) -> usize {
        self.line_starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }

    /// The column of a byte offset in characters, counted from 1.
    fn column(&self, offset: usize) -> usize {
        self.text[self.line_range(offset).start..offset]
            .chars()
            .count()
            + 1
    }

    /// The byte offset at which a line begins, counted from 1; the text's end beyond the last line.
    pub fn line_start(&self, line: usize) -> usize {
        line.checked_sub(1)
            .and_then(|index| self.line_starts.get(index).copied())
            .unwrap_or(self.text.len())
    }

    /// The byte range of the line that holds an offset, without its line end.
    pub(crate) fn line_range(&self, offset: usize) -> Range<usize> {
        let index = self.line_index(offset);
        let start = self.line_starts[index];
        let end = self
            .line_starts
            .get(index + 1)
            .map_or(self.text.len(), |next| next - 1);
        start..end
    }
}

fn floor_char(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl fmt::Debug for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

/// A span in a source file, with the JSON pointer of the value when there is one.
#[derive(Clone)]
pub struct Place {
    source: Arc<SourceFile>,
    start: usize,
    end: usize,
    pointer: Option<Arc<str>>,
}

impl Place {
    /// The same place, known also by a JSON pointer (RFC 6901).
    pub fn with_pointer(mut self, pointer: impl Into<Arc<str>>) -> Self {
        self.pointer = Some(pointer.into());
        self
    }

    /// The file it stands in.
    pub fn source(&self) -> &Arc<SourceFile> {
        &self.source
    }

    /// The byte range in the file's decoded text.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The JSON pointer (RFC 6901) of the value, for values from JSON.
    pub fn pointer(&self) -> Option<&str> {
        self.pointer.as_deref()
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.source.line_index(self.start) + 1
    }

    /// The column in characters, counted from 1.
    pub fn column(&self) -> usize {
        self.source.column(self.start)
    }

    /// The line and the column after the last character, counted from 1.
    pub fn end(&self) -> (usize, usize) {
        (
            self.source.line_index(self.end) + 1,
            self.source.column(self.end),
        )
    }

    /// The text it spans.
    pub fn text(&self) -> &str {
        &self.source.text[self.start..self.end]
    }

    /// A key that sorts places by file, then by position.
    pub(crate) fn sort_key(&self) -> (&str, usize, usize) {
        (&self.source.path, self.start, self.end)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.source.path, self.line(), self.column())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A value and the place it was read from.
#[derive(Clone, Debug)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

impl<T> Located<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Located<U> {
        Located {
            value: f(self.value),
            place: self.place,
        }
    }

    /// The same place with a reference to the value.
    pub fn as_ref(&self) -> Located<&T> {
        Located {
            value: &self.value,
            place: self.place.clone(),
        }
    }
}

impl<T> std::ops::Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: PartialEq> PartialEq<T> for Located<T> {
    fn eq(&self, other: &T) -> bool {
        self.value == *other
    }
}

impl PartialEq<str> for Located<String> {
    fn eq(&self, other: &str) -> bool {
        self.value == other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let source = SourceFile::new("a.csv", "æø\nxå;y\n");
        let place = source.place(9..10);
        assert_eq!((place.line(), place.column(), place.text()), (2, 4, "y"));
        assert_eq!(place.to_string(), "a.csv:2:4");
    }

    #[test]
    fn spans_are_clamped_to_characters() {
        let source = SourceFile::new("a", "æ");
        assert_eq!(source.place(1..99).span(), 0..2);
    }
}
