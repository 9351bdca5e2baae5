//! `tryk verify`: what is proven about signed PDFs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

mod print;

use super::terminal::Terminal;
use super::{Ending, clock};
use crate::build::{EditionName, Known, Origin, how_to_make, known};
use crate::cli::VerifyArgs;
use crate::diagnostic::Findings;
use crate::ledger;
use crate::project::Project;
use crate::read::{LARGEST_PDF, regular};
use crate::sign::verify::{
    Base, Counterparts, Expectation, Settings, Trust, Verdict, Word, counterparts, verify,
};

/// The format that the JSON declares.
const FORMAT: &str = "tryk-verify/1";

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &VerifyArgs) -> io::Result<Ending> {
    match judged(project, args) {
        Ok(report) => {
            let mut out = terminal.out();
            if args.json {
                serde_json::to_writer_pretty(&mut out, &report)?;
                writeln!(out)?;
            } else if !terminal.quiet {
                report.print(&mut out)?;
            }
            Ok(match report.word() {
                Word::Complete => Ending::Clean,
                _ => Ending::Findings,
            })
        }
        Err(Stopped::Findings(findings)) => {
            terminal.findings(&findings)?;
            Ok(Ending::Failure)
        }
        Err(Stopped::Failure(failure)) => {
            terminal.failures(&[failure])?;
            Ok(Ending::Failure)
        }
    }
}

enum Stopped {
    Findings(Findings),
    Failure(String),
}

/// Everything that is said.
#[derive(Serialize)]
struct Report {
    format: &'static str,
    files: Vec<FileReport>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counterparts: Option<Counterparts>,
}

/// What is said about a file.
#[derive(Serialize)]
struct FileReport {
    file: String,
    /// The edition it was held against.
    edition: Option<String>,
    /// Where the edition's own bytes are from.
    origin: Option<Origin>,
    /// With counterparts the verdicts stand there.
    #[serde(flatten)]
    verdict: Option<Verdict>,
}

fn judged(project: &Project, args: &VerifyArgs) -> Result<Report, Stopped> {
    let mut trust = Trust::none();
    for path in &args.trust {
        let added = trust.add(&read(project, path)?);
        added.map_err(|why| Stopped::Failure(format!("{}: {why}", path.display())))?;
    }
    let settings = Settings {
        trust: &trust,
        now: u64::try_from(clock::now().and_utc().timestamp()).ok(),
    };
    let base = args.base.as_deref();
    let base = base.map(|path| read(project, path)).transpose()?;
    let asked = args.edition.as_deref().map(name).transpose()?;
    let mut files = Vec::new();
    for path in &args.files {
        files.push((path, read(project, path)?));
    }
    if args.counterparts {
        return together(project, asked.as_ref(), base.as_deref(), &files, &settings);
    }
    let mut reports = Vec::new();
    for (path, bytes) in &files {
        let about = about(project, asked.as_ref(), base.is_some(), bytes)?;
        let expectation = match (&about, &base) {
            (Some(about), _) => about.expectation(),
            (None, Some(base)) => Expectation {
                base: Base::Bytes(base),
                ..Expectation::none()
            },
            (None, None) => Expectation::none(),
        };
        let verdict = verify(bytes, &expectation, &settings);
        let origin = about.as_ref().map(|about| about.origin);
        reports.push(FileReport::new(path, about.as_ref(), origin, Some(verdict)));
    }
    Ok(Report {
        format: FORMAT,
        files: reports,
        counterparts: None,
    })
}

fn together(
    project: &Project,
    asked: Option<&EditionName>,
    base: Option<&[u8]>,
    files: &[(&PathBuf, Vec<u8>)],
    settings: &Settings<'_>,
) -> Result<Report, Stopped> {
    let first = files.first().map_or(&[][..], |(_, bytes)| bytes);
    let about = about(project, asked, base.is_some(), first)?;
    let own = match (&about, base) {
        (Some(about), _) => Base::Bytes(about.copy.as_deref().unwrap_or(&about.pdf)),
        (None, Some(base)) => Base::Bytes(base),
        (None, None) => Base::Unknown,
    };
    let bytes: Vec<&[u8]> = files.iter().map(|(_, bytes)| bytes.as_slice()).collect();
    let signers = about.as_ref().map(|about| about.signers.as_slice());
    let verdict = counterparts(&bytes, own, signers, settings);
    let origin = about.as_ref().map(|about| match about.copy {
        Some(_) => Origin::Copy,
        None => about.origin,
    });
    let files = files.iter();
    Ok(Report {
        format: FORMAT,
        files: files
            .map(|(path, _)| FileReport::new(path, about.as_ref(), origin, None))
            .collect(),
        counterparts: Some(verdict),
    })
}

/// What the register knows: of the edition that was asked for, else of the one that the PDF says it is.
fn about(
    project: &Project,
    asked: Option<&EditionName>,
    has_base: bool,
    bytes: &[u8],
) -> Result<Option<Known>, Stopped> {
    if let Some(name) = asked {
        return known(project, name).map(Some).map_err(Stopped::Findings);
    }
    let told = ledger::read(bytes, "").ok().filter(|_| !has_base);
    let Some(edition) = told.map(|ledger| ledger.edition) else {
        return Ok(None);
    };
    let name = EditionName {
        partnership: edition.partnership,
        document: edition.document,
        year: edition.year,
        revision: Some(edition.revision),
    };
    // Whoever has only the PDF, and not the inputs, still gets everything that the PDF alone proves.
    let is_here = project.inputs.join(&name.partnership).is_dir()
        && !name.partnership.contains(['/', '\\', '.']);
    match is_here {
        true => known(project, &name).map(Some).map_err(Stopped::Findings),
        false => Ok(None),
    }
}

fn name(text: &str) -> Result<EditionName, Stopped> {
    text.parse()
        .map_err(|fault| Stopped::Failure(format!("'{text}' names no edition: {fault}")))
}

fn read(project: &Project, path: &Path) -> Result<Vec<u8>, Stopped> {
    regular(path, LARGEST_PDF).map_err(|error| {
        let how = match path.exists() {
            true => None,
            false => how_to_make(project, path),
        };
        let how = how.map_or(String::new(), |how| format!("; {how}"));
        Stopped::Failure(format!("{} cannot be read: {error}{how}", path.display()))
    })
}

impl FileReport {
    fn new(
        path: &Path,
        about: Option<&Known>,
        origin: Option<Origin>,
        verdict: Option<Verdict>,
    ) -> Self {
        Self {
            file: path.display().to_string(),
            edition: about.map(|about| about.ident.clone()),
            origin,
            verdict,
        }
    }
}

impl Report {
    /// The worst word.
    fn word(&self) -> Word {
        let files = self.files.iter().filter_map(|one| one.verdict.as_ref());
        let together = self.counterparts.iter().map(|one| one.word);
        let words = files.map(|one| one.word).chain(together);
        words.max().unwrap_or(Word::Unreadable)
    }
}
