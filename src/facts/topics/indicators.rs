//! `goals` and `indicators`: every series that the edition sees, with baseline, latest figure, change, gap and assessment.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::assessment::assess;
use super::point::{Point, points, unit};
use crate::facts::derive;
use crate::facts::fact::{Fact, FactBasis, FactUnit, Quantity};
use crate::facts::node::{Node, Run};
use crate::facts::trend;
use crate::facts::view::View;
use crate::model::{Direction, Indicator, IndicatorGroup, IndicatorKind, Target, TargetRule};

/// The `goals` topic.
pub fn goals(view: &mut View<'_>) -> Node {
    let partnership = &view.data.partnership;
    let goals: Vec<Node> = partnership
        .goals
        .iter()
        .map(|goal| {
            let measured = partnership.indicators.iter().filter(|one| {
                one.goal
                    .as_ref()
                    .is_some_and(|id| id.value == goal.id.value)
            });
            let ids = Node::list(measured.map(|one| &one.id));
            let value = Quantity::Number(Decimal::from(goal.no.value));
            let id = format!("goals/{}/no", goal.id.value);
            let no = view.book.given(id, value, FactUnit::Count, &goal.no.place);
            Node::map([
                ("no", no.into()),
                ("id", (&goal.id).into()),
                ("name", (&goal.name).into()),
                ("description", (&goal.description).into()),
                ("indicators", ids),
            ])
        })
        .collect();
    goals.into()
}

/// The `indicators` topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let all: Vec<(&Indicator, Node)> = view
        .data
        .partnership
        .indicators
        .iter()
        .map(|one| (one, indicator(view, one)))
        .collect();
    let by_id: BTreeMap<String, Node> = all
        .iter()
        .map(|(one, node)| (one.id.value.clone(), node.clone()))
        .collect();
    let only = |keep: &dyn Fn(&Indicator) -> bool| {
        Node::list(
            all.iter()
                .filter(|(one, _)| keep(one))
                .map(|(_, node)| node.clone()),
        )
    };
    Node::map([
        ("all", only(&|_| true)),
        ("survey", only(&|one| one.kind == IndicatorKind::Survey)),
        ("police", only(&|one| one.kind == IndicatorKind::Police)),
        ("main", only(&|one| one.group == IndicatorGroup::Main)),
        (
            "selected",
            only(&|one| one.group == IndicatorGroup::Selected),
        ),
        (
            "supplementary",
            only(&|one| one.group == IndicatorGroup::Supplementary),
        ),
        (
            "background",
            only(&|one| one.group == IndicatorGroup::Background),
        ),
        ("by_id", Node::Map(by_id.into())),
    ])
}

fn indicator<'a>(view: &mut View<'a>, one: &'a Indicator) -> Node {
    let points = points(view, one);
    let compiled: Vec<&Point> = points
        .iter()
        .filter(|point| point.area.basis != FactBasis::Missing)
        .collect();
    let latest = compiled.last().copied();
    let previous = compiled.len().checked_sub(2).map(|index| compiled[index]);
    let start = one.baseline.as_ref();
    let baseline = start.and_then(|start| {
        points.iter().find(|point| {
            point.year == start.year.value && point.year_kind == start.year_kind.value
        })
    });
    let word = match (baseline, latest) {
        (Some(old), Some(new)) if old.year != new.year => {
            trend::word(&view.book, &old.area, &new.area)
        }
        (_, Some(_)) => "første måling",
        _ => "ikke opgjort",
    };
    let target = one
        .target
        .as_ref()
        .map(|target| target_node(view, one, target, baseline));
    let node = |point: Option<&Point>| Node::from(point.map(Point::node));
    Node::map([
        ("id", (&one.id).into()),
        ("name", (&one.name).into()),
        ("short", (&one.short).into()),
        ("goal", one.goal.as_ref().into()),
        ("kind", kind(one).into()),
        ("group", group(one).into()),
        ("unit", unit(one).name().into()),
        (
            "direction",
            one.direction
                .as_ref()
                .map(|way| direction(way.value))
                .into(),
        ),
        ("definition", one.definition.as_ref().into()),
        (
            "years",
            Node::list(points.iter().map(|point| &point.year_fact)),
        ),
        ("points", Node::list(points.iter().map(Point::node))),
        ("baseline", node(baseline)),
        ("previous", node(previous)),
        ("latest", node(latest)),
        ("target", target.into()),
        ("gap", gaps(view, one, baseline, latest)),
        ("change", changes(view, one, baseline, previous, latest)),
        ("direction_word", word.into()),
        ("assessment", assess(one, baseline, latest).node()),
    ])
}

fn kind(one: &Indicator) -> &'static str {
    match one.kind.value {
        IndicatorKind::Survey => "survey",
        IndicatorKind::Police => "police",
        IndicatorKind::Register => "register",
    }
}

fn group(one: &Indicator) -> &'static str {
    match one.group.value {
        IndicatorGroup::Main => "main",
        IndicatorGroup::Selected => "selected",
        IndicatorGroup::Supplementary => "supplementary",
        IndicatorGroup::Background => "background",
    }
}

fn direction(way: Direction) -> &'static str {
    match way {
        Direction::Lower => "lower",
        Direction::Higher => "higher",
    }
}

/// The unit of a difference between two figures of an indicator.
fn difference_unit(one: &Indicator) -> FactUnit {
    match unit(one) {
        FactUnit::Percent => FactUnit::PercentagePoints,
        other => other,
    }
}

fn gaps(
    view: &mut View<'_>,
    one: &Indicator,
    baseline: Option<&Point>,
    latest: Option<&Point>,
) -> Node {
    let has_city = [baseline, latest]
        .into_iter()
        .flatten()
        .any(|point| point.city.value.is_some());
    if !has_city {
        return Node::Null;
    }
    let mut gap = |point: Option<&Point>| match point {
        Some(point) => {
            let id = format!("indicators/{}/gap/{}", one.id.value, point.year);
            derive::difference(
                &mut view.book,
                id,
                difference_unit(one),
                &point.area,
                &point.city,
            )
            .into()
        }
        None => Node::Null,
    };
    Node::map([("baseline", gap(baseline)), ("latest", gap(latest))])
}

fn changes(
    view: &mut View<'_>,
    one: &Indicator,
    baseline: Option<&Point>,
    previous: Option<&Point>,
    latest: Option<&Point>,
) -> Node {
    let mut change = |since: Option<&Point>, name: &str| -> Arc<Fact> {
        let unit = difference_unit(one);
        match (since, latest) {
            (Some(old), Some(new)) if old.year != new.year => {
                let id = format!(
                    "indicators/{}/change/{}-{}",
                    one.id.value, old.year, new.year
                );
                if view.book.is_broken(&old.area, &new.area) {
                    return view.book.incomparable(id, unit);
                }
                derive::difference(&mut view.book, id, unit, &new.area, &old.area)
            }
            _ => view
                .book
                .missing(format!("indicators/{}/change/{name}", one.id.value), unit),
        }
    };
    Node::map([
        ("baseline", change(baseline, "since-baseline").into()),
        ("previous", change(previous, "since-previous").into()),
    ])
}

fn target_node(
    view: &mut View<'_>,
    one: &Indicator,
    target: &Target,
    baseline: Option<&Point>,
) -> Node {
    let id = format!("indicators/{}/target", one.id.value);
    let book = &mut view.book;
    let year = book.year(
        format!("year/{}", target.year.value),
        target.year.value,
        &target.year.place,
    );
    let value = target
        .value
        .as_ref()
        .map(|value| book.given(&id, Quantity::Number(value.value), unit(one), &value.place));
    let bound = value.or_else(|| baseline.map(|point| Arc::clone(&point.area)));
    let city = &view.data.partnership.area.city_genitive.value;
    let against_baseline = |word: &str| match baseline {
        Some(point) if point.area.value.is_some() => vec![
            Run::text(format!("{word} ")),
            Run::fact(&point.year_fact),
            Run::text("-niveauet ("),
            Run::fact(&point.area),
            Run::text(")"),
        ],
        Some(point) => vec![
            Run::text(format!("{word} ")),
            Run::fact(&point.year_fact),
            Run::text("-niveauet"),
        ],
        None => vec![Run::text("ikke opgjort")],
    };
    let against_value = |word: &str| match &bound {
        Some(bound) => vec![Run::text(format!("{word} ")), Run::fact(bound)],
        None => vec![Run::text("ikke opgjort")],
    };
    let (rule, runs) = match target.rule.value {
        TargetRule::ApproachCity => (
            "approach_city",
            vec![Run::text(format!("nærme sig {city} niveau"))],
        ),
        TargetRule::AtMostBaseline => ("at_most_baseline", against_baseline("højst")),
        TargetRule::AtLeastBaseline => ("at_least_baseline", against_baseline("mindst")),
        TargetRule::AtMost => ("at_most", against_value("højst")),
        TargetRule::AtLeast => ("at_least", against_value("mindst")),
    };
    Node::map([
        ("rule", rule.into()),
        ("year", year.into()),
        ("runs", Node::Runs(runs)),
        ("value", bound.into()),
    ])
}
