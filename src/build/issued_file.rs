//! The shape of `issued.json` as it is written; `read/` reads it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::editions::Planned;
use super::made::Made;
use crate::facts::label;
use crate::model::{Issued, Making};
use crate::read;

/// The whole file.
#[derive(Serialize)]
pub struct IssuedFile {
    format: &'static str,
    editions: Vec<Entry>,
}

/// An issued edition.
#[derive(Serialize)]
pub struct Entry {
    document: String,
    year: i32,
    revision: u32,
    issued: String,
    output: String,
    pdf: String,
    sha256: String,
    ledger: String,
    pages: usize,
    making: Makings,
    figures: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<String>,
}

#[derive(Serialize)]
struct Makings {
    tool: String,
    engine: String,
    fonts: String,
    data: String,
    text: String,
    templates: BTreeMap<String, String>,
}

impl IssuedFile {
    /// The file with the earlier entries as they were, and a new one.
    pub fn with(earlier: &[Issued], entry: Entry) -> Self {
        let mut editions: Vec<Entry> = earlier.iter().map(Entry::again).collect();
        editions.push(entry);
        Self {
            format: read::ISSUED_FORMAT,
            editions,
        }
    }

    /// Its bytes; the same entries give the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("its keys are texts");
        bytes.push(b'\n');
        bytes
    }
}

impl Entry {
    /// The entry of an edition that is issued on a day; `pdf` is where it is kept below the partnership's folder, and `sources` the
    /// digest of what is kept beside it.
    pub fn new(
        planned: &Planned<'_>,
        made: &Made,
        pdf: &str,
        sources: String,
        day: NaiveDate,
    ) -> Self {
        let edition = planned.edition;
        Self {
            document: edition.document.value.clone(),
            year: edition.year.value,
            revision: edition.revision.value,
            issued: day.to_string(),
            output: planned.output.clone(),
            pdf: pdf.to_owned(),
            sha256: made.pdf.clone(),
            ledger: made.ledger.clone(),
            pages: made.pages,
            making: makings(made.making()),
            figures: made.figures.clone(),
            names: made
                .figures
                .keys()
                .filter_map(|id| {
                    Some((
                        id.clone(),
                        label(&planned.partnership.data, id)?.to_string(),
                    ))
                })
                .collect(),
            sources: Some(sources),
        }
    }

    fn again(issued: &Issued) -> Self {
        let figures = issued.figures.iter();
        Self {
            document: issued.document.value.clone(),
            year: issued.year.value,
            revision: issued.revision.value,
            issued: issued.issued.value.to_string(),
            output: issued.output.value.clone(),
            pdf: issued.pdf.value.clone(),
            sha256: issued.sha256.value.clone(),
            ledger: issued.ledger.value.clone(),
            pages: usize::try_from(issued.pages.value).unwrap_or(0),
            making: makings(issued.making.clone()),
            figures: figures
                .map(|(id, figure)| (id.clone(), figure.value.to_string()))
                .collect(),
            names: issued
                .names
                .iter()
                .map(|(id, name)| (id.clone(), name.value.clone()))
                .collect(),
            sources: issued.sources.as_ref().map(|one| one.value.clone()),
        }
    }
}

fn makings(making: Making) -> Makings {
    Makings {
        tool: making.tool,
        engine: making.engine,
        fonts: making.fonts,
        data: making.data,
        text: making.text,
        templates: making.templates,
    }
}
