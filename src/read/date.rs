//! Dates as they are written.
//!
//! Comes in: the text of one date. Goes out: a day of the calendar, or why it is none.
//! Must not guess which of two days is meant.

use chrono::{Datelike, Days, NaiveDate};

use super::codes;
use super::fault::Fault;
use super::number::is_digits;

const EXPECTED: &str = "a date such as 2018-06-12, 12-06-2018 or 12.06.2018";

/// Excel's day 0, which makes its serial numbers right from 1 March 1900 on.
const EXCEL_EPOCH: Option<NaiveDate> = NaiveDate::from_ymd_opt(1899, 12, 30);

/// A day written `2018-06-12`, `12-06-2018` or `12.06.2018`.
pub(crate) fn date(text: &str) -> Result<NaiveDate, Fault> {
    let parts: Vec<&str> = text.splitn(4, ['-', '.', '/']).collect();
    let is_numeric = parts.iter().all(|part| is_digits(part));
    let one_mark = ['-', '.', '/']
        .iter()
        .filter(|mark| text.contains(**mark))
        .count()
        == 1;
    match parts.as_slice() {
        [_, _, _] if !is_numeric || !one_mark => Err(not_a_date()),
        [a, b, c] => from_parts(text, a, b, c),
        [serial] if is_digits(serial) => Err(explain_serial(serial)),
        _ => Err(not_a_date()),
    }
}

fn from_parts(text: &str, a: &str, b: &str, c: &str) -> Result<NaiveDate, Fault> {
    let (year, month, day) = match (a.len(), b.len(), c.len()) {
        (4, 2, 2) if !text.contains('.') => (a, b, c),
        (2, 2, 4) => (c, b, a),
        (1..=2, 1..=2, 4) => (c, b, a),
        (1..=2, 1..=2, 2) => {
            return Err(
                Fault::new(codes::AMBIGUOUS_DATE, "has a year of two digits").expected(EXPECTED),
            );
        }
        _ => return Err(not_a_date()),
    };
    if text.contains('/') {
        return Err(Fault::new(
            codes::AMBIGUOUS_DATE,
            "is written with slashes, which some read as month first",
        )
        .expected(EXPECTED));
    }
    let day = calendar_day(year, month, day)?;
    match (a.len(), b.len()) {
        (4, 2) | (2, 2) => Ok(day),
        _ => Err(
            Fault::new(codes::BAD_DATE, "has a day or month of one digit")
                .expected(EXPECTED)
                .hint(format!("write {}", day.format("%d-%m-%Y"))),
        ),
    }
}

fn calendar_day(year: &str, month: &str, day: &str) -> Result<NaiveDate, Fault> {
    let numbers = (year.parse(), month.parse(), day.parse());
    let (Ok(year), Ok(month), Ok(day)) = numbers else {
        return Err(not_a_date());
    };
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) if (1900..2200).contains(&date.year()) => Ok(date),
        Some(_) => Err(Fault::new(
            codes::OUT_OF_RANGE,
            "is not between 1900 and 2199",
        )),
        None if month > 12 => {
            Err(Fault::new(codes::BAD_DATE, format!("has the month {month}")).expected(EXPECTED))
        }
        None => Err(Fault::new(codes::BAD_DATE, "is no day of the calendar").expected(EXPECTED)),
    }
}

/// Excel writes a date as its serial number when the cell has lost its format.
fn explain_serial(serial: &str) -> Fault {
    let meant = (serial.len() == 5)
        .then(|| EXCEL_EPOCH?.checked_add_days(Days::new(serial.parse().ok()?)))
        .flatten();
    match meant {
        Some(date) => Fault::new(
            codes::BAD_DATE,
            "is a spreadsheet's serial number, not a date",
        )
        .expected(EXPECTED)
        .hint(format!(
            "format the cell as a date; it would be {}",
            date.format("%d-%m-%Y")
        )),
        None => not_a_date(),
    }
}

fn not_a_date() -> Fault {
    Fault::new(codes::BAD_DATE, "is not a date").expected(EXPECTED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_forms() {
        let day = NaiveDate::from_ymd_opt(2018, 6, 12);
        for text in ["2018-06-12", "12-06-2018", "12.06.2018"] {
            assert_eq!(date(text).ok(), day, "{text}");
        }
    }

    #[test]
    fn what_is_refused() {
        for (text, message) in [
            ("31-02-2018", "is no day of the calendar"),
            ("12-13-2018", "has the month 13"),
            ("12-06-18", "has a year of two digits"),
            (
                "06/12/2018",
                "is written with slashes, which some read as month first",
            ),
            ("2-6-2018", "has a day or month of one digit"),
            ("43263", "is a spreadsheet's serial number, not a date"),
            ("2018", "is not a date"),
            ("12.06-2018", "is not a date"),
            ("2018.06.12", "is not a date"),
            ("2018-06-12T00:00", "is not a date"),
            ("1018-06-12", "is not between 1900 and 2199"),
            ("juni 2018", "is not a date"),
        ] {
            assert_eq!(date(text).expect_err(text).message, message, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_reads_back(days in 0u64..100_000) {
            let day = NaiveDate::from_ymd_opt(1900, 1, 1).and_then(|day| day.checked_add_days(Days::new(days)));
            let day = day.expect("within the calendar");
            for form in ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"] {
                prop_assert_eq!(date(&day.format(form).to_string()).ok(), Some(day));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = date(&text);
        }
    }
}
