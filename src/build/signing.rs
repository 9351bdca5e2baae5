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
use super::signing_copy::signing_copy;
use super::write::{write, write_new};
use crate::diagnostic::{Finding, Findings};
use crate::model::Signatory;
use crate::project::Project;
use crate::read::{self, Root};
use crate::sign;
use crate::sign::field::SignatureField;
use crate::sign::verify::Expected;

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
    /// Of the register, with its issued bytes.
    edition: Option<(Planned<'a>, Vec<u8>)>,
}

/// What is needed to open documents; holds the locks of the records and the output folder when it is to write.
pub struct Desk<'a> {
    project: &'a Project,
    loaded: Option<Loaded>,
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

    /// Makes and keeps the plain copy of an edition, or puts the kept one back. Gives the paths as people know them.
    ///
    /// # Errors
    /// What keeps it from being made or written.
    pub fn copied(&self) -> Result<Vec<String>, Stopped> {
        let (Some((planned, _)), Some(loaded)) = (&self.edition, &self.desk.loaded) else {
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
        let made;
        let copy = match planned.signed().and_then(|one| one.copy.as_ref()) {
            Some(copy) => {
                kept.push(signed::copy_kept(project, planned));
                copy
            }
            None => {
                made = signing_copy(loaded, planned, issued)?;
                kept.push(signed::keep_copy(project, planned, &made).map_err(failed)?);
                &made
            }
        };
        let output = signed::copy_output(&issued.output.value);
        write(&project.out, &output, copy).map_err(failed)?;
        kept.push(format!("{}/{output}", project.out_shown()));
        Ok(kept)
    }

    /// The plain copy that was made of an edition, when one was.
    pub fn copy(&self) -> Option<&[u8]> {
        let (planned, _) = self.edition.as_ref()?;
        planned.signed()?.copy.as_deref()
    }

    /// What there is to say when others have signed an edition in the other way: the document, or copies.
    pub fn mixed(&self, in_copy: bool) -> Option<String> {
        let (planned, _) = self.edition.as_ref()?;
        let record = planned.signed()?;
        let others = match in_copy {
            true => &record.states,
            false => &record.counterparts,
        };
        (!others.is_empty()).then(|| {
            "some have signed the document and some copies: together they prove nothing, so all must sign in one of the ways".to_owned()
        })
    }

    /// Who must sign an edition.
    pub fn signers(&self) -> Vec<Expected> {
        let edition = self.edition.as_ref();
        edition.map_or_else(Vec::new, |(planned, issued)| {
            signed::expected(&planned.partnership.data, issued, &planned.output)
        })
    }

    /// Keeps a copy that one party signed alone, with the inputs and in the output folder. Gives the paths as people know them.
    ///
    /// # Errors
    /// A finding when a copy signed by that party is kept already; else what the operating system says.
    pub fn keep_counterpart(
        &self,
        field: &str,
        pdf: &[u8],
        output: Option<&Path>,
    ) -> Result<Vec<String>, Stopped> {
        let Some((planned, _)) = &self.edition else {
            return Err(Stopped::Failure(
                "only an edition of the register has copies that one party signs alone".to_owned(),
            ));
        };
        let taken = planned.signed().map_or(&[][..], |one| &one.counterparts);
        if taken.iter().any(|one| one.field == field) {
            let message = format!("a copy signed for {field} is kept already");
            return Err(Box::new(Finding::error(sign::codes::SIGNED, message)).into());
        }
        let project = self.desk.project;
        let failed = |error: std::io::Error| {
            Stopped::Failure(format!(
                "the signed copy of {} could not be written: {error}",
                self.shown
            ))
        };
        self.swept(planned)?;
        let record = signed::keep_counterpart(project, planned, field, pdf).map_err(failed)?;
        let shown = signed::counterpart_output(&planned.output, field);
        write(&project.out, &shown, pdf).map_err(|error| after(&record, &shown, &error))?;
        let mut kept = vec![record, format!("{}/{shown}", project.out_shown())];
        kept.extend(written_to(output, pdf)?);
        Ok(kept)
    }

    /// Takes away what an interrupted run left in the folder of the record.
    fn swept(&self, planned: &Planned<'_>) -> Result<(), Stopped> {
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
fn written_to(output: Option<&Path>, pdf: &[u8]) -> Result<Option<String>, Stopped> {
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
fn after(record: &str, what: &str, error: &std::io::Error) -> Stopped {
    Stopped::Failure(format!(
        "the signature is kept as {record}, but {what} could not be written: {error}; `tryk build` writes it"
    ))
}

fn unwritten(what: &str, error: &std::io::Error) -> Stopped {
    Stopped::Failure(format!("{what} could not be written: {error}"))
}
