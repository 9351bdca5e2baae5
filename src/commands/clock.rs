//! The one place that asks what day it is. Documents never do: only the day of an act that a person commands may come from here.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{Days, NaiveDate};

/// Today in universal time (UTC).
pub fn today() -> NaiveDate {
    let passed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let days = Days::new(passed.as_secs() / 86_400);
    NaiveDate::default()
        .checked_add_days(days)
        .unwrap_or_default()
}
