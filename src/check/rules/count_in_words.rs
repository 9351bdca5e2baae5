//! R05: counts stated in words are the lengths of the lists.

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Place, Severity};
use crate::facts::danish::{in_words, word_of_count};
use crate::model::{IndicatorGroup, Partnership};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "A count that a text states in words (`counts` in partnership.json: *syv forvaltninger*, *tre indsatsområder*) is the length of the list.",
    why: "Lists change and sentences are forgotten: the reader counts eight names after the word seven.",
    example: "`{ \"of\": \"administrations\", \"word\": \"syv\" }` beside a list of eight.",
    correct: "Correct the word, or the list.",
    check,
};

const CODE: Code = Code::new(
    "R05",
    "count-in-words",
    "a count stated in words is not the length of its list",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let partnership = &checked.data.partnership;
    for count in &partnership.counts {
        let Some((length, place)) = list(partnership, &count.of.value) else {
            findings.push(
                Finding::error(CODE, format!("there is no list '{}' to count", count.of.value))
                    .at(&count.of.place, "no such list")
                    .expected("parties, administrations, focus_areas, goals, indicators.selected or indicators.supplementary"),
            );
            continue;
        };
        let Some(stated) = word_of_count(&count.word.value) else {
            findings.push(
                Finding::error(CODE, format!("'{}' is no number word", count.word.value))
                    .at(&count.word.place, "not a number word")
                    .expected("a Danish number word from nul to tyve"),
            );
            continue;
        };
        if stated != length {
            let mut finding = Finding::error(
                CODE,
                format!(
                    "'{}' says {stated}, but {} has {length}",
                    count.word.value, count.of.value
                ),
            )
            .at(&count.word.place, format!("says {stated}"))
            .hint(format!(
                "the word for {length} is '{}'",
                in_words(length.into())
            ));
            if let Some(place) = place {
                finding = finding.and(&place, format!("the last of {length}"));
            }
            findings.push(finding);
        }
    }
}

/// The length of a list and the place of its last entry.
fn list(partnership: &Partnership, of: &str) -> Option<(usize, Option<Place>)> {
    let places: Vec<&Place> = match of {
        "parties" => partnership
            .parties
            .iter()
            .map(|one| &one.id.place)
            .collect(),
        "administrations" => partnership
            .administrations
            .iter()
            .map(|one| &one.id.place)
            .collect(),
        "focus_areas" => partnership
            .focus_areas
            .iter()
            .map(|one| &one.id.place)
            .collect(),
        "goals" => partnership.goals.iter().map(|one| &one.id.place).collect(),
        "indicators.selected" => of_group(partnership, IndicatorGroup::Selected),
        "indicators.supplementary" => of_group(partnership, IndicatorGroup::Supplementary),
        _ => return None,
    };
    Some((places.len(), places.last().map(|place| (*place).clone())))
}

fn of_group(partnership: &Partnership, group: IndicatorGroup) -> Vec<&Place> {
    let indicators = partnership
        .indicators
        .iter()
        .filter(|one| one.group == group);
    indicators.map(|one| &one.id.place).collect()
}
