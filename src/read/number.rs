//! Numbers as they are written: the Danish way in CSV cells, the JSON way in JSON.
//!
//! Comes in: the text of one number. Goes out: an exact value, or why it is none.
//! Must not go through binary floating point, and must not guess.

use rust_decimal::Decimal;

use super::codes;
use super::fault::Fault;

/// A whole number from a cell: `870000` or `870.000`.
pub(crate) fn danish_whole(text: &str) -> Result<u64, Fault> {
    let digits = match text.split_once(',') {
        _ if is_digits(text) => Some(text.to_owned()),
        None => ungrouped(text, '.'),
        Some(_) => None,
    };
    match digits {
        Some(digits) => parse_whole(&digits),
        None => Err(explain_whole(text)),
    }
}

/// A decimal from a cell: `41,2`, `1.200,5` or `12`; `1.200` is refused, since it may mean 1,2.
pub(crate) fn danish_decimal(text: &str) -> Result<Decimal, Fault> {
    const EXPECTED: &str = "a number such as 41,2 or 1.200,5";
    let (whole, fraction) = match text.split_once(',') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let grouped = ungrouped(whole, '.');
    if let (Some(digits), None, 1) = (&grouped, fraction, whole.matches('.').count()) {
        let comma = whole.replace('.', ",");
        return Err(
            Fault::new(codes::AMBIGUOUS_NUMBER, "may mean a thousand or a decimal")
                .expected(EXPECTED)
                .hint(format!(
                    "write {digits} if it is in thousands, {comma} if the dot is a comma"
                )),
        );
    }
    let digits = if is_digits(whole) {
        Some(whole.to_owned())
    } else {
        grouped
    };
    match (digits, fraction) {
        (Some(digits), None) => parse_decimal(&digits),
        (Some(digits), Some(fraction)) if is_digits(fraction) => {
            parse_decimal(&format!("{digits}.{fraction}"))
        }
        _ => Err(explain(text, EXPECTED)),
    }
}

/// A whole number from a JSON literal.
pub(crate) fn json_whole(literal: &str) -> Result<u64, Fault> {
    if is_digits(literal) {
        return parse_whole(literal);
    }
    let expected = "a whole number in digits, such as 870000";
    if literal.starts_with('-') {
        return Err(Fault::new(codes::OUT_OF_RANGE, "is negative").expected(expected));
    }
    if literal.contains(['e', 'E']) {
        return Err(Fault::new(codes::BAD_NUMBER, "is written with an exponent").expected(expected));
    }
    Err(Fault::new(codes::BAD_NUMBER, "is not a whole number").expected(expected))
}

/// A decimal from a JSON literal, exactly as it is written.
pub(crate) fn json_decimal(literal: &str) -> Result<Decimal, Fault> {
    if literal.contains(['e', 'E']) {
        return Err(Fault::new(codes::BAD_NUMBER, "is written with an exponent")
            .expected("a number in digits, such as 41.2"));
    }
    parse_decimal(literal)
}

/// True when there is at least one digit and nothing else.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits of a number grouped in threes (`1.200.000`), or none when it is not grouped so.
fn ungrouped(text: &str, mark: char) -> Option<String> {
    let mut groups = text.split(mark);
    let first = groups
        .next()
        .filter(|group| is_digits(group) && group.len() <= 3)?;
    let rest: Vec<&str> = groups.collect();
    let is_grouped = !rest.is_empty()
        && !first.starts_with('0')
        && rest
            .iter()
            .all(|group| is_digits(group) && group.len() == 3);
    is_grouped.then(|| format!("{first}{}", rest.concat()))
}

fn parse_whole(digits: &str) -> Result<u64, Fault> {
    refuse_leading_zero(digits)?;
    digits
        .parse()
        .map_err(|_| Fault::new(codes::OUT_OF_RANGE, "is too large"))
}

fn parse_decimal(plain: &str) -> Result<Decimal, Fault> {
    refuse_leading_zero(plain.trim_start_matches('-'))?;
    Decimal::from_str_exact(plain).map_err(|_| {
        Fault::new(
            codes::OUT_OF_RANGE,
            "has more digits than can be kept exactly (28)",
        )
    })
}

fn refuse_leading_zero(digits: &str) -> Result<(), Fault> {
    match digits
        .strip_prefix('0')
        .and_then(|rest| rest.chars().next())
    {
        Some('0'..='9') => Err(Fault::new(codes::BAD_NUMBER, "begins with a zero")
            .hint("leave out the zero, unless a digit is missing before it")),
        _ => Ok(()),
    }
}

/// Says what is wrong with a text that is no Danish whole number; a hint that leads to decimals would lead nowhere.
fn explain_whole(text: &str) -> Fault {
    let fault = explain(text, "a whole number such as 870000 or 870.000");
    let has_marks = is_figure(text) && text.contains('.');
    if has_marks && (text.contains(',') || ungrouped(text, '.').is_none()) {
        return fault.hint("only whole numbers can stand here; dots group thousands in threes");
    }
    fault
}

/// Says what is wrong with a text that is no Danish number.
fn explain(text: &str, expected: &str) -> Fault {
    let fault = |message: &str| Fault::new(codes::BAD_NUMBER, message).expected(expected);
    if let Some(rest) = text.strip_prefix(['-', '−', '–']) {
        return match rest.contains(|c: char| c.is_ascii_digit()) {
            true => Fault::new(codes::OUT_OF_RANGE, "is negative").expected(expected),
            false => fault("is a dash").hint("leave the cell empty when there is no figure"),
        };
    }
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return fault("is not a number").hint("leave the cell empty when there is no figure");
    }
    if text.contains(char::is_whitespace) && text.split_whitespace().all(is_figure) {
        return fault("has a space in it").hint(format!("write {}", without_spaces(text)));
    }
    if is_exponent(text) {
        return fault("is written with an exponent").hint(
            "format the cell as a number without decimals in the spreadsheet, and save again",
        );
    }
    match text.trim_end_matches(|c: char| !c.is_ascii_digit()).trim() {
        number if number.len() < text.len() && is_figure(number) => {
            return match &text[number.len()..] {
                "," | "." => fault("ends with a mark"),
                _ => fault("has a unit").hint(format!("write only the figure: {number}")),
            };
        }
        _ => {}
    }
    explain_marks(text, fault)
}

/// Says what is wrong with a text of digits, dots and commas.
fn explain_marks(text: &str, fault: impl Fn(&str) -> Fault) -> Fault {
    if !is_figure(text) {
        return fault("is not a number");
    }
    let (dots, commas) = (text.matches('.').count(), text.matches(',').count());
    let is_english = commas > 0 && text.rfind('.') > text.rfind(',') || commas > 1 && dots == 0;
    if is_english {
        let danish: String = text
            .chars()
            .map(|c| match c {
                ',' => '.',
                '.' => ',',
                c => c,
            })
            .collect();
        return fault("is grouped the English way").hint(format!("write {danish}"));
    }
    if dots == 1 && commas == 0 {
        return fault("has a decimal point").hint(format!(
            "a decimal comma is expected ({}); a dot only groups thousands",
            text.replace('.', ",")
        ));
    }
    let parts = text.split_once(',').filter(|(whole, fraction)| {
        is_digits(fraction) && (is_digits(whole) || ungrouped(whole, '.').is_some())
    });
    match parts {
        Some((whole, fraction)) if fraction.len() == 3 => fault("has decimals").hint(format!(
            "write {whole}.{fraction} if it is in thousands; only whole numbers can stand here"
        )),
        Some(_) => fault("has decimals").hint("only whole numbers can stand here"),
        None => fault("is not grouped in threes"),
    }
}

/// True for digits with dots and commas between them.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
}

fn is_exponent(text: &str) -> bool {
    text.split_once(['e', 'E'])
        .is_some_and(|(mantissa, exponent)| {
            is_figure(mantissa) && is_digits(exponent.trim_start_matches(['+', '-']))
        })
}

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said<T: std::fmt::Debug>(result: Result<T, Fault>) -> String {
        let fault = result.expect_err("it is refused");
        fault.message
    }

    #[test]
    fn whole_numbers() {
        for (text, value) in [
            ("0", 0),
            ("870000", 870_000),
            ("870.000", 870_000),
            ("1.200.000", 1_200_000),
        ] {
            assert_eq!(danish_whole(text).ok(), Some(value), "{text}");
        }
        for (text, message) in [
            ("87.00.0", "is not grouped in threes"),
            ("1200.000", "has a decimal point"),
            ("1.200,00", "has decimals"),
            ("12,5", "has decimals"),
            ("1,200,000", "is grouped the English way"),
            ("1,200.50", "is grouped the English way"),
            ("-5", "is negative"),
            ("–", "is a dash"),
            ("1 200", "has a space in it"),
            ("1\u{a0}200", "has a space in it"),
            ("1200 kr.", "has a unit"),
            ("1200kr", "has a unit"),
            ("1,2E+06", "is written with an exponent"),
            ("0870", "begins with a zero"),
            ("0.870", "has a decimal point"),
            ("ukendt", "is not a number"),
            ("12abc34", "is not a number"),
            ("1.", "ends with a mark"),
            ("99999999999999999999", "is too large"),
            ("١٢", "is not a number"),
        ] {
            assert_eq!(said(danish_whole(text)), message, "{text}");
        }
    }

    #[test]
    fn decimals() {
        for (text, value) in [
            ("41,2", "41.2"),
            ("0", "0"),
            ("1.200,5", "1200.5"),
            ("1.200.000", "1200000"),
            ("12,50", "12.50"),
        ] {
            assert_eq!(danish_decimal(text).expect(text).to_string(), value);
        }
        for (text, message) in [
            ("41.2", "has a decimal point"),
            ("1.200", "may mean a thousand or a decimal"),
            ("1,2,3", "is grouped the English way"),
            ("1e5", "is written with an exponent"),
            ("NaN", "is not a number"),
            ("20 %", "has a unit"),
            ("20%", "has a unit"),
            (",5", "is not a number"),
            ("5,", "ends with a mark"),
            ("-1,5", "is negative"),
            ("12.34,5", "is not grouped in threes"),
            (
                "0,00000000000000000000000000001",
                "has more digits than can be kept exactly (28)",
            ),
        ] {
            assert_eq!(said(danish_decimal(text)), message, "{text}");
        }
    }

    #[test]
    fn json_numbers() {
        assert_eq!(
            json_decimal("41.20").expect("a number").to_string(),
            "41.20"
        );
        assert_eq!(json_whole("1200000").ok(), Some(1_200_000));
        assert_eq!(said(json_whole("1.0")), "is not a whole number");
        assert_eq!(said(json_whole("-1")), "is negative");
        assert_eq!(said(json_decimal("1e3")), "is written with an exponent");
    }

    fn danish(digits: &str) -> String {
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        grouped
    }

    proptest! {
        #[test]
        fn a_written_whole_number_reads_back(value: u64) {
            prop_assert_eq!(danish_whole(&value.to_string()).ok(), Some(value));
            prop_assert_eq!(danish_whole(&danish(&value.to_string())).ok(), Some(value));
        }

        #[test]
        fn a_written_decimal_reads_back(whole in 0u64..10_000_000_000, fraction in "[0-9]{1,6}") {
            let exact = format!("{whole}.{fraction}");
            let grouped = format!("{},{fraction}", danish(&whole.to_string()));
            for written in [format!("{whole},{fraction}"), grouped] {
                prop_assert_eq!(&danish_decimal(&written).expect("a number").to_string(), &exact);
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = (danish_whole(&text), danish_decimal(&text), json_whole(&text), json_decimal(&text));
        }
    }
}
