//! The codes of faults in texts.

use crate::diagnostic::Code;

/// A placeholder names something that is not there.
pub const UNDEFINED: Code = Code::new(
    "T20",
    "undefined-placeholder",
    "a placeholder names a topic, a fact or a form that this edition does not have",
);
/// The placeholders cannot be parsed or evaluated.
pub const PLACEHOLDER: Code = Code::new(
    "T21",
    "invalid-placeholder",
    "a placeholder or a block of a text cannot be parsed or evaluated",
);
/// A text works too long or nests too deep.
pub const RUNAWAY: Code = Code::new(
    "T22",
    "runaway-text",
    "a text needs more steps or nests deeper than any text should",
);
/// A placeholder prints a bare number.
pub const BARE_NUMBER: Code = Code::new(
    "T23",
    "bare-number",
    "a placeholder prints a number that is no fact, so nobody could find where it comes from",
);
/// A Markdown construct that documents do not have.
pub const UNSUPPORTED: Code = Code::new(
    "T24",
    "unsupported-markdown",
    "a text uses a Markdown construct that documents do not have",
);
/// All of them.
pub const ALL: &[Code] = &[UNDEFINED, PLACEHOLDER, RUNAWAY, BARE_NUMBER, UNSUPPORTED];
