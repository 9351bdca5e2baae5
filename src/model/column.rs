//! What stands in the files to be printed, whatever it means: for looking at what no document prints.

use super::Text;
use crate::diagnostic::Place;

/// A column of a table, or a key of a JSON file.
#[derive(Clone, Debug)]
pub struct Column {
    /// The file's name in the partnership's folder.
    pub file: String,
    /// The column's name, or the pointer with `*` for places in lists, such as `/goals/*/name`.
    pub name: String,
    /// The values that are not empty, in the order of the file.
    pub cells: Vec<Place>,
}

/// What a partnership declares to be printed by no document.
#[derive(Debug)]
pub struct Unprinted {
    /// A file, a column of it, or a pointer in it: `meetings.csv`, `indicators.csv n`, `partnership.json /risks`.
    pub what: Text,
    /// Why.
    pub reason: Text,
}

impl Unprinted {
    /// True when the declaration is about a column.
    pub fn covers(&self, column: &Column) -> bool {
        let (file, name) = match self.what.value.split_once(' ') {
            Some((file, name)) => (file, Some(name)),
            None => (self.what.value.as_str(), None),
        };
        let below = |name: &str| match column.name.strip_prefix(name) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        };
        file == column.file && name.is_none_or(below)
    }
}
