//! R15: words of direction are worked out from the figures they stand beside.

use std::ops::Range;
use std::sync::Arc;

use crate::check::words::{is_allowed, occurrences, sentence_ends};
use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity, SourceFile};
use crate::facts::FactUnit;
use crate::prose::{Part, PartKind};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A word of direction (*faldet*, *steget*, *stiger*, *falder*, *fald*, *stigning*, *højere*, *lavere*, *på niveau*, *uændret* …) that is typed in the same sentence as the placeholder of a figure stands inside a condition on a value, a `direction_word` or an assessment. *Faldet* and *steget* without one would also claim that the difference was tested.",
    why: "The figure changes next year and the word does not; then the sentence contradicts itself.",
    example: "`Andelen er faldet til {{ indicators.by_id.insecure.latest.area }}.`",
    correct: "Write `{{ change(old, new) }}`, print the indicator's `direction_word`, or choose the word by a condition: `{% if gap.value > 0 %}højere{% else %}lavere{% endif %}`. An exception is a comment with its reason on the line or the line before: `{# allow R15: … #}`.",
    check,
};

const CODE: Code = Code::new(
    "R15",
    "typed-trend",
    "a word of direction is typed beside a figure instead of worked out from it",
);

/// The words, in lower case.
const TRENDS: [&str; 20] = [
    "faldet",
    "faldt",
    "falder",
    "fald",
    "faldende",
    "steget",
    "steg",
    "stiger",
    "stigning",
    "stigende",
    "højere",
    "lavere",
    "højest",
    "lavest",
    "på niveau",
    "uændret",
    "vokset",
    "øget",
    "mindsket",
    "reduceret",
];

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    for (source, parts) in checked.texts() {
        for sentence in sentences(source.text(), &parts) {
            if !sentence.has_figure {
                continue;
            }
            for word in sentence.words {
                if !is_allowed(source, word.start, CODE.id) {
                    findings.push(found(source, word));
                }
            }
        }
    }
}

/// What stands between two ends of a sentence, in the order of the source.
#[derive(Default)]
struct Sentence {
    words: Vec<Range<usize>>,
    has_figure: bool,
}

fn sentences(text: &str, parts: &[Part]) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::default()];
    for part in parts {
        let PartKind::Placeholder(figures) = &part.kind else {
            let mut start = part.span.start;
            for end in sentence_ends(text, part.span.clone()) {
                add(text, start..end, part.judged, &mut sentences);
                sentences.push(Sentence::default());
                start = end;
            }
            add(text, start..part.span.end, part.judged, &mut sentences);
            continue;
        };
        let moves = |unit| !matches!(unit, FactUnit::Year | FactUnit::Years | FactUnit::Date);
        if let Some(last) = sentences.last_mut() {
            last.has_figure |= figures.iter().any(|figure| moves(figure.fact.unit));
        }
    }
    sentences
}

fn add(text: &str, span: Range<usize>, judged: bool, sentences: &mut [Sentence]) {
    if judged {
        return;
    }
    if let Some(last) = sentences.last_mut() {
        let found = TRENDS
            .iter()
            .flat_map(|word| occurrences(text, span.clone(), word));
        last.words.extend(found);
    }
}

fn found(source: &Arc<SourceFile>, word: Range<usize>) -> Finding {
    let message = format!(
        "'{}' is typed beside a figure, and nothing keeps the two in step",
        &source.text()[word.clone()]
    );
    Finding::error(CODE, message)
        .at(&source.place(word), "typed by hand")
        .hint("write {{ change(old, new) }}, or choose the word by the indicator's `direction_word` or by a condition on a value")
}
