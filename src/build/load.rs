//! Reads and checks everything once, for all editions.

use std::sync::Arc;

use crate::check::{self, Checked};
use crate::diagnostic::{Finding, Findings};
use crate::model::{Dataset, Template};
use crate::project::Project;
use crate::read::{self, Root};
use crate::render::{Fonts, TemplateFiles};

/// What all editions share.
pub struct Loaded {
    /// The inputs' root.
    pub inputs: Root,
    /// The templates' root.
    pub templates_root: Root,
    /// Every kind of document that could be read.
    pub templates: Vec<Template>,
    /// Every partnership whose data could be read.
    pub partnerships: Vec<Partnership>,
    /// Everything wrong with the inputs.
    pub findings: Findings,
}

/// One partnership's data.
pub struct Partnership {
    /// Its folder.
    pub name: String,
    /// What the folder says.
    pub data: Dataset,
    /// False when its data have errors: then none of its documents is written.
    pub sound: bool,
}

/// Reads templates and the named partnerships (all when none is named), and asks every rule.
///
/// # Errors
/// Findings when a folder cannot be opened at all: the run could not begin.
pub fn load(project: &Project, only: &[String]) -> Result<Loaded, Findings> {
    let roots = (
        Root::open(&project.inputs, project.inputs_shown()),
        Root::open(&project.templates, project.templates_shown()),
    );
    let (inputs, templates_root) = match roots {
        (Ok(inputs), Ok(templates)) => (inputs, templates),
        (inputs, templates) => {
            let named = |finding: Box<Finding>, what: &str| Finding {
                message: format!("the {what} folder {}", finding.message),
                ..finding.hint(format!("`--{what} DIR` names another folder"))
            };
            let faults = [
                inputs.err().map(|finding| named(finding, "inputs")),
                templates.err().map(|finding| named(finding, "templates")),
            ];
            return Err(faults.into_iter().flatten().collect());
        }
    };
    let (documents, _) = read::template_ids(&templates_root);
    let (templates, mut findings) = read::templates(&templates_root);
    let (names, faults) = read::partnerships(&inputs);
    findings.append(faults);
    let mut partnerships = Vec::new();
    for name in names
        .into_iter()
        .filter(|name| only.is_empty() || only.contains(name))
    {
        let (data, mut faults) = read::dataset(&inputs, &name, &documents);
        if let Some(data) = data {
            faults.append(check::check(&Checked {
                data: &data,
                templates: &templates,
            }));
            let sound = !faults.has_errors();
            partnerships.push(Partnership { name, data, sound });
        }
        findings.append(faults);
    }
    Ok(Loaded {
        inputs,
        templates_root,
        templates,
        partnerships,
        findings,
    })
}

/// What rendering needs beside an edition: template files and fonts.
pub struct Press {
    /// The templates' files.
    pub files: TemplateFiles,
    /// The fonts.
    pub fonts: Fonts,
}

impl Press {
    /// Takes the snapshot of the templates and loads the fonts.
    pub fn new(templates: &Root) -> Result<Arc<Self>, Findings> {
        let (files, findings) = read::snapshot(templates);
        if findings.has_errors() {
            return Err(findings);
        }
        let files = TemplateFiles::new(files);
        let fonts = Fonts::new(&files)?;
        Ok(Arc::new(Self { files, fonts }))
    }
}
