//! `partnership`: names, area, parties, administrations, focus areas and how many there are.

use rust_decimal::Decimal;

use crate::facts::danish;
use crate::facts::derive;
use crate::facts::fact::{FactUnit, Quantity};
use crate::facts::node::Node;
use crate::facts::view::View;
use crate::model::{
    Administration, FeatureKind, FocusArea, IndicatorGroup, Organisation, Partnership, Text,
};

/// The topic.
pub fn topic(view: &mut View<'_>) -> Node {
    let partnership = &view.data.partnership;
    let area = area(view);
    let counts = counts(view);
    let focus_areas: Vec<Node> = partnership
        .focus_areas
        .iter()
        .map(|one| focus_area(view, one))
        .collect();
    let crime = partnership.citizen_facing_crime.as_ref();
    Node::map([
        ("id", (&partnership.id).into()),
        ("name", (&partnership.names.canonical).into()),
        ("short", (&partnership.names.short).into()),
        ("aliases", texts(&partnership.names.aliases)),
        ("area", area),
        (
            "parties",
            Node::list(partnership.parties.iter().map(|one| {
                organisation(Organisation {
                    id: &one.id,
                    name: &one.name,
                    short: &one.short,
                })
            })),
        ),
        (
            "administrations",
            Node::list(partnership.administrations.iter().map(administration)),
        ),
        ("members", members(partnership)),
        ("focus_areas", focus_areas.into()),
        ("secretariat", secretariat(partnership)),
        ("counts", counts),
        (
            "crime_case_areas",
            crime.map_or(Node::list::<Node>([]), |one| texts(&one.items)),
        ),
        ("theory", theory(partnership)),
    ])
}

/// Texts as a list.
pub fn texts(items: &[Text]) -> Node {
    Node::list(items.iter())
}

/// An organisation by its names.
pub fn organisation(one: Organisation<'_>) -> Node {
    Node::map([
        ("id", one.id.into()),
        ("name", one.name.into()),
        ("short", one.short.into()),
    ])
}

/// The number of a focus area, as a fact.
pub fn focus_area_number(view: &mut View<'_>, one: &FocusArea) -> Node {
    let value = Quantity::Number(Decimal::from(one.no.value));
    let id = format!("focus_areas/{}/no", one.id.value);
    view.book
        .given(id, value, FactUnit::Count, &one.no.place)
        .into()
}

fn focus_area(view: &mut View<'_>, one: &FocusArea) -> Node {
    Node::map([
        ("no", focus_area_number(view, one)),
        ("id", (&one.id).into()),
        ("name", (&one.name).into()),
        ("purpose", (&one.purpose).into()),
        ("result_targets", texts(&one.result_targets)),
    ])
}

fn administration(one: &Administration) -> Node {
    Node::map([
        ("id", (&one.id).into()),
        ("name", (&one.name).into()),
        ("abbreviation", (&one.abbreviation).into()),
        ("party", (&one.party).into()),
    ])
}

/// The bodies that sit in the groups: the administrations stand for the parties they belong to.
fn members(partnership: &Partnership) -> Node {
    let administrations = partnership
        .administrations
        .iter()
        .map(|one| (&one.id, &one.name));
    let represented = |id: &str| {
        partnership
            .administrations
            .iter()
            .any(|one| one.party.value == id)
    };
    let others = partnership
        .parties
        .iter()
        .filter(|one| !represented(&one.id.value));
    let all = administrations.chain(others.map(|one| (&one.id, &one.name)));
    Node::list(all.map(|(id, name)| Node::map([("id", id.into()), ("name", name.into())])))
}

fn secretariat(partnership: &Partnership) -> Node {
    let id = &partnership.secretariat.administration.value;
    let home = partnership
        .administrations
        .iter()
        .find(|one| one.id.value == *id);
    let party = home.and_then(|home| partnership.organisation(&home.party.value));
    Node::map([
        ("unit", (&partnership.secretariat.unit).into()),
        ("administration", home.map(administration).into()),
        ("party", party.map(organisation).into()),
    ])
}

fn theory(partnership: &Partnership) -> Node {
    let theory = &partnership.theory_of_change;
    let stages = theory.stages.iter().map(|stage| {
        Node::map([
            ("name", (&stage.name).into()),
            ("items", texts(&stage.items)),
        ])
    });
    Node::map([
        ("premise", (&theory.premise).into()),
        ("stages", Node::list(stages)),
    ])
}

fn area(view: &mut View<'_>) -> Node {
    let area = &view.data.partnership.area;
    let boundary = view
        .data
        .map
        .iter()
        .find(|feature| feature.kind == FeatureKind::Boundary);
    let measured = boundary.and_then(|feature| {
        let (hectares, provenance) = (feature.area_ha.as_ref()?, feature.provenance.as_ref()?);
        view.edition
            .sees(provenance, None)
            .then_some((hectares, provenance))
    });
    let hectares = match measured {
        Some((one, provenance)) => view.book.number(
            "map/area",
            one.value,
            FactUnit::Hectares,
            provenance,
            &one.place,
        ),
        None => view.book.missing("map/area", FactUnit::Hectares),
    };
    Node::map([
        ("name", (&area.name).into()),
        ("kind", kind_code(area.kind.value).into()),
        ("kind_name", danish::area_kind(area.kind.value).into()),
        ("description", (&area.description).into()),
        ("district", area.district.as_ref().into()),
        ("city", (&area.city).into()),
        ("city_genitive", (&area.city_genitive).into()),
        ("caveat", area.caveat.as_ref().into()),
        ("hectares", hectares.into()),
    ])
}

fn kind_code(kind: crate::model::AreaKind) -> &'static str {
    match kind {
        crate::model::AreaKind::Estate => "estate",
        crate::model::AreaKind::DeprivedArea => "deprived_area",
        crate::model::AreaKind::UrbanRenewal => "urban_renewal",
    }
}

fn counts(view: &mut View<'_>) -> Node {
    let partnership = &view.data.partnership;
    let of_group = |group| {
        partnership
            .indicators
            .iter()
            .filter(|one| one.group == group)
            .count()
    };
    let members = match members(partnership) {
        Node::List(all) => all.len(),
        _ => 0,
    };
    let lengths = [
        ("parties", partnership.parties.len()),
        ("administrations", partnership.administrations.len()),
        ("members", members),
        ("focus_areas", partnership.focus_areas.len()),
        ("goals", partnership.goals.len()),
        ("selected", of_group(IndicatorGroup::Selected)),
        ("supplementary", of_group(IndicatorGroup::Supplementary)),
    ];
    let book = &mut view.book;
    Node::map(lengths.map(|(list, length)| {
        let id = format!("partnership/counts/{list}");
        (list, derive::count(book, id, list, length, false).into())
    }))
}
