//! The texts of an edition: each file's placeholders filled in, then its Markdown parsed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::block::Block;
use super::environment::Prose;
use super::markdown;
use crate::diagnostic::{Findings, SourceFile};
use crate::facts::EditionFacts;

/// The text files of an edition by name, the most specific one of each.
pub type Texts = BTreeMap<String, Arc<SourceFile>>;

/// The blocks of every text by name, and what is wrong with them.
pub fn blocks(texts: &Texts, facts: &EditionFacts) -> (BTreeMap<String, Vec<Block>>, Findings) {
    let prose = Prose::new(facts);
    let mut findings = Findings::new();
    let mut all = BTreeMap::new();
    for (name, source) in texts {
        match prose.evaluate(source, source.text()) {
            Ok(rendered) => {
                let (blocks, faults) = markdown::parse(&rendered, &prose.pieces, source);
                findings.append(faults);
                all.insert(name.clone(), blocks);
            }
            Err(finding) => findings.push(*finding),
        }
    }
    (all, findings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Finding;
    use crate::facts::{FactBook, FactUnit, Node, Quantity};
    use rust_decimal::Decimal;

    fn facts() -> EditionFacts {
        let place = SourceFile::new("d.csv", "").whole();
        let mut book = FactBook::default();
        let seven = Quantity::Number(Decimal::from(7));
        let seven = book.given("seven", seven, FactUnit::Count, &place);
        let topics = Node::map([
            ("seven", seven.into()),
            ("name", "*a* #b `c` [d] $e$ @f // {{ g }} \"h\"".into()),
            ("names", Node::list(["b", "å", "z"])),
        ]);
        EditionFacts { topics, book }
    }

    fn run(text: &str) -> Result<String, Box<Finding>> {
        let source = SourceFile::new("t.md", text);
        let texts = BTreeMap::from([("t".to_owned(), Arc::clone(&source))]);
        let (blocks, findings) = blocks(&texts, &facts());
        if let Some(finding) = findings.into_iter().next() {
            return Err(Box::new(finding));
        }
        Ok(serde_json::to_string(&blocks["t"]).expect("blocks are JSON"))
    }

    fn fault(text: &str) -> (&'static str, String) {
        let finding = run(text).expect_err("a finding");
        (
            finding.code.id,
            finding.primary.expect("a place").place.to_string(),
        )
    }

    #[test]
    fn data_is_never_markdown_or_a_placeholder() {
        let blocks = run("- {{ name }}\n").expect("blocks");
        assert!(
            blocks.contains(r##""text":"*a* #b `c` [d] $e$ @f // {{ g }} \"h\"""##),
            "{blocks}"
        );
    }

    #[test]
    fn facts_keep_their_identity_and_form() {
        let blocks = run("**{{ seven.words }}** {{ seven ~ \" x\" }}").expect("blocks");
        assert_eq!(blocks.matches(r#""fact":"seven""#).count(), 2, "{blocks}");
        assert!(blocks.contains(r#""form":"words""#));
    }

    #[test]
    fn captured_blocks_keep_their_facts() {
        let blocks = run("{% set x %}a *{{ seven }}*{% endset %}{{ x }}").expect("blocks");
        assert!(
            blocks.contains("emphasis") && blocks.contains(r#""fact":"seven""#),
            "{blocks}"
        );
    }

    #[test]
    fn lists_are_danish() {
        assert!(
            run("{{ names | danish_sort | and_list }}")
                .expect("blocks")
                .contains("b, z og å")
        );
    }

    #[test]
    fn faults_are_found_at_their_place() {
        assert_eq!(fault("a\nb {{ nosuch }}"), ("T20", "t.md:2:6".to_owned()));
        assert_eq!(fault("{{ seven.nosuch }}").0, "T20");
        assert_eq!(fault("{{ 1 + 2 }}").0, "T23");
        assert_eq!(fault("{{ seven.value }}").0, "T23");
        assert_eq!(fault("{{ names }}").0, "T21");
        assert_eq!(fault("{% if %}").0, "T21");
        assert_eq!(
            fault(
                "{% for i in range(100000) %}{% for j in range(100000) %}a{% endfor %}{% endfor %}"
            )
            .0,
            "T22"
        );
        assert_eq!(
            fault("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}").0,
            "T22"
        );
        assert_eq!(fault("{{ name | safe }}").0, "T21");
    }
}
