//! The revision that signs a field: signature dictionary, appearance, and the widget that leads to both.

use chrono::NaiveDateTime;
use lopdf::{Object, Writer, dictionary, text_string};

use super::appearance;
use super::base::Base;
use super::hole::Hole;
use super::revision::Revision;
use crate::diagnostic::Finding;
use crate::sign::codes;

/// What a signature says of itself in the PDF. It is a claim: a time stamp proves a time, a certificate a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Who signs.
    pub name: String,
    /// When, in universal time.
    pub time: NaiveDateTime,
}

/// Adds the revision that signs a field, with an empty hole; `appearance` is a PDF of one page with the field's size.
///
/// # Errors
/// A finding when the field cannot be signed or the appearance cannot be taken over.
pub fn append(
    base: &Base,
    field: &str,
    claim: &Claim,
    appearance: Option<&[u8]>,
) -> Result<(Vec<u8>, Hole), Box<Finding>> {
    let field = base.empty_field(field)?;
    let mut revision = Revision::new(base);
    let failed = |why: String| {
        Box::new(Finding::error(
            codes::UNREADABLE,
            format!("the signature field {} cannot be signed: {why}", field.name),
        ))
    };
    let signature = revision.reserve();
    revision.put_bytes(signature, dictionary(claim).map_err(failed)?);
    let mut widget = base
        .document
        .get_dictionary(field.widget)
        .map_err(|error| failed(error.to_string()))?
        .clone();
    widget.set("V", signature);
    if let Some(appearance) = appearance {
        let shown = appearance::import(&mut revision, appearance, field.size())
            .map_err(|why| Box::new(Finding::error(codes::APPEARANCE, why)))?;
        widget.set("AP", dictionary! { "N" => shown });
    }
    revision.put(field.widget, &widget.into()).map_err(failed)?;
    let written = revision.write().map_err(failed)?;
    let mut bytes = written.bytes;
    let body = written.offsets.get(&signature).copied().unwrap_or(0);
    let hole = Hole::find(&bytes, body).filter(|hole| hole.write_range(&mut bytes).is_some());
    match hole {
        Some(hole) => Ok((bytes, hole)),
        None => Err(failed("the file is too large".to_owned())),
    }
}

fn dictionary(claim: &Claim) -> Result<Vec<u8>, String> {
    let time = claim.time.format("D:%Y%m%d%H%M%SZ").to_string();
    let mut entries = b"/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M".to_vec();
    for (key, value) in [
        ("", Object::string_literal(time)),
        ("/Name", text_string(&claim.name)),
    ] {
        entries.extend_from_slice(key.as_bytes());
        Writer::write_object(&mut entries, &value).map_err(|error| error.to_string())?;
    }
    Ok(Hole::dictionary(&entries))
}
