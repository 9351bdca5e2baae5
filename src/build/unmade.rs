//! Where a PDF would come from that is not there: the edition whose output it is.
//!
//! Comes in: a project and a path that a person named. Goes out: how to make the PDF. Must not make it.

use std::path::{Path, absolute};

use super::editions::{Filter, planned};
use super::load::load;
use crate::project::Project;

/// How to make the PDF at a path; none when it is no edition's output, or the inputs cannot be read.
pub fn how_to_make(project: &Project, path: &Path) -> Option<String> {
    let (wanted, out) = (absolute(path).ok()?, absolute(&project.out).ok()?);
    if !wanted.starts_with(&out) {
        return None;
    }
    let loaded = load(project, &[]).ok()?;
    let (editions, _) = planned(&loaded, &Filter::default());
    let one = editions
        .iter()
        .find(|one| out.join(&one.output) == wanted)?;
    Some(format!(
        "`tryk build -p {} -d {} -y {}` makes it",
        one.partnership.name, one.edition.document.value, one.edition.year.value
    ))
}
