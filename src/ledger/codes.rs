//! The codes of figures that cannot be accounted for, and of ledgers that cannot be read.

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

/// A file is no PDF, or none that can be read.
pub const NO_PDF: Code = Code::new(
    "L04",
    "not-a-pdf",
    "a file is no PDF, or is damaged, locked or too large to be read",
);
/// A PDF without a ledger.
pub const NO_LEDGER: Code = Code::new(
    "L05",
    "no-ledger",
    "a PDF carries no ledger, so nobody can say where its figures come from",
);
/// A ledger of another make.
pub const UNKNOWN_FORMAT: Code = Code::new(
    "L06",
    "unknown-ledger",
    "a ledger is damaged, or has a format that this program does not know",
);
/// A text that is asked for is no figure of the PDF.
pub const NO_FIGURE: Code = Code::new(
    "L07",
    "no-such-figure",
    "what was asked for is printed as no figure in the document",
);
/// An id that is asked for belongs to no fact.
pub const NO_FACT: Code = Code::new(
    "L08",
    "no-such-fact",
    "what was asked for is the id of no fact in any document",
);

/// All of them.
pub const ALL: &[Code] = &[
    FOREIGN,
    MISREAD,
    LOOSE,
    NO_PDF,
    NO_LEDGER,
    UNKNOWN_FORMAT,
    NO_FIGURE,
    NO_FACT,
];
