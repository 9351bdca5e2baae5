//! `tryk sign`: the ways to sign, one file each.

mod attach;
mod copy;
mod import;
mod local;
mod prepare;
mod secret;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use chrono::{NaiveDateTime, NaiveTime};
use x509_cert::Certificate;

use super::terminal::Terminal;
use super::{Ending, clock};
use crate::build::{Event, Paper, Shown, Stopped, Target};
use crate::cli::{SignCommand, WhatArgs};
use crate::diagnostic::Findings;
use crate::project::Project;
use crate::read::{LARGEST_PDF, regular};
use crate::sign::append::{Base, Claim};
use crate::sign::cms::certificate;
use crate::sign::phases::{Prepared, Sealed, may_sign};
use crate::sign::timestamp;

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, command: &SignCommand) -> io::Result<Ending> {
    let desk = Counter { project, terminal };
    let said = match command {
        SignCommand::Local(args) => desk.local(args),
        SignCommand::Prepare(args) => desk.prepare(args),
        SignCommand::Attach(args) => desk.attach(args),
        SignCommand::Copy { edition } => desk.copy(edition),
        SignCommand::Import(args) => desk.import(args),
    };
    match said {
        Ok(lines) => {
            if !terminal.quiet {
                let mut out = terminal.out();
                lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
            }
            Ok(Ending::Clean)
        }
        Err(Stopped::Findings(findings)) => {
            terminal.findings(&findings)?;
            Ok(Ending::Findings)
        }
        Err(Stopped::Failure(failure)) => {
            terminal.failures(&[failure])?;
            Ok(Ending::Failure)
        }
    }
}

/// Where somebody asks for a signature.
struct Counter<'a> {
    project: &'a Project,
    terminal: &'a Terminal,
}

impl Counter<'_> {
    fn waiting(&self, event: Event<'_>) {
        if let Event::Waiting(holder) = event {
            self.terminal.waiting(holder);
        }
    }

    /// Prepares a field of a document for a signer, who may not be known yet.
    fn prepared(
        &self,
        paper: &Paper<'_>,
        what: &WhatArgs,
        chain: &[Certificate],
    ) -> Result<Prepared, Stopped> {
        let base = Base::read(paper.pdf.clone(), &paper.shown)?;
        let field = base.empty_field(&what.field)?;
        let time = time(what);
        let signatory = paper.signatory(&field.name);
        // With an organisation's certificate nobody signs in person, unless the caller says who.
        let seal = what.name.is_none() && chain.first().is_some_and(certificate::is_seal);
        let known = signatory.and_then(|one| one.name.as_ref());
        let name = what
            .name
            .clone()
            .or_else(|| known.filter(|_| !seal).map(|name| name.value.clone()))
            .or_else(|| chain.first().map(certificate::subject))
            .ok_or_else(|| {
                let asked = "who signs is not known: give --name, or the certificate with --cert";
                Stopped::Failure(asked.to_owned())
            })?;
        if let Some(signer) = chain.first() {
            may_sign(signer, time)?;
        }
        let shown = Shown {
            name: name.clone(),
            seal,
            title: signatory
                .filter(|_| !seal)
                .map(|one| one.title.value.clone()),
            organisation: signatory.map(|one| one.organisation.value.clone()),
            time,
        };
        let appearance = paper.appearance(&field, &shown)?;
        let claim = Claim { name, time };
        Ok(Prepared::new(
            &base,
            &field.name,
            &claim,
            Some(&appearance),
        )?)
    }

    /// Adds a time stamp of an authority, when one is named.
    fn stamped(&self, sealed: Sealed, authority: Option<&str>) -> Result<Sealed, Stopped> {
        let Some(address) = authority else {
            return Ok(sealed);
        };
        let request = timestamp::request(sealed.value())?;
        let answer = timestamp::fetch(address, &request)?;
        let token = timestamp::token(&answer, sealed.value())?;
        Ok(sealed.stamped(&token)?)
    }

    /// Says what is unwanted but does no harm.
    fn warn(&self, warnings: &Findings) -> Result<(), Stopped> {
        let printed = self.terminal.findings(warnings);
        printed.map_err(|error| Stopped::Failure(error.to_string()))
    }
}

/// The time that a signature claims: the beginning of a given day, or this second.
fn time(what: &WhatArgs) -> NaiveDateTime {
    what.date
        .map_or_else(clock::now, |day| day.and_time(NaiveTime::MIN))
}

/// A PDF is named by its path, which ends in `.pdf`; everything else is the name of an edition.
fn target(text: &str) -> Result<Target, Stopped> {
    let is_file = Path::new(text)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("pdf"));
    if is_file {
        return Ok(Target::File(text.into()));
    }
    let name = text
        .parse()
        .map_err(|fault| Stopped::Failure(format!("'{text}' names no edition: {fault}")))?;
    Ok(Target::Edition(name))
}

/// A PDF outside the register needs a place of its own, and no place may be taken: it would be found out when the signature is kept.
fn needs_output(target: &Target, output: Option<&Path>) -> Result<(), Stopped> {
    if let Some(taken) = output.filter(|path| path.exists()) {
        return Err(Stopped::Failure(format!(
            "{} is there, and a signed PDF takes no other file's place",
            taken.display()
        )));
    }
    match target {
        Target::File(_) if output.is_none() => Err(Stopped::Failure(
            "a PDF outside the register needs --output PDF: it is never overwritten".to_owned(),
        )),
        _ => Ok(()),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Stopped> {
    regular(path, LARGEST_PDF).map_err(|error| unreadable(path, &error.to_string()))
}

/// A key or certificates, which may come from a pipe such as `<(…)`.
fn read_small(path: &Path) -> Result<Vec<u8>, Stopped> {
    const MOST: u64 = 1 << 20;
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    match read {
        Ok(read) if read as u64 > MOST => Err(unreadable(
            path,
            "it is larger than 1 MB, the most that is read",
        )),
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(path, &error.to_string())),
    }
}

fn unreadable(path: &Path, why: &str) -> Stopped {
    Stopped::Failure(format!("{} cannot be read: {why}", path.display()))
}

/// The certificates of some files, in their order.
fn certificates<'a>(
    paths: impl IntoIterator<Item = &'a std::path::PathBuf>,
) -> Result<Vec<Certificate>, Stopped> {
    let mut all = Vec::new();
    for path in paths {
        all.extend(certificate::read(
            &read_small(path)?,
            &path.display().to_string(),
        )?);
    }
    Ok(all)
}

/// What became of a signature, for people.
fn told(paper: &Paper<'_>, field: &str, signer: &str, kept: &[String]) -> Vec<String> {
    let mut lines = vec![
        format!("signed   {}", paper.shown),
        format!("field    {field}"),
        format!("signer   {signer}"),
    ];
    lines.extend(places(kept));
    lines
}

/// What there is to say besides: others signed in another way.
fn note(paper: &Paper<'_>, in_copy: bool) -> Option<String> {
    let what = paper.mixed(in_copy)?;
    Some(format!("note     {what}"))
}

/// Where something is kept: the first place is the record, the others are copies of it.
fn places(kept: &[String]) -> impl Iterator<Item = String> {
    kept.iter().enumerate().map(|(at, path)| {
        let word = if at == 0 { "kept as " } else { "also as " };
        format!("{word} {path}")
    })
}
