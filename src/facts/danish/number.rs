//! Numbers: decimal comma, thousands dot, a true minus sign.

use std::sync::LazyLock;

use icu_decimal::input::Decimal as IcuDecimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::locale;
use rust_decimal::{Decimal, RoundingStrategy};

static FORMATTER: LazyLock<DecimalFormatter> = LazyLock::new(|| {
    let preferences = DecimalFormatterPreferences::from(locale!("da"));
    DecimalFormatter::try_new(preferences, DecimalFormatterOptions::default())
        .expect("ICU4X is compiled with the data of `da`")
});

/// Rounds half away from zero, as statistics offices do, to a number of decimals.
fn round(value: Decimal, decimals: u32) -> Decimal {
    let mut rounded =
        value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    rounded.rescale(decimals);
    rounded
}

/// A number with so many decimals: `41,2`, `1.200.000`. Negative numbers get a minus sign (U+2212).
pub fn decimal(value: Decimal, decimals: u32) -> String {
    let rounded = round(value, decimals);
    let digits = rounded.abs().to_string();
    let Ok(number) = digits.parse::<IcuDecimal>() else {
        return digits;
    };
    let text = FORMATTER.format_to_string(&number);
    if rounded.is_sign_negative() && !rounded.is_zero() {
        format!("−{text}")
    } else {
        text
    }
}

/// A whole number: `870.000`.
pub fn whole(value: Decimal) -> String {
    decimal(value, 0)
}

/// A number with its sign always shown: `+3`, `−4`, `0`.
pub fn signed(value: Decimal, decimals: u32) -> String {
    let text = decimal(value, decimals);
    if round(value, decimals) > Decimal::ZERO {
        format!("+{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    fn number(text: &str) -> Decimal {
        Decimal::from_str(text).expect("a number")
    }

    #[test]
    fn groups_from_four_digits_and_uses_a_comma() {
        assert_eq!(whole(number("1200000")), "1.200.000");
        assert_eq!(whole(number("2222")), "2.222");
        assert_eq!(decimal(number("41.2"), 1), "41,2");
    }

    #[test]
    fn rounds_half_away_from_zero_and_shows_the_sign() {
        assert_eq!(decimal(number("0.25"), 1), "0,3");
        assert_eq!(decimal(number("-0.25"), 1), "−0,3");
        assert_eq!(signed(number("3"), 0), "+3");
        assert_eq!(signed(number("-0.04"), 1), "0,0");
    }
}
