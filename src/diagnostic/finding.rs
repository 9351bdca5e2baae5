//! What is wrong: a coded finding with its places, and the bag they are gathered in.
//!
//! Comes in: faults, from every stage. Goes out: values that the printers in this room render.
//! Must not be flattened to text before it is printed.

use super::Code;
use super::place::Place;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The document would be wrong, or cannot be made: nothing is written, exit 1.
    Error,
    /// Worth a look; it stops a final edition only where the rule says so.
    Warning,
}

/// A place with the words that stand beside its mark.
#[derive(Clone, Debug)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What stands beside the mark; may be empty.
    pub text: String,
}

/// One fault: a stable code, a message readable alone, its places and how to mend it.
#[derive(Clone, Debug)]
#[must_use]
pub struct Finding {
    /// The stable code, such as `R03`.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// One sentence that can be read alone.
    pub message: String,
    /// The place to mend, when there is one.
    pub primary: Option<Label>,
    /// Other places that take part in the contradiction.
    pub secondary: Vec<Label>,
    /// What was expected, when the message does not say it.
    pub expected: Option<String>,
    /// How to mend it.
    pub hints: Vec<String>,
}

impl Finding {
    /// An error without a place yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            expected: None,
            hints: Vec::new(),
        }
    }

    /// A warning without a place yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// Marks the place to mend.
    pub fn at(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.primary = Some(Label {
            place: place.clone(),
            text: text.into(),
        });
        self
    }

    /// Marks another place that takes part.
    pub fn and(mut self, place: &Place, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            place: place.clone(),
            text: text.into(),
        });
        self
    }

    /// Says what was expected.
    pub fn expected(mut self, text: impl Into<String>) -> Self {
        self.expected = Some(text.into());
        self
    }

    /// Says how to mend it.
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hints.push(text.into());
        self
    }
}

/// The findings of a run, gathered to the end of a stage.
#[derive(Clone, Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// An empty bag.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all of another bag.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// True when at least one is an error.
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }

    /// How many weigh as much as that.
    pub fn count(&self, severity: Severity) -> usize {
        self.0
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in the order they were found or sorted.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Sorts by place (findings without one first), then by code and message, and drops repetitions.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        self.0.dedup_by(|a, b| sort_key(a) == sort_key(b));
    }
}

type SortKey<'a> = (Option<(&'a str, usize, usize)>, &'static str, &'a str);

fn sort_key(finding: &Finding) -> SortKey<'_> {
    let place = finding.primary.as_ref().map(|label| label.place.sort_key());
    (place, finding.code.id, &finding.message)
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.0.extend(findings);
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}
