//! `tryk verify`: what is proven about signed PDFs.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::terminal::Terminal;
use super::{Ending, clock};
use crate::build::{EditionName, Known, Origin, known};
use crate::cli::VerifyArgs;
use crate::diagnostic::Findings;
use crate::ledger;
use crate::project::Project;
use crate::sign::verify::{
    Base, BaseVerdict, Counterparts, Expectation, Level, Proof, Reason, RevisionKind, Settings,
    SignatureVerdict, Trust, Verdict, Word, counterparts, verify,
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
        let added = trust.add(&read(path)?);
        added.map_err(|why| Stopped::Failure(format!("{}: {why}", path.display())))?;
    }
    let settings = Settings {
        trust: &trust,
        now: u64::try_from(clock::now().and_utc().timestamp()).ok(),
    };
    let base = args.base.as_deref().map(read).transpose()?;
    let asked = args.edition.as_deref().map(name).transpose()?;
    let mut files = Vec::new();
    for path in &args.files {
        files.push((path, read(path)?));
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
        reports.push(FileReport::new(path, about.as_ref(), Some(verdict)));
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
    let files = files.iter();
    Ok(Report {
        format: FORMAT,
        files: files
            .map(|(path, _)| FileReport::new(path, about.as_ref(), None))
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

fn read(path: &Path) -> Result<Vec<u8>, Stopped> {
    fs::read(path)
        .map_err(|error| Stopped::Failure(format!("{} cannot be read: {error}", path.display())))
}

impl FileReport {
    fn new(path: &Path, about: Option<&Known>, verdict: Option<Verdict>) -> Self {
        Self {
            file: path.display().to_string(),
            edition: about.map(|about| about.ident.clone()),
            origin: about.map(|about| about.origin),
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

    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        if let Some(all) = &self.counterparts {
            for (file, copy) in self.files.iter().zip(&all.copies) {
                let party = copy.party.as_deref().unwrap_or("nobody in the register");
                file.print(&copy.verdict, &format!(" (signed for {party})"), out)?;
            }
            writeln!(out, "counterparts: {}", all.word.as_str())?;
            return reasons(&all.reasons, "  ", out);
        }
        for file in &self.files {
            if let Some(verdict) = &file.verdict {
                file.print(verdict, "", out)?;
            }
        }
        Ok(())
    }
}

impl FileReport {
    fn print(&self, verdict: &Verdict, note: &str, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}: {}{note}", self.file, verdict.word.as_str())?;
        writeln!(out, "  document  {}", self.document(verdict))?;
        for revision in &verdict.revisions {
            let field = revision.field.as_deref().unwrap_or_default();
            let kind = match revision.kind {
                RevisionKind::Base => "the document",
                RevisionKind::Signature => "signs",
                RevisionKind::AddedSignature => "adds an invisible field and signs",
                RevisionKind::DocumentTimestamp => "stamps the time of the whole document",
                RevisionKind::ValidationData => "adds data for later validation",
                RevisionKind::Other => "changes something else",
            };
            writeln!(out, "  revision {} {kind} {field}", revision.number)?;
        }
        for one in &verdict.signatures {
            signature(one, out)?;
        }
        reasons(&verdict.reasons, "  ", out)
    }

    fn document(&self, verdict: &Verdict) -> String {
        let edition = self.edition.as_deref().unwrap_or("not in the register");
        let bytes = match (verdict.base, self.origin) {
            (BaseVerdict::Same, Some(Origin::Issued)) => "its bytes are those that were issued",
            (BaseVerdict::Same, Some(Origin::Rebuilt)) => {
                "its bytes are those that today's data give"
            }
            (BaseVerdict::Same, None) => "its bytes are those that were given",
            (BaseVerdict::Differs, _) => "its bytes are others",
            (BaseVerdict::Unknown, _) => "its bytes were compared with nothing",
        };
        format!("{edition}; {bytes}")
    }
}

fn signature(one: &SignatureVerdict, out: &mut impl Write) -> io::Result<()> {
    let level = match one.level {
        Level::Passed => "PASSED",
        Level::Indeterminate => "INDETERMINATE",
        Level::Failed => "FAILED",
    };
    writeln!(out, "  {}: {level}", one.field)?;
    if let Some(signer) = &one.signer {
        let organisation = signer.organisation.as_ref();
        let organisation = organisation.map_or(String::new(), |name| format!(", {name}"));
        writeln!(
            out,
            "    by {}{organisation} (certificate by {})",
            signer.name, signer.issuer
        )?;
    }
    if let Some(time) = &one.time {
        let proof = match time.proof {
            Proof::Timestamp => "proven by a time stamp",
            Proof::Claimed => "as the signer says",
        };
        writeln!(out, "    at {}, {proof}", time.at)?;
    }
    if let Some(algorithm) = &one.algorithm {
        writeln!(out, "    with {algorithm}")?;
    }
    reasons(&one.reasons, "    ", out)
}

/// Reasons, those that fail first; notes last.
fn reasons(all: &[Reason], indent: &str, out: &mut impl Write) -> io::Result<()> {
    let mut all: Vec<&Reason> = all.iter().collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.kind.level));
    for one in all {
        let level = match one.kind.level {
            Level::Failed => "failed",
            Level::Indeterminate => "not proven",
            Level::Passed => "note",
        };
        let place = one.place.as_ref();
        let place = place.map_or(String::new(), |place| format!(" ({place})"));
        writeln!(
            out,
            "{indent}{level}[{}]: {}{place}",
            one.kind.code, one.text
        )?;
    }
    Ok(())
}
