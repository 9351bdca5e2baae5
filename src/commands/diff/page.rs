//! What differs, for people: one document in full, or a line for each of many.

use std::io::{self, Write};

use super::super::words::{HEAD, QUIET, counted};
use super::{figures, making, texts};
use crate::build::diff::{Answer, Compared, From, SideEntry};

/// Prints the answers; one that was asked for is told in full.
pub(super) fn print(answers: &[Answer], in_full: bool, out: &mut dyn Write) -> io::Result<()> {
    if in_full {
        for (answer, compared) in answers
            .iter()
            .filter_map(|one| Some((one, one.compared.as_deref()?)))
        {
            full(answer, compared, out)?;
        }
        return Ok(());
    }
    let width = answers
        .iter()
        .map(|one| one.edition.chars().count())
        .max()
        .unwrap_or(0);
    for answer in answers {
        let told = match (&answer.compared, &answer.nothing) {
            (Some(compared), _) => format!(
                "{}  {QUIET}since {}{QUIET:#}",
                summary(compared),
                since(&compared.old)
            ),
            (None, Some(why)) => format!("{QUIET}nothing to compare with: {why}{QUIET:#}"),
            (None, None) => continue,
        };
        writeln!(out, "{:<width$}  {told}", answer.edition)?;
    }
    if answers
        .iter()
        .any(|one| one.compared.as_ref().is_some_and(|one| !one.identical))
    {
        writeln!(
            out,
            "\n`tryk diff EDITION` tells what, and `--pdf FILE` makes a redline of it."
        )?;
    }
    Ok(())
}

fn full(answer: &Answer, compared: &Compared, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{HEAD}{}{HEAD:#}  {}",
        answer.edition,
        summary(compared)
    )?;
    writeln!(out, "  {QUIET}old{QUIET:#}  {}", side(&compared.old))?;
    writeln!(out, "  {QUIET}new{QUIET:#}  {}", side(&compared.new))?;
    let parts = [
        figures::told(compared),
        texts::told(compared),
        making::told(compared),
    ];
    for part in parts.iter().filter(|part| !part.is_empty()) {
        write!(out, "\n{part}")?;
    }
    Ok(())
}

/// `2 figures, 3 texts`, or in what else they differ.
fn summary(compared: &Compared) -> String {
    if compared.identical {
        return "no difference".to_owned();
    }
    if compared.says_the_same() {
        return "the same figures and words, set otherwise".to_owned();
    }
    let data = compared.of_the_data().count();
    let own = compared.figures.len() - data;
    let words = compared
        .texts
        .iter()
        .filter(|one| !one.figures_only)
        .count();
    let parts = [
        (data, counted(data, "figure")),
        (words, counted(words, "text")),
        (
            own,
            format!("{} of the edition itself", counted(own, "figure")),
        ),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(_, part)| part).collect();
    match parts.as_slice() {
        [] => "figures in texts".to_owned(),
        some => some.join(", "),
    }
}

/// `revision 1, issued on 2019-01-29`.
fn since(side: &SideEntry) -> String {
    let revision = side.edition.revision;
    match (side.from, &side.issued) {
        (From::Issued, Some(day)) => format!("revision {revision} was issued on {day}"),
        (From::Output, _) => "it was last built".to_owned(),
        _ => format!("revision {revision}"),
    }
}

fn side(side: &SideEntry) -> String {
    let edition = &side.edition;
    let what = format!(
        "revision {}, {} of {}",
        edition.revision, edition.status, edition.date
    );
    let from = match (side.from, &side.file) {
        (From::WorkingData, _) => "as the data and texts are now".to_owned(),
        (From::Issued, file) => {
            let day = side.issued.as_deref().unwrap_or_default();
            format!("issued on {day}: {}", file.as_deref().unwrap_or_default())
        }
        (From::Output, file) => format!("as last built: {}", file.as_deref().unwrap_or_default()),
        (From::File, file) => file.clone().unwrap_or_default(),
    };
    format!("{what}, {from}")
}
