//! Danish forms: the one place where values become Danish words.
//!
//! Comes in: exact values. Goes out: text as official documents write it (Danish forms follow CLDR `da` by ICU4X; units and rounding are the house style).
//! Must not know where a value comes from.

mod date;
mod forms;
mod list;
mod number;
mod parse;
mod words;

pub use date::{local_time, long_date, month_and_year, short_date};
pub use forms::{Forms, absent, forms};
pub use list::{and_list, compare, lower_first};
pub use number::{decimal, signed, whole};
pub use parse::{MONTHS, reads_back};
pub use words::{
    activity_status, area_kind, decision_kind, edition_status, in_words, word_of_count,
};

/// A no-break space: stands inside every form, so that no line ends between a figure and its unit.
pub const NBSP: char = '\u{a0}';
