//! Where inputs, templates and outputs are.
//!
//! Comes in: the folders asked for. Goes out: the one context that commands and builds carry. Must not read content.

use std::path::PathBuf;

/// The folders of a project.
#[derive(Clone, Debug)]
pub struct Project {
    /// One folder per partnership.
    pub inputs: PathBuf,
    /// One folder per kind of document.
    pub templates: PathBuf,
    /// Where the PDFs go.
    pub out: PathBuf,
}

impl Project {
    /// How messages call the inputs.
    pub fn inputs_shown(&self) -> String {
        shown(&self.inputs)
    }

    /// How messages call the templates.
    pub fn templates_shown(&self) -> String {
        shown(&self.templates)
    }

    /// How messages call the output folder.
    pub fn out_shown(&self) -> String {
        shown(&self.out)
    }
}

fn shown(path: &std::path::Path) -> String {
    path.to_string_lossy()
        .replace('\\', "/")
        .trim_end_matches('/')
        .to_owned()
}
