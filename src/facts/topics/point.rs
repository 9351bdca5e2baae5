//! One year of an indicator: the partnership's area beside district and city, with respondents and margin.

use std::sync::Arc;

use crate::diagnostic::Place;
use crate::facts::fact::{Fact, FactUnit};
use crate::facts::node::Node;
use crate::facts::significance;
use crate::facts::view::View;
use crate::model::{AreaRole, Indicator, Observation, Unit, YearKind};

/// The figures of one year.
#[derive(Clone)]
pub struct Point {
    /// The year.
    pub year: i32,
    /// Its kind.
    pub year_kind: YearKind,
    /// The year as a fact.
    pub year_fact: Arc<Fact>,
    /// The partnership's own figure.
    pub area: Arc<Fact>,
    /// The district's.
    pub district: Arc<Fact>,
    /// The city's.
    pub city: Arc<Fact>,
    /// Respondents behind the partnership's own share.
    pub n: Arc<Fact>,
    /// Respondents in the district.
    pub district_n: Arc<Fact>,
    /// Respondents in the city.
    pub city_n: Arc<Fact>,
    /// Half the width of its 95 % interval.
    pub margin: Arc<Fact>,
    /// Why the series breaks between the point before and this one, where it does.
    pub broken: Option<String>,
}

/// The unit facts of an indicator have.
pub fn unit(indicator: &Indicator) -> FactUnit {
    match indicator.unit.value {
        Unit::Percent => FactUnit::Percent,
        Unit::Per1000 => FactUnit::Per1000,
        Unit::Count => FactUnit::Count,
    }
}

/// The points of an indicator, one per year in which any area has a figure, by year.
pub fn points<'a>(view: &mut View<'a>, indicator: &'a Indicator) -> Vec<Point> {
    let rows: Vec<&Observation> = view.observations(&indicator.id.value).collect();
    let mut years: Vec<(i32, YearKind)> = rows
        .iter()
        .filter(|row| row.value.value.is_some())
        .map(|row| (row.year.value, row.year_kind.value))
        .collect();
    years.extend(
        indicator
            .baseline
            .as_ref()
            .map(|one| (one.year.value, one.year_kind.value)),
    );
    years.sort_unstable();
    years.dedup();
    let mut points: Vec<Point> = years
        .into_iter()
        .map(|(year, kind)| point(view, indicator, &rows, year, kind))
        .collect();
    let breaks: Vec<Option<String>> = points
        .windows(2)
        .map(|pair| indicator.break_between(pair[0].year, pair[1].year))
        .map(|one| one.map(|one| one.reason.value.clone()))
        .collect();
    for (point, broken) in points.iter_mut().skip(1).zip(breaks) {
        point.broken = broken;
    }
    points
}

fn point(
    view: &mut View<'_>,
    indicator: &Indicator,
    rows: &[&Observation],
    year: i32,
    year_kind: YearKind,
) -> Point {
    let in_area = |area: Option<&str>| {
        let area = area?;
        rows.iter()
            .copied()
            .find(|row| row.area == *area && row.year == year && row.year_kind == year_kind)
    };
    let roles = [AreaRole::Partnership, AreaRole::District, AreaRole::City];
    let [(area, n), (district, district_n), (city, city_n)] = roles.map(|role| {
        let area = view.area(role);
        let row = in_area(area);
        let share = figure(view, indicator, row, area.unwrap_or("none"), year);
        let n = respondents(view, row, &share);
        (share, n)
    });
    let margin = margin(view, &area, &n);
    let place = year_place(indicator, rows, year).unwrap_or(&indicator.id.place);
    let year_fact = view.book.year(format!("year/{year}"), year, place);
    Point {
        year,
        year_kind,
        year_fact,
        area,
        district,
        city,
        n,
        district_n,
        city_n,
        margin,
        broken: None,
    }
}

/// Where a year stands: in a row of that year, or else as the indicator's baseline.
fn year_place<'a>(
    indicator: &'a Indicator,
    rows: &[&'a Observation],
    year: i32,
) -> Option<&'a Place> {
    let observed = rows.iter().map(|row| &row.year);
    let baseline = indicator.baseline.iter().map(|one| &one.year);
    let mut years = observed.chain(baseline);
    years.find(|one| one.value == year).map(|one| &one.place)
}

fn figure(
    view: &mut View<'_>,
    indicator: &Indicator,
    row: Option<&Observation>,
    area: &str,
    year: i32,
) -> Arc<Fact> {
    let id = format!("indicators/{}/{area}/{year}", indicator.id.value);
    let unit = unit(indicator);
    match row {
        Some(row) if view.disclosure.hides(row).is_some() => view.book.suppressed(id, unit),
        Some(row) => {
            let (value, book) = (&row.value, &mut view.book);
            let fact = match value.value {
                Some(number) => book.number(id, number, unit, &row.provenance, &value.place),
                None => book.not_compiled(id, unit, &value.place),
            };
            book.known(&fact, row.published.value)
        }
        // An area that the partnership does not look at has no rows anywhere.
        None if area == "none" => view.book.missing(id, unit),
        None if known_elsewhere(view, indicator, area, year) => view.book.missing(id, unit),
        None => {
            let near = beside(view, indicator, year).unwrap_or(&indicator.id.place);
            view.book.wanted(id, unit, &near.clone())
        }
    }
}

/// True when there is a row after all, which the edition does not see.
fn known_elsewhere(view: &View<'_>, indicator: &Indicator, area: &str, year: i32) -> bool {
    let mut rows = view.data.observations.iter();
    rows.any(|row| {
        row.indicator.value == indicator.id.value && row.area == *area && row.year == year
    })
}

/// A row of the same indicator and year, or else of the same indicator.
fn beside<'a>(view: &View<'a>, indicator: &Indicator, year: i32) -> Option<&'a Place> {
    let rows = view.data.observations.iter();
    let mut rows = rows.filter(|row| row.indicator.value == indicator.id.value);
    let of_year = rows.clone().find(|row| row.year == year);
    of_year
        .or_else(|| rows.next_back())
        .map(|row| &row.indicator.place)
}

/// How many answers a share rests on.
fn respondents(view: &mut View<'_>, row: Option<&Observation>, share: &Arc<Fact>) -> Arc<Fact> {
    let id = format!("{}/n", share.id);
    let counted = row.and_then(|row| Some((row, row.n.as_ref()?)));
    let Some((row, n)) = counted else {
        return view.book.missing(id, FactUnit::Count);
    };
    let book = &mut view.book;
    let fact = book.number(id, n.value, FactUnit::Count, &row.provenance, &n.place);
    book.known(&fact, row.published.value)
}

fn margin(view: &mut View<'_>, area: &Arc<Fact>, n: &Arc<Fact>) -> Arc<Fact> {
    let both = area.number().zip(n.number());
    let share = area.unit == FactUnit::Percent;
    let value = both
        .filter(|_| share)
        .and_then(|(p, n)| significance::margin(p, n));
    let formula = format!("1,96 × √({0} × (100 − {0}) ÷ {1})", area.id, n.id);
    let id = format!("{}/margin", area.id);
    view.book
        .derived(id, value, FactUnit::PercentagePoints, formula, &[area, n])
}

impl Point {
    /// The point as templates see it.
    pub fn node(&self) -> Node {
        let kind = match self.year_kind {
            YearKind::Survey => "survey",
            YearKind::Calendar => "calendar",
        };
        Node::map([
            ("year", (&self.year_fact).into()),
            ("year_kind", kind.into()),
            ("area", (&self.area).into()),
            ("district", (&self.district).into()),
            ("city", (&self.city).into()),
            ("n", (&self.n).into()),
            ("district_n", (&self.district_n).into()),
            ("city_n", (&self.city_n).into()),
            ("margin", (&self.margin).into()),
            ("break", self.broken.clone().into()),
        ])
    }
}
