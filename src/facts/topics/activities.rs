//! `activities`: the plan's activities by focus area, with subtotals and what is left uncommitted.

use std::sync::Arc;

use super::partnership::{focus_area_number, organisation, texts};
use crate::diagnostic::Located;
use crate::facts::danish;
use crate::facts::derive;
use crate::facts::fact::{Fact, FactUnit};
use crate::facts::node::Node;
use crate::facts::view::View;
use crate::model::{Activity, ActivityReport, ActivityStatus, FocusArea, Text};

use super::economy;

/// An activity with the facts that sums are made of.
struct Entry<'a> {
    row: &'a Activity,
    new: bool,
    budget: Arc<Fact>,
    spent: Arc<Fact>,
    node: Node,
}

impl Entry<'_> {
    fn funded(&self) -> bool {
        self.row.budget.value > 0
    }
}

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let year = view.year();
    let before = view.activities(year - 1);
    let rows = view.activities(year);
    let entries: Vec<Entry<'_>> = rows
        .iter()
        .map(|row| {
            let new = !before.iter().any(|old| old.id.value == row.id.value);
            entry(view, row, new)
        })
        .collect();
    let ended = before
        .iter()
        .filter(|old| !rows.iter().any(|row| row.id.value == old.id.value));
    let ended = Node::list(
        ended.map(|row| Node::map([("id", Node::from(&row.id)), ("name", (&row.name).into())])),
    );
    let place = view.edition.year.place.clone();
    let year_fact = view.book.year(format!("year/{year}"), year, &place);
    let by_focus_area = by_focus_area(view, &entries);
    let reported = rows.iter().any(|row| view.report(row).is_some());
    let sums = economy::year(view, year);
    let nodes = |keep: &dyn Fn(&Entry<'_>) -> bool| {
        Node::list(
            entries
                .iter()
                .filter(|one| keep(one))
                .map(|one| one.node.clone()),
        )
    };
    let invented = derive::any_illustrative(rows.iter().map(|row| &row.provenance));
    let mut count = |name: &str, length: usize| -> Node {
        let id = format!("activities/{year}/{name}");
        derive::count(
            &mut view.book,
            id,
            &format!("activities/{year}"),
            length,
            invented,
        )
        .into()
    };
    Node::map([
        ("count", count("count", entries.len())),
        (
            "funded_count",
            count(
                "funded_count",
                entries.iter().filter(|one| one.funded()).count(),
            ),
        ),
        (
            "new_count",
            count("new_count", entries.iter().filter(|one| one.new).count()),
        ),
        ("year", year_fact.into()),
        ("all", nodes(&|_| true)),
        ("unfunded", nodes(&|one| !one.funded())),
        ("new", nodes(&|one| one.new)),
        ("continued", nodes(&|one| !one.new)),
        ("ended", ended),
        ("by_focus_area", by_focus_area),
        ("total", sums.budget.into()),
        ("spent", sums.spent.into()),
        ("available", sums.available.into()),
        ("remainder", sums.remainder.into()),
        ("reported", reported.into()),
    ])
}

fn by_focus_area(view: &mut View<'_>, entries: &[Entry<'_>]) -> Node {
    let areas = &view.data.partnership.focus_areas;
    let nodes: Vec<Node> = areas
        .iter()
        .map(|area| focus_area(view, area, entries))
        .collect();
    nodes.into()
}

fn focus_area(view: &mut View<'_>, area: &FocusArea, entries: &[Entry<'_>]) -> Node {
    let mine: Vec<&Entry<'_>> = entries
        .iter()
        .filter(|one| one.row.focus_area.value == area.id.value)
        .collect();
    let no = focus_area_number(view, area);
    let base = format!("activities/{}/{}", view.year(), area.id.value);
    let budgets: Vec<Arc<Fact>> = mine.iter().map(|one| Arc::clone(&one.budget)).collect();
    let spent: Vec<Arc<Fact>> = mine.iter().map(|one| Arc::clone(&one.spent)).collect();
    let invented = derive::any_illustrative(mine.iter().map(|one| &one.row.provenance));
    let book = &mut view.book;
    let count = derive::count(book, format!("{base}/count"), &base, mine.len(), invented);
    let budget = derive::sum(book, format!("{base}/budget"), FactUnit::Kroner, &budgets);
    let spent = derive::sum(book, format!("{base}/spent"), FactUnit::Kroner, &spent);
    Node::map([
        ("no", no),
        ("id", (&area.id).into()),
        ("name", (&area.name).into()),
        ("purpose", (&area.purpose).into()),
        ("result_targets", texts(&area.result_targets)),
        (
            "activities",
            Node::list(mine.iter().map(|one| one.node.clone())),
        ),
        ("count", count.into()),
        ("budget", budget.into()),
        ("spent", spent.into()),
    ])
}

/// The id under which the facts of an activity stand.
fn base(row: &Activity) -> String {
    format!("activities/{}/{}", row.plan_year.value, row.id.value)
}

/// The fact of an activity's budget.
pub fn budget(view: &mut View<'_>, row: &Activity) -> Arc<Fact> {
    let (id, cell) = (format!("{}/budget", base(row)), &row.budget);
    view.book.number(
        id,
        cell.value,
        FactUnit::Kroner,
        &row.provenance,
        &cell.place,
    )
}

/// The fact of what an activity spent, missing until it was reported.
pub fn spent<'a>(view: &mut View<'a>, row: &'a Activity) -> Arc<Fact> {
    let cell = view.report(row).and_then(|report| report.spent.as_ref());
    let cell = cell.map(|one| one.as_ref().map(|kr| *kr));
    let spent = reported(view, row, "spent", FactUnit::Kroner, cell);
    since_report(view, row, &spent)
}

fn reported(
    view: &mut View<'_>,
    row: &Activity,
    name: &str,
    unit: FactUnit,
    cell: Option<Located<i64>>,
) -> Arc<Fact> {
    let id = format!("{}/{name}", base(row));
    match cell {
        Some(cell) => view
            .book
            .number(id, cell.value, unit, &row.provenance, &cell.place),
        None => view.book.missing(id, unit),
    }
}

/// The fact with the day on which its activity was reported.
fn since_report(view: &mut View<'_>, row: &Activity, fact: &Arc<Fact>) -> Arc<Fact> {
    match row.report.as_ref().filter(|_| fact.value.is_some()) {
        Some(report) => view.book.known(fact, report.reported.value),
        None => Arc::clone(fact),
    }
}

fn whole(cell: Option<&Located<u64>>) -> Option<Located<i64>> {
    let cell = cell?;
    i64::try_from(cell.value)
        .ok()
        .map(|value| Located::new(value, cell.place.clone()))
}

fn entry<'a>(view: &mut View<'a>, row: &'a Activity, new: bool) -> Entry<'a> {
    let report = view.report(row);
    let (budget, spent) = (budget(view, row), spent(view, row));
    let target = reported(
        view,
        row,
        "target",
        FactUnit::Count,
        whole(row.target.as_ref()),
    );
    let result = report.and_then(|report| report.result.as_ref());
    let result = reported(view, row, "result", FactUnit::Count, whole(result));
    let result = since_report(view, row, &result);
    let cofunding = row.cofunding.as_ref().map(|one| one.as_ref().map(|kr| *kr));
    let cofunding = reported(view, row, "cofunding", FactUnit::Kroner, cofunding);
    let book = &mut view.book;
    let from = book.date(
        format!("{}/from", base(row)),
        row.from.value,
        &row.from.place,
    );
    let to = book.date(format!("{}/to", base(row)), row.to.value, &row.to.place);
    let left = format!("{}/difference", base(row));
    let difference = derive::difference(book, left, FactUnit::Kroner, &budget, &spent);
    let partnership = &view.data.partnership;
    let named = |id: &Text| partnership.organisation(&id.value).map(organisation);
    // An owner who takes no part is a finding; templates need not know.
    let owner = named(&row.owner).unwrap_or_else(|| {
        let id = &row.owner;
        Node::map([("id", id.into()), ("name", id.into()), ("short", id.into())])
    });
    let partners: Vec<Node> = row.partners.iter().filter_map(named).collect();
    let area = partnership
        .focus_areas
        .iter()
        .find(|area| area.id.value == row.focus_area.value);
    let focus_area = area.map(|area| {
        Node::map([
            ("no", focus_area_number(view, area)),
            ("name", (&area.name).into()),
        ])
    });
    let node = Node::map([
        ("id", (&row.id).into()),
        ("name", (&row.name).into()),
        ("purpose", (&row.purpose).into()),
        ("target_group", (&row.target_group).into()),
        ("content", (&row.content).into()),
        ("success_criterion", (&row.success_criterion).into()),
        ("target", target.into()),
        ("measured_by", (&row.measured_by).into()),
        ("owner", owner),
        ("partners", partners.into()),
        ("partners_other", row.partners_other.as_ref().into()),
        ("from", from.into()),
        ("to", to.into()),
        ("budget", (&budget).into()),
        ("cofunding", cofunding.into()),
        ("spent", (&spent).into()),
        ("difference", difference.into()),
        ("result", result.into()),
        (
            "result_note",
            report.and_then(|report| report.note.as_ref()).into(),
        ),
        ("status", status(report)),
        ("new", new.into()),
        ("funded", (row.budget.value > 0).into()),
        (
            "illustrative",
            derive::any_illustrative([&row.provenance]).into(),
        ),
        ("focus_area", focus_area.into()),
    ]);
    Entry {
        row,
        new,
        budget,
        spent,
        node,
    }
}

fn status(report: Option<&ActivityReport>) -> Node {
    let status = report.map(|report| report.status.value);
    let (code, symbol) = match status {
        Some(ActivityStatus::Planned) => ("planned", "○"),
        Some(ActivityStatus::Running) => ("running", "◐"),
        Some(ActivityStatus::Completed) => ("completed", "●"),
        Some(ActivityStatus::Postponed) => ("postponed", "◇"),
        Some(ActivityStatus::Cancelled) => ("cancelled", "×"),
        None => ("unknown", "–"),
    };
    let word = status.map_or("ikke opgjort", danish::activity_status);
    Node::map([
        ("code", code.into()),
        ("word", word.into()),
        ("symbol", symbol.into()),
    ])
}
