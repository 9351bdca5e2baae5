//! Documents on the signing desk: opened in their current state, and put back with one signature more.
//!
//! Comes in: the name of an issued edition, or the path of any PDF. Goes out: the state that is to be signed and what the field shows; then
//! the record of the signed one, and the copy in the output folder. Must not sign, and must not overwrite.

use std::fs;
use std::path::{Path, PathBuf};

use super::appearance::{Shown, appearance};
use super::codes;
use super::editions::{Filter, Planned, planned};
use super::frozen;
use super::load::{Loaded, Press, load};
use super::lock::{Lock, sweep};
use super::name::EditionName;
use super::report::{Event, Progress};
use super::signed;
use super::signing_copy::signing_copy;
use super::write::{write, write_new};
use crate::diagnostic::{Finding, Findings};
use crate::model::Signatory;
use crate::project::Project;
use crate::read::Root;
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
    desk: &'a Desk<'a>,
    edition: Option<Planned<'a>>,
    states: usize,
}

/// What is needed to open documents; holds the lock of the output folder when it is to write.
pub struct Desk<'a> {
    project: &'a Project,
    loaded: Option<Loaded>,
    _lock: Option<Lock>,
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
                _lock: None,
            });
        };
        let lock = if writes && project.inputs.is_dir() {
            let waiting = |holder: &str| progress(Event::Waiting(holder));
            Some(Lock::take(&project.out, &waiting).map_err(|error| {
                let out = project.out_shown();
                Stopped::Failure(format!("{out} cannot be written to: {error}"))
            })?)
        } else {
            None
        };
        let loaded = load(project, std::slice::from_ref(&name.partnership))?;
        Ok(Self {
            project,
            loaded: Some(loaded),
            _lock: lock,
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
                let pdf = fs::read(path).map_err(|error| {
                    Stopped::Failure(format!("{shown} cannot be read: {error}"))
                })?;
                Ok(Paper {
                    shown,
                    pdf,
                    desk: self,
                    edition: None,
                    states: 0,
                })
            }
            (Target::Edition(name), None) => {
                Err(Stopped::Failure(format!("{name} was not made ready for")))
            }
        }
    }

    fn edition(&'a self, name: &EditionName, loaded: &'a Loaded) -> Result<Paper<'a>, Stopped> {
        let (editions, _) = planned(loaded, &Filter::default());
        let Some(planned) = editions.into_iter().find(|one| name.means(one)) else {
            let message = format!(
                "there is no edition {name} in the registers under {}",
                self.project.inputs_shown()
            );
            let finding = Finding::error(codes::NOTHING, message);
            return Err(Box::new(finding.hint("`tryk list` shows every edition")).into());
        };
        let Some(issued) = planned.issued() else {
            let finding = Finding::error(
                crate::sign::codes::NOT_ISSUED,
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
        let Some(base) = frozen::kept(self.project, &planned, issued) else {
            return Err(Findings::from_iter([frozen::lost(&planned, issued)]).into());
        };
        let states = signed::states(self.project, &planned, &base)?;
        let count = states.len();
        let current = states.into_iter().next_back().map(|state| state.pdf);
        Ok(Paper {
            shown: planned.ident(),
            pdf: current.unwrap_or(base),
            desk: self,
            states: count,
            edition: Some(planned),
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
        let planned = self.edition.as_ref()?;
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

    /// Makes and keeps the plain copy of an edition, or puts the kept one back. Gives the paths as people know them.
    ///
    /// # Errors
    /// What keeps it from being made or written.
    pub fn copied(&self) -> Result<Vec<String>, Stopped> {
        let (Some(planned), Some(loaded)) = (&self.edition, &self.desk.loaded) else {
            return Err(Stopped::Failure(
                "only an edition of the register has a plain copy".to_owned(),
            ));
        };
        let Some(issued) = planned.issued() else {
            return Err(Stopped::Failure(format!("{} is not issued", self.shown)));
        };
        let project = self.desk.project;
        let failed = |error: std::io::Error| {
            Stopped::Failure(format!(
                "the plain copy of {} could not be written: {error}",
                self.shown
            ))
        };
        let mut kept = Vec::new();
        let copy = match signed::copy(project, planned) {
            Some(copy) => copy,
            None => {
                let copy = signing_copy(loaded, planned, issued)?;
                kept.push(signed::keep_copy(project, planned, &copy).map_err(failed)?);
                copy
            }
        };
        let output = signed::copy_output(&issued.output.value);
        write(&project.out, &output, &copy).map_err(failed)?;
        kept.push(format!("{}/{output}", project.out_shown()));
        Ok(kept)
    }

    /// Keeps the document with one signature more: an edition as a record with the inputs and in the output folder, another PDF as
    /// `output`. Gives the paths as people know them.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn keep(
        &self,
        field: &str,
        pdf: &[u8],
        output: Option<&Path>,
    ) -> Result<Vec<String>, Stopped> {
        let project = self.desk.project;
        let failed = |what: &str, error: std::io::Error| {
            Stopped::Failure(format!("{what} could not be written: {error}"))
        };
        let mut kept = Vec::new();
        if let Some(planned) = &self.edition {
            let place = signed::folder(planned);
            let store = project.inputs.join(&planned.partnership.name);
            let swept = store.join(&place);
            if swept.is_dir() {
                sweep(&swept).map_err(|error| failed(&place, error))?;
            }
            let record = signed::keep(project, planned, self.states + 1, field, pdf)
                .map_err(|error| failed(&place, error))?;
            kept.push(record);
            if let Some(issued) = planned.issued() {
                frozen::restore(project, issued, pdf)
                    .map_err(|error| failed(&issued.output.value, error))?;
                kept.push(format!("{}/{}", project.out_shown(), issued.output.value));
            }
        }
        if let Some(path) = output {
            let shown = path.display().to_string();
            let (folder, name) = (path.parent(), path.file_name());
            let folder = folder.filter(|one| !one.as_os_str().is_empty());
            let name = name.map(|name| name.to_string_lossy().into_owned());
            write_new(
                folder.unwrap_or(Path::new(".")),
                &name.unwrap_or_default(),
                pdf,
            )
            .map_err(|error| failed(&shown, error))?;
            kept.push(shown);
        }
        Ok(kept)
    }
}
