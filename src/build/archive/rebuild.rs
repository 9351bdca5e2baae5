//! Making a document again from its sources alone, in a folder of its own that is gone afterwards.
//!
//! Comes in: the sources. Goes out: the document in memory. Must not look at the project's own inputs and templates.

use std::io;

use super::sources::{self, Files};
use crate::build::{Composed, EditionName, Filter, Press, compose, load, planned};
use crate::diagnostic::{Finding, Findings};
use crate::project::Project;
use crate::render;

/// How unfinished things are called.
const SCRATCH: &str = "tryk-rebuild-";

/// Why a document could not be made again.
#[derive(Debug)]
pub enum Failed {
    /// The sources do not give it.
    Findings(Findings),
    /// The scratch folder cannot be written.
    Io(io::Error),
}

/// Makes the document again.
///
/// # Errors
/// What the sources lack, or what the operating system says.
pub fn rebuild(files: &Files, name: &EditionName) -> Result<Composed, Failed> {
    let folder = tempfile::Builder::new()
        .prefix(SCRATCH)
        .tempdir()
        .map_err(Failed::Io)?;
    sources::unpack(files, folder.path()).map_err(Failed::Io)?;
    let project = Project {
        inputs: folder.path().join("inputs"),
        templates: folder.path().join("templates"),
        out: folder.path().join("out"),
    };
    let composed = composed(&project, name).map_err(Failed::Findings);
    render::evict();
    composed
}

fn composed(project: &Project, name: &EditionName) -> Result<Composed, Findings> {
    let loaded = load(project, std::slice::from_ref(&name.partnership))?;
    let (editions, mut faults) = planned(&loaded, &Filter::default());
    let Some(planned) = editions.iter().find(|one| name.means(one)) else {
        faults.append(loaded.findings.clone());
        faults.push(Finding::error(
            crate::build::codes::NOTHING,
            format!("the sources have no edition {name}"),
        ));
        return Err(faults);
    };
    let press = Press::new(&loaded.templates_root)?;
    compose(&loaded, &press, planned)
}
