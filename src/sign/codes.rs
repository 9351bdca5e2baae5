//! The codes of faults in signing.

use crate::diagnostic::Code;

/// A PDF cannot be read, or not safely added to.
pub const UNREADABLE: Code = Code::new(
    "S01",
    "unreadable-pdf",
    "a PDF that is to be signed cannot be read, or not safely added to",
);
/// A signature field of a template cannot be made.
pub const FIELD: Code = Code::new(
    "S02",
    "faulty-signature-field",
    "a signature field of a template cannot be made",
);
/// The PDF has no such field.
pub const NO_FIELD: Code = Code::new(
    "S03",
    "no-such-field",
    "the PDF has no signature field of that name",
);
/// The field is signed already.
pub const SIGNED: Code = Code::new(
    "S04",
    "field-signed",
    "the signature field is signed already",
);
/// A key or certificate cannot be used.
pub const KEY: Code = Code::new(
    "S05",
    "unusable-key",
    "a key or certificate cannot be read or used",
);
/// A signature value that the certificate does not confirm.
pub const MISMATCH: Code = Code::new(
    "S06",
    "signature-mismatch",
    "a signature does not belong to the document or to the certificate",
);
/// A signature that came from outside does not keep to the profile.
pub const FOREIGN: Code = Code::new(
    "S07",
    "foreign-signature",
    "a signature that came from outside does not keep to the profile (PAdES baseline, ETSI EN 319 142-1)",
);
/// A time stamp cannot be had or does not fit.
pub const TIMESTAMP: Code = Code::new(
    "S08",
    "unusable-timestamp",
    "a time stamp cannot be had, or does not stamp this signature",
);
/// A job folder is damaged.
pub const JOB: Code = Code::new(
    "S09",
    "damaged-job",
    "a folder of `sign prepare` is incomplete or was changed",
);
/// The document has gone on since it was prepared or sent.
pub const OUTDATED: Code = Code::new(
    "S10",
    "outdated-base",
    "the signature was made on another state of the document than the current one",
);
/// The appearance cannot be taken over.
pub const APPEARANCE: Code = Code::new(
    "S11",
    "faulty-appearance",
    "the visible appearance of a signature cannot be taken over",
);
/// Only what is issued is signed.
pub const NOT_ISSUED: Code = Code::new(
    "S12",
    "sign-unissued",
    "an edition that was not issued was to be signed",
);
/// The records of a signed edition do not follow on one another.
pub const RECORD: Code = Code::new(
    "S13",
    "damaged-signed-record",
    "the kept PDFs of a signed document do not follow on one another",
);
/// A PDF that a service gave back is not the document with one signature more.
pub const RETURNED: Code = Code::new(
    "S14",
    "returned-document-differs",
    "a PDF that came back from a signing service is not the document with one signature more",
);
/// The plain copy of an issued edition would have other pages.
pub const COPY: Code = Code::new(
    "S15",
    "no-signing-copy",
    "the plain copy of an issued document cannot be made any more, since its pages might be others",
);

/// A signature that the verifier would never call good.
pub const REFUSED: Code = Code::new(
    "S16",
    "hopeless-signature",
    "a signature would never be called good: it does not hold, is by another party, shares a certificate with one, is from the future or of no time, or uses what is not known",
);

/// All of them.
pub const ALL: &[Code] = &[
    UNREADABLE, FIELD, NO_FIELD, SIGNED, KEY, MISMATCH, FOREIGN, TIMESTAMP, JOB, OUTDATED,
    APPEARANCE, NOT_ISSUED, RECORD, RETURNED, COPY, REFUSED,
];
