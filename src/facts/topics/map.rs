//! `map`: what the map shows, in degrees.

use crate::facts::node::Node;
use crate::facts::view::View;
use crate::model::{Feature, FeatureKind, Geometry, Point};

/// The topic.
pub fn topic(view: &View<'_>) -> Node {
    let features = &view.data.map;
    let approximate = features
        .iter()
        .any(|one| one.approximate && one.kind == FeatureKind::Boundary);
    Node::map([
        ("features", Node::list(features.iter().map(feature))),
        ("approximate", approximate.into()),
    ])
}

fn feature(one: &Feature) -> Node {
    let kind = match one.kind.value {
        FeatureKind::Boundary => "boundary",
        FeatureKind::Street => "street",
        FeatureKind::Green => "green",
        FeatureKind::Landmark => "landmark",
    };
    let (shape, points) = match &one.geometry {
        Geometry::Point(point) => ("point", std::slice::from_ref(point)),
        Geometry::Line(points) => ("line", points.as_slice()),
        Geometry::Polygon(points) => ("polygon", points.as_slice()),
    };
    Node::map([
        ("kind", kind.into()),
        ("name", (&one.name).into()),
        ("approximate", one.approximate.into()),
        ("shape", shape.into()),
        ("coordinates", Node::list(points.iter().map(position))),
    ])
}

fn position(point: &Point) -> Node {
    Node::list(vec![
        Node::Coordinate(point.longitude),
        Node::Coordinate(point.latitude),
    ])
}
