//! One line with placeholders, such as a document's title or its file name.

use super::codes;
use super::environment::Prose;
use super::pieces::{Piece, Segment, split};
use crate::diagnostic::Finding;
use crate::facts::EditionFacts;
use crate::model::Text;

/// Evaluates a line of `template.json` to plain text, with ordinary spaces.
///
/// # Errors
/// A finding at the line when a placeholder is undefined or cannot be evaluated.
pub fn line(template: &Text, facts: &EditionFacts) -> Result<String, Box<Finding>> {
    let prose = Prose::new(facts);
    let source = template.place.source();
    let rendered = prose
        .evaluate(source, &template.value)
        .map_err(|finding| Box::new(finding.at(&template.place, "in this line")))?;
    let mut text = String::new();
    for segment in split(&rendered) {
        match segment {
            Segment::Literal(words) => text.push_str(words),
            Segment::Marker(index) => match prose.pieces.get(index) {
                Some(Piece::Text(words)) => text.push_str(&words),
                Some(Piece::Fact(fact, form)) => {
                    text.push_str(fact.form(&form).unwrap_or(&fact.text));
                }
                None => {}
            },
        }
    }
    let text = text.replace('\u{a0}', " ");
    if text.trim().is_empty() {
        let message = "the line is empty once its placeholders are filled in";
        return Err(Box::new(
            Finding::error(codes::PLACEHOLDER, message).at(&template.place, "empty"),
        ));
    }
    Ok(text)
}
