//! How a text is put together, without evaluating it: its words and its placeholders in the order of the source.
//!
//! Comes in: a text file and the topics of the editions that may print it. Goes out: [`Part`]s with their places,
//! in every branch, for the rules that look at what was typed by hand. A text that cannot be parsed has no outline:
//! evaluating it says what is wrong.

mod values;
mod walk;

use std::ops::Range;
use std::sync::Arc;

use minijinja::machinery::{ast::Stmt, parse};

use super::environment::syntax;
use crate::facts::{Fact, Node};

/// A figure that a placeholder may print, and in which form.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The fact.
    pub fact: Arc<Fact>,
    /// The form's name; `text` is the usual one.
    pub form: String,
}

/// What a part of a text is.
#[derive(Clone, Debug)]
pub enum PartKind {
    /// Words typed in the text, or in a string that a placeholder prints.
    Words,
    /// A placeholder, with the figures it may print, as far as that can be told.
    Placeholder(Vec<Figure>),
}

/// A part of a text.
#[derive(Clone, Debug)]
pub struct Part {
    /// Where it stands, in bytes of the source.
    pub span: Range<usize>,
    /// What it is.
    pub kind: PartKind,
    /// The figures that may stand right before it.
    pub before: Vec<Figure>,
    /// True inside a condition on a value, a direction or an assessment.
    pub judged: bool,
}

/// The parts of a text, in the order of its source; none when it cannot be parsed.
pub fn outline(text: &str, topics: &[&Node]) -> Option<Vec<Part>> {
    let Ok(Stmt::Template(template)) = parse(text, "text", syntax()) else {
        return None;
    };
    Some(walk::parts(text, &template.children, topics))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::facts::{FactBook, FactUnit, Quantity};

    fn topics() -> Node {
        let place = SourceFile::new("d.csv", "").whole();
        let mut book = FactBook::default();
        let mut fact = |id: &str, value: i64, unit| {
            Node::from(book.given(id, Quantity::Number(value.into()), unit, &place))
        };
        let point = Node::map([
            ("area", fact("area", 20, FactUnit::Percent)),
            ("year", fact("year", 2018, FactUnit::Year)),
        ]);
        let indicator = Node::map([("latest", point)]);
        let gap = fact("gap", 4, FactUnit::PercentagePoints);
        Node::map([("all", Node::list([indicator])), ("gap", gap)])
    }

    /// Words in angle brackets, ids and forms of placeholders, `?` where nothing is known; `!` before what is judged.
    fn shown(text: &str) -> String {
        let topics = topics();
        let parts = outline(text, &[&topics]).expect("it parses");
        let one = |part: &Part| {
            let judged = if part.judged { "!" } else { "" };
            match &part.kind {
                PartKind::Words => format!("{judged}<{}>", &text[part.span.clone()]),
                PartKind::Placeholder(figures) if figures.is_empty() => format!("{judged}?"),
                PartKind::Placeholder(figures) => {
                    let ids: Vec<String> = figures.iter().map(figure).collect();
                    format!("{judged}{}", ids.join("|"))
                }
            }
        };
        parts.iter().map(one).collect()
    }

    fn figure(figure: &Figure) -> String {
        format!("{}.{}", figure.fact.id, figure.form)
    }

    #[test]
    fn loops_sets_and_macros_lead_to_facts() {
        assert_eq!(shown("a {{ gap.number }} b"), "<a >gap.number< b>");
        assert_eq!(
            shown(
                "{% for i in all if i.latest %}{% set now = i.latest %}{{ now.area }}{% endfor %}"
            ),
            "area.text"
        );
        assert_eq!(
            shown(
                "{% macro m(i, f) %}{{ i.latest.area[f] }}{% endmacro %}{% for i in all | list %}{{ m(i, \"number\") }}{% endfor %}"
            ),
            "area.number?"
        );
        assert_eq!(shown("{{ nothing }}{{ all }}"), "??");
    }

    #[test]
    fn conditions_on_values_judge() {
        assert_eq!(
            shown(
                "{% if gap.value > 0 %}højere{% else %}lavere{% endif %} {% if all %}x{% endif %}"
            ),
            "!<højere>!<lavere>< ><x>"
        );
        assert_eq!(
            shown(
                "{% set fell = all | selectattr(\"direction_word\", \"eq\", \"faldet\") %}{% if fell %}x{% endif %}"
            ),
            "!<x>"
        );
    }

    #[test]
    fn what_stands_before_is_known_in_every_branch() {
        let topics = topics();
        let text = "{% if all %}{{ gap }}{% else %}{{ gap.number }}{% endif %} pct.";
        let parts = outline(text, &[&topics]).expect("it parses");
        let last = parts.last().expect("a part");
        let before: Vec<String> = last.before.iter().map(figure).collect();
        assert_eq!(before, ["gap.text", "gap.number"]);
    }

    #[test]
    fn strings_that_are_printed_are_words() {
        assert_eq!(
            shown("{{ \"20 %\" if gap else \"3\" }}"),
            "<\"20 %\"><\"3\">?"
        );
        assert!(outline("{% if %}", &[]).is_none());
    }
}
