//! Focus areas, goals, the areas that are compared, and indicators with their baselines and targets.

use crate::diagnostic::{Finding, Located};
use crate::model::{
    AreaRole, Baseline, Direction, FocusArea, Goal, Indicator, IndicatorGroup, IndicatorKind,
    SeriesBreak, StudyArea, Target, TargetRule,
};
use crate::read::codes;
use crate::read::context::Context;
use crate::read::decode::{decimal, id, one_of, ordinal, reference, text, year};
use crate::read::indicators::{UNITS, YEAR_KINDS};
use crate::read::json::Object;
use crate::read::json::value::{list, object};
use crate::read::references::Kind;
use crate::read::value::{Record, Value};

const AREA_ROLES: &[(&str, AreaRole)] = &[
    ("partnership", AreaRole::Partnership),
    ("district", AreaRole::District),
    ("city", AreaRole::City),
];

const KINDS: &[(&str, IndicatorKind)] = &[
    ("survey", IndicatorKind::Survey),
    ("police", IndicatorKind::Police),
    ("register", IndicatorKind::Register),
];

const GROUPS: &[(&str, IndicatorGroup)] = &[
    ("main", IndicatorGroup::Main),
    ("selected", IndicatorGroup::Selected),
    ("supplementary", IndicatorGroup::Supplementary),
    ("background", IndicatorGroup::Background),
];

const DIRECTIONS: &[(&str, Direction)] =
    &[("lower", Direction::Lower), ("higher", Direction::Higher)];

const RULES: &[(&str, TargetRule)] = &[
    ("approach_city", TargetRule::ApproachCity),
    ("at_most_baseline", TargetRule::AtMostBaseline),
    ("at_least_baseline", TargetRule::AtLeastBaseline),
    ("at_most", TargetRule::AtMost),
    ("at_least", TargetRule::AtLeast),
];

/// Decodes `focus_areas`.
pub(super) fn focus_areas(value: &Value<'_>, cx: &mut Context) -> Option<Vec<FocusArea>> {
    let areas = list(object(focus_area))(value, cx)?;
    check_numbers(areas.iter().map(|area| &area.no), "focus areas", cx);
    Some(areas)
}

/// Decodes `goals`.
pub(super) fn goals(value: &Value<'_>, cx: &mut Context) -> Option<Vec<Goal>> {
    let goals = list(object(goal))(value, cx)?;
    check_numbers(goals.iter().map(|goal| &goal.no), "goals", cx);
    Some(goals)
}

/// Decodes an entry of `areas`.
pub(super) fn study_area(node: &Object<'_>, cx: &mut Context) -> Option<StudyArea> {
    let id = node.need("id", id, cx);
    let name = node.need("name", text, cx);
    let role = node.need("role", one_of(AREA_ROLES), cx);
    Some(StudyArea {
        id: id?,
        name: name?,
        role: role?,
    })
}

/// Decodes an entry of `indicators`.
pub(super) fn indicator(node: &Object<'_>, cx: &mut Context) -> Option<Indicator> {
    let id = node.need("id", id, cx);
    let name = node.need("name", text, cx);
    let short = node.need("short", text, cx);
    let goal = node.may("goal", reference(Kind::Goal), cx);
    let kind = node.need("kind", one_of(KINDS), cx);
    let group = node.need("group", one_of(GROUPS), cx);
    let unit = node.need("unit", one_of(UNITS), cx);
    let direction = node.may("direction", one_of(DIRECTIONS), cx);
    let definition = node.may("definition", text, cx);
    let baseline = node.may("baseline", object(baseline), cx);
    let target = node.may("target", object(target), cx);
    let source = node.may("source", reference(Kind::Source), cx);
    let normally_at_most = node.may("normally_at_most", reference(Kind::Indicator), cx);
    let rate_of = node.may("rate_of", reference(Kind::Indicator), cx);
    let per = node.may("per", reference(Kind::Indicator), cx);
    let part_of = node.may("part_of", reference(Kind::Indicator), cx);
    let breaks = node.may("breaks", list(object(series_break)), cx);
    Some(Indicator {
        id: id?,
        name: name?,
        short: short?,
        goal: goal?,
        kind: kind?,
        group: group?,
        unit: unit?,
        direction: direction?,
        definition: definition?,
        baseline: baseline?,
        target: target?,
        source: source?,
        normally_at_most: normally_at_most?,
        rate_of: rate_of?,
        per: per?,
        part_of: part_of?,
        breaks: breaks?.unwrap_or_default(),
    })
}

fn series_break(node: &Object<'_>, cx: &mut Context) -> Option<SeriesBreak> {
    let year = node.need("year", year, cx);
    let reason = node.need("reason", text, cx);
    Some(SeriesBreak {
        year: year?,
        reason: reason?,
    })
}

fn focus_area(node: &Object<'_>, cx: &mut Context) -> Option<FocusArea> {
    let no = node.need("no", ordinal, cx);
    let id = node.need("id", id, cx);
    let name = node.need("name", text, cx);
    let purpose = node.need("purpose", text, cx);
    let result_targets = node.need("result_targets", list(text), cx);
    Some(FocusArea {
        no: no?,
        id: id?,
        name: name?,
        purpose: purpose?,
        result_targets: result_targets?,
    })
}

fn goal(node: &Object<'_>, cx: &mut Context) -> Option<Goal> {
    let no = node.need("no", ordinal, cx);
    let id = node.need("id", id, cx);
    let name = node.need("name", text, cx);
    let description = node.need("description", text, cx);
    Some(Goal {
        no: no?,
        id: id?,
        name: name?,
        description: description?,
    })
}

fn baseline(node: &Object<'_>, cx: &mut Context) -> Option<Baseline> {
    let year = node.need("year", year, cx);
    let year_kind = node.need("year_kind", one_of(YEAR_KINDS), cx);
    Some(Baseline {
        year: year?,
        year_kind: year_kind?,
    })
}

/// A target; the rules `at_most` and `at_least` need a value, the others have none.
fn target(node: &Object<'_>, cx: &mut Context) -> Option<Target> {
    let rule = node.need("rule", one_of(RULES), cx);
    let year = node.need("year", year, cx);
    let has_value =
        |rule: &Located<TargetRule>| matches!(rule.value, TargetRule::AtMost | TargetRule::AtLeast);
    let value = match rule.as_ref().is_some_and(has_value) {
        true => node.need("value", decimal, cx).map(Some),
        false => node.may("value", decimal, cx),
    };
    let (rule, value) = (rule?, value?);
    if let Some(value) = value.as_ref().filter(|_| !has_value(&rule)) {
        cx.push(
            Finding::error(codes::UNKNOWN_KEY, "a target with this rule has no value")
                .at(&value.place, "")
                .and(&rule.place, "this rule")
                .hint("delete the value, or choose at_most or at_least"),
        );
    }
    Some(Target {
        rule,
        year: year?,
        value,
    })
}

/// Adds findings about numbers that two things share.
fn check_numbers<'a>(numbers: impl Iterator<Item = &'a Located<u32>>, of: &str, cx: &mut Context) {
    let mut seen: Vec<&Located<u32>> = Vec::new();
    for no in numbers {
        match seen.iter().find(|first| first.value == no.value) {
            Some(first) => cx.push(
                Finding::error(
                    codes::REPEATED_ID,
                    format!("two {of} have the number {}", no.value),
                )
                .at(&no.place, "again here")
                .and(&first.place, "first here"),
            ),
            None => seen.push(no),
        }
    }
}
