//! `revisions`: the revisions of the document at hand up to this one, and which figures are others than in the one issued before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Located;
use crate::facts::danish;
use crate::facts::derive;
use crate::facts::fact::{Fact, FactUnit, Quantity};
use crate::facts::labels::{Group, Label, label};
use crate::facts::node::{Node, Run};
use crate::facts::view::View;
use crate::model::{Dataset, Edition, Figure, Issued};

use super::edition::named;

/// The topic; it looks at all facts, so it comes last.
pub fn topic(view: &mut View<'_>) -> Node {
    let mut rows: Vec<&Edition> = siblings(view).collect();
    rows.sort_by_key(|one| one.revision.value);
    let history = Node::list(rows.into_iter().map(|row| revision(view, row)));
    let before = previous(view);
    Node::map([
        ("history", history),
        ("since", before.map(|issued| since(view, issued)).into()),
    ])
}

/// The revisions of the document and year, up to the edition's own.
fn siblings<'a>(view: &View<'a>) -> impl Iterator<Item = &'a Edition> + use<'a> {
    let own = view.edition;
    view.data.editions.iter().filter(move |one| {
        one.document.value == own.document.value
            && one.year.value == own.year.value
            && one.revision.value <= own.revision.value
    })
}

/// The newest issued revision before the edition's own.
fn previous<'a>(view: &View<'a>) -> Option<&'a Issued> {
    let own = view.edition;
    let earlier = view.data.issued.iter().filter(|one| {
        one.document.value == own.document.value
            && one.year.value == own.year.value
            && one.revision.value < own.revision.value
    });
    earlier.max_by_key(|one| one.revision.value)
}

fn base(edition: &Edition) -> String {
    format!(
        "edition/{}/{}/{}",
        edition.document.value, edition.year.value, edition.revision.value
    )
}

fn revision(view: &mut View<'_>, row: &Edition) -> Node {
    let id = base(row);
    let number = Quantity::Number(row.revision.value.into());
    let place = &row.revision.place;
    let number = view
        .book
        .given(format!("{id}/revision"), number, FactUnit::Count, place);
    let date = view
        .book
        .date(format!("{id}/date"), row.date.value, &row.date.place);
    let approved: Vec<Node> = view
        .approvals()
        .into_iter()
        .filter(|one| {
            one.document.value == row.document.value
                && one.year.value == row.year.value
                && one.revision.value == row.revision.value
        })
        .map(|one| {
            let bodies = &view.data.partnership.bodies;
            let body = bodies.iter().find(|body| body.id.value == one.body.value);
            let id = format!(
                "approvals/{}/{}/{}/{}/date",
                one.document.value, one.year.value, one.revision.value, one.body.value
            );
            let (day, unit) = (Quantity::Date(one.date.value), FactUnit::Date);
            let date = view
                .book
                .cell(id, day, unit, &one.provenance, &one.date.place);
            Node::map([
                ("body", body.map(named).into()),
                ("word", danish::decision_kind(one.decision.value).into()),
                ("date", date.into()),
            ])
        })
        .collect();
    Node::map([
        ("revision", number.into()),
        ("date", date.into()),
        ("reason", (&row.reason).into()),
        ("approved", approved.into()),
    ])
}

/// What is other than in an issued edition.
fn since(view: &mut View<'_>, issued: &Issued) -> Node {
    let prefix = format!(
        "issued/{}/{}/{}",
        issued.document.value, issued.year.value, issued.revision.value
    );
    let mut groups: BTreeMap<Group, Vec<(usize, Node)>> = BTreeMap::new();
    for (id, old) in &issued.figures {
        let now = view.book.get(id).cloned();
        let is_same = now.as_ref().is_some_and(|now| is_same(&old.value, now));
        let (false, Some(label)) = (is_same, name(view, issued, id)) else {
            continue;
        };
        // Of an activity that is gone, its money says enough.
        let is_detail = id.starts_with("activities/") && !id.ends_with("/budget");
        if now.is_none() && is_detail {
            continue;
        }
        let (group, words) = (label.group, words(view, &label));
        let row = change(view, &prefix, id, old, now.as_ref(), words);
        let rank = rank(view.data, id);
        groups.entry(group).or_default().push((rank, row));
    }
    for (group, row) in added(view, issued) {
        groups.entry(group).or_default().push((0, row));
    }
    let number = Quantity::Number(issued.revision.value.into());
    let place = &issued.revision.place;
    let book = &mut view.book;
    let number = book.given(format!("{prefix}/revision"), number, FactUnit::Count, place);
    let day = book.date(
        format!("{prefix}/issued"),
        issued.issued.value,
        &issued.issued.place,
    );
    let groups = Group::ALL
        .into_iter()
        .filter_map(|group| Some((group, groups.remove(&group)?)));
    let groups: Vec<Node> = groups
        .map(|(group, mut rows)| {
            rows.sort_by_key(|(rank, _)| *rank);
            let rows = Node::list(rows.into_iter().map(|(_, row)| row));
            Node::map([("name", group.name().into()), ("rows", rows)])
        })
        .collect();
    Node::map([
        ("revision", number.into()),
        ("issued", day.into()),
        ("groups", groups.into()),
    ])
}

/// Activities come before the sums over them.
fn rank(data: &Dataset, id: &str) -> usize {
    let mut parts = id.split('/').skip(2);
    let (of, field) = (parts.next(), parts.next());
    let is_sum = data
        .partnership
        .focus_areas
        .iter()
        .any(|area| Some(area.id.value.as_str()) == of);
    match (id.starts_with("activities/"), field) {
        (true, None) => 2,
        (true, Some(_)) if is_sum => 1,
        _ => 0,
    }
}

fn is_same(old: &Figure, now: &Fact) -> bool {
    old.value == now.exact() && (old.value.is_some() || old.text == now.text.replace('\u{a0}', " "))
}

fn change(
    view: &mut View<'_>,
    prefix: &str,
    id: &str,
    old: &Located<Figure>,
    now: Option<&Arc<Fact>>,
    words: Node,
) -> Node {
    let book = &mut view.book;
    let unit = FactUnit::named(&old.value.unit);
    let value = old.value.value.as_deref();
    let value = unit.and_then(|unit| Some((Quantity::exact(value?, unit)?, unit)));
    let before =
        value.map(|(value, unit)| book.given(format!("{prefix}/{id}"), value, unit, &old.place));
    let difference = before.as_ref().zip(now).and_then(|(before, now)| {
        let unit = match (before.unit, now.unit) {
            (old, new) if old != new => return None,
            (FactUnit::Year | FactUnit::Date | FactUnit::Years, _) => return None,
            (FactUnit::Percent, _) => FactUnit::PercentagePoints,
            (unit, _) => unit,
        };
        before.number().zip(now.number())?;
        Some(derive::difference(
            book,
            format!("{prefix}/change/{id}"),
            unit,
            now,
            before,
        ))
    });
    Node::map([
        ("label", words),
        (
            "old",
            before.map_or_else(|| Node::from(old.value.text.as_str()), Node::from),
        ),
        ("new", now.map_or_else(|| Node::from("udgået"), Node::from)),
        ("difference", difference.into()),
    ])
}

/// What a figure is called today; one that is gone keeps the name it was issued under.
fn name(view: &View<'_>, issued: &Issued, id: &str) -> Option<Label> {
    label(view.data, id).or_else(|| {
        let group = match id.split('/').next() {
            Some("indicators") => Group::Indicators,
            Some("economy") => Group::Economy,
            _ => Group::Activities,
        };
        Some(Label {
            group,
            words: issued.names.get(id)?.value.clone(),
            year: None,
        })
    })
}

/// A label as words with its year, which is a figure like others.
pub fn words(view: &mut View<'_>, label: &Label) -> Node {
    let mut runs = vec![Run::text(label.words.as_str())];
    if let Some(year) = label.year {
        let place = view.edition.year.place.clone();
        let year = view.book.year(format!("year/{year}"), year, &place);
        runs.push(Run::text(", "));
        runs.push(Run::fact(&year));
    }
    Node::Runs(runs)
}

/// Budgets of activities that the issued edition did not have.
fn added(view: &mut View<'_>, issued: &Issued) -> Vec<(Group, Node)> {
    let year = view.year();
    let rows = view.activities(year);
    rows.into_iter()
        .filter_map(|row| {
            let id = format!("activities/{year}/{}/budget", row.id.value);
            let is_new = !issued.figures.contains_key(&id);
            let now = view.book.get(&id).filter(|_| is_new).cloned()?;
            let label = label(view.data, &id)?;
            let words = words(view, &label);
            let node = Node::map([
                ("label", words),
                ("old", "ny".into()),
                ("new", now.into()),
                ("difference", Node::Null),
            ]);
            Some((label.group, node))
        })
        .collect()
}
