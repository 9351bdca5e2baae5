//! R09: bodies met as often as they are to.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::check::{Checked, Rule};
use crate::diagnostic::{Code, Finding, Findings, Severity};
use crate::model::{Body, BodyRole, Meeting, MeetingRange};

/// The rule.
pub const RULE: Rule = Rule {
    code: CODE,
    severity: Severity::Error,
    checks: "In every past year for which meetings.csv has meetings, a body met at least `min` and at most `max` times (`meetings_per_year`). A year is past when an edition is dated in a later one. In the first year of the period the least is not asked for. A warning for the working group, which meets as needed.",
    why: "The agreement prints how often the groups meet, and the reports how often they did.",
    example: "Three meetings of the steering group in 2019, with `meetings_per_year` from 1 to 2.",
    correct: "Add or correct rows in meetings.csv, or correct `meetings_per_year` in partnership.json.",
    check,
};

const CODE: Code = Code::new(
    "R09",
    "meetings-out-of-range",
    "a body met more or less often in a past year than it is to",
);

fn check(checked: &Checked<'_>, findings: &mut Findings) {
    let data = checked.data;
    let last = data.editions.iter().map(|one| one.date.value.year()).max();
    let years: BTreeSet<i32> = data
        .meetings
        .iter()
        .map(|one| one.date.value.year())
        .filter(|year| last.is_some_and(|last| *year < last))
        .collect();
    for body in &data.partnership.bodies {
        let Some(range) = &body.meetings_per_year else {
            continue;
        };
        for year in &years {
            let mut held: Vec<&Meeting> = data
                .meetings
                .iter()
                .filter(|one| one.body.value == body.id.value && one.date.value.year() == *year)
                .collect();
            held.sort_by_key(|one| one.date.value);
            let first = *year == data.partnership.periods.title.from.value;
            findings.extend(judge(body, range, *year, &held, first));
        }
    }
}

fn judge(
    body: &Body,
    range: &MeetingRange,
    year: i32,
    held: &[&Meeting],
    first: bool,
) -> Option<Finding> {
    let (min, max) = (range.min.value as usize, range.max.value as usize);
    let message = |bound: String| {
        let count = held.len();
        format!(
            "{} met {count} time{} in {year}, {bound}",
            body.name.value,
            if count == 1 { "" } else { "s" }
        )
    };
    let weigh = |message: String| match body.role.value {
        BodyRole::Working => Finding::warning(CODE, message),
        BodyRole::Steering | BodyRole::Committee => Finding::error(CODE, message),
    };
    if held.len() > max {
        let over = held.get(max)?;
        let finding = weigh(message(format!(
            "but at most {max} meetings a year are agreed"
        )));
        return Some(
            finding
                .at(&over.date.place, "one too many")
                .and(&range.max.place, "at most"),
        );
    }
    if held.len() < min && !first {
        let finding = weigh(message(format!(
            "but at least {min} meetings a year are agreed"
        )))
        .at(&range.min.place, "at least");
        return Some(match held.last() {
            Some(last) => finding.and(&last.date.place, "the last of that year"),
            None => finding,
        });
    }
    None
}
