//! One row of a CSV file, asked for its cells by column.

use std::sync::Arc;

use super::header::Header;
use super::records::Cells;
use crate::diagnostic::{Finding, Place, SourceFile};
use crate::read::codes;
use crate::read::context::Context;
use crate::read::value::{Raw, Record, Slot, Value};

/// A row below its header.
pub(crate) struct Row<'a> {
    source: &'a Arc<SourceFile>,
    header: &'a Header,
    cells: &'a Cells,
}

impl<'a> Row<'a> {
    /// A row of cells under a header.
    pub(super) fn new(source: &'a Arc<SourceFile>, header: &'a Header, cells: &'a Cells) -> Self {
        Self {
            source,
            header,
            cells,
        }
    }

    /// Where the whole row stands.
    pub(crate) fn place(&self) -> Place {
        self.source.place(self.cells.span())
    }

    /// True when the row has as many cells as the header; otherwise there is a finding.
    pub(super) fn check_length(&self, cx: &mut Context) -> bool {
        let (cells, width) = (self.cells.texts.len(), self.header.width);
        if cells == width {
            return true;
        }
        let finding = Finding::error(
            codes::RAGGED_ROW,
            format!("the row has {cells} cells, but the header has {width}"),
        )
        .at(&self.place(), format!("{cells} cells"))
        .and(&self.header.place, format!("{width} columns"));
        cx.push(if cells > width {
            finding.hint("put a text with a separator in it in quotes")
        } else {
            finding.hint("write every separator, also before cells that are empty")
        });
        false
    }

    /// The place of a cell's text, without quotes and the spaces around it where these can be told apart.
    fn cell_place(&self, at: usize, text: &str) -> Place {
        let span = self.cells.spans[at].clone();
        let raw = &self.source.text()[span.clone()];
        let inner = match raw
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
        {
            Some(inner) => inner,
            None => raw,
        };
        if inner.trim() != text {
            return self.source.place(span);
        }
        let quote = usize::from(inner.len() < raw.len());
        let start = span.start + quote + (inner.len() - inner.trim_start().len());
        self.source.place(start..start + text.len())
    }
}

impl Record for Row<'_> {
    fn slot<'s>(&'s self, name: &'s str) -> Slot<'s> {
        let cell = self
            .header
            .column(name)
            .and_then(|at| Some((at, self.cells.texts.get(at)?)));
        let Some((at, text)) = cell else {
            return Slot::Absent;
        };
        let text = text.trim();
        let place = self.cell_place(at, text);
        match text {
            "" => Slot::Blank(place),
            text => Slot::Given(Value {
                name: name.into(),
                raw: Raw::Cell(text),
                place,
            }),
        }
    }

    /// The header has been told already.
    fn absence(&self, _: &str) -> Option<Finding> {
        None
    }
}
