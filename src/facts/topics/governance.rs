//! `governance`: bodies and their meetings, decisions, signatories, risks and what a report asks for.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::edition::named;
use super::partnership::organisation;
use crate::diagnostic::Located;
use crate::facts::danish;
use crate::facts::derive;
use crate::facts::fact::{FactUnit, Quantity};
use crate::facts::node::Node;
use crate::facts::view::View;
use crate::model::{Approval, Body, BodyRole, DecisionKind, Occasions, Signatory};

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let partnership = &view.data.partnership;
    let bodies: Vec<(&Body, Node)> = partnership
        .bodies
        .iter()
        .map(|one| (one, body(view, one)))
        .collect();
    let seen = view.approvals();
    let approvals: Vec<Node> = seen.iter().map(|one| approval(view, one)).collect();
    let plan_approvals = plan_approvals(view);
    let signatories = signatories(view);
    let risks = partnership
        .risks
        .iter()
        .filter(|one| one.year == view.year() && view.edition.sees(&one.provenance, None));
    let risks = Node::list(risks.map(|one| {
        Node::map([
            ("text", (&one.text).into()),
            ("mitigation", (&one.mitigation).into()),
            (
                "illustrative",
                derive::any_illustrative([&one.provenance]).into(),
            ),
        ])
    }));
    let decisions = decisions(view);
    let of_role = |role: BodyRole| -> Vec<Node> {
        bodies
            .iter()
            .filter(|(one, _)| one.role == role)
            .map(|(_, node)| node.clone())
            .collect()
    };
    let first = |role| of_role(role).into_iter().next().unwrap_or_default();
    let by_id = bodies
        .iter()
        .map(|(one, node)| (one.id.value.clone(), node.clone()))
        .collect();
    Node::map([
        ("bodies", Node::Map(Arc::new(by_id))),
        ("steering", first(BodyRole::Steering)),
        ("working", first(BodyRole::Working)),
        ("committees", Node::list(of_role(BodyRole::Committee))),
        ("approvals", approvals.into()),
        ("plan_approvals", plan_approvals),
        ("signatories", signatories),
        ("risks", risks),
        ("decisions", decisions),
    ])
}

fn body(view: &mut View<'_>, one: &Body) -> Node {
    let id = format!("bodies/{}", one.id.value);
    let year = view.year();
    let rows = view.meetings(&one.id.value);
    let book = &mut view.book;
    let mut dates = Vec::new();
    let meetings = Node::list(rows.iter().map(|row| {
        let place = &row.date.place;
        let value = Quantity::Date(row.date.value);
        let id = format!("{id}/meetings/{}", row.date.value);
        let date = book.cell(id, value, FactUnit::Date, &row.provenance, place);
        dates.push(Arc::clone(&date));
        Node::map([("date", date.into()), ("subject", (&row.subject).into())])
    }));
    let held = book.derived(
        format!("{id}/{year}/held"),
        Some(Decimal::from(rows.len())),
        FactUnit::Count,
        format!("count({id}/meetings)"),
        &dates.iter().collect::<Vec<_>>(),
    );
    let range = one.meetings_per_year.as_ref();
    let mut bound = |name: &str, limit: Option<&Located<u32>>| -> Node {
        let id = format!("{id}/{name}");
        match limit {
            Some(limit) => {
                let value = Quantity::Number(Decimal::from(limit.value));
                book.given(id, value, FactUnit::Count, &limit.place).into()
            }
            None => book.missing(id, FactUnit::Count).into(),
        }
    };
    let (min, max) = (
        bound("min", range.map(|one| &one.min)),
        bound("max", range.map(|one| &one.max)),
    );
    let role = match one.role.value {
        BodyRole::Steering => "steering",
        BodyRole::Working => "working",
        BodyRole::Committee => "committee",
    };
    let mut years = |occasions: &Occasions| match occasions {
        Occasions::Years(years) => Node::list(
            years
                .iter()
                .map(|year| book.year(format!("year/{}", year.value), year.value, &year.place)),
        ),
        Occasions::Never | Occasions::Yearly => Node::list::<Node>([]),
    };
    Node::map([
        ("id", (&one.id).into()),
        ("name", (&one.name).into()),
        ("abbreviation", one.abbreviation.as_ref().into()),
        ("role", role.into()),
        ("min", min),
        ("max", max),
        ("meetings", meetings),
        ("held", held.into()),
        ("approves", one.approval.include(year).into()),
        ("gets_status", one.status.include(year).into()),
        ("approval_years", years(&one.approval)),
        ("status_years", years(&one.status)),
    ])
}

fn decision_code(kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::Approved => "approved",
        DecisionKind::Noted => "noted",
        DecisionKind::Discussed => "discussed",
    }
}

fn approval(view: &mut View<'_>, one: &Approval) -> Node {
    let body = view
        .data
        .partnership
        .bodies
        .iter()
        .find(|body| body.id.value == one.body.value);
    let (year, revision) = (one.year.value, one.revision.value);
    let id = format!(
        "approvals/{}/{year}/{revision}/{}",
        one.document.value, one.body.value
    );
    let book = &mut view.book;
    let day = Quantity::Date(one.date.value);
    let date = book.cell(
        format!("{id}/date"),
        day,
        FactUnit::Date,
        &one.provenance,
        &one.date.place,
    );
    let year = book.year(format!("year/{year}"), year, &one.year.place);
    let number = Quantity::Number(Decimal::from(revision));
    let revision = book.given(
        format!("{id}/revision"),
        number,
        FactUnit::Count,
        &one.revision.place,
    );
    Node::map([
        ("document", (&one.document).into()),
        ("year", year.into()),
        ("revision", revision.into()),
        ("body", body.map(named).into()),
        ("date", date.into()),
        ("decision", decision_code(one.decision.value).into()),
        ("word", danish::decision_kind(one.decision.value).into()),
    ])
}

/// The bodies that approve the plan of the edition's year, and what they decided by its date.
fn plan_approvals(view: &mut View<'_>) -> Node {
    let (year, own) = (view.year(), view.edition.revision.value);
    let issued = view
        .data
        .issued
        .iter()
        .filter(|one| one.document == *"plan" && one.year == year && one.revision.value < own);
    // What was decided on an issued revision does not cover what was changed after it.
    let after = issued.map(|one| one.revision.value).max();
    let decided: Vec<&Approval> = view
        .approvals()
        .into_iter()
        .filter(|row| after.is_none_or(|issued| row.revision.value > issued))
        .collect();
    let bodies = view
        .data
        .partnership
        .bodies
        .iter()
        .filter(|body| body.approval.include(year));
    let nodes: Vec<Node> = bodies
        .map(|body| {
            let row = decided.iter().find(|row| {
                row.document == *"plan" && row.year == year && row.body.value == body.id.value
            });
            let seen = row.map(|row| approval(view, row));
            let part = |key: &str| seen.as_ref().and_then(|node| node.get(key)).cloned();
            let unknown = format!("approvals/plan/{year}/{}/date", body.id.value);
            let date =
                part("date").unwrap_or_else(|| view.book.missing(unknown, FactUnit::Date).into());
            Node::map([
                ("body", named(body)),
                ("date", date),
                ("decided", seen.is_some().into()),
                ("word", part("word").unwrap_or_else(|| "afventer".into())),
            ])
        })
        .collect();
    nodes.into()
}

fn signatories(view: &mut View<'_>) -> Node {
    let mut rows: Vec<&Signatory> = view.data.signatories.iter().collect();
    rows.sort_by_key(|row| row.order.value);
    let nodes: Vec<Node> = rows
        .into_iter()
        .map(|row| {
            let value = Quantity::Number(Decimal::from(row.order.value));
            let id = format!("signatories/{}/order", row.field.value);
            let order = view
                .book
                .given(id, value, FactUnit::Count, &row.order.place);
            Node::map([
                (
                    "party",
                    view.data
                        .partnership
                        .organisation(&row.party.value)
                        .map(organisation)
                        .into(),
                ),
                ("order", order.into()),
                ("name", row.name.as_ref().into()),
                ("title", (&row.title).into()),
                ("organisation", (&row.organisation).into()),
                ("field", (&row.field).into()),
            ])
        })
        .collect();
    nodes.into()
}

fn decisions(view: &mut View<'_>) -> Node {
    let (document, year) = (view.edition.document.value.as_str(), view.year());
    let asked = view
        .data
        .partnership
        .decisions
        .iter()
        .filter(|one| one.document == *document && one.year == year);
    let nodes: Vec<Node> = asked
        .zip(1_u32..)
        .map(|(one, no)| {
            let id = format!("decisions/{document}/{year}/{no}");
            let value = Quantity::Number(Decimal::from(no));
            let no = view.book.given(id, value, FactUnit::Count, &one.text.place);
            Node::map([
                ("no", no.into()),
                ("text", (&one.text).into()),
                ("kind", decision_code(one.kind.value).into()),
            ])
        })
        .collect();
    nodes.into()
}
