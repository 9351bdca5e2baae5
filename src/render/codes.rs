//! The codes of the findings that come up while pages are set and written.
//!
//! Must not decide what a finding leads to: the caller knows drafts from final editions.

use crate::diagnostic::Code;

/// Typst refuses a template, or the data handed to it.
pub const TYPST_ERROR: Code = Code::new(
    "T10",
    "typst-error",
    "Typst cannot set the pages of a template.",
);

/// Typst warns about a template.
pub const TYPST_WARNING: Code = Code::new(
    "T11",
    "typst-warning",
    "Typst set the pages but warns, such as of an unknown font or a layout that does not settle.",
);

/// The pages are set but cannot be written to the standards.
pub const PDF_STANDARD: Code = Code::new(
    "T12",
    "pdf-standard",
    "The pages cannot be written as PDF/A-3a and PDF/UA-1, such as for want of an alternative text.",
);

/// A font file cannot be used.
pub const UNUSABLE_FONT: Code = Code::new(
    "T13",
    "unusable-font",
    "A font file cannot be read, or its licence forbids to embed it in a PDF.",
);

/// The engine itself broke down.
pub const ENGINE_PANIC: Code = Code::new(
    "T14",
    "engine-panic",
    "The typesetting engine broke down on a document.",
);

/// A character cannot be shown.
pub const MISSING_GLYPH: Code = Code::new(
    "T15",
    "missing-glyph",
    "A character stands in none of the fonts of its text.",
);

/// A `<fact>` label does not bear what the ledger needs.
pub const FACT_LABEL: Code = Code::new(
    "T16",
    "fact-label",
    "A `<fact>` label stands on something else than metadata with the keys `fact` and `text`.",
);

/// Every code of this room.
pub const ALL: &[Code] = &[
    TYPST_ERROR,
    TYPST_WARNING,
    PDF_STANDARD,
    UNUSABLE_FONT,
    ENGINE_PANIC,
    MISSING_GLYPH,
    FACT_LABEL,
];
