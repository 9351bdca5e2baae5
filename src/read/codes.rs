//! The codes of everything that may be wrong with a file, before any rule of the domain is asked.
//!
//! Goes out: constants for the rest of this room, and [`ALL`] for lists and `explain`.
//! A number is never given to another fault.

use crate::diagnostic::Code;

macro_rules! codes {
    ($($constant:ident = $id:literal $name:literal: $summary:literal;)*) => {
        $(#[doc = $summary] pub const $constant: Code = Code::new($id, $name, $summary);)*

        /// Every code of this room, in order.
        pub const ALL: &[Code] = &[$($constant),*];
    };
}

codes! {
    MISSING_FILE = "F01" "missing-file": "A file or folder that is needed is not there.";
    UNREADABLE = "F02" "unreadable-file": "The operating system would not let the file be read.";
    NOT_A_FILE = "F03" "not-a-file": "Something else than an ordinary file or folder stands where one was expected.";
    OUTSIDE = "F04" "outside-its-folder": "A path leads out of the folder it belongs to, for example by a symbolic link.";
    TOO_LARGE = "F05" "too-large": "The file is larger than any input needs to be.";
    EMPTY_FILE = "F06" "empty-file": "The file holds nothing.";
    NOT_TEXT = "F07" "not-text": "The file holds NUL bytes: it is not a text file.";
    UTF_16 = "F08" "utf-16": "The file is written in UTF-16.";
    NOT_UTF_8 = "F09" "not-utf-8": "A file that must be UTF-8 holds bytes that are not.";
    MIXED_ENCODINGS = "F10" "mixed-encodings": "One file holds text in two encodings.";
    DOUBLE_ENCODED = "F11" "double-encoded": "Letters were encoded twice, so that æ, ø and å stand as two odd characters.";
    HIDDEN_CHARACTER = "F12" "hidden-character": "The text holds a character that prints as nothing or reorders what stands around it.";
    MORE_FAULTS = "F13" "more-faults": "The file has more faults than are worth listing; the rest is left out.";
    FOLDER_NAME = "F14" "folder-name": "A folder's name is not an id, or not the id that its file states.";
    UNSETTLED = "F15" "unsettled": "Files were changed again and again while they were read.";

    SEPARATOR = "C01" "unclear-separator": "The header does not show whether the cells are separated by semicolons or commas.";
    UNKNOWN_COLUMN = "C02" "unknown-column": "The header names a column that the file does not have.";
    RAGGED_ROW = "C03" "ragged-row": "A row has more or fewer cells than the header.";
    MISSING_COLUMN = "C04" "missing-column": "The header leaves out a column.";
    REPEATED_COLUMN = "C05" "repeated-column": "The header names a column twice.";
    QUOTING = "C06" "bad-quoting": "A quoted cell is not closed, or goes on after its closing quote.";
    NO_ROWS = "C07" "no-rows": "A file that needs at least one row has only a header.";
    TOO_WIDE = "C08" "too-wide": "The header has more columns than any input needs.";

    SYNTAX = "J01" "json-syntax": "The file is not JSON.";
    TOO_DEEP = "J02" "too-deep": "The JSON is nested deeper than any input needs to be.";
    REPEATED_KEY = "J03" "repeated-key": "An object has the same key twice.";
    UNKNOWN_KEY = "J04" "unknown-key": "An object has a key that means nothing here.";
    MISSING_KEY = "J05" "missing-key": "An object leaves out a key that is needed.";
    WRONG_TYPE = "J06" "wrong-type": "A value is of another type than expected.";
    GEOMETRY = "J07" "bad-geometry": "A shape on the map is not what its kind asks for, or is not closed.";
    POSITION = "J08" "bad-position": "A position is not a longitude and a latitude.";
    BOUNDARY = "J09" "boundary-count": "The map has no boundary, or more than one.";
    FORMAT = "J10" "unknown-format": "The file declares a format that this version does not know.";
    FIGURE = "J11" "bad-figure": "A recorded figure is not a value, a unit and a text.";
    DIGEST = "J12" "bad-digest": "A digest is not 64 hexadecimal digits, or a recorded path leads elsewhere.";

    BAD_NUMBER = "D01" "bad-number": "A number is not written the Danish way, or is no number.";
    AMBIGUOUS_NUMBER = "D02" "ambiguous-number": "A number can be read in two ways.";
    OUT_OF_RANGE = "D03" "out-of-range": "A number is smaller or larger than it can be.";
    BAD_DATE = "D04" "bad-date": "A date is not written in one of the three accepted forms, or is no day of the calendar.";
    AMBIGUOUS_DATE = "D05" "ambiguous-date": "A date can be read in two ways.";
    UNKNOWN_CHOICE = "D06" "unknown-choice": "A value is not one of the words that may stand there.";
    BAD_ID = "D07" "bad-id": "An id has characters that ids do not have.";
    REPEATED_ID = "D08" "repeated-id": "Two things have the same id or number.";
    UNKNOWN_REFERENCE = "D09" "unknown-reference": "A value names something that is not defined.";
    REPEATED_ROW = "D10" "repeated-row": "Two rows speak of the same thing.";
    MISSING_VALUE = "D11" "missing-value": "A value that is needed is empty.";
    MISSING_SOURCE = "D12" "missing-source": "A figure is official but names no source.";
    LONG_WORD = "D13" "long-word": "A text has a word longer than 500 characters.";
    SPREADSHEET_ERROR = "D14" "spreadsheet-error": "A cell holds the spreadsheet's error instead of a value.";

    TEMPLATE = "T01" "bad-template": "A template declares itself in a way that cannot be used.";
    TEXT_FILE = "T02" "misplaced-text": "A text that a template needs is missing, or a text stands where no template looks.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_unique() {
        for (at, code) in ALL.iter().enumerate() {
            let later = &ALL[at + 1..];
            assert!(
                later
                    .iter()
                    .all(|other| other.id != code.id && other.name != code.name)
            );
        }
    }
}
