//! Findings for people: the message, the line with the offending part underlined, and how to mend it.
//!
//! Comes in: a finding. Goes out: text of several lines, with or without colour.
//! Must not hand long lines or invisible characters to the terminal.

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::excerpt::Excerpt;
use super::finding::{Finding, Label, Severity};
use super::place::Place;
use super::visible::visible;

/// Renders findings with their source lines.
#[derive(Clone, Copy, Debug)]
pub struct Human {
    color: bool,
    width: usize,
}

impl Human {
    /// Renders with or without colour, for a terminal of the usual width.
    pub fn new(color: bool) -> Self {
        Self {
            color,
            width: DEFAULT_TERM_WIDTH,
        }
    }

    /// The same for a terminal of another width.
    pub fn width(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// The finding as text, without a line end after it.
    pub fn render(&self, finding: &Finding) -> String {
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level
            .primary_title(visible(&finding.message))
            .id(finding.code.id);
        let mut group = Group::with_title(title);
        if let Some(label) = &finding.primary {
            group = add_place(group, label, AnnotationKind::Primary);
        }
        for label in &finding.secondary {
            group = add_place(group, label, AnnotationKind::Context);
        }
        if let Some(expected) = &finding.expected {
            let level = Level::NOTE.with_name("expected");
            group = group.element(level.message(visible(expected)));
        }
        for hint in &finding.hints {
            group = group.element(Level::HELP.message(visible(hint)));
        }
        let rendered = self.renderer().render(&[group]);
        finding
            .primary
            .iter()
            .chain(&finding.secondary)
            .fold(rendered, correct_column)
    }

    /// A place alone: where it is, and its line with the part underlined.
    pub fn excerpt(&self, place: &Place) -> String {
        let label = Label {
            place: place.clone(),
            text: String::new(),
        };
        let group = Group::with_level(Level::INFO);
        let group = add_place(group, &label, AnnotationKind::Primary);
        correct_column(self.renderer().render(&[group]), &label)
    }

    fn renderer(&self) -> Renderer {
        let renderer = if self.color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.term_width(self.width)
    }
}

/// Adds where a label stands, and the line when there is one to show.
fn add_place<'a>(group: Group<'a>, label: &'a Label, kind: AnnotationKind) -> Group<'a> {
    let place = &label.place;
    let path = visible(place.source().path());
    let text = visible(&label.text);
    match Excerpt::of(place) {
        Some(excerpt) => {
            let mut mark = kind.span(excerpt.mark);
            if !text.is_empty() {
                mark = mark.label(text);
            }
            let snippet = Snippet::source(excerpt.text)
                .line_start(place.line())
                .path(path);
            group.element(snippet.annotation(mark))
        }
        None if text.is_empty() => group.element(Origin::path(path)),
        None => group
            .element(Origin::path(path))
            .element(Level::NOTE.message(text)),
    }
}

/// Writes the true column where the renderer counted from the beginning of an excerpt that is cut.
fn correct_column(rendered: String, label: &Label) -> String {
    let place = &label.place;
    let Some(excerpt) = Excerpt::of(place) else {
        return rendered;
    };
    let counted = excerpt.text[..excerpt.mark.start].chars().count() + 1;
    let column = place.column();
    if counted == column {
        return rendered;
    }
    let position = format!("{}:{}", visible(place.source().path()), place.line());
    rendered.replacen(
        &format!("{position}:{counted}"),
        &format!("{position}:{column}"),
        1,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, SourceFile};
    use proptest::prelude::*;

    const CODE: Code = Code::new("D01", "bad-number", "A number is not written as one.");

    #[test]
    fn shows_both_places_and_the_notes() {
        let csv = SourceFile::new("inputs/a/x.csv", "id;value\nfolehaven;41.2\n");
        let json = SourceFile::new("inputs/a/p.json", "{\n  \"id\": \"b\"\n}\n");
        let finding = Finding::error(CODE, "value `41.2` has an English decimal point")
            .at(&csv.place(19..23), "here")
            .and(&json.place(10..13), "and there")
            .expected("a number such as 41,2")
            .hint("write 41,2");
        insta::assert_snapshot!(Human::new(false).render(&finding), @r##"
        error[D01]: value `41.2` has an English decimal point
         --> inputs/a/x.csv:2:11
          |
        2 | folehaven;41.2
          |           ^^^^ here
          |
         ::: inputs/a/p.json:2:9
          |
        2 |   "id": "b"
          |         --- and there
          |
          = expected: a number such as 41,2
          = help: write 41,2
        "##);
    }

    #[test]
    fn a_finding_without_text_or_place_is_shown_too() {
        let gone = SourceFile::new("inputs/a/x.csv", "");
        let bare = Finding::warning(CODE, "nothing\u{202e}");
        insta::assert_snapshot!(Human::new(false).render(&bare), @"warning[D01]: nothing<U+202E>");
        let finding = bare.at(&gone.whole(), "it is missing").hint("make it");
        insta::assert_snapshot!(Human::new(false).render(&finding), @r##"
        warning[D01]: nothing<U+202E>
        --> inputs/a/x.csv
         = note: it is missing
         = help: make it
        "##);
    }

    proptest! {
        #[test]
        fn every_place_can_be_shown(text in "[aæ\t\r\n\u{202e}\u{0}🌱;]{0,40}", start in 0usize..50, length in 0usize..50) {
            let source = SourceFile::new("a.csv", text);
            let place = source.place(start..start + length);
            let finding = Finding::error(CODE, "x").at(&place, "here").and(&place, "").hint("y\u{1b}[31m");
            for color in [true, false] {
                let shown = Human::new(color).render(&finding);
                let shows = |c: char| shown.contains(c);
                prop_assert!(!shows('\u{202e}') && !shows('\u{0}') && (color || !shows('\u{1b}')), "shown raw");
            }
        }
    }

    #[test]
    fn a_long_line_is_shown_as_a_window_with_its_true_column() {
        let source = SourceFile::new(
            "a.csv",
            format!("{}HIT{}", "x;".repeat(5000), ";y".repeat(5000)),
        );
        let finding = Finding::error(CODE, "long").at(&source.place(10_000..10_003), "here");
        insta::assert_snapshot!(Human::new(false).width(60).render(&finding), @r##"
        error[D01]: long
         --> a.csv:1:10001
          |
        1 | ...;x;x;x;x;x;x;x;x;x;x;HIT;y;y;y;y;y;y;y;y;y;y;y;y;y...
          |                         ^^^ here
        "##);
    }
}
