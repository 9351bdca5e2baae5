//! From what Typst says to findings at file, line and column.
//!
//! Comes in: Typst's diagnostics, whose spans only its world can resolve. Goes out: findings with places in `templates/…` or `data.json`.
//! Must not drop a diagnostic, nor flatten its hints and its trace into the message.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use typst::diag::{Severity, SourceDiagnostic, Tracepoint};
use typst::syntax::{DiagSpan, FileId, VirtualRoot};
use typst::{World, WorldExt};

use super::files::project_path;
use super::world::{EditionWorld, is_data};
use super::{codes, glyph};
use crate::diagnostic::{Code, Finding, Findings, Place, SourceFile};

/// Resolves the spans of one edition; every file is taken up once.
pub(super) struct Places<'a> {
    world: &'a EditionWorld<'a>,
    files: Mutex<BTreeMap<String, Arc<SourceFile>>>,
}

impl<'a> Places<'a> {
    /// The places of a world.
    pub(super) fn new(world: &'a EditionWorld<'a>) -> Self {
        Self {
            world,
            files: Mutex::new(BTreeMap::new()),
        }
    }

    /// Findings from what Typst said while it set the pages.
    pub(super) fn typesetting(&self, diagnostics: &[SourceDiagnostic]) -> Findings {
        diagnostics
            .iter()
            .map(|diagnostic| self.finding(diagnostic, codes::TYPST_ERROR))
            .collect()
    }

    /// Findings from what Typst said while it wrote the PDF.
    pub(super) fn export(&self, diagnostics: &[SourceDiagnostic]) -> Findings {
        let finding = |diagnostic: &SourceDiagnostic| match glyph::missing(diagnostic, self.world) {
            Some(finding) => self.mark(finding, diagnostic.span),
            None => self.finding(diagnostic, codes::PDF_STANDARD),
        };
        diagnostics.iter().map(finding).collect()
    }

    /// Marks the place of a span as the one to mend: the main template when the span is nowhere.
    pub(super) fn mark(&self, finding: Finding, span: impl Into<DiagSpan>) -> Finding {
        let place = self
            .place(span)
            .unwrap_or_else(|| self.file(self.world.template()).whole());
        finding.at(&place, "")
    }

    fn finding(&self, diagnostic: &SourceDiagnostic, error: Code) -> Finding {
        let message = diagnostic.message.as_str();
        let finding = match diagnostic.severity {
            Severity::Error => Finding::error(error, message),
            Severity::Warning => Finding::warning(codes::TYPST_WARNING, message),
        };
        let mut finding = self.mark(finding, diagnostic.span);
        for hint in diagnostic.hints.iter().filter(|hint| applies(&hint.v)) {
            let text = hint.v.replace("\n", " ");
            finding = match self.place(hint.span) {
                Some(place) => finding.and(&place, text),
                None => finding.hint(text),
            };
        }
        for point in &diagnostic.trace {
            if let Some(place) = self.place(point.span) {
                finding = finding.and(&place, way(&point.v));
            }
        }
        finding
    }

    fn place(&self, span: impl Into<DiagSpan>) -> Option<Place> {
        let span = span.into();
        // Nobody can mend the file that we write ourselves.
        let id = span.id().filter(|&id| !self.world.is_wrapper(id))?;
        let range: Range<usize> = self.world.range(span)?;
        Some(self.file(id).place(range))
    }

    fn file(&self, id: FileId) -> Arc<SourceFile> {
        let path = display_path(id);
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(
            files
                .entry(path)
                .or_insert_with_key(|path| SourceFile::new(path, self.text(id))),
        )
    }

    /// The text that spans count bytes in: the source as parsed, else the file as it is.
    fn text(&self, id: FileId) -> String {
        match self.world.source(id) {
            Ok(source) => source.text().to_owned(),
            Err(_) => {
                let bytes = self.world.file(id);
                bytes.map_or_else(
                    |_| String::new(),
                    |bytes| String::from_utf8_lossy(&bytes).into_owned(),
                )
            }
        }
    }
}

/// False for hints on flags of Typst's own command line, which this program has not.
fn applies(hint: &str) -> bool {
    !hint.contains("`--")
}

/// The path people know a file by.
fn display_path(id: FileId) -> String {
    match id.root() {
        VirtualRoot::Project if is_data(id) => id.vpath().get_without_slash().to_owned(),
        VirtualRoot::Project => project_path(id.vpath().get_with_slash()),
        VirtualRoot::Package(spec) => format!("{spec}{}", id.vpath().get_with_slash()),
    }
}

/// How a place led to the fault.
fn way(point: &Tracepoint) -> String {
    match point {
        Tracepoint::Call(Some(name)) => format!("`{name}` called from here"),
        Tracepoint::Call(None) => "called from here".to_owned(),
        Tracepoint::Show(name) => format!("while showing {name}"),
        Tracepoint::Import(name) => format!("`{name}` imported from here"),
        Tracepoint::Include(name) => format!("`{name}` included from here"),
    }
}
