//! Danish words for codes and small numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::number::whole;
use crate::model::{ActivityStatus, AreaKind, DecisionKind, EditionStatus};

/// Nought to ten, as official Danish writes them in running text. One has an accent, which tells it from the article.
const SMALL: [&str; 11] = [
    "nul", "én", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti",
];

/// Numbers that a stated count may use beyond ten.
const MORE: [&str; 10] = [
    "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten",
    "tyve",
];

/// One before a noun of the neuter: *ét møde*, but *én aktivitet*.
const NEUTER_ONE: &str = "ét";

/// A whole number in words from 0 to 10, in figures above; one is as before a noun of the common gender.
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

/// The same before a noun of the neuter.
pub fn in_words_neuter(value: Decimal) -> String {
    if value == Decimal::ONE {
        NEUTER_ONE.to_owned()
    } else {
        in_words(value)
    }
}

/// The number that a Danish number word from *nul* to *tyve* stands for; *en*, *et* and *ét* are one.
pub fn word_of_count(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    if ["en", "et", NEUTER_ONE].contains(&word.as_str()) {
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
            for word in [in_words, in_words_neuter] {
                assert_eq!(word_of_count(&word(number.into())), Some(number));
            }
        }
        assert_eq!(in_words(Decimal::ONE), "én");
        assert_eq!(in_words_neuter(Decimal::new(10, 1)), "ét");
        assert_eq!(in_words_neuter(Decimal::from(11)), "11");
        for one in ["en", "Et", "Én", "ét"] {
            assert_eq!(word_of_count(one), Some(1));
        }
        assert_eq!(in_words(Decimal::from(11)), "11");
        assert_eq!(word_of_count("Elleve"), Some(11));
        assert_eq!(word_of_count("mange"), None);
    }
}
