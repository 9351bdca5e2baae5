//! Documents on the signing desk: opened in their current state, and put back with one signature more.
//!
//! Comes in: the name of an issued edition, or the path of any PDF. Goes out: the state that is to be signed and what the field shows; then
//! the record of the signed one, and the copy in the output folder. Must not sign, and must not overwrite.

use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;

use super::appearance::{Shown, appearance};
use super::editions::{Planned, named};
use super::frozen;
use super::load::{Loaded, Press, load};
use super::lock::{Lock, sweep};
use super::name::EditionName;
use super::report::{Event, Progress};
use super::signed;
use super::write::write_new;
use crate::diagnostic::{Finding, Findings};
use crate::model::Signatory;
use crate::project::Project;
use crate::read::{self, Root};
use crate::sign;
use crate::sign::field::SignatureField;

/// What is to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An issued edition of the register.
    Edition(EditionName),
    /// A PDF outside the register.
    File(PathBuf),
}

/// Why a document could not be opened or put back.
#[derive(Debug)]
pub enum Stopped {
    /// Something is wrong with it.
    Findings(Findings),
    /// Something could not be read or written.
    Failure(String),
}

impl From<Findings> for Stopped {
    fn from(findings: Findings) -> Self {
        Self::Findings(findings)
    }
}

impl From<Box<Finding>> for Stopped {
    fn from(finding: Box<Finding>) -> Self {
        Self::Findings(Findings::from_iter([*finding]))
    }
}

/// A document on the desk.
pub struct Paper<'a> {
    /// What messages call it; of an edition its full name.
    pub shown: String,
    /// Its current state.
    pub pdf: Vec<u8>,
    pub(super) desk: &'a Desk<'a>,
    /// Of the register, with its issued bytes.
    pub(super) edition: Option<(Planned<'a>, Vec<u8>)>,
}

/// What is needed to open documents; holds the locks of the records and the output folder when it is to write.
pub struct Desk<'a> {
    pub(super) project: &'a Project,
    pub(super) loaded: Option<Loaded>,
    _locks: Vec<Lock>,
}

impl<'a> Desk<'a> {
    /// Makes ready for a target; `writes` says that a signed edition will be kept.
    ///
    /// # Errors
    /// What keeps the inputs from being read.
    pub fn new(
        project: &'a Project,
        target: &Target,
        writes: bool,
        progress: Progress<'_>,
    ) -> Result<Self, Stopped> {
        let Target::Edition(name) = target else {
            return Ok(Self {
                project,
                loaded: None,
                _locks: Vec::new(),
            });
        };
        let locks = if writes && project.inputs.is_dir() {
            let waiting = |holder: &str| progress(Event::Waiting(holder));
            Lock::take_for_records(project, &name.partnership, &waiting)
                .map_err(Stopped::Failure)?
        } else {
            Vec::new()
        };
        let loaded = load(project, std::slice::from_ref(&name.partnership))?;
        Ok(Self {
            project,
            loaded: Some(loaded),
            _locks: locks,
        })
    }

    /// Puts a document on the desk, in its current state.
    ///
    /// # Errors
    /// A finding when there is none, it was not issued, or its records are damaged.
    pub fn open(&'a self, target: &Target) -> Result<Paper<'a>, Stopped> {
        match (target, &self.loaded) {
            (Target::Edition(name), Some(loaded)) => self.edition(name, loaded),
            (Target::File(path), _) => {
                let shown = path.display().to_string();
                let pdf = read::regular(path, read::LARGEST_PDF).map_err(|error| {
                    Stopped::Failure(format!("{shown} cannot be read: {error}"))
                })?;
                Ok(Paper {
                    shown,
                    pdf,
                    desk: self,
                    edition: None,
                })
            }
            (Target::Edition(name), None) => {
                Err(Stopped::Failure(format!("{name} was not made ready for")))
            }
        }
    }

    fn edition(&'a self, name: &EditionName, loaded: &'a Loaded) -> Result<Paper<'a>, Stopped> {
        let (planned, _) = named(self.project, loaded, name)?;
        let Some(issued) = planned.issued() else {
            let finding = Finding::error(
                sign::codes::NOT_ISSUED,
                format!(
                    "{} is not issued; only an issued edition is signed",
                    planned.ident()
                ),
            )
            .at(&planned.edition.row, "this edition")
            .hint(format!(
                "`tryk issue {name}` issues it: from then on its bytes stay as they are"
            ));
            return Err(Box::new(finding).into());
        };
        let Some(base) = frozen::kept(self.project, &planned.partnership.name, issued) else {
            return Err(Findings::from_iter([frozen::lost(&planned, issued)]).into());
        };
        let Some(signed) = planned.signed() else {
            return Err(loaded.damaged_records().into());
        };
        Ok(Paper {
            shown: planned.ident(),
            pdf: signed.current().unwrap_or(&base).to_vec(),
            desk: self,
            edition: Some((planned, base)),
        })
    }
}

impl Paper<'_> {
    /// True for an edition of the register.
    pub fn is_edition(&self) -> bool {
        self.edition.is_some()
    }

    /// The row of `signatories.csv` that a field belongs to.
    pub fn signatory(&self, field: &str) -> Option<&Signatory> {
        let (planned, _) = self.edition.as_ref()?;
        let mut all = planned.partnership.data.signatories.iter();
        all.find(|one| one.field == *field)
    }

    /// What a field shows once it is signed, as a PDF of one page.
    ///
    /// # Errors
    /// Everything wrong with the template that sets it.
    pub fn appearance(&self, field: &SignatureField, shown: &Shown) -> Result<Vec<u8>, Stopped> {
        let project = self.desk.project;
        let opened;
        let root = match &self.desk.loaded {
            Some(loaded) => &loaded.templates_root,
            None => {
                opened = Root::open(&project.templates, project.templates_shown())?;
                &opened
            }
        };
        Ok(appearance(&Press::new(root)?, field, shown)?)
    }

    /// Takes away what an interrupted run left in the folder of the record.
    pub(super) fn swept(&self, planned: &Planned<'_>) -> Result<(), Stopped> {
        let below = planned.signed_folder();
        let store = self.desk.project.inputs.join(&planned.partnership.name);
        let folder = store.join(&below);
        if !folder.is_dir() {
            return Ok(());
        }
        sweep(&folder)
            .map_err(|error| Stopped::Failure(format!("{below} could not be swept: {error}")))
    }

    /// Keeps the document with one signature more: an edition as a record with the inputs and in the output folder, another PDF as
    /// `output`. Gives the paths as people know them. `now` is what the claimed time is held against.
    ///
    /// # Errors
    /// Findings when the verifier would never call the signature good; else what the operating system says.
    pub fn keep(
        &self,
        field: &str,
        pdf: &[u8],
        output: Option<&Path>,
        now: NaiveDateTime,
    ) -> Result<Vec<String>, Stopped> {
        let mut kept = Vec::new();
        if let Some((planned, base)) = &self.edition {
            let refusals = signed::refusals(planned, base, pdf, field, now);
            if !refusals.is_empty() {
                return Err(refusals.into());
            }
            kept.extend(self.recorded(planned, field, pdf)?);
        }
        kept.extend(written_to(output, pdf)?);
        Ok(kept)
    }

    fn recorded(
        &self,
        planned: &Planned<'_>,
        field: &str,
        pdf: &[u8],
    ) -> Result<Vec<String>, Stopped> {
        let project = self.desk.project;
        self.swept(planned)?;
        let states = planned.signed().map_or(0, |one| one.states.len());
        let record = signed::keep(project, planned, states + 1, field, pdf);
        let record = record.map_err(|error| unwritten(&planned.signed_folder(), &error))?;
        let mut kept = vec![record];
        if let Some(issued) = planned.issued() {
            let output = &issued.output.value;
            frozen::restore(project, issued, pdf)
                .map_err(|error| after(&kept[0], output, &error))?;
            kept.push(format!("{}/{output}", project.out_shown()));
        }
        Ok(kept)
    }
}

/// Writes a signed PDF to a place that a person chose; gives that place.
pub(super) fn written_to(output: Option<&Path>, pdf: &[u8]) -> Result<Option<String>, Stopped> {
    let Some(path) = output else { return Ok(None) };
    let shown = path.display().to_string();
    let (folder, name) = (path.parent(), path.file_name());
    let folder = folder.filter(|one| !one.as_os_str().is_empty());
    let name = name.map(|name| name.to_string_lossy().into_owned());
    let (folder, name) = (folder.unwrap_or(Path::new(".")), name.unwrap_or_default());
    write_new(folder, &name, pdf).map_err(|error| unwritten(&shown, &error))?;
    Ok(Some(shown))
}

/// A copy that could not be written after the record was kept.
pub(super) fn after(record: &str, what: &str, error: &std::io::Error) -> Stopped {
    Stopped::Failure(format!(
        "the signature is kept as {record}, but {what} could not be written: {error}; `tryk build` writes it"
    ))
}

fn unwritten(what: &str, error: &std::io::Error) -> Stopped {
    Stopped::Failure(format!("{what} could not be written: {error}"))
}
