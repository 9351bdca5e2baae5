//! The plain copy of an issued edition, for signing services that take no forms, attachments or links: each party signs a copy of its own.
//!
//! Comes in: an issued edition. Goes out: its pages as PDF/A-2a and PDF/UA-1, without fields and files, and with standard structure types;
//! kept beside the signed states. Must not be made when its pages might not be the issued ones, and must not be made twice.

use super::editions::Planned;
use super::frozen;
use super::load::{Loaded, Press};
use super::made::Today;
use super::prepare::prepare;
use super::signing::Stopped;
use crate::diagnostic::Finding;
use crate::facts::GENERATOR;
use crate::model::Issued;
use crate::render::{self, Job};
use crate::sign::{codes, plain};

/// Makes the copy.
///
/// # Errors
/// A finding when program, templates, fonts or data are not those that the edition was issued with.
pub fn signing_copy(
    loaded: &Loaded,
    planned: &Planned<'_>,
    issued: &Issued,
) -> Result<Vec<u8>, Stopped> {
    let press = Press::new(&loaded.templates_root)?;
    let prepared = prepare(loaded, &press, planned)?;
    let today = Today {
        loaded,
        press: &press,
        planned,
        prepared: &prepared,
    };
    if !frozen::is_surely_same(issued, &today) {
        let finding = Finding::error(
            codes::COPY,
            format!(
                "the plain copy of {} cannot be made: the program, the templates or the data are not those that it was issued with",
                planned.ident()
            ),
        )
        .at(&issued.entry, "issued")
        .hint("make the copy right after issuing, or with the program and data of that day");
        return Err(Box::new(finding).into());
    }
    let pdf = render::plain(&Job {
        files: &press.files,
        fonts: press.fonts()?,
        main: &format!("/{}/main.typ", planned.template.id.value),
        data: &marked(&prepared.data),
        ident: &format!("{}/plain", planned.ident()),
        date: planned.edition.date.value,
        generator: GENERATOR,
    })?;
    Ok(plain::make(&pdf)?)
}

/// The edition's data, which tell the templates that this is the plain copy.
fn marked(data: &[u8]) -> Vec<u8> {
    let mut data: serde_json::Value = serde_json::from_slice(data).unwrap_or_default();
    if let Some(edition) = data
        .get_mut("edition")
        .and_then(serde_json::Value::as_object_mut)
    {
        edition.insert("plain".to_owned(), true.into());
    }
    data.to_string().into_bytes()
}
