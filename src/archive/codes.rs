//! The codes of faults in archiving: why a year cannot be put away, and what is wrong with a bag.

use crate::diagnostic::Code;

/// A draft would be archived.
pub const DRAFT: Code = Code::new(
    "A01",
    "archive-of-draft",
    "a document of the year is still a draft",
);
/// A final edition was never issued.
pub const NOT_ISSUED: Code = Code::new(
    "A02",
    "archive-not-issued",
    "a final document of the year was not issued, so its bytes may still change",
);
/// What is kept does not give the issued bytes again.
pub const NOT_REPRODUCED: Code = Code::new(
    "A03",
    "archive-not-reproduced",
    "an issued document cannot be made again, byte for byte, from what is kept of its sources",
);
/// A document with signature fields has no signed copy that holds.
pub const UNSIGNED: Code = Code::new(
    "A04",
    "archive-unsigned",
    "a document with signature fields has no signed copy that holds",
);
/// The year before is not archived.
pub const NO_PREVIOUS: Code = Code::new(
    "A05",
    "archive-no-previous",
    "the year before has documents but no bag, so the years form no chain",
);
/// A reason was given for an exception that nothing needs.
pub const NEEDLESS: Code = Code::new(
    "A07",
    "archive-needless-exception",
    "an exception was accepted that nothing needs",
);

/// The folder is no bag.
pub const NO_BAG: Code = Code::new(
    "A10",
    "no-bag",
    "a folder is no BagIt 1.0 bag, or a part that every bag of this program has is missing",
);
/// A file that the manifests name is not there.
pub const MISSING: Code = Code::new(
    "A11",
    "bag-file-missing",
    "a file that a manifest of the bag names is not there",
);
/// A file that no manifest names is there.
pub const EXTRA: Code = Code::new(
    "A12",
    "bag-file-extra",
    "a file is in the bag that its manifests do not name",
);
/// A file's digest is another than its manifest says.
pub const CHANGED: Code = Code::new(
    "A13",
    "bag-file-changed",
    "a file of the bag has another digest than its manifest says",
);
/// A path that leads out of the bag, or that is not the same file everywhere.
pub const UNSAFE_PATH: Code = Code::new(
    "A14",
    "bag-unsafe-path",
    "a path in a manifest is unsafe: absolute, with `..`, or the same as another but for capitals",
);
/// A link, a device or another thing that is no file.
pub const NOT_A_FILE: Code = Code::new(
    "A15",
    "bag-not-a-file",
    "something in the bag is neither a file nor a folder, such as a link",
);
/// A manifest or another tag file cannot be understood.
pub const BAD_TAG_FILE: Code = Code::new(
    "A16",
    "bag-tag-file",
    "a manifest, bag-info.txt or another tag file of the bag breaks its format",
);
/// The digest of the previous bag is another.
pub const BROKEN_CHAIN: Code = Code::new(
    "A17",
    "bag-chain-broken",
    "the bag of the year before is another than the one that this bag names",
);
/// The previous bag is not at hand.
pub const UNSEEN_PREVIOUS: Code = Code::new(
    "A18",
    "bag-previous-unseen",
    "the bag that this bag follows is not beside it, so the chain was not followed",
);
/// What the set says and what is in the bag differ.
pub const INCOMPLETE_SET: Code = Code::new(
    "A19",
    "bag-set",
    "what the bag says of its documents is not what is in it",
);
/// A PDF is not what it must be.
pub const BAD_PDF: Code = Code::new(
    "A20",
    "bag-pdf-claim",
    "a PDF in the bag cannot be read, or does not claim PDF/A",
);
/// A ledger does not fit its PDF.
pub const BAD_LEDGER: Code = Code::new(
    "A21",
    "bag-ledger",
    "a ledger in the bag is not the one in its PDF, or its pages do not print what it says",
);
/// A signature does not hold.
pub const BAD_SIGNATURE: Code = Code::new(
    "A22",
    "bag-signature",
    "a signed document in the bag does not verify as it did when it was archived",
);
/// A statement of provenance does not fit.
pub const BAD_PROVENANCE: Code = Code::new(
    "A23",
    "bag-provenance",
    "a statement of provenance names files or digests that the bag does not have",
);
/// A time-stamp is not over this bag.
pub const BAD_EVIDENCE: Code = Code::new(
    "A24",
    "bag-evidence",
    "a time-stamp in the bag cannot be read, or is not over what it must be over",
);
/// A rebuilt document differs.
pub const REBUILT_OTHERWISE: Code = Code::new(
    "A25",
    "bag-rebuilt-otherwise",
    "a document that is made again from the bag is another than the archived one",
);
/// Another program or engine than the one that made it.
pub const OTHER_TOOL: Code = Code::new(
    "A26",
    "bag-other-tool",
    "another program or engine rebuilds the bag than the one that made it, so bytes are not compared",
);
/// The time-stamping authority refused, or gave no time-stamp over what was asked.
pub const NO_TIMESTAMP: Code = Code::new(
    "A27",
    "no-timestamp",
    "no time-stamp could be had, or it is over something else",
);

/// All of them.
pub const ALL: &[Code] = &[
    DRAFT,
    NOT_ISSUED,
    NOT_REPRODUCED,
    UNSIGNED,
    NO_PREVIOUS,
    NEEDLESS,
    NO_BAG,
    MISSING,
    EXTRA,
    CHANGED,
    UNSAFE_PATH,
    NOT_A_FILE,
    BAD_TAG_FILE,
    BROKEN_CHAIN,
    UNSEEN_PREVIOUS,
    INCOMPLETE_SET,
    BAD_PDF,
    BAD_LEDGER,
    BAD_SIGNATURE,
    BAD_PROVENANCE,
    BAD_EVIDENCE,
    REBUILT_OTHERWISE,
    OTHER_TOOL,
    NO_TIMESTAMP,
];
