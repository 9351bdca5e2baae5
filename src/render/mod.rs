//! From a template and one edition's data to the bytes of a PDF.
//!
//! Comes in: the template snapshot, the fonts and a [`Job`]. Goes out: PDF/A-3a and PDF/UA-1 bytes, what is printed where, which files
//! were opened, and warnings; or findings. Must not touch the disk, the network, the system's fonts or the clock.
//!
//! Typst runs in this process: a template that loops for ever cannot be stopped from here, only by ending the process.

pub mod codes;

mod attachment;
mod blocks;
mod diagnose;
mod files;
mod fonts;
mod glyph;
mod pages;
mod pdf;
mod printed;
#[cfg(test)]
mod tests;
mod world;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::NaiveDate;
use typst::diag::SourceResult;
use typst_layout::PagedDocument;

pub use attachment::Attachment;
pub use blocks::Block;
pub use files::TemplateFiles;
pub use fonts::{FONT_FOLDER, Fonts};
pub use pages::{Rect, Scope, TextPiece};
pub use printed::PrintedFact;

use crate::diagnostic::{Finding, Findings, Severity};
use diagnose::Places;
use world::EditionWorld;

/// The virtual path that an edition's data are served at. One path for all: Typst never forgets a path.
pub const DATA_PATH: &str = "/data.json";

/// One edition to render.
pub struct Job<'a> {
    /// The templates, shared by all editions.
    pub files: &'a TemplateFiles,
    /// The fonts, shared by all editions.
    pub fonts: &'a Fonts,
    /// The virtual path of the main template, such as `/plan/main.typ`.
    pub main: &'a str,
    /// The edition's data, served as `/data.json`.
    pub data: &'a [u8],
    /// Identifies the document through its revisions and rebuilds, such as `folehaven/plan/2018`.
    pub ident: &'a str,
    /// The edition's date: the PDF's creation date, and what `datetime.today()` gives.
    pub date: NaiveDate,
    /// The program that made the PDF, as its metadata say.
    pub generator: &'a str,
}

/// The pages of an edition as they were set.
#[derive(Debug)]
pub struct Layout {
    /// How many pages it has.
    pub pages: usize,
    /// Every printed fact, in document order.
    pub printed: Vec<PrintedFact>,
    /// All text, in drawing order.
    pub pieces: Vec<TextPiece>,
}

/// A rendered edition.
#[derive(Debug)]
pub struct Rendered {
    /// The bytes of the PDF.
    pub pdf: Vec<u8>,
    /// Its pages.
    pub layout: Layout,
    /// The virtual paths of the files opened, sorted, with [`DATA_PATH`]. Fonts are not among them: any font may change any page.
    pub opened: Vec<String>,
    /// What Typst warned of, sorted; whether a warning stops an edition is for the caller to say.
    pub warnings: Findings,
}

/// Makes the files to attach from the pages, or says why the pages must not be printed.
pub type Attach<'a> = &'a dyn Fn(&Layout) -> Result<Vec<Attachment>, Findings>;

/// Renders an edition: sets its pages, asks for the attachments that are made from them, and writes the PDF.
///
/// # Errors
/// Everything that is wrong with it.
pub fn render(job: &Job, attach: Attach<'_>) -> Result<Rendered, Findings> {
    guarded(job.main, || {
        let world = EditionWorld::new(job).ok_or_else(|| no_such_path(job.main))?;
        let (document, layout, warnings) = set(&world)?;
        let attachments = attach(&layout)?;
        let opened = world.opened();
        if attachments.is_empty() {
            let pdf = export(&world, &document, job)?;
            return Ok(Rendered {
                pdf,
                layout,
                opened,
                warnings,
            });
        }
        let world =
            EditionWorld::attaching(job, &attachments).ok_or_else(|| no_such_path(job.main))?;
        let (document, again, _) = set(&world)?;
        if again.printed != layout.printed {
            return Err(moved(job.main));
        }
        let pdf = export(&world, &document, job)?;
        Ok(Rendered {
            pdf,
            layout,
            opened,
            warnings,
        })
    })
}

/// Renders a little page that is put into another PDF: neither tags nor attachments, but fonts and colours as archives want them.
///
/// # Errors
/// Everything that is wrong with it; a warning too, since nobody looks at such a page before it is used.
pub fn stamp(job: &Job) -> Result<Vec<u8>, Findings> {
    bare(job, pdf::write_stamp)
}

/// Renders a document without attachments, as PDF/A-2a and PDF/UA-1, for signing services that take no files in a PDF.
///
/// # Errors
/// Everything that is wrong with it, warnings too.
pub fn plain(job: &Job) -> Result<Vec<u8>, Findings> {
    bare(job, pdf::write_plain)
}

type Export = fn(&PagedDocument, &Job) -> SourceResult<Vec<u8>>;

fn bare(job: &Job, export: Export) -> Result<Vec<u8>, Findings> {
    guarded(job.main, || {
        let world = EditionWorld::new(job).ok_or_else(|| no_such_path(job.main))?;
        let (document, _, warnings) = set(&world)?;
        if !warnings.is_empty() {
            return Err(warnings.into_iter().map(as_error).collect());
        }
        exported(&world, export(&document, job))
    })
}

/// Empties the engine's cache, which all threads share and which grows without bound: call it between waves of editions.
pub fn evict() {
    typst::comemo::evict(0);
}

/// The engine and its version, for records: another version may lay pages out otherwise.
pub fn engine() -> String {
    format!("Typst {}", typst::utils::version().raw())
}

/// Sets the pages, and finds what stands on them.
fn set(world: &EditionWorld<'_>) -> Result<(PagedDocument, Layout, Findings), Findings> {
    let places = Places::new(world);
    let compiled = typst::compile::<PagedDocument>(world);
    let mut warnings = places.typesetting(&compiled.warnings);
    warnings.sort();
    let set = compiled
        .output
        .map_err(|errors| places.typesetting(&errors))
        .and_then(|document| {
            let pieces = pages::pieces(&document);
            let printed = printed::printed_facts(&document, &pieces, &places)?;
            let pages = document.pages().len();
            Ok((
                document,
                Layout {
                    pages,
                    printed,
                    pieces,
                },
            ))
        });
    match set {
        Ok((document, layout)) => Ok((document, layout, warnings)),
        Err(mut errors) => {
            errors.append(warnings);
            errors.sort();
            Err(errors)
        }
    }
}

fn export(
    world: &EditionWorld<'_>,
    document: &PagedDocument,
    job: &Job,
) -> Result<Vec<u8>, Findings> {
    exported(world, pdf::write(document, job))
}

fn exported(world: &EditionWorld<'_>, pdf: SourceResult<Vec<u8>>) -> Result<Vec<u8>, Findings> {
    pdf.map_err(|errors| {
        let mut findings = Places::new(world).export(&errors);
        findings.sort();
        findings
    })
}

fn as_error(warning: Finding) -> Finding {
    Finding {
        severity: Severity::Error,
        ..warning
    }
}

fn no_such_path(main: &str) -> Findings {
    let message = format!("`{main}` is not a path of a template");
    Findings::from_iter([Finding::error(codes::TYPST_ERROR, message)])
}

fn moved(main: &str) -> Findings {
    let message = format!(
        "the pages of {} are set otherwise once files are attached",
        files::project_path(main)
    );
    let finding = Finding::error(codes::TYPST_ERROR, message)
        .hint("the layout depends on something that changes from one pass to the next");
    Findings::from_iter([finding])
}

/// Turns a breakdown of the engine into a finding. What the panic hook prints is left alone: it helps to report the fault.
///
/// A panic in a job that the engine handed to its own thread pool still ends the process.
fn guarded<T>(main: &str, work: impl FnOnce() -> Result<T, Findings>) -> Result<T, Findings> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let path = files::project_path(main);
        let message = format!(
            "the engine broke down on {path}: {}",
            panic_message(&*payload)
        );
        let finding = Finding::error(codes::ENGINE_PANIC, message).hint(format!(
            "this is a fault in {}: report it with the template",
            engine()
        ));
        Err(Findings::from_iter([finding]))
    })
}

fn panic_message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given")
}
