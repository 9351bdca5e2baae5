//! What the register knows of a signed edition: the document's own bytes, who must sign, who is known to have signed.
//!
//! Comes in: the name of an edition. Goes out: what `tryk verify` holds a PDF against. Must not judge the PDF.

use serde::Serialize;

use super::compose::compose;
use super::editions::named;
use super::frozen;
use super::load::{Press, load};
use super::name::EditionName;
use super::signed;
use crate::diagnostic::Findings;
use crate::project::Project;
use crate::sign::verify::{Base, Expectation, Expected};

/// Where the document's own bytes are from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// They were kept when the edition was issued.
    Issued,
    /// They were made again from today's data.
    Rebuilt,
    /// They are the plain copy's, which is signed alone by each party.
    Copy,
}

/// What is known of an edition.
#[derive(Debug)]
pub struct Known {
    /// Its full name.
    pub ident: String,
    /// Where the bytes are from.
    pub origin: Origin,
    /// The document's own bytes.
    pub pdf: Vec<u8>,
    /// The plain copy that each party signs alone, when one was made (`tryk sign copy`).
    pub copy: Option<Vec<u8>>,
    /// Who must sign.
    pub signers: Vec<Expected>,
    /// The fields that are known to have been signed.
    recorded: Vec<String>,
}

impl Known {
    /// What is expected of a PDF of this edition.
    pub fn expectation(&self) -> Expectation<'_> {
        Expectation {
            base: Base::Bytes(&self.pdf),
            signers: (!self.signers.is_empty()).then(|| self.signers.clone()),
            recorded: self.recorded.clone(),
            is_counterpart: false,
        }
    }
}

/// What the register knows of an edition; an edition that was not issued is made again in memory.
///
/// # Errors
/// A finding when there is no such edition, its issued bytes are lost, or it cannot be made.
pub fn known(project: &Project, name: &EditionName) -> Result<Known, Findings> {
    let loaded = load(project, std::slice::from_ref(&name.partnership))?;
    let (planned, _) = named(project, &loaded, name)?;
    let planned = &planned;
    let (origin, pdf) = match planned.issued() {
        Some(issued) => match frozen::kept(project, &planned.partnership.name, issued) {
            Some(pdf) => (Origin::Issued, pdf),
            None => return Err(Findings::from_iter([frozen::lost(planned, issued)])),
        },
        None => {
            let press = Press::new(&loaded.templates_root)?;
            (Origin::Rebuilt, compose(&loaded, &press, planned)?.pdf)
        }
    };
    let Some(signed) = planned.signed() else {
        return Err(loaded.damaged_records());
    };
    Ok(Known {
        ident: planned.ident(),
        origin,
        copy: signed.copy.clone(),
        signers: signed::expected(&planned.partnership.data, &pdf, &planned.output),
        pdf,
        recorded: signed.fields(),
    })
}
