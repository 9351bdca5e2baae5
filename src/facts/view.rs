//! What one edition sees of the dataset.
//!
//! Comes in: a dataset and an edition. Goes out: the rows that were known on its date and that its `figures` admit.

use super::book::FactBook;
use super::disclosure::Disclosure;
use crate::model::{
    Activity, ActivityReport, Approval, AreaRole, Dataset, Edition, Meeting, Observation,
    Restatement, Template,
};

/// A dataset through the eyes of one edition, and the facts made so far.
pub struct View<'a> {
    /// Everything the partnership's folder says.
    pub data: &'a Dataset,
    /// The edition that looks.
    pub edition: &'a Edition,
    /// The kind of document it is.
    pub template: &'a Template,
    /// Which figures are not shown.
    pub disclosure: Disclosure<'a>,
    /// The facts made so far.
    pub book: FactBook,
}

impl<'a> View<'a> {
    /// A fresh view.
    pub fn new(data: &'a Dataset, edition: &'a Edition, template: &'a Template) -> Self {
        let mut book = FactBook::default();
        for indicator in &data.partnership.indicators {
            for one in &indicator.breaks {
                book.breaks(&indicator.id.value, one.year.value);
            }
        }
        // What was corrected after the edition's day reads as it did then; of several corrections the first one says how.
        let later = |one: &&Restatement| one.date.value > edition.date.value;
        let mut restated: Vec<&Restatement> = data.restatements.iter().filter(later).collect();
        restated.sort_by_key(|one| std::cmp::Reverse(one.date.value));
        for one in restated {
            book.restated(&one.figure.value, one.was.value, &one.was.place);
        }
        Self {
            data,
            edition,
            template,
            disclosure: Disclosure::new(data),
            book,
        }
    }

    /// The edition's year.
    pub fn year(&self) -> i32 {
        self.edition.year.value
    }

    /// The visible observations of an indicator.
    pub fn observations(&self, indicator: &'a str) -> impl Iterator<Item = &'a Observation> {
        let edition = self.edition;
        self.data.observations.iter().filter(move |row| {
            row.indicator == *indicator && edition.sees(&row.provenance, Some(row.published.value))
        })
    }

    /// The id of the area with a role, when the partnership has one.
    pub fn area(&self, role: AreaRole) -> Option<&'a str> {
        self.data
            .partnership
            .area_with(role)
            .map(|area| area.id.value.as_str())
    }

    /// The visible activities of a plan year, in the order of the file; none of a year after the edition's.
    pub fn activities(&self, year: i32) -> Vec<&'a Activity> {
        let known = year <= self.year();
        self.data
            .activities
            .iter()
            .filter(|row| {
                known && row.plan_year == year && self.edition.sees(&row.provenance, None)
            })
            .collect()
    }

    /// What was reported of an activity by the edition's date.
    pub fn report(&self, activity: &'a Activity) -> Option<&'a ActivityReport> {
        let report = activity.report.as_ref()?;
        let known = Some(report.reported.value);
        self.edition
            .sees(&activity.provenance, known)
            .then_some(report)
    }

    /// The visible meetings of a body in the edition's year, by date.
    pub fn meetings(&self, body: &str) -> Vec<&'a Meeting> {
        use chrono::Datelike;
        let mut meetings: Vec<&Meeting> = self
            .data
            .meetings
            .iter()
            .filter(|row| row.body.value == body && row.date.value.year() == self.year())
            .filter(|row| self.edition.sees(&row.provenance, Some(row.date.value)))
            .collect();
        meetings.sort_by_key(|row| row.date.value);
        meetings
    }

    /// The visible decisions, by date.
    pub fn approvals(&self) -> Vec<&'a Approval> {
        let mut approvals: Vec<&Approval> = self
            .data
            .approvals
            .iter()
            .filter(|row| self.edition.sees(&row.provenance, Some(row.date.value)))
            .collect();
        approvals.sort_by_key(|row| row.date.value);
        approvals
    }
}
