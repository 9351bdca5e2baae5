//! One file per topic of `/data.json`; `docs/templates.md` lists their shape.

mod activities;
mod agreement;
mod assessment;
mod economy;
mod edition;
mod governance;
mod indicators;
mod map;
mod partnership;
mod point;
mod restatements;
mod revisions;
mod sources;

pub use edition::GENERATOR;
pub use restatements::former;

use super::node::Node;
use super::view::View;

/// All topics of an edition, by name.
pub fn all(view: &mut View<'_>) -> Node {
    let edition = edition::topic(view);
    let partnership = partnership::topic(view);
    let agreement = agreement::topic(view);
    let goals = indicators::goals(view);
    let indicators = indicators::topic(view);
    let activities = activities::topic(view);
    let economy = economy::topic(view);
    let governance = governance::topic(view);
    let map = map::topic(view);
    let sources = sources::topic(view);
    let revisions = revisions::topic(view);
    let restatements = restatements::topic(view);
    Node::map([
        ("edition", edition),
        ("partnership", partnership),
        ("agreement", agreement),
        ("goals", goals),
        ("indicators", indicators),
        ("activities", activities),
        ("economy", economy),
        ("governance", governance),
        ("map", map),
        ("sources", sources),
        ("revisions", revisions),
        ("restatements", restatements),
    ])
}
