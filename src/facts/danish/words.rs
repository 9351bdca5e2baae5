//! Danish words for codes and small numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::number::whole;
use crate::model::{ActivityStatus, AreaKind, DecisionKind, EditionStatus};

/// Nought to ten, as official Danish writes them in running text.
const SMALL: [&str; 11] = [
    "nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti",
];

/// Numbers that a stated count may use beyond ten.
const MORE: [&str; 10] = [
    "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten",
    "tyve",
];

/// A whole number in words from 0 to 10, in figures above.
pub fn in_words(value: Decimal) -> String {
    let small = if value.is_integer() {
        value.to_usize()
    } else {
        None
    };
    small
        .and_then(|index| SMALL.get(index))
        .map_or_else(|| whole(value), ToString::to_string)
}

/// The number that a Danish number word from *nul* to *tyve* stands for; *et* and *én* are one.
pub fn word_of_count(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    if ["et", "én", "ét"].contains(&word.as_str()) {
        return Some(1);
    }
    SMALL.iter().chain(&MORE).position(|known| *known == word)
}

/// What a status is called.
pub fn activity_status(status: ActivityStatus) -> &'static str {
    match status {
        ActivityStatus::Planned => "planlagt",
        ActivityStatus::Running => "i gang",
        ActivityStatus::Completed => "afsluttet",
        ActivityStatus::Postponed => "udskudt",
        ActivityStatus::Cancelled => "aflyst",
    }
}

/// What a decision is called.
pub fn decision_kind(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Approved => "godkendt",
        DecisionKind::Noted => "taget til efterretning",
        DecisionKind::Discussed => "drøftet",
    }
}

/// What the status of an edition is called.
pub fn edition_status(status: EditionStatus) -> &'static str {
    match status {
        EditionStatus::Draft => "udkast",
        EditionStatus::Final => "endelig",
    }
}

/// What a kind of area is called.
pub fn area_kind(kind: AreaKind) -> &'static str {
    match kind {
        AreaKind::Estate => "boligafdeling",
        AreaKind::DeprivedArea => "udsat byområde",
        AreaKind::UrbanRenewal => "områdefornyelse",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_agree() {
        for number in 0..=10_usize {
            assert_eq!(
                word_of_count(&in_words(Decimal::from(number))),
                Some(number)
            );
        }
        assert_eq!(in_words(Decimal::from(11)), "11");
        assert_eq!(word_of_count("Elleve"), Some(11));
        assert_eq!(word_of_count("mange"), None);
    }
}
