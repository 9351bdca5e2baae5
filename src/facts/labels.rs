//! What readers call a fact: the words that stand before a figure when it is taken out of its sentence.
//!
//! Comes in: a fact's id and the dataset that names its parts. Goes out: a group and Danish words; none for facts that only serve others.

use std::fmt;

use crate::model::{Dataset, Indicator, Text};

/// What a reader looks for a figure under, in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The goals and what they are measured by.
    Indicators,
    /// The activities of a plan.
    Activities,
    /// Money over all activities.
    Economy,
    /// Meetings, decisions, period and area.
    Frame,
}

impl Group {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [
        Self::Indicators,
        Self::Activities,
        Self::Economy,
        Self::Frame,
    ];

    /// Its heading.
    pub fn name(self) -> &'static str {
        match self {
            Self::Indicators => "Målsætninger og tal",
            Self::Activities => "Aktiviteter",
            Self::Economy => "Økonomi",
            Self::Frame => "Rammer",
        }
    }
}

/// What a fact is called, such as `Gårdfest: budget` or `Til rådighed, 2019`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it is looked for under.
    pub group: Group,
    /// The words, without a year.
    pub words: String,
    /// The year that tells it from its like.
    pub year: Option<i32>,
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.year {
            Some(year) => write!(f, "{}, {year}", self.words),
            None => f.write_str(&self.words),
        }
    }
}

/// What a fact is called.
pub fn label(data: &Dataset, id: &str) -> Option<Label> {
    let of = |group, words| Label {
        group,
        words,
        year: None,
    };
    let parts: Vec<&str> = id.split('/').collect();
    match parts.as_slice() {
        ["activities", year, id, field] => {
            let words = match *field {
                "budget" => "budget",
                "spent" => "forbrug",
                "cofunding" => "medfinansiering",
                "target" => "mål",
                "result" => "resultat",
                "from" => "begynder",
                "to" => "slutter",
                _ => return None,
            };
            let name = activity(data, year, id).or_else(|| focus_area(data, id))?;
            Some(of(Group::Activities, format!("{name}: {words}")))
        }
        ["activities", _, "count"] => Some(of(Group::Activities, "Antal aktiviteter".to_owned())),
        ["economy", rest @ ..] => economy(rest),
        ["indicators", indicator, rest @ ..] => observed(data, indicator, rest),
        ["bodies", body, field] => {
            let words = match *field {
                "min" => "mindste antal møder om året",
                "max" => "største antal møder om året",
                _ => return None,
            };
            let name = named(
                data.partnership
                    .bodies
                    .iter()
                    .map(|one| (&one.id, &one.name)),
                body,
            )?;
            Some(of(Group::Frame, format!("{name}: {words}")))
        }
        ["agreement", "period"] => Some(of(Group::Frame, "Aftaleperiode".to_owned())),
        ["map", "area"] => Some(of(Group::Frame, "Områdets størrelse".to_owned())),
        _ => None,
    }
}

fn activity(data: &Dataset, year: &str, id: &str) -> Option<String> {
    let year: i32 = year.parse().ok()?;
    let mut rows = data.activities.iter();
    let row = rows.find(|row| row.plan_year == year && row.id == *id)?;
    Some(row.name.value.clone())
}

fn focus_area(data: &Dataset, id: &str) -> Option<String> {
    let areas = data.partnership.focus_areas.iter();
    let name = named(areas.map(|one| (&one.id, &one.name)), id)?;
    Some(format!("Indsatsområdet {name}, i alt"))
}

fn economy(parts: &[&str]) -> Option<Label> {
    let (words, year) = match parts {
        ["appropriation", "year"] => ("Bevilling om året", None),
        ["appropriation", "period"] => ("Bevilling i perioden", None),
        ["secretariat", "year"] => ("Sekretariat om året", None),
        ["secretariat", "period"] => ("Sekretariat i perioden", None),
        ["secretariat", "fte"] => ("Sekretariatets bemanding", None),
        ["activity_funds", "year"] => ("Midler til aktiviteter om året", None),
        ["activity_funds", "period"] => ("Midler til aktiviteter i perioden", None),
        [year, "carry_over"] => ("Overført fra året før", Some(*year)),
        [year, "available"] => ("Til rådighed", Some(*year)),
        [year, "budget"] => ("Budget til aktiviteter", Some(*year)),
        [year, "spent"] => ("Forbrug", Some(*year)),
        [year, "remainder"] => ("Ikke disponeret", Some(*year)),
        [year, "unspent"] => ("Ikke forbrugt", Some(*year)),
        _ => return None,
    };
    Some(Label {
        group: Group::Economy,
        words: words.to_owned(),
        year: year.and_then(|year| year.parse().ok()),
    })
}

/// The words for an observed figure, and for the gap between two areas; other derived figures follow from these.
fn observed(data: &Dataset, id: &str, parts: &[&str]) -> Option<Label> {
    let partnership = &data.partnership;
    let indicator: &Indicator = partnership.indicators.iter().find(|one| one.id == *id)?;
    let name = &indicator.short.value;
    let (of, year) = match parts {
        ["gap", year] => ("forskel til byen".to_owned(), *year),
        [area, year] => {
            let areas = partnership.areas.iter().map(|one| (&one.id, &one.name));
            (named(areas, area)?, *year)
        }
        _ => return None,
    };
    Some(Label {
        group: Group::Indicators,
        words: format!("{name}, {of}"),
        year: Some(year.parse().ok()?),
    })
}

fn named<'a>(all: impl IntoIterator<Item = (&'a Text, &'a Text)>, id: &str) -> Option<String> {
    let mut all = all.into_iter();
    all.find(|(known, _)| **known == *id)
        .map(|(_, name)| name.value.clone())
}
