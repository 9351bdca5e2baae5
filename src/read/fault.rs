//! What is wrong with a single value, before it is known where the value stands and what it is called.

use crate::diagnostic::{Code, Finding, Place, quoted};

/// Why a text is not the value it should be.
#[derive(Debug)]
pub(crate) struct Fault {
    code: Code,
    /// Follows the value's name and text, such as `has a decimal point`.
    pub(crate) message: String,
    expected: Option<String>,
    hint: Option<String>,
}

impl Fault {
    /// A fault; the message follows the value's name and text.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            expected: None,
            hint: None,
        }
    }

    /// Says what was expected.
    pub(crate) fn expected(self, text: impl Into<String>) -> Self {
        Self {
            expected: Some(text.into()),
            ..self
        }
    }

    /// Says how to mend it.
    pub(crate) fn hint(self, text: impl Into<String>) -> Self {
        Self {
            hint: Some(text.into()),
            ..self
        }
    }

    /// Says how to mend it, where that is known.
    pub(crate) fn hint_if(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.hint(text),
            None => self,
        }
    }

    /// The finding about the text of a named value at a place.
    pub(crate) fn finding(self, name: &str, text: &str, place: &Place) -> Finding {
        let mut finding = Finding::error(
            self.code,
            format!("{name} {} {}", quoted(text), self.message),
        );
        finding.expected = self.expected;
        finding.hints.extend(self.hint);
        finding.at(place, "")
    }
}
