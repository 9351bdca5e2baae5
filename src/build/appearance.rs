//! What a signed field shows, set by the project's own template.

use std::io;

use chrono::NaiveDateTime;
use serde::Serialize;

use super::load::Press;
use crate::diagnostic::Findings;
use crate::facts::{GENERATOR, danish};
use crate::render::{self, Job};
use crate::sign::field::SignatureField;

/// The template that sets it.
const MAIN: &str = "/shared/signature-appearance.typ";

/// What is printed in a signed field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Who signs.
    pub name: String,
    /// True for an organisation's seal, with which nobody signs in person.
    pub seal: bool,
    /// Title, when it is known.
    pub title: Option<String>,
    /// Organisation, when it is known.
    pub organisation: Option<String>,
    /// When.
    pub time: NaiveDateTime,
}

/// The `/data.json` of the template.
#[derive(Serialize)]
struct Data<'a> {
    width: f32,
    height: f32,
    name: &'a str,
    seal: bool,
    title: Option<&'a str>,
    organisation: Option<&'a str>,
    date: String,
}

/// A PDF of one page with the field's size.
///
/// # Errors
/// Everything wrong with the template.
pub fn appearance(
    press: &Press,
    field: &SignatureField,
    shown: &Shown,
) -> Result<Vec<u8>, Findings> {
    let (width, height) = field.size();
    let date = danish::local_time(shown.time).date();
    let data = Data {
        width,
        height,
        name: &shown.name,
        seal: shown.seal,
        title: shown.title.as_deref(),
        organisation: shown.organisation.as_deref(),
        date: danish::long_date(date),
    };
    let data = serde_json::to_vec(&data).map_err(io::Error::from);
    render::stamp(&Job {
        files: &press.files,
        fonts: press.fonts()?,
        main: MAIN,
        data: &data.unwrap_or_default(),
        ident: &format!("signature/{}", field.name),
        date,
        generator: GENERATOR,
    })
}
