//! The kept states of a signed edition: `signed/<document>-<year>-r<revision>/1-<field>.pdf`, `2-<field>.pdf` and so on.
//!
//! Comes in: an issued edition and its PDF. Goes out: its states, each of which begins with the bytes of the one before, and who has
//! signed. Must not overwrite one: a signed PDF cannot be made again.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;

use serde::Serialize;

use super::editions::Planned;
use super::lock::UNFINISHED;
use super::write::write_new;
use crate::diagnostic::Finding;
use crate::project::Project;
use crate::sign::codes;
use crate::sign::field::{self, SignatureField};

/// The folder of signed PDFs, below the partnership's.
const FOLDER: &str = "signed";

/// The plain copy that signing services get, in the same folder.
const COPY: &str = "til-underskrift.pdf";

/// A kept state: the document with one signature more.
#[derive(Debug)]
pub struct SignedState {
    /// Its number, from 1.
    number: usize,
    /// The field that it signs.
    field: String,
    /// Its name in the folder.
    name: String,
    /// The PDF.
    pub pdf: Vec<u8>,
}

/// Who has signed an edition and who has not, by party, or by field where no signatory has the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signatures {
    /// Who has, in the order of the form.
    pub signed: Vec<String>,
    /// Who has not.
    pub missing: Vec<String>,
}

impl std::fmt::Display for Signatures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (signed, missing) = (self.signed.join(", "), self.missing.join(", "));
        match (self.signed.is_empty(), self.missing.is_empty()) {
            (true, _) => write!(f, "signed by nobody; missing {missing}"),
            (false, true) => write!(f, "signed by all: {signed}"),
            (false, false) => write!(f, "signed by {signed}; missing {missing}"),
        }
    }
}

/// The folder of an edition's states, below the partnership's, with `/`.
pub fn folder(planned: &Planned<'_>) -> String {
    let edition = planned.edition;
    format!(
        "{FOLDER}/{}-{}-r{}",
        edition.document.value, edition.year.value, edition.revision.value
    )
}

/// The kept states of an edition that was issued as `issued`, in their order; none when nobody has signed.
///
/// # Errors
/// A finding when they do not follow on one another.
pub fn states(
    project: &Project,
    planned: &Planned<'_>,
    issued: &[u8],
) -> Result<Vec<SignedState>, Box<Finding>> {
    let place = place(project, planned);
    let shown = shown(project, planned);
    let broken = |what: String| {
        let finding = Finding::error(codes::RECORD, what)
            .at(&planned.edition.row, "this edition")
            .hint("put the folder back from the archive or a backup; signed PDFs cannot be made again");
        Box::new(finding)
    };
    let mut states =
        read(&place).map_err(|error| broken(format!("{shown} cannot be read: {error}")))?;
    states.sort_by_key(|one| one.number);
    let mut before = issued;
    for (at, state) in states.iter().enumerate() {
        if state.number != at + 1 {
            return Err(broken(format!("{shown} has no state {}", at + 1)));
        }
        if !state.pdf.starts_with(before) || state.pdf.len() == before.len() {
            return Err(broken(format!(
                "{shown}/{} does not begin with the bytes of the state before",
                state.name
            )));
        }
        let named: BTreeSet<&str> = states
            .iter()
            .take(at + 1)
            .map(|one| one.field.as_str())
            .collect();
        let fields = field::list(&state.pdf, &format!("{shown}/{}", state.name))
            .map_err(|finding| broken(finding.message))?;
        let signed = fields
            .iter()
            .filter(|one| one.signed)
            .map(|one| one.name.as_str());
        if signed.collect::<BTreeSet<&str>>() != named {
            return Err(broken(format!(
                "{shown}/{} is signed in other fields than the names of the files say",
                state.name
            )));
        }
        before = &state.pdf;
    }
    Ok(states)
}

/// Who has signed a PDF of an edition; none when it has no signature fields.
pub fn signatures(planned: &Planned<'_>, pdf: &[u8]) -> Option<Signatures> {
    let fields = field::list(pdf, &planned.output).ok()?;
    let party = |field: &SignatureField| {
        let mut all = planned.partnership.data.signatories.iter();
        all.find(|one| one.field == *field.name)
            .map_or_else(|| field.name.clone(), |one| one.party.value.clone())
    };
    let of = |signed: bool| -> Vec<String> {
        let fitting = fields.iter().filter(|one| one.signed == signed);
        fitting.map(party).collect()
    };
    (!fields.is_empty()).then(|| Signatures {
        signed: of(true),
        missing: of(false),
    })
}

/// Keeps the next state; gives its path as people know it.
///
/// # Errors
/// What the operating system says.
pub fn keep(
    project: &Project,
    planned: &Planned<'_>,
    number: usize,
    field: &str,
    pdf: &[u8],
) -> io::Result<String> {
    let name = format!("{number}-{field}.pdf");
    let below = format!("{}/{name}", folder(planned));
    let store = project.inputs.join(&planned.partnership.name);
    write_new(&store, &below, pdf)?;
    Ok(format!("{}/{name}", shown(project, planned)))
}

/// The plain copy for signing services, when one was made.
pub fn copy(project: &Project, planned: &Planned<'_>) -> Option<Vec<u8>> {
    fs::read(place(project, planned).join(COPY)).ok()
}

/// Where the plain copy goes below the output folder: `…-til-underskrift.pdf`.
pub fn copy_output(output: &str) -> String {
    format!("{}-{COPY}", output.trim_end_matches(".pdf"))
}

/// Keeps the plain copy; gives its path as people know it.
///
/// # Errors
/// What the operating system says.
pub fn keep_copy(project: &Project, planned: &Planned<'_>, pdf: &[u8]) -> io::Result<String> {
    let store = project.inputs.join(&planned.partnership.name);
    write_new(&store, &format!("{}/{COPY}", folder(planned)), pdf)?;
    Ok(format!("{}/{COPY}", shown(project, planned)))
}

fn place(project: &Project, planned: &Planned<'_>) -> PathBuf {
    let store = project.inputs.join(&planned.partnership.name);
    store.join(folder(planned))
}

fn shown(project: &Project, planned: &Planned<'_>) -> String {
    let (inputs, partnership) = (project.inputs_shown(), &planned.partnership.name);
    format!("{inputs}/{partnership}/{}", folder(planned))
}

fn read(folder: &PathBuf) -> io::Result<Vec<SignedState>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut states = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let parts = name
            .strip_suffix(".pdf")
            .filter(|_| !name.starts_with(UNFINISHED))
            .and_then(|stem| stem.split_once('-'));
        let Some((number, field)) = parts else {
            continue;
        };
        if let Ok(number) = number.parse() {
            states.push(SignedState {
                number,
                field: field.to_owned(),
                pdf: fs::read(entry.path())?,
                name,
            });
        }
    }
    Ok(states)
}
