//! Reading Danish forms back: the check that what is printed says what the value is.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::words::word_of_count;
use crate::facts::fact::{FactUnit, Quantity};

/// The months, as long dates write them.
pub const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// True when a printed form reads back as the value, under the rounding that the form declares.
pub fn reads_back(text: &str, value: &Quantity, unit: FactUnit, form: &str) -> bool {
    let text = text.replace('\u{a0}', " ");
    match value {
        Quantity::Number(number) => match read_number(&text) {
            Some(read) => agrees(&text, read, *number, unit, form),
            None => reads_as_word(&text, *number, form),
        },
        Quantity::Date(day) => match form {
            "month" => read_month(&text) == Some(day.format("%Y-%m").to_string()),
            _ => read_date(&text) == Some(*day),
        },
        Quantity::Years(from, to) => text == format!("{from}-{to}"),
    }
}

/// The word stands for the number, and is of the gender that the form declares: *ét* is a neuter.
fn reads_as_word(text: &str, number: Decimal, form: &str) -> bool {
    let is_neuter = ["et", "ét"].contains(&text);
    let is_common = ["en", "én"].contains(&text);
    let other = if form == "words_neuter" {
        is_common
    } else {
        is_neuter
    };
    !other && word_of_count(text).is_some_and(|count| Decimal::from(count) == number)
}

/// The read number equals the value rounded to the decimals shown; points and amounts may be shown without their sign.
fn agrees(text: &str, read: Decimal, value: Decimal, unit: FactUnit, form: &str) -> bool {
    let scale = if text.contains(" mio.") {
        Decimal::from(1_000_000)
    } else {
        Decimal::ONE
    };
    let decimals = read.scale();
    let rounded =
        (value / scale).round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let unsigned = unit == FactUnit::PercentagePoints && !form.starts_with("signed");
    if unsigned {
        read == rounded.abs()
    } else {
        read == rounded
    }
}

/// The Danish number that a text begins with, with the decimals it shows.
fn read_number(text: &str) -> Option<Decimal> {
    let first = text.split(' ').next()?;
    let (sign, digits) = match first.strip_prefix('−') {
        Some(rest) => ("-", rest),
        None => ("", first.strip_prefix('+').unwrap_or(first)),
    };
    let (whole, decimals) = digits.split_once(',').unwrap_or((digits, ""));
    let grouped = whole.split('.').enumerate().all(|(index, group)| {
        group.bytes().all(|byte| byte.is_ascii_digit())
            && if index == 0 {
                !group.is_empty()
            } else {
                group.len() == 3
            }
    });
    if !grouped || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", whole.replace('.', ""))
        .parse()
        .ok()
}

/// `12. juni 2018`, `12.06.2018` or `2018-06-12`.
fn read_date(text: &str) -> Option<NaiveDate> {
    if let Some((day, rest)) = text.split_once(". ") {
        let (month, year) = rest.split_once(' ')?;
        let month = MONTHS.iter().position(|name| *name == month)? + 1;
        return NaiveDate::from_ymd_opt(
            year.parse().ok()?,
            u32::try_from(month).ok()?,
            day.parse().ok()?,
        );
    }
    NaiveDate::parse_from_str(text, "%d.%m.%Y")
        .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d"))
        .ok()
}

/// `juni 2018` as `2018-06`.
fn read_month(text: &str) -> Option<String> {
    let (month, year) = text.split_once(' ')?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    Some(format!("{year}-{month:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::danish::forms;
    use proptest::prelude::*;

    fn all_forms_read_back(value: &Quantity, unit: FactUnit) {
        let forms = forms(value, unit);
        assert!(
            reads_back(&forms.text, value, unit, "text"),
            "{} for {value:?}",
            forms.text
        );
        for (form, text) in &forms.named {
            assert!(
                reads_back(text, value, unit, form),
                "{text} ({form}) for {value:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn kroner(value in -2_000_000_000_i64..2_000_000_000) {
            all_forms_read_back(&Quantity::Number(value.into()), FactUnit::Kroner);
        }

        #[test]
        fn counts(value in 0_i64..5_000_000) {
            all_forms_read_back(&Quantity::Number(value.into()), FactUnit::Count);
        }

        #[test]
        fn small_counts_in_either_gender(value in 0_i64..=11, other in 0_i64..=11) {
            let number = Quantity::Number(value.into());
            all_forms_read_back(&number, FactUnit::Count);
            let forms = forms(&Quantity::Number(other.into()), FactUnit::Count);
            for form in ["words", "words_neuter"] {
                prop_assert_eq!(reads_back(&forms.named[form], &number, FactUnit::Count, form), value == other);
            }
        }

        #[test]
        fn shares_points_and_rates(value in -100_000_i64..100_000, scale in 0_u32..4) {
            let value = Quantity::Number(Decimal::new(value, scale));
            for unit in [FactUnit::Percent, FactUnit::PercentagePoints, FactUnit::Per1000, FactUnit::Hectares, FactUnit::Fte] {
                all_forms_read_back(&value, unit);
            }
        }

        #[test]
        fn dates_and_years(days in 0_i32..80_000, from in 1900_i32..2100, length in 0_i32..50) {
            let day = NaiveDate::from_num_days_from_ce_opt(700_000 + days).expect("a day");
            all_forms_read_back(&Quantity::Date(day), FactUnit::Date);
            all_forms_read_back(&Quantity::Years(from, from + length), FactUnit::Years);
            all_forms_read_back(&Quantity::Number(from.into()), FactUnit::Year);
        }
    }

    #[test]
    fn another_value_does_not_read_back() {
        let value = |number: i64| Quantity::Number(number.into());
        assert!(!reads_back(
            "870.000 kr.",
            &value(880_000),
            FactUnit::Kroner,
            "text"
        ));
        assert!(!reads_back(
            "0,3 mio. kr.",
            &value(870_000),
            FactUnit::Kroner,
            "mio"
        ));
        assert!(!reads_back("syv", &value(8), FactUnit::Count, "words"));
        assert!(!reads_back(
            "én",
            &value(1),
            FactUnit::Count,
            "words_neuter"
        ));
        assert!(!reads_back("ét", &value(1), FactUnit::Count, "words"));
        assert!(!reads_back(
            "8.70.000 kr.",
            &value(870_000),
            FactUnit::Kroner,
            "text"
        ));
    }
}
