//! The one place that asks what day it is. Documents never do: only the day of an act that a person commands may come from here.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Today in universal time (UTC).
pub fn today() -> NaiveDate {
    now().date()
}

/// This second in universal time (UTC).
pub fn now() -> NaiveDateTime {
    let passed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = i64::try_from(passed.as_secs()).unwrap_or_default();
    DateTime::from_timestamp(seconds, 0)
        .unwrap_or_default()
        .naive_utc()
}
