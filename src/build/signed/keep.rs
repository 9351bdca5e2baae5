//! Keeping what was signed.
//!
//! Comes in: a signed PDF that was found good. Goes out: the record, and its path as people know it. Must not take another file's place.

use std::io;

use super::{COPY, COPY_DIGEST, counterpart_name, digest_line};
use crate::build::editions::Planned;
use crate::build::write::{write, write_new};
use crate::project::Project;

/// Keeps the document with one signature more, as the state of a number from 1.
///
/// # Errors
/// What the operating system says.
pub fn keep(
    project: &Project,
    planned: &Planned<'_>,
    number: usize,
    field: &str,
    pdf: &[u8],
) -> io::Result<String> {
    new(project, planned, &format!("{number}-{field}.pdf"), pdf)
}

/// Keeps the plain copy.
///
/// # Errors
/// What the operating system says.
pub fn keep_copy(project: &Project, planned: &Planned<'_>, pdf: &[u8]) -> io::Result<String> {
    // The digest first: without a copy it says nothing.
    let store = project.inputs.join(&planned.partnership.name);
    let below = format!("{}/{COPY_DIGEST}", planned.signed_folder());
    write(&store, &below, digest_line(pdf).as_bytes())?;
    new(project, planned, COPY, pdf)
}

/// Keeps a copy that one party signed alone.
///
/// # Errors
/// What the operating system says.
pub fn keep_counterpart(
    project: &Project,
    planned: &Planned<'_>,
    field: &str,
    pdf: &[u8],
) -> io::Result<String> {
    new(project, planned, &counterpart_name(field), pdf)
}

/// Where the plain copy is kept, as people know it.
pub fn copy_kept(project: &Project, planned: &Planned<'_>) -> String {
    let (inputs, partnership) = (project.inputs_shown(), &planned.partnership.name);
    format!("{inputs}/{partnership}/{}/{COPY}", planned.signed_folder())
}

fn new(project: &Project, planned: &Planned<'_>, name: &str, pdf: &[u8]) -> io::Result<String> {
    if name.contains(['/', '\\']) {
        return Err(io::Error::other(format!("{name} is no name of a file")));
    }
    let partnership = &planned.partnership.name;
    let below = format!("{}/{name}", planned.signed_folder());
    write_new(&project.inputs.join(partnership), &below, pdf)?;
    let inputs = project.inputs_shown();
    Ok(format!("{inputs}/{partnership}/{below}"))
}
