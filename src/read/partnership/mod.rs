//! `partnership.json`: the partnership itself.
//!
//! Comes in: one JSON file. Goes out: the [`Partnership`], and the index of ids that the other files refer to.

mod economy;
mod goals;
mod governance;
mod naming;
mod reporting;

use super::context::Context;
use super::decode::id;
use super::file::Root;
use super::json::value::{list, object};
use super::json::{self, Object};
use super::references;
use super::template::check_folder;
use super::value::Record;
use crate::model::Partnership;

/// The file's name in the partnership's folder.
const FILE: &str = "partnership.json";

/// Reads the partnership of a folder and fills the index of ids.
pub(super) fn read(root: &Root, folder: &str, cx: &mut Context) -> Option<Partnership> {
    json::read(
        root,
        &format!("{folder}/{FILE}"),
        |file, cx| partnership(file, folder, cx),
        cx,
    )
}

fn partnership(file: &Object<'_>, folder: &str, cx: &mut Context) -> Option<Partnership> {
    references::collect(file, cx);
    let id = file.need("id", id, cx);
    if let Some(id) = &id {
        check_folder(id, folder, cx);
    }
    let names = file.need("names", object(naming::names), cx);
    let area = file.need("area", object(naming::area), cx);
    let sources = file.need("sources", list(object(naming::source)), cx);
    let periods = file.need("periods", object(naming::periods), cx);
    let parties = file.need("parties", list(object(governance::party)), cx);
    let administrations = file.need(
        "administrations",
        list(object(governance::administration)),
        cx,
    );
    let bodies = file.need("bodies", list(object(governance::body)), cx);
    let secretariat = file.need("secretariat", object(governance::secretariat), cx);
    let focus_areas = file.need("focus_areas", goals::focus_areas, cx);
    let areas = file.need("areas", list(object(goals::study_area)), cx);
    let goals = file.need("goals", goals::goals, cx);
    let indicators = file.need("indicators", list(object(goals::indicator)), cx);
    let citizen_facing_crime = file.may("citizen_facing_crime", object(reporting::case_areas), cx);
    let economy = file.need("economy", object(economy::economy), cx);
    let counts = file.need("counts", list(object(reporting::stated_count)), cx);
    let theory_of_change = file.need("theory_of_change", object(reporting::theory_of_change), cx);
    let disclosure = file.may("disclosure", object(reporting::disclosure), cx);
    let risks = file.need("risks", list(object(reporting::risk)), cx);
    let decisions = file.need("decisions", list(object(reporting::decision)), cx);
    let unprinted = file.may("unprinted", list(object(reporting::unprinted)), cx);
    Some(Partnership {
        id: id?,
        names: names?,
        area: area?,
        sources: sources?,
        periods: periods?,
        parties: parties?,
        administrations: administrations?,
        bodies: bodies?,
        secretariat: secretariat?,
        focus_areas: focus_areas?,
        areas: areas?,
        goals: goals?,
        indicators: indicators?,
        citizen_facing_crime: citizen_facing_crime?,
        economy: economy?,
        counts: counts?,
        theory_of_change: theory_of_change?,
        disclosure: disclosure?.unwrap_or_default(),
        risks: risks?,
        decisions: decisions?,
        unprinted: unprinted?.unwrap_or_default(),
    })
}
