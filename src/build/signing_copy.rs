//! The plain copy of an issued edition, for signing services that take no forms, attachments or links: each party signs a copy of its own.
//!
//! Comes in: an issued edition, or a copy that came back signed. Goes out: its pages as PDF/A-2a and PDF/UA-1, without fields and files, and
//! with standard structure types; and the signed copies, kept beside the signed states. Must not be made when its pages might not be the
//! issued ones, and must not be made twice.

use std::path::Path;

use super::editions::Planned;
use super::frozen;
use super::load::{Loaded, Press};
use super::made::Today;
use super::prepare::prepare;
use super::signed;
use super::signing::{Paper, Stopped, after, written_to};
use super::write::write;
use crate::diagnostic::Finding;
use crate::facts::GENERATOR;
use crate::model::Issued;
use crate::render::{self, Job};
use crate::sign::returned::Returned;
use crate::sign::verify::Expected;
use crate::sign::{codes, plain};

impl Paper<'_> {
    /// Makes and keeps the plain copy of an edition, or puts the kept one back. Gives the paths as people know them.
    ///
    /// # Errors
    /// What keeps it from being made or written.
    pub fn copied(&self) -> Result<Vec<String>, Stopped> {
        let (Some((planned, _)), Some(loaded)) = (&self.edition, &self.desk.loaded) else {
            return Err(Stopped::Failure(
                "only an edition of the register has a plain copy".to_owned(),
            ));
        };
        let Some(issued) = planned.issued() else {
            return Err(Stopped::Failure(format!("{} is not issued", self.shown)));
        };
        let project = self.desk.project;
        let failed = |error: std::io::Error| {
            Stopped::Failure(format!(
                "the plain copy of {} could not be written: {error}",
                self.shown
            ))
        };
        let mut kept = Vec::new();
        let made;
        let copy = match planned.signed().and_then(|one| one.copy.as_ref()) {
            Some(copy) => {
                kept.push(signed::copy_kept(project, planned));
                copy
            }
            None => {
                made = signing_copy(loaded, planned, issued)?;
                kept.push(signed::keep_copy(project, planned, &made).map_err(failed)?);
                &made
            }
        };
        let output = signed::copy_output(&issued.output.value);
        write(&project.out, &output, copy).map_err(failed)?;
        kept.push(format!("{}/{output}", project.out_shown()));
        Ok(kept)
    }

    /// The plain copy that was made of an edition, when one was.
    pub fn copy(&self) -> Option<&[u8]> {
        let (planned, _) = self.edition.as_ref()?;
        planned.signed()?.copy.as_deref()
    }

    /// What there is to say when others have signed an edition in the other way: the document, or copies.
    pub fn mixed(&self, in_copy: bool) -> Option<String> {
        let (planned, _) = self.edition.as_ref()?;
        let record = planned.signed()?;
        let others = match in_copy {
            true => &record.states,
            false => &record.counterparts,
        };
        (!others.is_empty()).then(|| {
            "some have signed the document and some copies: together they prove nothing, so all must sign in one of the ways".to_owned()
        })
    }

    /// Who must sign an edition.
    pub fn signers(&self) -> Vec<Expected> {
        let edition = self.edition.as_ref();
        edition.map_or_else(Vec::new, |(planned, issued)| {
            signed::expected(&planned.partnership.data, issued, &planned.output)
        })
    }

    /// Keeps a copy that one party signed alone, with the inputs and in the output folder. Gives the paths as people know them.
    ///
    /// # Errors
    /// A finding when a copy signed by that party is kept already, or it is from before the document's date; else what the operating system says.
    pub fn keep_counterpart(
        &self,
        returned: &Returned,
        pdf: &[u8],
        output: Option<&Path>,
    ) -> Result<Vec<String>, Stopped> {
        let field = returned.field.as_str();
        let Some((planned, _)) = &self.edition else {
            return Err(Stopped::Failure(
                "only an edition of the register has copies that one party signs alone".to_owned(),
            ));
        };
        let taken = planned.signed().map_or(&[][..], |one| &one.counterparts);
        if taken.iter().any(|one| one.field == field) {
            let message = format!("a copy signed for {field} is kept already");
            return Err(Box::new(Finding::error(codes::SIGNED, message)).into());
        }
        let seconds = returned.seconds;
        if let Some(finding) = seconds.and_then(|one| signed::too_early(planned, one)) {
            return Err(Box::new(finding).into());
        }
        let project = self.desk.project;
        let failed = |error: std::io::Error| {
            Stopped::Failure(format!(
                "the signed copy of {} could not be written: {error}",
                self.shown
            ))
        };
        self.swept(planned)?;
        let record = signed::keep_counterpart(project, planned, field, pdf).map_err(failed)?;
        let shown = signed::counterpart_output(&planned.output, field);
        write(&project.out, &shown, pdf).map_err(|error| after(&record, &shown, &error))?;
        let mut kept = vec![record, format!("{}/{shown}", project.out_shown())];
        kept.extend(written_to(output, pdf)?);
        Ok(kept)
    }
}

/// Makes the copy.
///
/// # Errors
/// A finding when program, templates, fonts or data are not those that the edition was issued with.
fn signing_copy(
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
