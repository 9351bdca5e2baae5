//! Markdown to blocks: paragraphs, headings, lists and emphasis; everything else is refused.

use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::block::{Block, Inline};
use super::codes;
use super::pieces::{Piece, Pieces, Segment, split};
use crate::diagnostic::{Finding, Findings, SourceFile};

/// Parses evaluated text; markers become the values they stand for.
pub fn parse(text: &str, pieces: &Pieces, source: &Arc<SourceFile>) -> (Vec<Block>, Findings) {
    let mut builder = Builder {
        pieces,
        source,
        findings: Findings::new(),
        frames: Vec::new(),
    };
    builder.frames.push(Frame::Blocks(Vec::new()));
    for event in Parser::new_ext(text, Options::empty()) {
        builder.event(event);
    }
    let blocks = match builder.frames.pop() {
        Some(Frame::Blocks(blocks)) => blocks,
        _ => Vec::new(),
    };
    (blocks, builder.findings)
}

/// A construct that is open.
enum Frame {
    Blocks(Vec<Block>),
    Items(bool, Vec<Vec<Block>>),
    Inlines(Vec<Inline>),
}

struct Builder<'a> {
    pieces: &'a Pieces,
    source: &'a Arc<SourceFile>,
    findings: Findings,
    frames: Vec<Frame>,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(code) => self.text(&format!("`{code}`")),
            Event::SoftBreak => self.inline(Inline::Text(" ".to_owned())),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.refuse("a rule", |line| {
                line.trim_start().starts_with(['-', '*', '_'])
            }),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::Emphasis | Tag::Strong => {
                self.frames.push(Frame::Inlines(Vec::new()));
            }
            Tag::List(start) => self.frames.push(Frame::Items(start.is_some(), Vec::new())),
            Tag::Item => self.frames.push(Frame::Blocks(Vec::new())),
            Tag::BlockQuote(_) => self.refuse("a block quotation", |line| {
                line.trim_start().starts_with('>')
            }),
            Tag::CodeBlock(_) => {
                let opens = |line: &str| line.starts_with([' ', '\t', '`', '~']);
                self.refuse(
                    "a code block (a line that begins with four spaces is one)",
                    opens,
                );
            }
            Tag::Image { .. } => self.refuse("an image", |line| line.contains("![")),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if let Some(runs) = self.pop_inlines() {
                    self.block(Block::Paragraph(runs));
                }
            }
            TagEnd::Heading(level) => {
                if level == HeadingLevel::H1 {
                    self.refuse("a heading of level 1 (the template makes those)", |line| {
                        line.starts_with("# ")
                    });
                }
                if let Some(runs) = self.pop_inlines() {
                    self.block(Block::Heading(level as u8, runs));
                }
            }
            TagEnd::Emphasis => {
                if let Some(runs) = self.pop_inlines() {
                    self.inline(Inline::Emphasis(runs));
                }
            }
            TagEnd::Strong => {
                if let Some(runs) = self.pop_inlines() {
                    self.inline(Inline::Strong(runs));
                }
            }
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                if let Some(Frame::Items(ordered, items)) = self.frames.pop() {
                    self.block(Block::List { ordered, items });
                }
            }
            _ => {}
        }
    }

    /// A tight list item holds its words without a paragraph: they are gathered under one.
    fn end_item(&mut self) {
        if let Some(runs) = self.pop_inlines_if_open() {
            self.block(Block::Paragraph(runs));
        }
        if let Some(Frame::Blocks(blocks)) = self.frames.pop()
            && let Some(Frame::Items(_, items)) = self.frames.last_mut()
        {
            items.push(blocks);
        }
    }

    fn pop_inlines(&mut self) -> Option<Vec<Inline>> {
        match self.frames.pop() {
            Some(Frame::Inlines(runs)) => Some(runs),
            _ => None,
        }
    }

    fn pop_inlines_if_open(&mut self) -> Option<Vec<Inline>> {
        matches!(self.frames.last(), Some(Frame::Inlines(_)))
            .then(|| self.pop_inlines())
            .flatten()
    }

    fn block(&mut self, block: Block) {
        if let Some(runs) = self.pop_inlines_if_open() {
            self.block(Block::Paragraph(runs));
        }
        if let Some(Frame::Blocks(blocks)) = self.frames.last_mut() {
            blocks.push(block);
        }
    }

    fn inline(&mut self, inline: Inline) {
        if matches!(self.frames.last(), Some(Frame::Blocks(_))) {
            self.frames.push(Frame::Inlines(Vec::new()));
        }
        if let Some(Frame::Inlines(runs)) = self.frames.last_mut() {
            runs.push(inline);
        }
    }

    fn text(&mut self, text: &str) {
        for segment in split(text) {
            match segment {
                Segment::Literal(words) => self.inline(Inline::Text(danish_quotes(words))),
                Segment::Marker(index) => match self.pieces.get(index) {
                    Some(Piece::Text(words)) => self.inline(Inline::Text(words)),
                    Some(Piece::Fact(fact, form)) => self.inline(Inline::Fact(fact, form)),
                    None => {}
                },
            }
        }
    }

    /// Refuses a construct. Evaluated text has no places: the first line of the file that looks like it is shown.
    fn refuse(&mut self, what: &str, looks_so: impl Fn(&str) -> bool) {
        let (mut start, mut place) = (0, self.source.whole());
        for line in self.source.text().split_inclusive('\n') {
            if looks_so(line) {
                place = self.source.place(start..start + line.trim_end().len());
                break;
            }
            start += line.len();
        }
        let finding = Finding::error(codes::UNSUPPORTED, format!("the text holds {what}"))
            .at(&place, "")
            .expected("paragraphs, headings from level 2, lists, emphasis");
        self.findings.push(finding);
    }
}

/// Straight quotation marks become the ones that this city's documents use: ”…” and ’.
fn danish_quotes(text: &str) -> String {
    text.replace('"', "”").replace('\'', "’")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn blocks(text: &str) -> (serde_json::Value, usize) {
        let source = SourceFile::new("x.md", text);
        let (blocks, findings) = parse(text, &Pieces::default(), &source);
        let blocks = serde_json::to_value(blocks).expect("its keys are texts");
        (blocks, findings.len())
    }

    #[test]
    fn paragraphs_headings_lists_and_emphasis() {
        let (blocks, faults) = blocks("## H\n\nEn *to* \"tre\".\n\n1. a\n2. b\n   - c\n");
        assert_eq!(faults, 0);
        let item = |text: &str| json!({"type": "paragraph", "runs": [{"text": text}]});
        let inner = json!({"type": "list", "ordered": false, "items": [[item("c")]]});
        let expected = json!([
            {"type": "heading", "level": 2, "runs": [{"text": "H"}]},
            {"type": "paragraph", "runs": [
                {"text": "En "}, {"emphasis": [{"text": "to"}]}, {"text": " ”tre”."}
            ]},
            {"type": "list", "ordered": true, "items": [[item("a")], [item("b"), inner]]},
        ]);
        assert_eq!(blocks, expected);
    }

    #[test]
    fn typst_code_stays_text() {
        let (blocks, faults) = blocks("#panic() $x$ @ref `raw` [a] // <b>\n= head");
        assert_eq!(faults, 0);
        let text = blocks.to_string();
        for part in ["#panic() $x$ @ref ", "`raw`", "// ", "= head"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn images_and_code_blocks_are_refused() {
        assert_eq!(blocks("![a](b.png)").1, 1);
        assert_eq!(blocks("```\nx\n```").1, 1);
        assert_eq!(blocks("# top").1, 1);
    }
}
