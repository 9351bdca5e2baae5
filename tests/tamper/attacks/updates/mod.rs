//! Attacks by appended revisions: incremental saving (ISA), shadow, certification, re-use of fields, attachments.

mod attachments;
mod certifications;
mod fields;
mod savings;
mod shadows;

use super::{Attack, Ground};
use crate::pdf::{CATALOG, CATALOG_ENTRIES, FREE, PAGE, PAGE_ENTRIES};

/// A number that no revision uses yet.
const NEW: u32 = FREE + 30;

pub fn all(ground: &Ground) -> Vec<Attack> {
    let mut all = savings::savings(ground);
    all.extend(shadows::shadows(ground));
    all.extend(certifications::certifications(ground));
    all.extend(fields::fields(ground));
    all.extend(attachments::attachments(ground));
    all
}

fn body(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn catalog(more: &str) -> (u32, Vec<u8>) {
    (CATALOG, body(&format!("<<{CATALOG_ENTRIES}{more}>>")))
}

fn page(annotations: &str) -> (u32, Vec<u8>) {
    let entries = PAGE_ENTRIES.replace(
        "/Annots[7 0 R 8 0 R]",
        &format!("/Annots[7 0 R 8 0 R {annotations}]"),
    );
    (PAGE, body(&format!("<<{entries}>>")))
}
