//! What `bag-info.txt` repeats of the set, so that a person or a catalogue needs no JSON.
//!
//! Comes in: the set. Goes out: its lines, and what of a bag's own lines differs from them. Must not read files.

use chrono::NaiveDate;

use crate::archive::{Info, Set};

/// The lines of `bag-info.txt` that follow from the set.
pub fn lines(set: &Set) -> Vec<(&'static str, String)> {
    let mut lines = vec![
        (
            "External-Description",
            format!("{}: dokumenter for {}", set.name, set.year),
        ),
        ("Bag-Group-Identifier", set.partnership.clone()),
        (
            "Bag-Software-Agent",
            format!("{}, {}", set.tool, set.engine),
        ),
        ("Partnership-Year", set.year.to_string()),
    ];
    for one in &set.exceptions {
        let told = format!("{}: {}", one.kind, one.reason);
        lines.push(("Accepted-Exception", told));
    }
    lines
}

/// What a bag's lines say otherwise than its set, or in no readable way.
pub fn differences(info: &Info, set: &Set) -> Vec<String> {
    // As they stand in a file.
    let mut written = Info::default();
    for (label, value) in lines(set) {
        written.add(label, value);
    }
    let of = |info: &Info, label: &str| -> Vec<String> {
        let fitting = info
            .iter()
            .filter(|(one, _)| one.eq_ignore_ascii_case(label));
        fitting.map(|(_, value)| value.to_owned()).collect()
    };
    let mut labels: Vec<&str> = lines(set).iter().map(|(label, _)| *label).collect();
    labels.push("Accepted-Exception");
    labels.dedup();
    let mut differences = Vec::new();
    for label in labels {
        let (told, wanted) = (of(info, label), of(&written, label));
        if told != wanted {
            let shown = |lines: &[String]| match lines {
                [] => "nothing".to_owned(),
                lines => lines.join("; "),
            };
            differences.push(format!(
                "bag-info.txt says {} as {label}, and data/set.json {}",
                shown(&told),
                shown(&wanted)
            ));
        }
    }
    for (label, others) in [
        ("Bagging-Date", &[][..]),
        ("Retain-Until", &["not decided"]),
    ] {
        let told = info.get(label).unwrap_or("nothing");
        if told.parse::<NaiveDate>().is_err() && !others.contains(&told) {
            differences.push(format!(
                "bag-info.txt says {told} as {label}, which is no day"
            ));
        }
    }
    differences
}
