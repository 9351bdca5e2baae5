//! The safety partnership as plain types, named with the field's terms.
//!
//! Comes in: located values decoded by `read/`. Goes out: a [`Dataset`] that `check/` and `facts/` look at.
//! Must not do IO, know the clock or know Danish.

mod activity;
mod column;
mod economy;
mod edition;
mod governance;
mod indicator;
mod issued;
mod manuscript;
mod map;
mod partnership;
mod restatement;
mod template;

pub use activity::{Activity, ActivityReport, ActivityStatus};
pub use column::{Column, Unprinted};
pub use economy::{Amount, CarryOver, Economy};
pub use edition::{Edition, EditionStatus, FiguresSeen};
pub use governance::{
    Approval, Body, BodyRole, Decision, DecisionKind, Meeting, MeetingRange, Occasions, Risk,
    Secretariat, Signatory, Signature, Signing,
};
pub use indicator::{
    Baseline, Direction, Goal, Indicator, IndicatorGroup, IndicatorKind, Observation, SeriesBreak,
    Target, TargetRule, Unit, YearKind,
};
pub use issued::{Figure, Issued, Making};
pub use manuscript::{Manuscript, ManuscriptKind};
pub use map::{Feature, FeatureKind, Geometry, Point};
pub use partnership::{
    Administration, Area, AreaKind, AreaRole, CaseAreas, Disclosure, Extension, FocusArea,
    ForbiddenForm, Names, Organisation, Partnership, Party, Periods, Source, Stage, StatedCount,
    StudyArea, TheoryOfChange, YearSpan,
};
pub use restatement::Restatement;
pub use template::{Cadence, Template};

use crate::diagnostic::Located;

/// Text with its place.
pub type Text = Located<String>;

/// What a figure rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Published or decided; has a source.
    Official,
    /// An invented example; marked on the page, refused in a final edition.
    Illustrative,
}

/// What a row or an object rests on: its basis and, for `official`, the id of its source.
#[derive(Clone, Debug)]
pub struct Provenance {
    /// The basis.
    pub basis: Located<Basis>,
    /// Id of an entry of [`Partnership::sources`].
    pub source: Option<Text>,
}

/// Everything one partnership's folder says.
#[derive(Debug)]
pub struct Dataset {
    /// `partnership.json`.
    pub partnership: Partnership,
    /// `documents.csv`.
    pub editions: Vec<Edition>,
    /// `indicators.csv`.
    pub observations: Vec<Observation>,
    /// `activities.csv`.
    pub activities: Vec<Activity>,
    /// `meetings.csv`.
    pub meetings: Vec<Meeting>,
    /// `approvals.csv`.
    pub approvals: Vec<Approval>,
    /// `signatories.csv`.
    pub signatories: Vec<Signatory>,
    /// `boundary.geojson`.
    pub map: Vec<Feature>,
    /// `restatements.csv`.
    pub restatements: Vec<Restatement>,
    /// `issued.json`.
    pub issued: Vec<Issued>,
    /// Who has signed what, of the signed PDFs; nobody until they are looked at.
    pub signings: Vec<Signing>,
    /// The ids of sources that nothing names.
    pub idle_sources: Vec<Text>,
    /// The values of the tables, of `partnership.json` and of the map that are there to be printed.
    pub columns: Vec<Column>,
}
