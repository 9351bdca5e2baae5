//! The partnership itself: names, parties, areas, periods. Mirrors `partnership.json`.

use chrono::NaiveDate;

use super::{Body, Decision, Economy, Goal, Indicator, Risk, Secretariat, Text, Unprinted};
use crate::diagnostic::{Located, Place};

/// A safety partnership (*tryghedspartnerskab*).
#[derive(Debug)]
pub struct Partnership {
    /// The id, which is the folder's name.
    pub id: Text,
    /// Its names.
    pub names: Names,
    /// The area it covers, in words.
    pub area: Area,
    /// Everything a `source` field may name.
    pub sources: Vec<Source>,
    /// Its periods.
    pub periods: Periods,
    /// The parties, in the agreement's order.
    pub parties: Vec<Party>,
    /// The municipal administrations (*forvaltninger*), in the agreement's order.
    pub administrations: Vec<Administration>,
    /// Steering group, working group and committees.
    pub bodies: Vec<Body>,
    /// The secretariat.
    pub secretariat: Secretariat,
    /// The focus areas (*indsatsområder*), numbered from 1.
    pub focus_areas: Vec<FocusArea>,
    /// The areas that observations are made in.
    pub areas: Vec<StudyArea>,
    /// The goals (*målsætninger*), numbered from 1.
    pub goals: Vec<Goal>,
    /// The indicators.
    pub indicators: Vec<Indicator>,
    /// The case areas of citizen-facing crime, when they are quoted.
    pub citizen_facing_crime: Option<CaseAreas>,
    /// The money.
    pub economy: Economy,
    /// Counts that a text states in words.
    pub counts: Vec<StatedCount>,
    /// The theory of change (*forandringsteori*).
    pub theory_of_change: TheoryOfChange,
    /// Which counts are too small to be published.
    pub disclosure: Disclosure,
    /// Risks per report year.
    pub risks: Vec<Risk>,
    /// Decisions that reports ask for.
    pub decisions: Vec<Decision>,
    /// What no document prints, by intention.
    pub unprinted: Vec<Unprinted>,
}

/// The partnership's names.
#[derive(Debug)]
pub struct Names {
    /// The one that is printed.
    pub canonical: Text,
    /// The short form.
    pub short: Text,
    /// Other forms that texts may use.
    pub aliases: Vec<Text>,
    /// Forms that no text may use.
    pub forbidden: Vec<ForbiddenForm>,
}

/// A form of a name that no text may use.
#[derive(Debug)]
pub struct ForbiddenForm {
    /// The form.
    pub form: Text,
    /// What is to be written instead.
    pub instead: Text,
}

/// Which counts are too small to be published (*diskretionering*).
#[derive(Debug)]
pub struct Disclosure {
    /// Counts under it are not shown.
    pub threshold: u32,
    /// True when nought is shown all the same.
    pub zero_is_shown: bool,
    /// Where it is decided; none when the default holds.
    pub place: Option<Place>,
}

impl Default for Disclosure {
    fn default() -> Self {
        Self {
            threshold: 5,
            zero_is_shown: true,
            place: None,
        }
    }
}

/// The area in words.
#[derive(Debug)]
pub struct Area {
    /// Its name.
    pub name: Text,
    /// Which of the overlapping areas the boundary is.
    pub kind: Located<AreaKind>,
    /// What it is, in a phrase.
    pub description: Text,
    /// The district of the city, where the city has such.
    pub district: Option<Text>,
    /// The city.
    pub city: Text,
    /// The city's name in the genitive.
    pub city_genitive: Text,
    /// What the area is not, in a sentence.
    pub caveat: Option<Text>,
}

/// Which kind of area a boundary shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaKind {
    /// A housing estate (*boligafdeling*).
    Estate,
    /// A deprived urban area as the city defines it (*udsat byområde*).
    DeprivedArea,
    /// The area of an urban renewal scheme (*områdefornyelse*).
    UrbanRenewal,
}

/// Where a figure comes from.
#[derive(Debug)]
pub struct Source {
    /// Id that `source` fields name.
    pub id: Text,
    /// Title, as it is printed in a list of sources.
    pub title: Text,
    /// Who published it.
    pub publisher: Option<Text>,
    /// Where it can be read.
    pub url: Option<Text>,
    /// When it was read.
    pub retrieved: Option<Located<NaiveDate>>,
}

/// An inclusive span of years.
#[derive(Debug)]
pub struct YearSpan {
    /// The first year.
    pub from: Located<i32>,
    /// The last year.
    pub to: Located<i32>,
}

/// The three periods of an agreement, which need not be the same.
#[derive(Debug)]
pub struct Periods {
    /// The years in its title.
    pub title: YearSpan,
    /// The first day it is valid, once it is signed.
    pub valid_from: Option<Located<NaiveDate>>,
    /// The last day it is valid.
    pub valid_to: Located<NaiveDate>,
    /// The first day the money covers.
    pub budget_from: Located<NaiveDate>,
    /// The last day the money covers.
    pub budget_to: Located<NaiveDate>,
    /// Prolongations.
    pub extensions: Vec<Extension>,
}

/// A prolongation of the agreement.
#[derive(Debug)]
pub struct Extension {
    /// The new last year.
    pub to: Located<i32>,
    /// When it was decided.
    pub decided: Option<Located<NaiveDate>>,
    /// Where that is said.
    pub source: Option<Text>,
}

/// A party that enters the agreement.
#[derive(Debug)]
pub struct Party {
    /// Id.
    pub id: Text,
    /// Full name.
    pub name: Text,
    /// Short name.
    pub short: Text,
    /// What its certificates call it, where that is another name.
    pub certificate_names: Vec<Text>,
}

/// A municipal administration.
#[derive(Debug)]
pub struct Administration {
    /// Id.
    pub id: Text,
    /// Its usual abbreviation.
    pub abbreviation: Text,
    /// Full name.
    pub name: Text,
    /// Id of the party it belongs to.
    pub party: Text,
}

/// A focus area.
#[derive(Debug)]
pub struct FocusArea {
    /// Its number, from 1.
    pub no: Located<u32>,
    /// Id.
    pub id: Text,
    /// Name.
    pub name: Text,
    /// One sentence.
    pub purpose: Text,
    /// Result targets in words.
    pub result_targets: Vec<Text>,
}

/// An area that observations are made in.
#[derive(Debug)]
pub struct StudyArea {
    /// Id.
    pub id: Text,
    /// Name.
    pub name: Text,
    /// Its part in comparisons.
    pub role: Located<AreaRole>,
}

/// The part an area plays in comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaRole {
    /// The partnership's own area.
    Partnership,
    /// The district around it.
    District,
    /// The whole city.
    City,
}

/// The case areas that make up citizen-facing crime (*borgervendt kriminalitet*), as quoted.
#[derive(Debug)]
pub struct CaseAreas {
    /// Id of the source quoted.
    pub source: Option<Text>,
    /// The case areas.
    pub items: Vec<Text>,
}

/// A count that a text states in words, such as *syv forvaltninger*.
#[derive(Debug)]
pub struct StatedCount {
    /// Which list is counted, such as `administrations` or `indicators.selected`.
    pub of: Text,
    /// The word.
    pub word: Text,
}

/// The theory of change as a row of stages.
#[derive(Debug)]
pub struct TheoryOfChange {
    /// The sentence that ties the stages together.
    pub premise: Text,
    /// The stages, from left to right.
    pub stages: Vec<Stage>,
}

/// One stage of the theory of change.
#[derive(Debug)]
pub struct Stage {
    /// Name.
    pub name: Text,
    /// What stands in it.
    pub items: Vec<Text>,
}

impl Partnership {
    /// The name of an owner or partner: a party or an administration.
    pub fn organisation(&self, id: &str) -> Option<Organisation<'_>> {
        let party = self
            .parties
            .iter()
            .find(|party| party.id.value == id)
            .map(|party| Organisation {
                id: &party.id,
                name: &party.name,
                short: &party.short,
            });
        party.or_else(|| {
            self.administrations
                .iter()
                .find(|one| one.id.value == id)
                .map(|one| Organisation {
                    id: &one.id,
                    name: &one.name,
                    short: &one.abbreviation,
                })
        })
    }

    /// What the certificates of a party call it, where that is another name.
    pub fn certificate_names(&self, party: &str) -> Vec<String> {
        let parties = self.parties.iter().filter(|one| one.id.value == party);
        let names = parties.flat_map(|one| &one.certificate_names);
        names.map(|name| name.value.clone()).collect()
    }

    /// The place of the partnership in its file, for findings about the whole.
    pub fn place(&self) -> &Place {
        &self.id.place
    }

    /// The id of the area with a role, when there is one.
    pub fn area_with(&self, role: AreaRole) -> Option<&StudyArea> {
        self.areas.iter().find(|area| area.role.value == role)
    }

    /// The indicator with an id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators
            .iter()
            .find(|indicator| indicator.id.value == id)
    }
}

/// A party or an administration, as an owner or partner of activities.
#[derive(Clone, Copy, Debug)]
pub struct Organisation<'a> {
    /// Id.
    pub id: &'a Text,
    /// Full name.
    pub name: &'a Text,
    /// Short name or abbreviation.
    pub short: &'a Text,
}
