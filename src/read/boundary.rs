//! `boundary.geojson`: the area and what the map shows.
//!
//! Comes in: a GeoJSON FeatureCollection (RFC 7946). Goes out: features with plain shapes.
//! Must not judge whether a line crosses itself.

use jsonc_parser::ast;

use super::codes;
use super::context::Context;
use super::decode::{boolean, decimal, one_of, provenance, text};
use super::file::Root;
use super::json::value::{items, list, object};
use super::json::{self, Object};
use super::value::{Raw, Record, Slot, Value};
use crate::diagnostic::{Finding, Place};
use crate::model::{Feature, FeatureKind, Geometry, Point, Provenance};

/// The file's name in the partnership's folder.
const FILE: &str = "boundary.geojson";

/// What GeoJSON writers add and nobody here reads.
const FOREIGN: &[&str] = &["name", "crs", "bbox", "id"];

const KINDS: &[(&str, FeatureKind)] = &[
    ("boundary", FeatureKind::Boundary),
    ("street", FeatureKind::Street),
    ("green", FeatureKind::Green),
    ("landmark", FeatureKind::Landmark),
];

const COLLECTION: &[(&str, ())] = &[("FeatureCollection", ())];

const FEATURE: &[(&str, ())] = &[("Feature", ())];

/// Shapes of GeoJSON that are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Point,
    Line,
    Polygon,
}

const SHAPES: &[(&str, Shape)] = &[
    ("Point", Shape::Point),
    ("LineString", Shape::Line),
    ("Polygon", Shape::Polygon),
];

/// Reads the map of the partnership in a folder.
pub(super) fn read(root: &Root, folder: &str, cx: &mut Context) -> Option<Vec<Feature>> {
    json::read(root, &format!("{folder}/{FILE}"), collection, cx)
}

fn collection(file: &Object<'_>, cx: &mut Context) -> Option<Vec<Feature>> {
    file.ignore(FOREIGN);
    let kind = file.need("type", one_of(COLLECTION), cx);
    let features = file.need("features", list(object(feature)), cx);
    kind?;
    let features = features?;
    check_boundary(&features, file.place(), cx);
    Some(features)
}

fn check_boundary(features: &[Feature], file: &Place, cx: &mut Context) {
    let mut boundaries = features
        .iter()
        .filter(|feature| feature.kind == FeatureKind::Boundary);
    match (boundaries.next(), boundaries.next()) {
        (Some(_), None) => {}
        (None, _) => cx.push(
            Finding::error(codes::BOUNDARY, "the map has no boundary")
                .at(file, "")
                .expected("exactly one feature of the kind boundary"),
        ),
        (Some(first), Some(second)) => cx.push(
            Finding::error(codes::BOUNDARY, "the map has more than one boundary")
                .at(&second.kind.place, "another one")
                .and(&first.kind.place, "the first one")
                .expected("exactly one feature of the kind boundary"),
        ),
    }
}

fn feature(node: &Object<'_>, cx: &mut Context) -> Option<Feature> {
    node.ignore(FOREIGN);
    let kind = node.need("type", one_of(FEATURE), cx);
    let feature = node.need("properties", object(properties), cx);
    let shape = node.need("geometry", object(geometry), cx);
    kind?;
    let (feature, (shape, place)) = (feature?, shape?);
    let feature = Feature {
        place: node.place().clone(),
        geometry: shape,
        ..feature
    };
    check_shape(&feature, &place, cx);
    Some(feature)
}

/// The properties, as a feature whose shape is still to be filled in.
fn properties(node: &Object<'_>, cx: &mut Context) -> Option<Feature> {
    node.ignore(&["note"]);
    let kind = node.need("kind", one_of(KINDS), cx);
    let name = node.need("name", text, cx);
    let approximate = node.may("approximate", boolean, cx);
    let is_boundary = kind
        .as_ref()
        .is_some_and(|kind| kind.value == FeatureKind::Boundary);
    let area_ha = match is_boundary {
        true => node.need("area_ha", decimal, cx).map(Some),
        false => node.may("area_ha", decimal, cx),
    };
    let provenance = optional_provenance(node, matches!(area_ha, Some(Some(_))), cx);
    Some(Feature {
        place: node.place().clone(),
        kind: kind?,
        name: name?,
        approximate: approximate?.unwrap_or(false),
        area_ha: area_ha?,
        provenance: provenance?,
        geometry: Geometry::Line(Vec::new()),
    })
}

/// What the feature's figures rest on; needed when it has one.
fn optional_provenance(
    node: &Object<'_>,
    is_needed: bool,
    cx: &mut Context,
) -> Option<Option<Provenance>> {
    match node.slot("basis") {
        Slot::Blank(_) | Slot::Absent if !is_needed => {
            node.ignore(&["source"]);
            Some(None)
        }
        _ => provenance(node, cx).map(Some),
    }
}

fn check_shape(feature: &Feature, place: &Place, cx: &mut Context) {
    let expected = match (feature.kind.value, &feature.geometry) {
        (FeatureKind::Boundary, Geometry::Polygon(_))
        | (FeatureKind::Street, Geometry::Line(_))
        | (FeatureKind::Green, Geometry::Polygon(_) | Geometry::Point(_))
        | (FeatureKind::Landmark, Geometry::Point(_)) => return,
        (FeatureKind::Boundary, _) => "a Polygon",
        (FeatureKind::Street, _) => "a LineString",
        (FeatureKind::Green, _) => "a Polygon or a Point",
        (FeatureKind::Landmark, _) => "a Point",
    };
    let message = format!(
        "{} has a shape that its kind cannot have",
        feature.name.value
    );
    cx.push(
        Finding::error(codes::GEOMETRY, message)
            .at(place, format!("expected {expected}"))
            .and(&feature.kind.place, "because of this kind"),
    );
}

fn geometry(node: &Object<'_>, cx: &mut Context) -> Option<(Geometry, Place)> {
    node.ignore(FOREIGN);
    let shape = node.need("type", one_of(SHAPES), cx)?;
    let geometry = match shape.value {
        Shape::Point => node.need("coordinates", position, cx).map(Geometry::Point),
        Shape::Line => node.need("coordinates", line, cx).map(Geometry::Line),
        Shape::Polygon => node.need("coordinates", polygon, cx).map(Geometry::Polygon),
    };
    Some((geometry?, shape.place))
}

fn line(value: &Value<'_>, cx: &mut Context) -> Option<Vec<Point>> {
    let points = list(position)(value, cx)?;
    if points.len() < 2 {
        return bad_shape(value, "a line has fewer than two positions", cx);
    }
    Some(points)
}

fn polygon(value: &Value<'_>, cx: &mut Context) -> Option<Vec<Point>> {
    let mut rings = list(list(position))(value, cx)?.into_iter();
    let (Some(ring), None) = (rings.next(), rings.next()) else {
        return bad_shape(
            value,
            "a polygon has not exactly one ring; holes are not drawn",
            cx,
        );
    };
    if ring.len() < 4 {
        return bad_shape(value, "a polygon has fewer than four positions", cx);
    }
    if ring.first() != ring.last() {
        return bad_shape(
            value,
            "a polygon is not closed: its last position is not its first",
            cx,
        );
    }
    Some(ring)
}

fn bad_shape<T>(value: &Value<'_>, message: &str, cx: &mut Context) -> Option<T> {
    cx.push(Finding::error(codes::GEOMETRY, message).at(&value.place, ""));
    None
}

/// A position: longitude, latitude, and perhaps a height, which is left out.
fn position(value: &Value<'_>, cx: &mut Context) -> Option<Point> {
    let Some(parts) = items(value) else {
        return value.wrong_type("a position [longitude, latitude]", cx);
    };
    let numbers: Option<Vec<f64>> = parts.iter().map(|part| degrees(part, cx)).collect();
    let numbers = numbers?;
    let (&[longitude, latitude] | &[longitude, latitude, _]) = numbers.as_slice() else {
        return bad_position(value, "a position has not two numbers", None, cx);
    };
    // Denmark lies between 54 and 58 degrees north, 8 and 16 degrees east.
    if (54.0..58.0).contains(&longitude) && (7.0..16.0).contains(&latitude) {
        let hint = format!("write [{latitude}, {longitude}]");
        return bad_position(
            value,
            "a position has latitude and longitude swapped",
            Some(hint),
            cx,
        );
    }
    if !(-180.0..=180.0).contains(&longitude) || !(-90.0..=90.0).contains(&latitude) {
        let hint = "save the map in WGS84 (EPSG:4326)".to_owned();
        return bad_position(value, "a position is not in degrees", Some(hint), cx);
    }
    Some(Point {
        longitude,
        latitude,
    })
}

fn degrees(value: &Value<'_>, cx: &mut Context) -> Option<f64> {
    match value.raw {
        // What is too large for a float is out of range, too.
        Raw::Json(ast::Value::NumberLit(number)) => Some(number.value.parse().unwrap_or(f64::MAX)),
        _ => value.wrong_type("a number", cx),
    }
}

fn bad_position<T>(
    value: &Value<'_>,
    message: &str,
    hint: Option<String>,
    cx: &mut Context,
) -> Option<T> {
    let mut finding = Finding::error(codes::POSITION, message)
        .at(&value.place, "")
        .expected("[longitude, latitude] in degrees, such as [12.4977, 55.6542]");
    finding.hints.extend(hint);
    cx.push(finding);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    /// The messages about a map with one boundary of these coordinates.
    fn said(coordinates: &str) -> Vec<String> {
        said_of(&format!(
            r#"{{"type": "Feature", "properties": {{"kind": "boundary", "name": "F", "area_ha": 27.1, "basis": "illustrative"}},
               "geometry": {{"type": "Polygon", "coordinates": {coordinates}}}}}"#
        ))
    }

    fn said_of(features: &str) -> Vec<String> {
        let mut cx = Context::default();
        let text = format!(r#"{{"type": "FeatureCollection", "features": [{features}]}}"#);
        json::decode_source(&SourceFile::new("b.geojson", text), collection, &mut cx);
        cx.finish()
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn a_closed_ring_is_a_boundary() {
        assert_eq!(
            said("[[[12.5, 55.6], [12.6, 55.6], [12.6, 55.7], [12.5, 55.6]]]"),
            [""; 0]
        );
    }

    #[test]
    fn what_is_wrong_with_a_ring() {
        for (coordinates, message) in [
            (
                "[[[12.5, 55.6], [12.6, 55.6], [12.5, 55.6]]]",
                "a polygon has fewer than four positions",
            ),
            (
                "[[[12.5, 55.6], [12.6, 55.6], [12.6, 55.7], [12.5, 55.7]]]",
                "a polygon is not closed: its last position is not its first",
            ),
            (
                "[[[55.6, 12.5]]]",
                "a position has latitude and longitude swapped",
            ),
            ("[[[724000, 6170000]]]", "a position is not in degrees"),
            ("[[[12.5]]]", "a position has not two numbers"),
            (
                "[[12.5, 55.6]]",
                "coordinates[0][0] is a number, not a position [longitude, latitude]",
            ),
            (
                "[]",
                "a polygon has not exactly one ring; holes are not drawn",
            ),
        ] {
            assert_eq!(said(coordinates).first().map(String::as_str), Some(message));
        }
    }

    #[test]
    fn there_is_one_boundary_and_kinds_have_their_shapes() {
        let landmark = r#"{"type": "Feature", "properties": {"kind": "landmark", "name": "S"},
            "geometry": {"type": "LineString", "coordinates": [[12.5, 55.6], [12.6, 55.6]]}}"#;
        assert_eq!(
            said_of(landmark),
            [
                "the map has no boundary",
                "S has a shape that its kind cannot have"
            ]
        );
    }
}
