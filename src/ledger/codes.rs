//! The codes of figures that cannot be accounted for.

use crate::diagnostic::Code;

/// A printed text is not a form of its fact.
pub const FOREIGN: Code = Code::new(
    "L01",
    "foreign-figure",
    "a template prints a figure whose text is not a form of its fact",
);
/// A printed form does not read back as the value.
pub const MISREAD: Code = Code::new(
    "L02",
    "misread-figure",
    "a printed figure does not read back as its fact's value under the form's rounding",
);
/// A figure on a page belongs to nothing.
pub const LOOSE: Code = Code::new(
    "L03",
    "loose-figure",
    "a figure stands on a page that is no fact and no declared structural number",
);

/// All of them.
pub const ALL: &[Code] = &[FOREIGN, MISREAD, LOOSE];
