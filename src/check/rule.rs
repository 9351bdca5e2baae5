//! What a rule is: a code, its page, and the function that looks and reports; and what rules look at.

use std::sync::Arc;

use crate::diagnostic::{Code, Findings, Severity, SourceFile};
use crate::facts::{EditionFacts, Node, edition_facts};
use crate::model::{Dataset, Edition, Manuscript, ManuscriptKind, Template};
use crate::prose::{Part, outline};

/// What rules look at.
#[derive(Debug)]
pub struct Checked<'a> {
    /// Everything one partnership's folder says.
    pub data: &'a Dataset,
    /// Every kind of document there is.
    pub templates: &'a [Template],
    /// Everything typed by hand: texts and the sources of templates.
    pub manuscripts: Vec<&'a Manuscript>,
    /// What each edition of the register sees, in its order; editions without a template are left out.
    pub seen: Vec<Seen<'a>>,
}

/// An edition and what it may print.
#[derive(Debug)]
pub struct Seen<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// Its facts.
    pub facts: EditionFacts,
}

impl<'a> Checked<'a> {
    /// Puts together what the rules look at.
    pub fn new(
        data: &'a Dataset,
        templates: &'a [Template],
        manuscripts: Vec<&'a Manuscript>,
    ) -> Self {
        let template = |document: &str| templates.iter().find(|one| one.id.value == document);
        let seen = data.editions.iter().filter_map(|edition| {
            let template = template(&edition.document.value)?;
            let facts = edition_facts(data, edition, template);
            Some(Seen { edition, facts })
        });
        Self {
            data,
            templates,
            manuscripts,
            seen: seen.collect(),
        }
    }

    /// The template of a document.
    pub fn template(&self, document: &str) -> Option<&'a Template> {
        self.templates
            .iter()
            .find(|template| template.id.value == document)
    }

    /// The Markdown texts with their parts; a text that cannot be parsed is left out.
    pub fn texts(&self) -> impl Iterator<Item = (&'a Arc<SourceFile>, Vec<Part>)> {
        let texts = self
            .manuscripts
            .iter()
            .filter(|one| one.kind == ManuscriptKind::Text);
        texts.filter_map(|one| {
            let parts = outline(one.source.text(), &self.topics(one))?;
            Some((&one.source, parts))
        })
    }

    /// The topics of every edition that may print a manuscript.
    pub fn topics(&self, manuscript: &Manuscript) -> Vec<&Node> {
        let prints = |edition: &Edition| {
            let document = manuscript.document.as_ref();
            document.is_none_or(|document| edition.document.value == *document)
                && manuscript.year.is_none_or(|year| edition.year == year)
        };
        self.seen
            .iter()
            .filter(|seen| prints(seen.edition))
            .map(|seen| &seen.facts.topics)
            .collect()
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
