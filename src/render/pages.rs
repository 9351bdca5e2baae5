//! The text of laid out pages, piece by piece, and what each piece belongs to.
//!
//! Comes in: the pages' frames. Goes out: every run of text in drawing order with its rectangle and its scope: a fact, a structural kind, or nothing.
//! Beside it stands the block it belongs to, such as a paragraph.
//! Scopes are opened and closed by labelled metadata that templates leave: `<fact>` … `<fact-end>`, `<structural>` … `<structural-end>`.

use std::ops::Range;

use typst::foundations::{Content, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Rect as TypstRect, Transform};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::blocks::{Block, Blocks};

/// A rectangle on a page in points, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Rect {
    /// Left edge.
    pub x0: f64,
    /// Upper edge.
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// Lower edge.
    pub y1: f64,
}

impl Rect {
    fn union(self, other: Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }
}

/// What a piece of text belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A fact: the mark's location.
    Fact(Location),
    /// Structure of the document, such as `page-number`.
    Structural(String),
    /// Running text.
    Text,
}

/// A run of text as it stands on a page.
#[derive(Clone, Debug)]
pub struct TextPiece {
    /// Its page, counted from 1.
    pub page: usize,
    /// Its text.
    pub text: String,
    /// Where it stands.
    pub rect: Rect,
    /// What it belongs to.
    pub scope: Scope,
    /// What it stands in.
    pub block: Block,
    /// Right edges of its characters in points, parallel to the characters of `text`.
    edges: Vec<f64>,
}

impl TextPiece {
    /// The rectangle of a range of characters.
    pub fn part(&self, chars: Range<usize>) -> Rect {
        let edge = |at: usize| self.edges.get(at).copied().unwrap_or(self.rect.x1);
        let x0 = if chars.start == 0 {
            self.rect.x0
        } else {
            edge(chars.start - 1)
        };
        let x1 = if chars.end == 0 {
            x0
        } else {
            edge(chars.end - 1)
        };
        Rect {
            x0: x0.min(x1),
            x1: x1.max(x0),
            ..self.rect
        }
    }
}

/// All text of a document, in drawing order.
pub(super) fn pieces(document: &PagedDocument) -> Vec<TextPiece> {
    let mut walk = Walk {
        page: 0,
        scopes: Vec::new(),
        blocks: Blocks::default(),
        pieces: Vec::new(),
    };
    for page in document.pages() {
        walk.page += 1;
        // A fact does not run over a page's end; a table of contents does.
        walk.scopes.retain(|scope| !matches!(scope, Scope::Fact(_)));
        walk.frame(&page.frame, Transform::identity());
    }
    walk.pieces
}

/// The pieces that really stand on the page for a fact.
pub(super) fn of_fact(pieces: &[TextPiece], location: Location) -> Option<Range<usize>> {
    let is_mine = |piece: &TextPiece| piece.scope == Scope::Fact(location);
    let first = pieces.iter().position(is_mine)?;
    let last = pieces.iter().rposition(is_mine)?;
    Some(first..last + 1)
}

/// The text of pieces, and the rectangle they cover.
pub(super) fn together(pieces: &[TextPiece]) -> Option<(String, Rect)> {
    let text = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let rect = pieces.iter().map(|piece| piece.rect).reduce(Rect::union)?;
    Some((text, rect))
}

struct Walk {
    page: usize,
    scopes: Vec<Scope>,
    blocks: Blocks,
    pieces: Vec<TextPiece>,
}

impl Walk {
    fn frame(&mut self, frame: &Frame, transform: Transform) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner = transform
                        .pre_concat(Transform::translate(at.x, at.y))
                        .pre_concat(group.transform);
                    self.group(group, inner);
                }
                FrameItem::Text(text) => self.text(text, *at, transform),
                FrameItem::Tag(Tag::Start(content, _)) => {
                    self.blocks.start(content);
                    self.tag(content);
                }
                FrameItem::Tag(Tag::End(location, ..)) => self.blocks.end(*location),
                _ => {}
            }
        }
    }

    fn group(&mut self, group: &GroupItem, transform: Transform) {
        let parent = group.parent.as_ref().map(|parent| parent.location);
        let resumed = parent.filter(|parent| self.blocks.resume(*parent));
        self.frame(&group.frame, transform);
        if let Some(parent) = resumed {
            self.blocks.end(parent);
        }
    }

    fn tag(&mut self, content: &Content) {
        let label = content.label().map(|label| label.resolve());
        let name = label.as_ref().map(|label| label.as_str());
        match name {
            Some("fact") => self.scopes.extend(content.location().map(Scope::Fact)),
            Some("structural") => self.scopes.push(Scope::Structural(kind(content))),
            Some("fact-end" | "structural-end") => {
                self.scopes.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, item: &TextItem, at: Point, transform: Transform) {
        let scope = self.scopes.last().cloned().unwrap_or(Scope::Text);
        let ascent = item.font.metrics().ascender.at(item.size);
        let descent = item.font.metrics().descender.at(item.size);
        let bounds = |from: Abs, to: Abs| {
            let corners = TypstRect::new(
                Point::new(at.x + from, at.y - ascent),
                Point::new(at.x + to, at.y - descent),
            );
            on_page(corners, transform)
        };
        let edges = character_edges(item)
            .into_iter()
            .map(|edge| bounds(Abs::zero(), edge).x1);
        self.pieces.push(TextPiece {
            page: self.page,
            text: item.text.to_string(),
            rect: bounds(Abs::zero(), item.width()),
            scope,
            block: self.blocks.current(),
            edges: edges.collect(),
        });
    }
}

/// The right edge of every character from the text's start; characters of a ligature share one.
fn character_edges(item: &TextItem) -> Vec<Abs> {
    let mut ends: Vec<(usize, Abs)> = Vec::new();
    let mut x = Abs::zero();
    for glyph in &item.glyphs {
        x += glyph.x_advance.at(item.size);
        ends.push((usize::from(glyph.range.end), x));
    }
    item.text
        .char_indices()
        .map(|(start, _)| {
            ends.iter()
                .find(|(end, _)| *end > start)
                .map_or(x, |(_, edge)| *edge)
        })
        .collect()
}

fn on_page(rect: TypstRect, transform: Transform) -> Rect {
    let corners = [
        rect.min,
        Point::new(rect.max.x, rect.min.y),
        Point::new(rect.min.x, rect.max.y),
        rect.max,
    ]
    .map(|point| point.transform(transform));
    let xs = corners.map(|point| point.x.to_pt());
    let ys = corners.map(|point| point.y.to_pt());
    let least = |values: [f64; 4]| hundredths(values.into_iter().fold(f64::INFINITY, f64::min));
    let most = |values: [f64; 4]| hundredths(values.into_iter().fold(f64::NEG_INFINITY, f64::max));
    Rect {
        x0: least(xs),
        y0: least(ys),
        x1: most(xs),
        y1: most(ys),
    }
}

fn hundredths(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

fn kind(content: &Content) -> String {
    match content
        .to_packed::<MetadataElem>()
        .map(|metadata| &metadata.value)
    {
        Some(Value::Str(kind)) => kind.to_string(),
        _ => "structure".to_owned(),
    }
}
