//! What the documents were made from, where that differs: engine, program, fonts, templates.

use super::super::words::{HEAD, labelled};
use crate::build::diff::{Compared, MakingDiffers, Part};
use crate::diagnostic::visible;

/// Where the text beside the labels begins.
const INDENT: usize = 15;

/// The parts, under their heading.
pub(super) fn told(compared: &Compared) -> String {
    let parts: Vec<String> = compared.making.iter().map(part).collect();
    if parts.is_empty() {
        return String::new();
    }
    format!(
        "{HEAD}Made from other templates or by another program{HEAD:#}\n{}",
        parts.concat()
    )
}

fn part(part: &MakingDiffers) -> String {
    let versions = || {
        let version = |one: &Option<String>| one.as_deref().unwrap_or("none").to_owned();
        format!(
            "{} → {}",
            visible(&version(&part.old)),
            visible(&version(&part.new))
        )
    };
    match part.part {
        Part::Engine => labelled("engine", &versions(), INDENT),
        Part::Program => labelled("program", &versions(), INDENT),
        Part::Fonts => labelled("fonts", "those that lie with the templates", INDENT),
        Part::Template => {
            let what = match (&part.old, &part.new) {
                (None, _) => "added",
                (_, None) => "no longer used",
                _ => "changed",
            };
            let file = part.file.as_deref().unwrap_or_default();
            labelled("template", &format!("{} ({what})", visible(file)), INDENT)
        }
    }
}
