//! Activities of the yearly plans. Mirrors `activities.csv`.

use chrono::NaiveDate;

use super::{Provenance, Text};
use crate::diagnostic::{Located, Place};

/// An activity (*aktivitet*) in the plan of one year.
#[derive(Debug)]
pub struct Activity {
    /// The whole row.
    pub row: Place,
    /// The plan's year.
    pub plan_year: Located<i32>,
    /// Id; the same id in two plan years is the same activity.
    pub id: Text,
    /// Id of the focus area.
    pub focus_area: Text,
    /// Name.
    pub name: Text,
    /// Purpose (*formål*).
    pub purpose: Text,
    /// Target group (*målgruppe*).
    pub target_group: Text,
    /// What is done.
    pub content: Text,
    /// What is counted (*succeskriterium*), in words.
    pub success_criterion: Text,
    /// The number to reach.
    pub target: Option<Located<u64>>,
    /// How it is measured.
    pub measured_by: Text,
    /// Id of the party or administration that coordinates it (*tovholder*).
    pub owner: Text,
    /// Ids of the parties and administrations that take part.
    pub partners: Vec<Text>,
    /// Others that take part.
    pub partners_other: Option<Text>,
    /// First day.
    pub from: Located<NaiveDate>,
    /// Last day.
    pub to: Located<NaiveDate>,
    /// Whole kroner from the partnership's funds.
    pub budget: Located<i64>,
    /// Whole kroner from others.
    pub cofunding: Option<Located<i64>>,
    /// What was reported of it, once it was.
    pub report: Option<ActivityReport>,
    /// What the row rests on.
    pub provenance: Provenance,
}

/// What was reported of an activity at the year's end.
#[derive(Debug)]
pub struct ActivityReport {
    /// The day it was reported.
    pub reported: Located<NaiveDate>,
    /// How it went.
    pub status: Located<ActivityStatus>,
    /// Whole kroner spent.
    pub spent: Option<Located<i64>>,
    /// The number reached.
    pub result: Option<Located<u64>>,
    /// One sentence.
    pub note: Option<Text>,
}

/// Status of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActivityStatus {
    /// Not begun.
    Planned,
    /// Going on.
    Running,
    /// Done.
    Completed,
    /// Put off.
    Postponed,
    /// Given up.
    Cancelled,
}
