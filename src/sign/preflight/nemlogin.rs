//! What NemLog-in's signing service is known to refuse: attached files, forms, links and actions, structure types of one's own, earlier signatures.
//!
//! Known from the service's public software development kit (version 1.0.17), which lets through only names on a white list.

use super::walk::Part;
use super::{Refusal, Rule};
use crate::sign::pdf::{File, is_named};

const ATTACHMENT: Rule = Rule {
    code: "attachment",
    instead: "send a copy without attached files, and keep the PDF/A-3 beside it",
};
const FORM: Rule = Rule {
    code: "form",
    instead: "send a copy without fields; the service adds its own",
};
const LINK: Rule = Rule {
    code: "link",
    instead: "print the address without making it a link",
};
const ACTION: Rule = Rule {
    code: "action",
    instead: "take the action out",
};
const ROLE: Rule = Rule {
    code: "structure-type",
    instead: "write the standard type that it is mapped to, and leave the role map out",
};
const SIGNATURE: Rule = Rule {
    code: "signature",
    instead: "let every party sign a copy of its own of the unsigned document",
};
const REVISION: Rule = Rule {
    code: "revision",
    instead: "send the document as it was first written",
};

const ATTACHMENTS: &[&[u8]] = &[b"AF", b"AFRelationship", b"EF", b"EmbeddedFiles"];
const FORMS: &[&[u8]] = &[b"AcroForm", b"FT", b"SigFlags", b"TU", b"XFA"];
const ACTIONS: &[&[u8]] = &[b"AA", b"JS", b"JavaScript", b"OpenAction", b"RichMedia"];

/// The structure types of ISO 32000-1, 14.8.4.
const TYPES: &[&str] = &[
    "Art",
    "Annot",
    "BibEntry",
    "BlockQuote",
    "Caption",
    "Code",
    "Div",
    "Document",
    "Figure",
    "Form",
    "Formula",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Index",
    "L",
    "LBody",
    "LI",
    "Lbl",
    "Link",
    "NonStruct",
    "Note",
    "P",
    "Part",
    "Private",
    "Quote",
    "RB",
    "RP",
    "RT",
    "Reference",
    "Ruby",
    "Sect",
    "Span",
    "TBody",
    "TD",
    "TFoot",
    "TH",
    "THead",
    "TOC",
    "TOCI",
    "TR",
    "Table",
    "WP",
    "WT",
    "Warichu",
];

/// Judges a dictionary.
pub fn judge(part: &Part<'_>, refusals: &mut Vec<Refusal>) {
    let mut refuse = |rule: &'static Rule, what: String| {
        refusals.push(rule.refuses(Some(part), what));
    };
    let keys = |all: &'static [&'static [u8]]| all.iter().filter(|key| part.has(key));
    let shown = |key: &[u8]| String::from_utf8_lossy(key).into_owned();
    for key in keys(ATTACHMENTS) {
        refuse(&ATTACHMENT, format!("an attached file (/{})", shown(key)));
    }
    for key in keys(FORMS) {
        refuse(&FORM, format!("a form field (/{})", shown(key)));
    }
    for key in keys(ACTIONS) {
        refuse(&ACTION, format!("an action (/{})", shown(key)));
    }
    if part.has(b"URI") {
        refuse(&LINK, "a link to the web (/URI)".to_owned());
    }
    if part.has(b"ByteRange") {
        refuse(&SIGNATURE, "a signature".to_owned());
    }
    if part.has(b"RoleMap") {
        refuse(&ROLE, "a role map (/RoleMap)".to_owned());
    }
    let is_element =
        is_named(part.dictionary, b"Type", b"StructElem") || (part.has(b"P") && part.has(b"K"));
    let kind = part.name(b"S").filter(|_| is_element);
    if let Some(kind) = kind.filter(|kind| !TYPES.contains(&kind.as_str())) {
        refuse(&ROLE, format!("the structure type {kind}"));
    }
}

/// Judges the file as a whole.
pub fn whole(file: &File<'_>, refusals: &mut Vec<Refusal>) {
    let revisions = file.revisions().len();
    if revisions > 1 {
        refusals.push(REVISION.refuses(None, format!("{revisions} revisions")));
    }
}
