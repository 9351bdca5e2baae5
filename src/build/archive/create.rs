//! `tryk archive create`: a year of a partnership as a bag.
//!
//! Comes in: which year, and what is accepted. Goes out: a new bag and its tar, or why there is none. Must not touch a bag that is there.

use std::fs;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf, absolute};

use chrono::NaiveDate;
use tempfile::NamedTempFile;

use super::documents::{Document, Gatherer, weigh};
use super::exceptions::{Accepted, Kind, Scales};
use super::index;
use super::shelf::{self, Shelved};
use super::signed::Policy;
use super::sources;
use crate::archive::{self, Draft, Exception, Finished, codes, tarball};
use crate::build::load::{Loaded, Press, load};
use crate::build::lock::{Lock, UNFINISHED, sweep};
use crate::build::one::Shared;
use crate::build::record::Record;
use crate::build::write::readable_by_all;
use crate::build::{Event, Filter, Mode, Planned, Progress, planned};
use crate::diagnostic::{Finding, Findings};
use crate::project::Project;
use crate::read;
use crate::sign;
use crate::sign::verify::Trust;

/// What is to be archived.
#[derive(Debug)]
pub struct Order {
    /// The partnership's folder.
    pub partnership: String,
    /// The year.
    pub year: i32,
    /// The day of archiving.
    pub day: NaiveDate,
    /// The folder of the archive, with a folder per partnership.
    pub archive: PathBuf,
    /// What is accepted.
    pub accepted: Vec<Accepted>,
    /// How long it is to be kept.
    pub retention: Retention,
    /// Files with the certificates that are trusted for signatures, by what they are called, with their bytes.
    pub trust: Vec<Vec<u8>>,
    /// Whether a tar is wanted beside the bag.
    pub tar: bool,
}

/// What `bag-info.txt` says of keeping.
#[derive(Clone, Debug, Default)]
pub struct Retention {
    /// The class of the plan of retention; not decided when left out.
    pub class: Option<String>,
    /// The day until which it is kept.
    pub until: Option<NaiveDate>,
    /// True when nothing may be discarded whatever the day.
    pub legal_hold: bool,
}

/// How archiving ended.
#[derive(Debug)]
pub enum Archival {
    /// There is a new bag.
    Created {
        /// Its folder.
        bag: PathBuf,
        /// The tar of it.
        tar: Option<PathBuf>,
        /// How many documents are in it.
        documents: usize,
        /// SHA-512 of its tag manifest.
        seal: String,
        /// What was accepted, and warnings.
        findings: Findings,
    },
    /// Nothing is new since this bag.
    Already(PathBuf),
    /// It cannot be archived.
    Refused(Findings),
    /// Something could not be read or written.
    Failed(String),
}

/// Archives a year.
pub fn create(project: &Project, order: &Order, progress: Progress<'_>) -> Archival {
    for (source, shown) in [
        (&project.inputs, project.inputs_shown()),
        (&project.templates, project.templates_shown()),
    ] {
        if is_within(&order.archive, source) {
            let archive = order.archive.display();
            return Archival::Failed(format!(
                "{archive} lies in {shown}, whose files go into every bag: give --archive another folder"
            ));
        }
    }
    let waiting = |holder: &str| progress(Event::Waiting(holder));
    let folder = order.archive.join(&order.partnership);
    let locks = Lock::take_both(&project.out, &order.archive, &waiting).and_then(|locks| {
        fs::create_dir_all(&folder)?;
        sweep(&folder)?;
        Ok(locks)
    });
    let _locks = match locks {
        Ok(locks) => locks,
        Err(error) => {
            return Archival::Failed(format!(
                "{} cannot be written to: {error}",
                order.archive.display()
            ));
        }
    };
    let ended = archived(project, order, &folder);
    // A refusal leaves no empty folder.
    let _ = fs::remove_dir(&folder);
    ended
}

fn archived(project: &Project, order: &Order, folder: &Path) -> Archival {
    let loaded = match load(project, std::slice::from_ref(&order.partnership)) {
        Ok(loaded) => loaded,
        Err(findings) => return Archival::Refused(findings),
    };
    let filter = Filter {
        years: vec![order.year],
        ..Filter::default()
    };
    let (editions, faults) = planned(&loaded, &filter);
    let press = match Press::new(&loaded.templates_root) {
        Ok(press) => press,
        Err(findings) => return Archival::Refused(findings),
    };
    let desk = Desk {
        project,
        order,
        loaded: &loaded,
        press: &press,
        editions: &editions,
        shelf: shelf::shelf(folder),
    };
    match desk.gathered(faults) {
        Ok(gathered) => desk.put_away(gathered, folder).unwrap_or_else(|error| {
            Archival::Failed(format!("the bag could not be written: {error}"))
        }),
        Err(findings) => Archival::Refused(findings),
    }
}

/// What bags are made from.
pub(super) struct Desk<'a> {
    project: &'a Project,
    pub(super) order: &'a Order,
    pub(super) loaded: &'a Loaded,
    press: &'a Press,
    pub(super) editions: &'a [Planned<'a>],
    shelf: Vec<Shelved>,
}

/// Everything that goes into a bag.
pub(super) struct Gathered {
    pub(super) documents: Vec<Document>,
    pub(super) now: sources::Files,
    pub(super) exceptions: Vec<Exception>,
    pub(super) findings: Findings,
}

impl Desk<'_> {
    /// The documents, when nothing speaks against archiving them that was not accepted.
    fn gathered(&self, faults: Findings) -> Result<Gathered, Findings> {
        let (mut scales, mut fatal) = (Scales::new(&self.order.accepted), Findings::new());
        if self.editions.is_empty() {
            let message = format!(
                "the register of {} has no edition of {}",
                self.order.partnership, self.order.year
            );
            fatal.push(
                Finding::error(crate::build::codes::NOTHING, message)
                    .hint("`tryk list` shows every edition"),
            );
        }
        // A bag without a signature or an edition that there is would be worse than none.
        fatal.append(self.loaded.damaged_records());
        fatal.append(faults);
        let others = self.loaded.findings.iter();
        let others = others.filter(|one| one.code != sign::codes::RECORD);
        weigh(others.cloned().collect(), &mut scales);
        self.chain(&mut scales);
        let now = sources::now(self.loaded, self.press, &self.order.partnership)?;
        let record = Record::default();
        let shared = Shared {
            project: self.project,
            loaded: self.loaded,
            press: self.press,
            record: &record,
            mode: Mode::Check,
            looks: false,
        };
        let policy = Policy::of(self.trust()?, self.order.day);
        let gatherer = Gatherer {
            shared: &shared,
            now: &now,
            policy: &policy,
        };
        let documents: Vec<Document> = self
            .editions
            .iter()
            .filter_map(|one| gatherer.document(one, &mut scales, &mut fatal))
            .collect();
        let (exceptions, mut findings) = scales.weighed();
        if findings.has_errors() || !fatal.is_empty() {
            findings.append(fatal);
            findings.sort();
            return Err(findings);
        }
        Ok(Gathered {
            documents,
            now,
            exceptions,
            findings,
        })
    }

    /// The bag of the latest year before this one.
    pub(super) fn previous(&self) -> Option<&Shelved> {
        self.shelf.iter().rfind(|bag| bag.year < self.order.year)
    }

    /// The latest bag of this year.
    pub(super) fn earlier(&self) -> Option<&Shelved> {
        self.shelf.iter().rfind(|bag| bag.year == self.order.year)
    }

    fn trust(&self) -> Result<Trust, Findings> {
        let mut trust = Trust::none();
        for bytes in &self.order.trust {
            trust.add(bytes).map_err(|why| {
                let finding = Finding::error(
                    codes::UNSIGNED,
                    format!("a file of trusted certificates cannot be used: {why}"),
                );
                Findings::from_iter([finding])
            })?;
        }
        Ok(trust)
    }

    fn chain(&self, scales: &mut Scales) {
        let partnerships = self.loaded.partnerships.iter();
        let rows = partnerships.flat_map(|one| &one.data.editions);
        let before = rows.filter(|row| row.year.value < self.order.year);
        let Some(before) = before.max_by_key(|row| row.year.value) else {
            return;
        };
        let year = before.year.value;
        if self.previous().is_some_and(|bag| bag.year >= year) {
            return;
        }
        let message = format!("{year} has documents, but is not archived");
        let hint = format!(
            "`tryk archive create {year} -p {}` first: each bag names the one before",
            self.order.partnership
        );
        let finding = Finding::error(codes::NO_PREVIOUS, message)
            .at(&before.row, "a document of the year before")
            .hint(hint);
        scales.put(Kind::Chain, finding);
    }

    /// Writes the bag, unless nothing in it is new.
    fn put_away(&self, gathered: Gathered, folder: &Path) -> io::Result<Archival> {
        let number = self.earlier().map_or(1, |bag| bag.number + 1);
        let name = shelf::name(&self.order.partnership, self.order.year, number);
        let mut draft = Draft::begin(folder, UNFINISHED)?;
        let set = self.contents(&gathered, &mut draft)?;
        let info = self.info(&name, &set);
        let day = self.order.day;
        let view = index::view(&name, &set, &info, day);
        draft.add(
            "index.html",
            &archive::html(&view).map_err(io::Error::other)?,
        )?;
        match index::pdf(&view, &name, day) {
            Ok(pdf) => draft.add("index.pdf", &pdf)?,
            Err(findings) => return Ok(Archival::Refused(findings)),
        };
        let finished = draft.finish(info)?;
        if let Some(earlier) = self.earlier()
            && is_same(&finished, earlier)
        {
            return Ok(Archival::Already(earlier.path.clone()));
        }
        let seal = finished.seal.clone();
        finished.publish(&name)?;
        let bag = folder.join(&name);
        let tar = match self.order.tar {
            true => Some(tar(&bag, &name, day)?),
            false => None,
        };
        Ok(Archival::Created {
            bag,
            tar,
            documents: set.editions.len(),
            seal,
            findings: gathered.findings,
        })
    }
}

/// True when a path, which need not be there yet, leads into a folder.
fn is_within(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| {
        let path = absolute(path).ok()?;
        let there = path.ancestors().find(|one| one.exists())?;
        let rest = path.strip_prefix(there).ok()?;
        Some(there.canonicalize().ok()?.join(rest))
    };
    let (path, folder) = (real(path), real(folder));
    path.zip(folder)
        .is_some_and(|(path, folder)| path.starts_with(folder))
}

/// True when a new bag has the payload of one that is there.
fn is_same(finished: &Finished, earlier: &Shelved) -> bool {
    let manifest = |bag: &Path| bag.join("manifest-sha512.txt");
    let payload = |bag: &Path| read::regular(&manifest(bag), read::LARGEST_PDF).ok();
    payload(finished.path()) == payload(&earlier.path)
}

/// Writes the tar of a bag beside it.
fn tar(bag: &Path, name: &str, day: NaiveDate) -> io::Result<PathBuf> {
    let parent = bag.parent().unwrap_or(Path::new("."));
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    let file = NamedTempFile::with_prefix_in(UNFINISHED, parent)?;
    let mut out = BufWriter::new(file.as_file());
    tarball::of_folder(bag, name, u64::try_from(midnight).unwrap_or(0), &mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    let path = parent.join(format!("{name}.tar"));
    readable_by_all(file.as_file())?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(path)
}
