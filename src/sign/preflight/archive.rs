//! What an archive refuses: what acts, hides, leads out, is encrypted, or does not say that it is PDF/A.
//!
//! A quick look before sending. Whether a file keeps to PDF/A is for a real validator (veraPDF), which `.ci/run` asks.

use super::walk::Part;
use super::{Refusal, Rule};
use crate::sign::pdf::{Dictionary, Fault, File, Object, is_named};

const ACTION: Rule = Rule {
    code: "action",
    instead: "take the action out: an archived page must do nothing",
};
const OUTSIDE: Rule = Rule {
    code: "outside-content",
    instead: "put the content into the file",
};
const FONT: Rule = Rule {
    code: "font",
    instead: "embed the font",
};
const FILTER: Rule = Rule {
    code: "filter",
    instead: "save with Flate, DCT or JPX compression",
};
const LAYER: Rule = Rule {
    code: "hidden-layers",
    instead: "flatten the layers",
};
const CLAIM: Rule = Rule {
    code: "no-pdfa-claim",
    instead: "export as PDF/A, such as PDF/A-3a",
};
const TAGS: Rule = Rule {
    code: "untagged",
    instead: "export with tags and a language, so that everybody can read it",
};
const TRAILING: Rule = Rule {
    code: "trailing-bytes",
    instead: "cut off what follows the end",
};

const ACTIONS: &[&str] = &[
    "JavaScript",
    "Launch",
    "Sound",
    "Movie",
    "ImportData",
    "ResetForm",
    "Hide",
];

/// Judges a dictionary.
pub fn judge(part: &Part<'_>, refusals: &mut Vec<Refusal>) {
    let mut refuse = |rule: &'static Rule, what: String| {
        refusals.push(rule.refuses(Some(part), what));
    };
    let action = part
        .name(b"S")
        .filter(|kind| ACTIONS.contains(&kind.as_str()));
    if let Some(kind) = action {
        refuse(&ACTION, format!("an action ({kind})"));
    }
    if part.has(b"AA") || part.has(b"XFA") {
        refuse(&ACTION, "actions on events, or a dynamic form".to_owned());
    }
    if part.has(b"Length") && (part.has(b"F") || part.has(b"FFilter")) {
        refuse(
            &OUTSIDE,
            "a stream whose data are in another file".to_owned(),
        );
    }
    if part.has(b"OCProperties") {
        refuse(&LAYER, "layers that can be shown and hidden".to_owned());
    }
    let embedded = [&b"FontFile"[..], b"FontFile2", b"FontFile3"];
    if is_named(part.dictionary, b"Type", b"FontDescriptor")
        && !embedded.iter().any(|key| part.has(key))
    {
        let name = part.name(b"FontName").unwrap_or_default();
        refuse(&FONT, format!("the font {name} is not embedded"));
    }
    // A font without a descriptor is one of the fourteen that readers bring themselves; composite and drawn fonts have none of their own.
    let kind = part.name(b"Subtype");
    let simple = matches!(kind.as_deref(), Some("Type1" | "TrueType" | "MMType1"));
    if is_named(part.dictionary, b"Type", b"Font") && simple && !part.has(b"FontDescriptor") {
        let name = part.name(b"BaseFont").unwrap_or_default();
        refuse(&FONT, format!("the font {name} is not embedded"));
    }
    let filters = part.dictionary.get(b"Filter".as_slice());
    let is_old =
        |one: &Object| one.as_name() == Some(b"LZWDecode") || one.as_name() == Some(b"Crypt");
    let is_refused = filters
        .is_some_and(|one| is_old(one) || one.as_array().is_some_and(|all| all.iter().any(is_old)));
    if is_refused {
        refuse(&FILTER, "a stream with the filter LZW or Crypt".to_owned());
    }
}

/// Judges the file as a whole.
pub fn whole(
    file: &File<'_>,
    catalog: &Dictionary,
    refusals: &mut Vec<Refusal>,
) -> Result<(), Fault> {
    let last = file.revisions().len() - 1;
    let metadata = file.get(catalog, b"Metadata", last)?;
    let text = match &metadata {
        Object::Stream(stream) => file.data(stream).unwrap_or_default(),
        _ => Vec::new(),
    };
    if !text.windows(11).any(|window| window == b"pdfaid:part") {
        let what = "the metadata do not say that it is PDF/A";
        refusals.push(CLAIM.refuses(None, what));
    }
    let marked = file.get(catalog, b"MarkInfo", last)?;
    let is_marked = marked
        .as_dictionary()
        .is_some_and(|one| one.get(b"Marked".as_slice()) == Some(&Object::Boolean(true)));
    if !is_marked || !catalog.contains_key(b"Lang".as_slice()) {
        refusals.push(TAGS.refuses(None, "the document has no tags or no language"));
    }
    if file.trailing() > 0 {
        let what = format!("{} bytes after the end", file.trailing());
        refusals.push(TRAILING.refuses(None, what));
    }
    Ok(())
}
