//! Where the two sides are: the working data, what was issued, the output folder, a folder that was named.
//!
//! Comes in: an edition of the register. Goes out: a side, or why there is none. Must not write anything.

use std::path::Path;

use super::folder::{Folder, Key};
use super::side::{From, Origin, Side};
use crate::build::codes;
use crate::build::digest::sha256;
use crate::build::editions::Planned;
use crate::build::frozen;
use crate::build::ledgers;
use crate::build::made::Made;
use crate::build::one::{Done, Shared};
use crate::build::prepare::prepare;
use crate::diagnostic::{Finding, Findings};
use crate::model::Issued;
use crate::read;

/// Why there is no side.
pub enum Nothing {
    /// There is nothing to compare with, which is no fault.
    Never(String),
    /// What was asked for is not there.
    Missing(String),
    /// A file cannot be read as a document.
    Unreadable(Box<Finding>),
    /// The inputs give no document, or what was issued is lost.
    Faulty(Findings),
}

impl std::convert::From<Box<Finding>> for Nothing {
    fn from(finding: Box<Finding>) -> Self {
        Self::Unreadable(finding)
    }
}

/// What an edition is compared with.
pub enum Other<'a> {
    /// What was issued last, or last built.
    Last,
    /// Another revision.
    Revision(u32),
    /// A PDF.
    File(&'a Path),
    /// The PDFs of a folder.
    Folder(&'a Folder),
}

/// The editions of a register, from which sides are taken.
pub struct Desk<'a> {
    /// What all editions share.
    pub shared: Shared<'a>,
    /// Every edition that has a PDF.
    pub editions: &'a [Planned<'a>],
}

impl Desk<'_> {
    /// What the working data give for an edition; warnings go to `findings`.
    pub fn working(&self, planned: &Planned<'_>, findings: &mut Findings) -> Result<Side, Nothing> {
        let shared = &self.shared;
        let prepared = prepare(shared.loaded, shared.press, planned).map_err(Nothing::Faulty)?;
        let origin = |making| Origin {
            from: From::WorkingData,
            file: None,
            issued: None,
            making,
        };
        // What would come out as it is need not be made.
        if let Some(issued) = planned.issued() {
            let today = shared.today(planned, &prepared);
            if let (true, Some(pdf)) = (
                frozen::is_surely_same(issued, &today),
                frozen::kept(shared.project, &planned.partnership.name, issued),
            ) {
                return Ok(Side::new(&pdf, origin(Some(issued.making.clone())))?);
            }
        } else if let (Some(made), true) = (
            shared.record.editions.get(&planned.ident()),
            shared.reasons(planned, &prepared).is_empty(),
        ) {
            let pdf = shared.project.out.join(&planned.output);
            let pdf = read::regular(&pdf, read::LARGEST_PDF).unwrap_or_default();
            if sha256(&pdf) == made.pdf {
                return Ok(Side::new(&pdf, origin(Some(made.making())))?);
            }
        }
        let mut done = Done::new(planned);
        let composed = shared.compose(planned, &prepared, &mut done);
        let Some(composed) = composed else {
            return Err(Nothing::Faulty(done.findings));
        };
        findings.append(done.findings);
        let made = Made::new(&shared.today(planned, &prepared), &composed);
        Ok(Side::new(&composed.pdf, origin(Some(made.making())))?)
    }

    /// What an edition is compared with when nothing else was asked for: the newest issued revision, or what was last built.
    pub fn last(&self, planned: &Planned<'_>) -> Result<Side, Nothing> {
        let mut issued: Vec<&Issued> = self.issued(planned).collect();
        issued.sort_by_key(|one| one.revision.value);
        let upto = |one: &&&Issued| one.revision.value <= planned.edition.revision.value;
        match issued.iter().rev().find(upto) {
            Some(issued) => self.kept(planned, issued),
            None => self.built(planned),
        }
    }

    /// A revision of the same document and year: as it was issued, or else as the working data give it.
    pub fn revision(
        &self,
        planned: &Planned<'_>,
        revision: u32,
        findings: &mut Findings,
    ) -> Result<Side, Nothing> {
        let issued = self
            .issued(planned)
            .find(|one| one.revision.value == revision);
        if let Some(issued) = issued {
            return self.kept(planned, issued);
        }
        let base = base(planned);
        let same = |one: &&Planned<'_>| {
            one.partnership.name == planned.partnership.name
                && one.edition.document.value == planned.edition.document.value
                && one.edition.year == planned.edition.year.value
                && one.edition.revision == revision
        };
        if let Some(one) = self.editions.iter().find(same) {
            return self.working(one, findings);
        }
        let in_register = planned.partnership.data.editions.iter().any(|one| {
            one.document.value == planned.edition.document.value
                && one.year == planned.edition.year.value
                && one.revision == revision
        });
        if in_register {
            return Err(Nothing::Missing(format!(
                "revision {revision} of {base} was never issued, so its PDF is kept nowhere\n  help: `--against FILE` takes a copy of it"
            )));
        }
        let message = format!("there is no revision {revision} of {base} in the register");
        let finding = Finding::error(codes::NOTHING, message);
        Err(Nothing::Faulty(Findings::from_iter([
            finding.hint("`tryk list` shows every edition")
        ])))
    }

    /// The side that was asked for.
    pub fn old(
        &self,
        planned: &Planned<'_>,
        other: &Other<'_>,
        findings: &mut Findings,
    ) -> Result<Side, Nothing> {
        match other {
            Other::Last => self.last(planned),
            Other::Revision(revision)
                if planned.edition.revision == *revision && planned.issued().is_none() =>
            {
                let (ident, base) = (planned.ident(), base(planned));
                Err(Nothing::Missing(format!(
                    "{ident} was never issued, so `--against r{revision}` would compare the working data with themselves\n  help: `tryk diff {base}` compares them with what was last built"
                )))
            }
            Other::Revision(revision) => self.revision(planned, *revision, findings),
            Other::File(file) => Ok(Side::of_file(file)?),
            Other::Folder(folder) => {
                let edition = planned.edition;
                let key = Key {
                    partnership: &planned.partnership.name,
                    document: &edition.document.value,
                    year: edition.year.value,
                    revision: edition.revision.value,
                };
                folder.side(&key)
            }
        }
    }

    fn issued<'b>(&self, planned: &'b Planned<'_>) -> impl Iterator<Item = &'b Issued> {
        let edition = planned.edition;
        let issued = planned.partnership.data.issued.iter();
        issued.filter(move |one| {
            one.document.value == edition.document.value && one.year == edition.year.value
        })
    }

    fn kept(&self, planned: &Planned<'_>, issued: &Issued) -> Result<Side, Nothing> {
        let Some(pdf) = frozen::kept(self.shared.project, &planned.partnership.name, issued) else {
            let lost = frozen::lost(planned, issued);
            return Err(Nothing::Faulty([lost].into_iter().collect()));
        };
        let inputs = self.shared.project.inputs_shown();
        let file = format!("{inputs}/{}/{}", planned.partnership.name, issued.pdf.value);
        let origin = Origin {
            from: From::Issued,
            file: Some(file),
            issued: Some(issued.issued.value.to_string()),
            making: Some(issued.making.clone()),
        };
        Ok(Side::new(&pdf, origin)?)
    }

    fn built(&self, planned: &Planned<'_>) -> Result<Side, Nothing> {
        let project = self.shared.project;
        let path = project.out.join(&planned.output);
        let file = format!("{}/{}", project.out_shown(), planned.output);
        if !path.is_file() {
            let message = format!("never issued, and {file} is not there");
            return Err(Nothing::Never(message));
        }
        let pdf = ledgers::bytes_of(&path)?;
        let made = self.shared.record.editions.get(&planned.ident());
        let made = made.filter(|made| made.pdf == sha256(&pdf));
        let origin = Origin {
            from: From::Output,
            file: Some(file),
            issued: None,
            making: made.map(Made::making),
        };
        Ok(Side::new(&pdf, origin)?)
    }
}

/// The edition's name without its revision.
fn base(planned: &Planned<'_>) -> String {
    let edition = planned.edition;
    format!(
        "{}/{}/{}",
        planned.partnership.name, edition.document.value, edition.year.value
    )
}
