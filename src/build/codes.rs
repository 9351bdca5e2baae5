//! The codes of faults in putting editions together and writing them.

use crate::diagnostic::Code;

/// A final edition prints an invented figure.
pub const ILLUSTRATIVE: Code = Code::new(
    "B01",
    "illustrative-in-final",
    "a final edition prints a figure that is an invented example",
);
/// An output path leads out of the output folder.
pub const OUTPUT_PATH: Code = Code::new(
    "B02",
    "output-path",
    "a document's output path is not a PDF inside the output folder",
);
/// Two editions would be written to one file.
pub const SAME_OUTPUT: Code = Code::new(
    "B03",
    "same-output",
    "two editions would be written to one file",
);
/// Nothing fits the filters.
pub const NOTHING: Code = Code::new(
    "B05",
    "no-such-edition",
    "no edition in the register fits what was asked for",
);
/// A template warns while a final edition is made.
pub const WARNING_IN_FINAL: Code = Code::new(
    "B06",
    "warning-in-final",
    "the engine warned while it made a final edition",
);
/// Today's inputs would give an issued edition other figures or words.
pub const FROZEN: Code = Code::new(
    "B07",
    "issued-would-differ",
    "an issued document would have other figures or words today",
);
/// Today's templates, fonts or program would set an issued edition otherwise.
pub const FROZEN_LAYOUT: Code = Code::new(
    "B08",
    "issued-would-be-set-otherwise",
    "an issued document has the same figures and words today, but would be set otherwise",
);
/// The bytes of an issued edition are nowhere.
pub const LOST: Code = Code::new(
    "B09",
    "issued-lost",
    "the PDF of an issued document is lost or damaged",
);
/// A draft was to be issued.
pub const NOT_FINAL: Code = Code::new(
    "B10",
    "issue-of-draft",
    "an edition that is still a draft was to be issued",
);
/// The words of a PDF cannot be read.
pub const NO_TEXT: Code = Code::new(
    "B21",
    "no-text",
    "a PDF is not tagged, so that its words cannot be compared",
);

/// Something in the inputs is there to be printed and no document does.
pub const PRINTED_NOWHERE: Code = Code::new(
    "B11",
    "printed-nowhere",
    "a column, a key or a figure of the inputs is printed by no document",
);
/// Documents ask for figures that no row has.
pub const ASKED_IN_VAIN: Code = Code::new(
    "B12",
    "asked-in-vain",
    "documents ask for figures that no row of the inputs has, and print that they were not compiled",
);

/// An edition was to be issued before the date it bears.
pub const ISSUED_TOO_EARLY: Code = Code::new(
    "B14",
    "issued-before-its-date",
    "an edition was to be issued on a day before the date that it bears",
);

/// An edition was to be issued on a day that is still to come.
pub const ISSUED_IN_FUTURE: Code = Code::new(
    "B18",
    "issued-in-the-future",
    "an edition was to be issued on a day that has not come yet",
);

/// A document prints a restated figure and does not say that it was restated.
pub const SILENT_RESTATEMENT: Code = Code::new(
    "B13",
    "silent-restatement",
    "a document prints a figure that was restated, without the note that says so",
);

/// An issued edition would go to another path today.
pub const ISSUED_ELSEWHERE: Code = Code::new(
    "B15",
    "issued-elsewhere",
    "an edition was issued under another path than the register and its template give",
);

/// An entry of `issued.json` is not what was issued.
pub const ISSUED_ENTRY: Code = Code::new(
    "B16",
    "issued-entry-differs",
    "an entry of issued.json says other things of a document than the PDF that was issued",
);

/// A kept PDF has no entry.
pub const KEPT_WITHOUT_ENTRY: Code = Code::new(
    "B17",
    "kept-without-entry",
    "a PDF is kept as issued or signed, but no entry of issued.json names it",
);

/// All of them.
pub const ALL: &[Code] = &[
    ILLUSTRATIVE,
    OUTPUT_PATH,
    SAME_OUTPUT,
    NOTHING,
    WARNING_IN_FINAL,
    FROZEN,
    FROZEN_LAYOUT,
    LOST,
    NOT_FINAL,
    NO_TEXT,
    PRINTED_NOWHERE,
    ASKED_IN_VAIN,
    SILENT_RESTATEMENT,
    ISSUED_TOO_EARLY,
    ISSUED_ELSEWHERE,
    ISSUED_ENTRY,
    KEPT_WITHOUT_ENTRY,
    ISSUED_IN_FUTURE,
];
