//! What a rule is: a code, its page, and the function that looks and reports.

use crate::diagnostic::{Code, Findings, Severity};
use crate::model::{Dataset, Template};

/// What rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// Everything one partnership's folder says.
    pub data: &'a Dataset,
    /// Every kind of document there is.
    pub templates: &'a [Template],
}

impl<'a> Checked<'a> {
    /// The template of a document.
    pub fn template(&self, document: &str) -> Option<&'a Template> {
        self.templates
            .iter()
            .find(|template| template.id.value == document)
    }
}

/// A consistency rule with its page.
#[derive(Debug)]
pub struct Rule {
    /// Its code, such as `R03`, with the name of the fault.
    pub code: Code,
    /// How much its findings weigh at most.
    pub severity: Severity,
    /// What it checks.
    pub checks: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// An example of the fault.
    pub example: &'static str,
    /// How to correct it.
    pub correct: &'static str,
    /// Looks and reports.
    pub check: fn(&Checked<'_>, &mut Findings),
}
