//! `activities.csv`: the activities of every plan, and what was reported of them.

use super::codes;
use super::context::Context;
use super::csv::{Row, Table};
use super::decode::{count, date, id, kroner, one_of, provenance, references, text, year};
use super::references::Kind;
use super::value::{Record, Slot};
use crate::diagnostic::Finding;
use crate::model::{Activity, ActivityReport, ActivityStatus};

/// The activities; each is in the plan of a year once.
pub(super) const ACTIVITIES: Table<Activity> = Table {
    file: "activities.csv",
    columns: &[
        "plan_year",
        "id",
        "focus_area",
        "name",
        "purpose",
        "target_group",
        "content",
        "success_criterion",
        "target",
        "measured_by",
        "owner",
        "partners",
        "partners_other",
        "from",
        "to",
        "budget",
        "cofunding",
        "status",
        "spent",
        "result",
        "result_note",
        "reported",
        "basis",
        "source",
    ],
    needs_rows: false,
    decode: activity,
    keys: &[|activity| {
        (
            format!(
                "{} in the plan of {}",
                activity.id.value, activity.plan_year.value
            ),
            &activity.id.place,
        )
    }],
};

const STATUSES: &[(&str, ActivityStatus)] = &[
    ("planned", ActivityStatus::Planned),
    ("running", ActivityStatus::Running),
    ("completed", ActivityStatus::Completed),
    ("postponed", ActivityStatus::Postponed),
    ("cancelled", ActivityStatus::Cancelled),
];

fn activity(row: &Row<'_>, cx: &mut Context) -> Option<Activity> {
    let plan_year = row.need("plan_year", year, cx);
    let id = row.need("id", id, cx);
    let focus_area = row.need("focus_area", super::decode::id, cx);
    let name = row.need("name", text, cx);
    let purpose = row.need("purpose", text, cx);
    let target_group = row.need("target_group", text, cx);
    let content = row.need("content", text, cx);
    let success_criterion = row.need("success_criterion", text, cx);
    let target = row.may("target", count, cx);
    let measured_by = row.need("measured_by", text, cx);
    let owner = row.need("owner", super::decode::id, cx);
    let partners = row.may("partners", references(Kind::Organisation), cx);
    let partners_other = row.may("partners_other", text, cx);
    let from = row.need("from", date, cx);
    let to = row.need("to", date, cx);
    let budget = row.need("budget", kroner, cx);
    let cofunding = row.may("cofunding", kroner, cx);
    let report = report(row, cx);
    let provenance = provenance(row, cx);
    Some(Activity {
        row: row.place(),
        plan_year: plan_year?,
        id: id?,
        focus_area: focus_area?,
        name: name?,
        purpose: purpose?,
        target_group: target_group?,
        content: content?,
        success_criterion: success_criterion?,
        target: target?,
        measured_by: measured_by?,
        owner: owner?,
        partners: partners?.unwrap_or_default(),
        partners_other: partners_other?,
        from: from?,
        to: to?,
        budget: budget?,
        cofunding: cofunding?,
        report: report?,
        provenance: provenance?,
    })
}

/// What was reported; nothing may be, before there is a date for it.
fn report(row: &Row<'_>, cx: &mut Context) -> Option<Option<ActivityReport>> {
    let reported = row.may("reported", date, cx);
    let status = row.need("status", one_of(STATUSES), cx);
    let spent = row.may("spent", kroner, cx);
    let result = row.may("result", count, cx);
    let note = row.may("result_note", text, cx);
    let (reported, status) = (reported?, status?);
    let Some(reported) = reported else {
        let planned = status.value == ActivityStatus::Planned;
        return check_unreported(row, planned, cx).then_some(None);
    };
    Some(Some(ActivityReport {
        reported,
        status,
        spent: spent?,
        result: result?,
        note: note?,
    }))
}

/// True when nothing is reported in a row without a date for it; otherwise there is a finding.
fn check_unreported(row: &Row<'_>, is_planned: bool, cx: &mut Context) -> bool {
    let told: &[&str] = if is_planned {
        &["spent", "result", "result_note"]
    } else {
        &["status"]
    };
    let given = told.iter().find_map(|name| match row.slot(name) {
        Slot::Given(value) => Some(value),
        _ => None,
    });
    let Some(value) = given else { return true };
    let mut finding = Finding::error(
        codes::MISSING_VALUE,
        format!("{} is reported, but reported is empty", value.name),
    )
    .at(&value.place, "this was reported")
    .hint("write the date on which it was reported");
    if let Slot::Blank(place) = row.slot("reported") {
        finding = finding.and(&place, "on which day?");
    }
    cx.push(finding);
    false
}
