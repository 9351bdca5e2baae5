//! Files into located values: the only room that interprets `inputs/` and the declarations in `templates/`.
//!
//! Comes in: folders. Goes out: a [`Dataset`], [`Template`](crate::model::Template)s and texts, in which every value knows its file, line and column;
//! and everything that is wrong with the files, in one run.
//! Must not stop at the first fault, and must not repair.

mod activities;
mod approvals;
mod boundary;
mod characters;
pub mod codes;
mod context;
mod csv;
mod date;
mod decode;
mod documents;
mod encoding;
mod fault;
mod file;
mod guides;
mod indicators;
mod issued;
mod json;
mod manuscripts;
mod meetings;
mod memory;
mod number;
mod partnership;
mod references;
mod regular;
mod restatements;
mod signatories;
mod snapshot;
mod suggest;
mod template;
mod texts;
mod value;

pub use file::{LIMIT, Root, source, unreadable};
pub use issued::{
    ARCHIVE, FILE as ISSUED, FOLDER as ISSUED_FOLDER, FORMAT as ISSUED_FORMAT, SIGNED,
    is_of_the_archive, kept, signed,
};
pub use manuscripts::{manuscripts, template_manuscripts};
pub use regular::{LARGEST_PDF, Unreadable, regular};
pub use snapshot::{snapshot, snapshot_of};
pub(crate) use suggest::closest;
pub use template::{template, template_ids, templates};
pub use texts::texts;

use crate::diagnostic::Findings;
use crate::model::Dataset;
use context::Context;
use references::Kind;

/// The partnerships: the names of the folders under the inputs, sorted.
pub fn partnerships(inputs: &Root) -> (Vec<String>, Findings) {
    let mut cx = Context::default();
    let mut names = Vec::new();
    for entry in cx.keep(inputs.entries("")).unwrap_or_default() {
        if !entry.is_folder {
            continue;
        }
        if !decode::is_id(&entry.name) {
            cx.push(template::not_an_id(&inputs.shown(&entry.name), &entry.name));
        }
        names.push(entry.name);
    }
    (names, cx.finish())
}

/// Reads everything in one partnership's folder, except its texts; `documents` are the template ids that rows may name.
///
/// There is a dataset when every value could be decoded. The findings may still hold errors then, about references,
/// repeated keys or missing sources: such a dataset is good for looking at more faults, not for making documents.
pub fn dataset(
    inputs: &Root,
    partnership: &str,
    documents: &[String],
) -> (Option<Dataset>, Findings) {
    let mut cx = Context::default();
    cx.index.add_documents(documents);
    let dataset = match inputs.entries(partnership) {
        Ok(_) => read_all(inputs, partnership, documents, &mut cx),
        Err(finding) => {
            cx.push(*finding);
            None
        }
    };
    (dataset, cx.finish())
}

fn read_all(
    inputs: &Root,
    folder: &str,
    documents: &[String],
    cx: &mut Context,
) -> Option<Dataset> {
    let partnership = partnership::read(inputs, folder, cx);
    let editions = documents::DOCUMENTS.read(inputs, folder, cx);
    let observations = indicators::INDICATORS.read(inputs, folder, cx);
    let activities = activities::ACTIVITIES.read(inputs, folder, cx);
    let meetings = meetings::MEETINGS.read(inputs, folder, cx);
    let approvals = approvals::APPROVALS.read(inputs, folder, cx);
    let signatories = signatories::SIGNATORIES.read(inputs, folder, cx);
    let restatements = restatements::read(inputs, folder, cx);
    let map = boundary::read(inputs, folder, cx);
    // What was issued is a record; nothing in it waits to be printed.
    let columns = cx.columns();
    let issued = issued::read(inputs, folder, cx);
    let idle_sources = cx.index.idle(Kind::Source);
    cx.next_file();
    texts::check_folders(inputs, folder, documents, cx);
    Some(Dataset {
        partnership: partnership?,
        editions: editions?,
        observations: observations?,
        activities: activities?,
        meetings: meetings?,
        approvals: approvals?,
        signatories: signatories?,
        map: map?,
        restatements: restatements?,
        issued: issued?,
        signings: Vec::new(),
        idle_sources,
        columns,
    })
}
