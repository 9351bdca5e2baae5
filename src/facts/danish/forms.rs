//! The forms a fact may be printed in, by its unit. Rounding happens here and nowhere else.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::date::{long_date, month_and_year, short_date};
use super::number::{decimal, signed, whole};
use super::words::{in_words, in_words_neuter};
use crate::facts::fact::{FactBasis, FactUnit, Quantity};

/// The usual form and the named ones.
pub struct Forms {
    /// The usual form.
    pub text: String,
    /// Other forms by name.
    pub named: BTreeMap<&'static str, String>,
}

/// What stands where there is no value: nobody compiled it, or it is not shown, or it cannot be compared.
pub fn absent(basis: FactBasis) -> Forms {
    let words = match basis {
        FactBasis::Suppressed => "ikke vist (små tal)",
        FactBasis::Incomparable => "kan ikke sammenlignes",
        _ => "ikke opgjort",
    };
    let text = unbreakable(words);
    let named = [
        "number",
        "long",
        "words",
        "words_neuter",
        "mio",
        "short",
        "month",
        "signed",
        "signed_long",
    ]
    .into_iter()
    .map(|form| (form, text.clone()))
    .collect();
    Forms { text, named }
}

/// The forms of a value in its unit.
pub fn forms(value: &Quantity, unit: FactUnit) -> Forms {
    let mut forms = match value {
        Quantity::Number(number) => number_forms(*number, unit),
        Quantity::Date(day) => date_forms(*day),
        Quantity::Years(from, to) => Forms {
            text: format!("{from}-{to}"),
            named: BTreeMap::new(),
        },
    };
    forms.text = unbreakable(&forms.text);
    for text in forms.named.values_mut() {
        *text = unbreakable(text);
    }
    forms
}

/// No line may end inside a form.
fn unbreakable(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn number_forms(number: Decimal, unit: FactUnit) -> Forms {
    let one = decimal(number, 1);
    let natural = decimal(number, u32::from(!number.is_integer()));
    match unit {
        FactUnit::Percent => named(format!("{natural} %"), [("number", natural)]),
        FactUnit::PercentagePoints => {
            let decimals = u32::from(!number.is_integer());
            let sign = signed(number, decimals);
            let size = decimal(number.abs(), decimals);
            named(
                format!("{size} procentpoint"),
                [
                    ("number", size),
                    ("signed", sign.clone()),
                    ("signed_long", format!("{sign} procentpoint")),
                ],
            )
        }
        FactUnit::Per1000 => named(
            one.clone(),
            [
                ("number", one.clone()),
                ("long", format!("{one} pr. 1.000 indbyggere")),
                ("signed", signed(number, 1)),
            ],
        ),
        FactUnit::Count => named(
            whole(number),
            [
                ("number", whole(number)),
                ("words", in_words(number)),
                ("words_neuter", in_words_neuter(number)),
                ("signed", signed(number, 0)),
            ],
        ),
        FactUnit::Kroner => named(
            format!("{} kr.", whole(number)),
            [
                ("number", whole(number)),
                (
                    "mio",
                    format!("{} mio. kr.", decimal(number / Decimal::from(1_000_000), 1)),
                ),
                ("signed", format!("{} kr.", signed(number, 0))),
            ],
        ),
        FactUnit::Hectares => named(format!("{one} hektar"), [("number", one)]),
        FactUnit::Fte => {
            let exact = decimal(number, number.normalize().scale().min(2));
            named(format!("{exact} årsværk"), [("number", exact)])
        }
        FactUnit::Year | FactUnit::Date | FactUnit::Years => {
            named(number.normalize().to_string(), [])
        }
    }
}

fn date_forms(day: NaiveDate) -> Forms {
    named(
        long_date(day),
        [
            ("short", short_date(day)),
            ("month", month_and_year(day)),
            ("iso", day.format("%Y-%m-%d").to_string()),
        ],
    )
}

fn named<const N: usize>(text: String, named: [(&'static str, String); N]) -> Forms {
    Forms {
        text,
        named: BTreeMap::from(named),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::danish::NBSP;
    use std::str::FromStr;

    fn text(value: &str, unit: FactUnit, form: &str) -> String {
        let value = Quantity::Number(Decimal::from_str(value).expect("a number"));
        let forms = forms(&value, unit);
        let text = if form == "text" {
            forms.text
        } else {
            forms.named[form].clone()
        };
        text.replace(NBSP, " ")
    }

    #[test]
    fn money_is_exact_in_tables_and_rounded_in_text() {
        assert_eq!(text("870000", FactUnit::Kroner, "text"), "870.000 kr.");
        assert_eq!(text("330000", FactUnit::Kroner, "mio"), "0,3 mio. kr.");
    }

    #[test]
    fn shares_differ_from_points() {
        assert_eq!(text("20", FactUnit::Percent, "text"), "20 %");
        assert_eq!(text("7.1", FactUnit::Percent, "text"), "7,1 %");
        assert_eq!(
            text("-4", FactUnit::PercentagePoints, "text"),
            "4 procentpoint"
        );
        assert_eq!(
            text("-4", FactUnit::PercentagePoints, "signed_long"),
            "−4 procentpoint"
        );
    }

    #[test]
    fn rates_and_counts() {
        assert_eq!(
            text("41.2", FactUnit::Per1000, "long"),
            "41,2 pr. 1.000 indbyggere"
        );
        assert_eq!(text("7", FactUnit::Count, "words"), "syv");
        assert_eq!(text("7", FactUnit::Count, "words_neuter"), "syv");
        assert_eq!(text("1", FactUnit::Count, "words"), "én");
        assert_eq!(text("1", FactUnit::Count, "words_neuter"), "ét");
        assert_eq!(text("56", FactUnit::Per1000, "text"), "56,0");
    }
}
