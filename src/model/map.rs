//! What the map shows. Mirrors `boundary.geojson` (WGS84, RFC 7946).

use rust_decimal::Decimal;

use super::{Provenance, Text};
use crate::diagnostic::{Located, Place};

/// A position: longitude and latitude in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Longitude in degrees, east positive.
    pub longitude: f64,
    /// Latitude in degrees, north positive.
    pub latitude: f64,
}

/// A thing on the map.
#[derive(Debug)]
pub struct Feature {
    /// Where it stands in the file.
    pub place: Place,
    /// What it is.
    pub kind: Located<FeatureKind>,
    /// Name.
    pub name: Text,
    /// True when it was drawn by hand, not surveyed.
    pub approximate: bool,
    /// Area in hectares, for the boundary.
    pub area_ha: Option<Located<Decimal>>,
    /// What its figures rest on.
    pub provenance: Option<Provenance>,
    /// Its shape.
    pub geometry: Geometry,
}

/// Kinds of feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureKind {
    /// The partnership area.
    Boundary,
    /// A street.
    Street,
    /// A green area.
    Green,
    /// A landmark.
    Landmark,
}

/// Shape of a feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// One position.
    Point(Point),
    /// A line.
    Line(Vec<Point>),
    /// The outer ring of a polygon, closed.
    Polygon(Vec<Point>),
}
