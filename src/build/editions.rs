//! Which editions of the register are to be made.

use std::collections::{BTreeMap, BTreeSet};

use super::codes;
use super::entry;
use super::load::{Loaded, Partnership};
use super::name::EditionName;
use super::signed;
use crate::diagnostic::{Finding, Findings};
use crate::facts::{EditionFacts, edition_facts};
use crate::model::{Edition, Issued, Template};
use crate::project::Project;
use crate::prose;
use crate::read;

/// What was asked for; an empty list means all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Partnership folders.
    pub partnerships: Vec<String>,
    /// Template ids.
    pub documents: Vec<String>,
    /// Years.
    pub years: Vec<i32>,
}

impl Filter {
    /// True when no edition of the partnerships is left out.
    pub fn is_of_all_editions(&self) -> bool {
        self.documents.is_empty() && self.years.is_empty()
    }

    fn fits(&self, edition: &Edition) -> bool {
        let any = |list: &[String], value: &String| list.is_empty() || list.contains(value);
        any(&self.documents, &edition.document.value)
            && (self.years.is_empty() || self.years.contains(&edition.year.value))
    }
}

/// An edition that is to be made, with its facts.
pub struct Planned<'a> {
    /// The partnership.
    pub partnership: &'a Partnership,
    /// Its template.
    pub template: &'a Template,
    /// Its row in the register.
    pub edition: &'a Edition,
    /// What it may print.
    pub facts: EditionFacts,
    /// The PDF's title.
    pub title: String,
    /// Where the PDF goes, below the output folder, with `/`.
    pub output: String,
    /// The highest revision of the document and year.
    latest: u32,
}

impl Planned<'_> {
    /// The stable identity of the edition: partnership, document, year, revision.
    pub fn ident(&self) -> String {
        let edition = self.edition;
        format!(
            "{}/{}/{}/r{}",
            self.partnership.name,
            edition.document.value,
            edition.year.value,
            edition.revision.value
        )
    }

    /// Its entry in `issued.json`, when it was issued.
    pub fn issued(&self) -> Option<&Issued> {
        issued(self.partnership, self.edition)
    }

    /// What is kept of it when it was signed; none when that is damaged, of which a finding tells.
    pub fn signed(&self) -> Option<&signed::Record> {
        let edition = self.edition;
        let (document, year) = (&edition.document.value, edition.year.value);
        self.partnership
            .signed(document, year, edition.revision.value)
    }

    /// Where that is kept, below the partnership's folder, with `/`.
    pub fn signed_folder(&self) -> String {
        let edition = self.edition;
        let (document, year) = (&edition.document.value, edition.year.value);
        signed::folder(document, year, edition.revision.value)
    }

    /// True when a newer revision has taken its place.
    pub fn is_superseded(&self) -> bool {
        self.latest > self.edition.revision.value
    }
}

/// The editions that fit a filter, in the order of their dates: the highest revision of each document and year, and every earlier one
/// that was issued. A draft that a newer revision has replaced is none.
pub fn planned<'a>(loaded: &'a Loaded, filter: &Filter) -> (Vec<Planned<'a>>, Findings) {
    let mut findings = Findings::new();
    let mut all = Vec::new();
    for partnership in &loaded.partnerships {
        for (edition, latest) in current(partnership) {
            let template = loaded
                .templates
                .iter()
                .find(|one| one.id.value == edition.document.value);
            let Some(template) = template else { continue };
            match plan(partnership, template, edition, latest) {
                Ok(planned) => all.push(planned),
                Err(finding) => findings.push(*finding),
            }
        }
    }
    let mut all = apart(all, &mut findings);
    all.retain(|one| {
        let elsewhere = one
            .issued()
            .and_then(|issued| entry::elsewhere(one, issued));
        let stays = elsewhere.is_none();
        findings.extend(elsewhere);
        stays
    });
    all.retain(|one| filter.fits(one.edition));
    (all, findings)
}

/// The edition of a name, and what is wrong with others.
///
/// # Errors
/// What is wrong with the register or the inputs where that may be why, else that no register has it.
pub fn named<'a>(
    project: &Project,
    loaded: &'a Loaded,
    name: &EditionName,
) -> Result<(Planned<'a>, Findings), Findings> {
    let (editions, faults) = planned(loaded, &Filter::default());
    match editions.into_iter().find(|one| name.means(one)) {
        Some(planned) => Ok((planned, faults)),
        None if faults.has_errors() => Err(faults),
        None if loaded.findings.has_errors() => Err(loaded.findings.clone()),
        None => Err(Findings::from_iter([unknown(project, name)])),
    }
}

/// The finding about an edition that no register has.
pub fn unknown(project: &Project, name: &EditionName) -> Finding {
    let message = format!(
        "there is no edition {name} in the registers under {}",
        project.inputs_shown()
    );
    Finding::error(codes::NOTHING, message).hint("`tryk list` shows every edition")
}

/// The editions that have a PDF, with the highest revision of their document and year.
fn current(partnership: &Partnership) -> Vec<(&Edition, u32)> {
    let all = &partnership.data.editions;
    let mut latest: BTreeMap<(&str, i32), u32> = BTreeMap::new();
    for edition in all {
        let known = latest.entry(key(edition)).or_default();
        *known = edition.revision.value.max(*known);
    }
    let mut editions: Vec<(&Edition, u32)> = all
        .iter()
        .map(|one| (one, latest[&key(one)]))
        .filter(|(one, latest)| one.revision.value == *latest || issued(partnership, one).is_some())
        .collect();
    editions.sort_by_key(|(one, _)| (one.date.value, one.year.value, one.revision.value));
    // A row that stands twice is a finding; it is one edition all the same.
    let mut seen = BTreeSet::new();
    editions.retain(|(one, _)| seen.insert((key(one), one.revision.value)));
    editions
}

fn key(edition: &Edition) -> (&str, i32) {
    (&edition.document.value, edition.year.value)
}

fn issued<'a>(partnership: &'a Partnership, edition: &Edition) -> Option<&'a Issued> {
    let (document, year) = key(edition);
    let mut issued = partnership.data.issued.iter();
    issued.find(|one| one.is(document, year, edition.revision.value))
}

fn plan<'a>(
    partnership: &'a Partnership,
    template: &'a Template,
    edition: &'a Edition,
    latest: u32,
) -> Result<Planned<'a>, Box<Finding>> {
    let facts = edition_facts(&partnership.data, edition, template);
    let title = prose::line(&template.title, &facts)?;
    let output = prose::line(&template.output, &facts)?;
    let output = of_revision(output, edition.revision.value, &template.output.value);
    let inside = output.split('/').all(|part| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0'])
    });
    let is_in_archive = read::is_of_the_archive(&output);
    if !inside || is_in_archive || !output.ends_with(".pdf") || output.len() > 200 {
        return Err(Box::new(
            Finding::error(
                codes::OUTPUT_PATH,
                format!("'{output}' is no place for a PDF in the output folder"),
            )
            .at(&template.output.place, "leads elsewhere")
            .expected(
                "a relative path with `/`, without `..`, not below archive/, that ends in .pdf",
            ),
        ));
    }
    Ok(Planned {
        partnership,
        template,
        edition,
        facts,
        title,
        output,
        latest,
    })
}

/// A later revision has a file of its own, `…-rev2.pdf`, unless the pattern names the revision itself.
fn of_revision(output: String, revision: u32, pattern: &str) -> String {
    match output.strip_suffix(".pdf") {
        Some(stem) if revision > 1 && !pattern.contains("revision") => {
            format!("{stem}-rev{revision}.pdf")
        }
        _ => output,
    }
}

/// The editions that have a file of their own; of those that share one, none is made, since the last would win.
///
/// On some disks `A.pdf` and `a.pdf` are one file, so paths are compared in lower case.
fn apart<'a>(all: Vec<Planned<'a>>, findings: &mut Findings) -> Vec<Planned<'a>> {
    let mut taken: BTreeMap<String, &Planned<'_>> = BTreeMap::new();
    let mut shared = BTreeSet::new();
    for one in &all {
        let path = one.output.to_lowercase();
        let Some(first) = taken.insert(path.clone(), one) else {
            continue;
        };
        shared.insert(path);
        findings.push(
            Finding::error(
                codes::SAME_OUTPUT,
                format!("two editions would be written to {}", one.output),
            )
            .at(&one.edition.row, "this edition")
            .and(&first.edition.row, "and this one")
            .and(&one.template.output.place, "the path's pattern")
            .hint("add {{ partnership.id }} or {{ edition.year }} to the pattern"),
        );
    }
    all.into_iter()
        .filter(|one| !shared.contains(&one.output.to_lowercase()))
        .collect()
}
