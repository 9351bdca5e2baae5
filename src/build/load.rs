//! Reads and checks everything once, for all editions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::signed;
use crate::check::{self, Checked};
use crate::diagnostic::{Finding, Findings, Severity};
use crate::model::{Dataset, Manuscript, Template};
use crate::project::Project;
use crate::read::{self, Root};
use crate::render::{Fonts, TemplateFiles};
use crate::sign;

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
    /// Paths of texts and templates with errors in their words: no edition that prints them is written.
    pub faulty: BTreeSet<String>,
    /// Everything wrong with the inputs.
    pub findings: Findings,
}

/// One partnership's data.
pub struct Partnership {
    /// Its folder.
    pub name: String,
    /// What the folder says.
    pub data: Dataset,
    /// What is kept of its signed editions, by document, year and revision; none where that is damaged.
    signed: BTreeMap<(String, i32, u32), Option<signed::Record>>,
    /// False when its data have errors: then none of its documents is written.
    pub sound: bool,
}

impl Partnership {
    /// What is kept of an edition that was signed; none when that is damaged, of which a finding tells.
    pub fn signed(&self, document: &str, year: i32, revision: u32) -> Option<&signed::Record> {
        let key = (document.to_owned(), year, revision);
        self.signed
            .get(&key)
            .map_or(Some(&signed::NOTHING), Option::as_ref)
    }
}

/// How often files are read anew when they change meanwhile.
const TRIES: usize = 10;

/// Reads templates and the named partnerships (all when none is named), and asks every rule.
///
/// What was read is one state of the files, as it lay there at one moment: files that are changed meanwhile are read again.
///
/// # Errors
/// Findings when a folder cannot be opened at all, or when its files never come to rest: the run could not begin.
pub fn load(project: &Project, only: &[String]) -> Result<Loaded, Findings> {
    for _ in 0..TRIES {
        let loaded = load_once(project, only)?;
        if loaded.inputs.is_as_read() && loaded.templates_root.is_as_read() {
            return Ok(loaded);
        }
    }
    let (inputs, templates) = (project.inputs_shown(), project.templates_shown());
    let message = format!(
        "files in {inputs} or {templates} were changed again and again while they were read"
    );
    let unsettled = Finding::error(read::codes::UNSETTLED, message);
    Err([unsettled.hint("run again when nothing writes to them")]
        .into_iter()
        .collect())
}

fn load_once(project: &Project, only: &[String]) -> Result<Loaded, Findings> {
    let (inputs, templates_root) = roots(project)?;
    let (documents, _) = read::template_ids(&templates_root);
    let (templates, mut findings) = read::templates(&templates_root);
    let (names, faults) = read::partnerships(&inputs);
    findings.append(faults);
    let typed = read::template_manuscripts(&templates_root, &documents);
    let reading = Reading {
        project,
        inputs: &inputs,
        documents: &documents,
        templates: &templates,
        typed: &typed,
    };
    let (mut partnerships, mut faulty) = (Vec::new(), BTreeSet::new());
    for name in names
        .into_iter()
        .filter(|name| only.is_empty() || only.contains(name))
    {
        let (partnership, faults) = reading.partnership(name, &mut faulty);
        partnerships.extend(partnership);
        findings.append(faults);
    }
    // So that what the engine opens later is of the same moment.
    let _files = read::snapshot(&templates_root);
    Ok(Loaded {
        inputs,
        templates_root,
        templates,
        partnerships,
        faulty,
        findings,
    })
}

fn roots(project: &Project) -> Result<(Root, Root), Findings> {
    let inputs = Root::open(&project.inputs, project.inputs_shown());
    let templates = Root::open(&project.templates, project.templates_shown());
    match (inputs, templates) {
        (Ok(inputs), Ok(templates)) => Ok((inputs, templates)),
        (inputs, templates) => {
            let named = |finding: Box<Finding>, what: &str| Finding {
                message: format!("the {what} folder {}", finding.message),
                ..finding.hint(format!("`--{what} DIR` names another folder"))
            };
            let faults = [
                inputs.err().map(|finding| named(finding, "inputs")),
                templates.err().map(|finding| named(finding, "templates")),
            ];
            Err(faults.into_iter().flatten().collect())
        }
    }
}

/// What partnerships are read with.
struct Reading<'a> {
    project: &'a Project,
    inputs: &'a Root,
    documents: &'a [String],
    templates: &'a [Template],
    /// The words that were typed into templates.
    typed: &'a [Manuscript],
}

impl Reading<'_> {
    /// A partnership, and everything wrong with it; texts with errors in their words go to `faulty`.
    fn partnership(
        &self,
        name: String,
        faulty: &mut BTreeSet<String>,
    ) -> (Option<Partnership>, Findings) {
        let (data, mut findings) = read::dataset(self.inputs, &name, self.documents);
        let Some(mut data) = data else {
            return (None, findings);
        };
        let records = signed::records(self.project, &name, &data);
        data.signings = records.signings;
        findings.append(records.findings);
        let own = read::manuscripts(self.inputs, &name, self.documents);
        let typed: Vec<&Manuscript> = self.typed.iter().chain(&own).collect();
        let found = check::check(&Checked::new(&data, self.templates, typed.clone()));
        let (in_words, in_data) = apart(found, &typed);
        findings.append(in_data);
        let sound = !findings.has_errors();
        let errors = in_words
            .iter()
            .filter(|one| one.severity == Severity::Error);
        faulty.extend(errors.filter_map(path));
        findings.append(in_words);
        let partnership = Partnership {
            name,
            data,
            signed: records.all,
            sound,
        };
        (Some(partnership), findings)
    }
}

impl Loaded {
    /// What is wrong with the records of signed editions.
    pub fn damaged_records(&self) -> Findings {
        let damaged = |one: &&Finding| one.code == sign::codes::RECORD;
        self.findings.iter().filter(damaged).cloned().collect()
    }

    /// True when an edition prints a text or a template with errors in its words.
    pub fn spoils(&self, partnership: &str, template: &Template, year: i32) -> bool {
        if self.faulty.is_empty() {
            return false;
        }
        let own = self.templates_root.shown(&template.id.value) + "/";
        let others: Vec<String> = self
            .templates
            .iter()
            .map(|one| self.templates_root.shown(&one.id.value) + "/")
            .collect();
        let shared = |path: &str| !others.iter().any(|folder| path.starts_with(folder));
        let layout = self
            .faulty
            .iter()
            .filter(|path| path.ends_with(".typ"))
            .any(|path| path.starts_with(&own) || shared(path));
        let (roots, id) = ((&self.templates_root, &self.inputs), partnership);
        let (texts, _) = read::texts(roots.0, roots.1, id, template, year);
        layout || texts.values().any(|one| self.faulty.contains(one.path()))
    }
}

/// The findings in typed words, which keep only the editions that print them from being written, and the others.
fn apart(findings: Findings, typed: &[&Manuscript]) -> (Findings, Findings) {
    let typed: BTreeSet<&str> = typed.iter().map(|one| one.source.path()).collect();
    let is_typed = |one: &Finding| path(one).is_some_and(|path| typed.contains(path.as_str()));
    let (in_words, in_data): (Vec<_>, Vec<_>) = findings.into_iter().partition(is_typed);
    (
        in_words.into_iter().collect(),
        in_data.into_iter().collect(),
    )
}

/// The path of the file that a finding points at.
fn path(finding: &Finding) -> Option<String> {
    let label = finding.primary.as_ref()?;
    Some(label.place.source().path().to_owned())
}

/// What rendering needs beside an edition: template files and fonts.
pub struct Press {
    /// The templates' files.
    pub files: TemplateFiles,
    fonts: OnceLock<Result<Fonts, Findings>>,
}

impl Press {
    /// Takes the snapshot of the templates.
    ///
    /// # Errors
    /// What kept a file from being read.
    pub fn new(templates: &Root) -> Result<Self, Findings> {
        let (files, findings) = read::snapshot(templates);
        if findings.has_errors() {
            return Err(findings);
        }
        Ok(Self {
            files: TemplateFiles::new(files),
            fonts: OnceLock::new(),
        })
    }

    /// The fonts, which are loaded when they are asked for.
    ///
    /// # Errors
    /// Findings on fonts that cannot be used.
    pub fn fonts(&self) -> Result<&Fonts, Findings> {
        let fonts = self.fonts.get_or_init(|| Fonts::new(&self.files));
        fonts.as_ref().map_err(Clone::clone)
    }
}
