//! What differs between an edition and another: working data and what was issued, two revisions, a folder, a PDF.
//!
//! Comes in: a project, and what is asked. Goes out: per document what differs, and for one document a redline PDF. Must not write anything.

mod asked;
mod compared;
mod find;
mod folder;
mod invented;
mod json;
mod redline;
mod side;

use std::path::Path;

use super::editions::unknown;
use super::editions::{Filter, Planned, planned};
use super::ledgers::ledgers;
use super::load::{Press, load};
use super::name::EditionName;
use super::one::Shared;
use super::record::Record;
use super::report::Mode;
use crate::diagnostic::Findings;
use crate::ledger::{self, EditionEntry, Shelf};
use crate::project::Project;
use crate::read::Root;
use crate::render;

pub use asked::{Against, Asked, What};
pub use compared::{Compared, Elsewhere, FigureDiffers, MakingDiffers, Part};
pub use json::json;
pub use side::{From, SideEntry};

use find::{Desk, Nothing, Other};
use folder::{Folder, Key};
use side::Side;

/// What came out of a comparison.
#[derive(Debug, Default)]
pub struct Differences {
    /// Per document, in the order of the registers.
    pub answers: Vec<Answer>,
    /// The redline of the one document, when it was asked for and can be made.
    pub redline: Option<Vec<u8>>,
    /// What is wrong with the inputs or with a document.
    pub findings: Findings,
    /// True when a file could not be read, as a finding says.
    pub is_unreadable: bool,
    /// Why it could not run.
    pub failures: Vec<String>,
}

/// How one document differs.
#[derive(Debug)]
pub struct Answer {
    /// The edition: `folehaven/plan/2019/r2`.
    pub edition: String,
    /// What differs; none when there is nothing to compare with.
    pub compared: Option<Box<Compared>>,
    /// Why there is nothing to compare with.
    pub nothing: Option<String>,
}

/// Compares; with `redline`, the one document's redline is made too.
pub fn differences(project: &Project, asked: &Asked, redline: bool) -> Differences {
    let mut found = match (&asked.what, &asked.against) {
        (Some(What::File(new)), Some(Against::File(old))) => files(
            project,
            new,
            |_| Side::of_file(old).map_err(Nothing::from),
            redline,
        ),
        (Some(What::File(new)), Some(Against::Folder(old))) => {
            let folder = Folder::open(old);
            files(
                project,
                new,
                |side| folder.side(&Key::of(&side.ledger.edition)),
                redline,
            )
        }
        _ => register(project, asked, redline),
    };
    render::evict();
    found.findings.sort();
    found
}

/// Two PDFs. The inputs are not needed; when they know the new one, they name its figures.
fn files(
    project: &Project,
    new: &Path,
    old: impl FnOnce(&Side) -> Result<Side, Nothing>,
    redline: bool,
) -> Differences {
    let mut found = Differences::default();
    let new = Side::of_file(new).map_err(Nothing::from);
    let sides = new.and_then(|new| Ok((old(&new)?, new)));
    let (old, new) = match sides {
        Ok(sides) => sides,
        Err(nothing) => {
            found.nothing(None, nothing);
            return found;
        }
    };
    let edition = &new.ledger.edition;
    let has_inputs = project.inputs.is_dir() && project.templates.is_dir();
    let only = std::slice::from_ref(&edition.partnership);
    let loaded = has_inputs.then(|| load(project, only).ok()).flatten();
    let editions = loaded
        .as_ref()
        .map(|loaded| planned(loaded, &Filter::default()).0);
    let mut editions = editions.iter().flatten();
    let planned = editions.find(|one| one.ident() == ident(edition));
    found.answer(&old, &new, planned, &ledgers(project).0);
    match press(project) {
        _ if !redline => {}
        Ok(press) => found.take_redline(&press, planned),
        Err(findings) => found.findings.append(findings),
    }
    found
}

fn press(project: &Project) -> Result<Press, Findings> {
    let root = Root::open(&project.templates, project.templates_shown());
    let root = root.map_err(|finding| Findings::from_iter([*finding]))?;
    Press::new(&root)
}

/// Editions of the registers.
fn register(project: &Project, asked: &Asked, redline: bool) -> Differences {
    let mut found = Differences::default();
    let named = match named(asked) {
        Ok(named) => named,
        Err(nothing) => {
            found.nothing(None, nothing);
            return found;
        }
    };
    let only: Vec<String> = named.iter().map(|one| one.partnership.clone()).collect();
    let loaded = match load(project, &only) {
        Ok(loaded) => loaded,
        Err(findings) => {
            found
                .failures
                .extend(findings.iter().map(|one| one.message.clone()));
            return found;
        }
    };
    found.findings.append(loaded.findings.clone());
    let (editions, faults) = planned(&loaded, &Filter::default());
    found.findings.append(faults);
    let press = match Press::new(&loaded.templates_root) {
        Ok(press) => press,
        Err(findings) => {
            found.findings.append(findings);
            return found;
        }
    };
    let record = Record::read(&project.out);
    let desk = Desk {
        shared: Shared {
            project,
            loaded: &loaded,
            press: &press,
            record: &record,
            mode: Mode::Check,
            looks: false,
        },
        editions: &editions,
    };
    found.compare(&desk, asked, named.as_ref(), redline);
    found
}

/// The edition that is asked for; none for all of them.
fn named(asked: &Asked) -> Result<Option<EditionName>, Nothing> {
    let of = |side: &Side| EditionName {
        partnership: side.ledger.edition.partnership.clone(),
        document: side.ledger.edition.document.clone(),
        year: side.ledger.edition.year,
        revision: None,
    };
    match (&asked.what, &asked.against) {
        (Some(What::Edition(name)), _) => Ok(Some(name.clone())),
        (Some(What::File(file)), _) | (None, Some(Against::File(file))) => {
            Ok(Some(of(&Side::of_file(file)?)))
        }
        (None, Some(Against::Revision(_))) => Err(Nothing::Missing(
            "say of which edition: `tryk diff folehaven/plan/2019 --against r1`".to_owned(),
        )),
        (None, _) => Ok(None),
    }
}

impl Differences {
    fn compare(
        &mut self,
        desk: &Desk<'_>,
        asked: &Asked,
        named: Option<&EditionName>,
        redline: bool,
    ) {
        let chosen = desk.editions.iter();
        let chosen: Vec<&Planned<'_>> = chosen
            .filter(|one| named.map_or(!one.is_superseded(), |name| name.means(one)))
            .collect();
        if let (Some(name), []) = (named, chosen.as_slice()) {
            // What is wrong with it may be why it is not there.
            if !self.findings.has_errors() {
                self.findings.push(unknown(desk.shared.project, name));
            }
            return;
        }
        let folder = match &asked.against {
            Some(Against::Folder(folder)) => Some(Folder::open(folder)),
            _ => None,
        };
        let other = match (&asked.what, &asked.against, &folder) {
            (_, _, Some(folder)) => Other::Folder(folder),
            (_, Some(Against::Revision(revision)), _) => Other::Revision(*revision),
            (_, Some(Against::File(file)), _) | (Some(What::File(file)), None, _) => {
                Other::File(file)
            }
            _ => Other::Last,
        };
        let (shelf, _) = ledgers(desk.shared.project);
        for planned in &chosen {
            let sides = self.sides(desk, planned, asked, &other);
            match sides {
                Ok((old, new)) => self.answer(&old, &new, Some(planned), &shelf),
                Err(nothing) => self.nothing(Some((planned, named.is_some())), nothing),
            }
        }
        if let (true, [planned]) = (redline, chosen.as_slice()) {
            self.take_redline(desk.shared.press, Some(planned));
        }
    }

    /// The old and the new side of an edition.
    fn sides(
        &mut self,
        desk: &Desk<'_>,
        planned: &Planned<'_>,
        asked: &Asked,
        other: &Other<'_>,
    ) -> Result<(Side, Side), Nothing> {
        let findings = &mut self.findings;
        let old = desk.old(planned, other, findings)?;
        let new = match (&asked.what, &asked.against) {
            (Some(What::File(file)), Some(_)) => Side::of_file(file)?,
            // Two revisions are compared as they were issued; one with itself would tell nothing.
            (_, Some(Against::Revision(revision))) if planned.edition.revision != *revision => {
                desk.revision(planned, planned.edition.revision.value, findings)?
            }
            _ => desk.working(planned, findings)?,
        };
        Ok((old, new))
    }

    fn answer(&mut self, old: &Side, new: &Side, planned: Option<&Planned<'_>>, shelf: &Shelf) {
        let data = planned.map(|one| &one.partnership.data);
        let compared = Compared::new(old, new, data, shelf);
        self.answers.push(Answer {
            edition: ident(&new.ledger.edition),
            compared: Some(Box::new(compared)),
            nothing: None,
        });
    }

    /// Of one edition that was asked for, nothing to compare with is a failure; of one among all it is an answer.
    fn nothing(&mut self, of: Option<(&Planned<'_>, bool)>, nothing: Nothing) {
        match (of, nothing) {
            (_, Nothing::Faulty(findings)) => self.findings.append(findings),
            (_, Nothing::Unreadable(finding)) => {
                self.findings.push(*finding);
                self.is_unreadable = true;
            }
            (Some((planned, false)), Nothing::Never(why) | Nothing::Missing(why)) => {
                self.answers.push(Answer {
                    edition: planned.ident(),
                    compared: None,
                    nothing: Some(why),
                });
            }
            (Some((planned, true)), Nothing::Never(why)) => self.failures.push(format!(
                "there is nothing to compare {} with: {why}\n  help: `tryk build` makes its PDF, and `--against` names a folder or a PDF",
                planned.ident()
            )),
            (_, Nothing::Never(why) | Nothing::Missing(why)) => self.failures.push(why),
        }
    }

    /// Makes the redline, unless something is wrong with the document.
    fn take_redline(&mut self, press: &Press, planned: Option<&Planned<'_>>) {
        let [answer] = self.answers.as_slice() else {
            return;
        };
        let Some(compared) = answer
            .compared
            .as_deref()
            .filter(|_| !self.findings.has_errors())
        else {
            return;
        };
        match redline::make(press, answer, compared, planned) {
            Ok(pdf) => self.redline = Some(pdf),
            Err(findings) => self.findings.append(findings),
        }
    }
}

fn ident(edition: &EditionEntry) -> String {
    format!(
        "{}/{}/{}/r{}",
        edition.partnership, edition.document, edition.year, edition.revision
    )
}

/// True for the bytes of a redline; nothing else is written over by one.
pub fn is_redline(pdf: &[u8]) -> bool {
    ledger::attached(pdf, "diff.json").is_some()
}
