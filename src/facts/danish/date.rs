//! Dates: `12. juni 2018` in text, `12.06.2018` in heads.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta};
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_datetime::options::YearStyle;
use icu_locale_core::locale;

static LONG: LazyLock<FixedCalendarDateTimeFormatter<Gregorian, YMD>> = LazyLock::new(|| {
    FixedCalendarDateTimeFormatter::try_new(locale!("da").into(), YMD::long())
        .expect("ICU4X is compiled with the data of `da`")
});

static SHORT: LazyLock<FixedCalendarDateTimeFormatter<Gregorian, YMD>> = LazyLock::new(|| {
    let fields = YMD::short().with_year_style(YearStyle::Full);
    FixedCalendarDateTimeFormatter::try_new(locale!("da").into(), fields)
        .expect("ICU4X is compiled with the data of `da`")
});

static MONTH: LazyLock<FixedCalendarDateTimeFormatter<Gregorian, YM>> = LazyLock::new(|| {
    FixedCalendarDateTimeFormatter::try_new(locale!("da").into(), YM::long())
        .expect("ICU4X is compiled with the data of `da`")
});

fn gregorian(day: NaiveDate) -> Option<Date<Gregorian>> {
    let month = u8::try_from(day.month()).ok()?;
    let of_month = u8::try_from(day.day()).ok()?;
    Date::try_new_gregorian(day.year(), month, of_month).ok()
}

fn format(day: NaiveDate, write: impl FnOnce(&Date<Gregorian>) -> String) -> String {
    gregorian(day).map_or_else(|| day.to_string(), |date| write(&date))
}

/// The time in Denmark at a moment of universal time: an hour ahead, two from the last Sunday of March, 01:00, to that of October
/// (Directive 2000/84/EC).
pub fn local_time(moment: NaiveDateTime) -> NaiveDateTime {
    let change = |month: u32| {
        let last = NaiveDate::from_ymd_opt(moment.year(), month, 31)?;
        let sunday = last - Days::new(last.weekday().num_days_from_sunday().into());
        sunday.and_hms_opt(1, 0, 0)
    };
    let summer = change(3)
        .zip(change(10))
        .is_some_and(|(from, to)| from <= moment && moment < to);
    moment + TimeDelta::hours(if summer { 2 } else { 1 })
}

/// `12. juni 2018`.
pub fn long_date(day: NaiveDate) -> String {
    format(day, |date| LONG.format(date).to_string())
}

/// `12.06.2018`.
pub fn short_date(day: NaiveDate) -> String {
    format(day, |date| SHORT.format(date).to_string())
}

/// `juni 2018`.
pub fn month_and_year(day: NaiveDate) -> String {
    format(day, |date| MONTH.format(date).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_in_denmark_is_ahead_by_one_hour_and_in_summer_by_two() {
        let local = |text: &str| {
            let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a moment");
            local_time(moment).format("%Y-%m-%dT%H:%M").to_string()
        };
        assert_eq!(local("2018-06-20T22:30"), "2018-06-21T00:30");
        assert_eq!(local("2018-12-31T23:30"), "2019-01-01T00:30");
        assert_eq!(local("2018-03-25T00:59"), "2018-03-25T01:59");
        assert_eq!(local("2018-03-25T01:00"), "2018-03-25T03:00");
        assert_eq!(local("2018-10-28T00:59"), "2018-10-28T02:59");
        assert_eq!(local("2018-10-28T01:00"), "2018-10-28T02:00");
    }

    #[test]
    fn writes_danish_dates() {
        let day = NaiveDate::from_ymd_opt(2018, 6, 2).expect("a day");
        assert_eq!(long_date(day), "2. juni 2018");
        assert_eq!(short_date(day), "02.06.2018");
        assert_eq!(month_and_year(day), "juni 2018");
    }
}
