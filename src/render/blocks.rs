//! What the text on a page stands in: a paragraph, a heading, an item of a list, a cell of a table.
//!
//! Comes in: the marks that Typst leaves in laid out frames for tagged PDF. Goes out: the block of every piece of text.
//! Must not look at positions: the marks alone say what belongs together.

use std::collections::HashMap;

use typst::foundations::{Content, StyleChain};
use typst::introspection::Location;
use typst::layout::{GridCell, GridElem};
use typst::model::{
    EnumItem, FigureCaption, FigureElem, FootnoteEntry, HeadingElem, ListItem, OutlineEntry,
    ParElem, TableCell, TableElem, TermItem, TitleElem,
};
use typst::pdf::ArtifactElem;

/// The block that a piece of text stands in; equal numbers mean the same block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// The innermost paragraph, heading, item or cell, or a stretch of text between such.
    pub text: usize,
    /// The innermost cell of a table or grid.
    pub cell: Option<usize>,
    /// The row of that cell.
    pub row: Option<usize>,
}

/// Follows the marks through the frames.
#[derive(Default)]
pub(super) struct Blocks {
    /// Open elements, the outermost first.
    open: Vec<(Location, Part)>,
    /// Everything ever opened: a cell that goes on overleaf is named by its location alone.
    known: HashMap<Location, Part>,
    /// The rows by their table and their number in it.
    rows: HashMap<(Option<Location>, usize), usize>,
    /// The text between elements.
    between: usize,
    last: usize,
}

#[derive(Clone, Copy)]
enum Part {
    Text(usize),
    Cell(usize, Option<usize>),
    Table,
}

impl Blocks {
    /// The block at this point.
    pub(super) fn current(&self) -> Block {
        let parts = || self.open.iter().rev().map(|(_, part)| part);
        let text = parts().find_map(|part| match part {
            Part::Text(number) | Part::Cell(number, _) => Some(*number),
            Part::Table => None,
        });
        let cell = parts().find_map(|part| match part {
            Part::Cell(number, row) => Some((*number, *row)),
            _ => None,
        });
        Block {
            text: text.unwrap_or(self.between),
            cell: cell.map(|(number, _)| number),
            row: cell.and_then(|(_, row)| row),
        }
    }

    /// An element starts.
    pub(super) fn start(&mut self, content: &Content) {
        let (Some(location), Some(part)) = (content.location(), self.part(content)) else {
            return;
        };
        self.known.insert(location, part);
        self.open.push((location, part));
        self.between = self.next();
    }

    /// An element ends.
    pub(super) fn end(&mut self, location: Location) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| *open == location) {
            self.open.remove(at);
            self.between = self.next();
        }
    }

    /// What follows belongs to an element that started elsewhere; true when that is known, and [`Self::end`] must follow.
    pub(super) fn resume(&mut self, location: Location) -> bool {
        let part = self.known.get(&location).copied();
        self.open.extend(part.map(|part| (location, part)));
        part.is_some()
    }

    fn next(&mut self) -> usize {
        self.last += 1;
        self.last
    }

    fn part(&mut self, content: &Content) -> Option<Part> {
        if content.is::<TableElem>() || content.is::<GridElem>() {
            return Some(Part::Table);
        }
        let none = StyleChain::default();
        let in_table = content
            .to_packed::<TableCell>()
            .map(|cell| cell.y.get(none));
        let in_grid = content.to_packed::<GridCell>().map(|cell| cell.y.get(none));
        if let Some(y) = in_table.or(in_grid) {
            let row = y.custom().map(|y| self.row(y));
            return Some(Part::Cell(self.next(), row));
        }
        is_text(content).then(|| Part::Text(self.next()))
    }

    fn row(&mut self, y: usize) -> usize {
        let tables = self.open.iter().rev();
        let mut tables = tables.filter(|(_, part)| matches!(part, Part::Table));
        let key = (tables.next().map(|(table, _)| *table), y);
        if let Some(row) = self.rows.get(&key) {
            return *row;
        }
        let row = self.next();
        self.rows.insert(key, row);
        row
    }
}

/// True for the elements that hold text of their own.
fn is_text(content: &Content) -> bool {
    content.is::<ParElem>()
        || content.is::<HeadingElem>()
        || content.is::<TitleElem>()
        || content.is::<ListItem>()
        || content.is::<EnumItem>()
        || content.is::<TermItem>()
        || content.is::<FigureElem>()
        || content.is::<FigureCaption>()
        || content.is::<FootnoteEntry>()
        || content.is::<OutlineEntry>()
        || content.is::<ArtifactElem>()
}
