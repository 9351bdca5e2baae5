//! What reports say beside figures: quoted case areas, stated counts, the theory of change, risks and decisions.

use crate::model::{
    CaseAreas, Decision, Disclosure, Risk, Stage, StatedCount, Text, TheoryOfChange, Unprinted,
};
use crate::read::approvals::DECISIONS;
use crate::read::context::Context;
use crate::read::decode::{boolean, one_of, ordinal, provenance, reference, text, year};
use crate::read::json::Object;
use crate::read::json::value::{list, object};
use crate::read::references::Kind;
use crate::read::value::{Record, Value};

/// The lists that a text may count.
const COUNTED: &[(&str, &str)] = &[
    ("parties", "parties"),
    ("administrations", "administrations"),
    ("focus_areas", "focus_areas"),
    ("goals", "goals"),
    ("indicators.selected", "indicators.selected"),
    ("indicators.supplementary", "indicators.supplementary"),
];

/// Decodes `disclosure`.
pub(super) fn disclosure(node: &Object<'_>, cx: &mut Context) -> Option<Disclosure> {
    let threshold = node.need("threshold", ordinal, cx)?;
    let zero_is_shown = node.need("zero_is_shown", boolean, cx)?;
    Some(Disclosure {
        threshold: threshold.value,
        zero_is_shown,
        place: Some(threshold.place),
    })
}

/// Decodes `citizen_facing_crime`.
pub(super) fn case_areas(node: &Object<'_>, cx: &mut Context) -> Option<CaseAreas> {
    let source = node.may("source", reference(Kind::Source), cx);
    let items = node.need("items", list(text), cx);
    Some(CaseAreas {
        source: source?,
        items: items?,
    })
}

/// Decodes an entry of `counts`.
pub(super) fn stated_count(node: &Object<'_>, cx: &mut Context) -> Option<StatedCount> {
    let of = node.need("of", counted, cx);
    let word = node.need("word", text, cx);
    Some(StatedCount {
        of: of?,
        word: word?,
    })
}

/// Decodes `theory_of_change`.
pub(super) fn theory_of_change(node: &Object<'_>, cx: &mut Context) -> Option<TheoryOfChange> {
    let premise = node.need("premise", text, cx);
    let stages = node.need("stages", list(object(stage)), cx);
    Some(TheoryOfChange {
        premise: premise?,
        stages: stages?,
    })
}

/// Decodes an entry of `risks`.
pub(super) fn risk(node: &Object<'_>, cx: &mut Context) -> Option<Risk> {
    let year = node.need("year", year, cx);
    let words = node.need("text", text, cx);
    let mitigation = node.need("mitigation", text, cx);
    let provenance = provenance(node, cx);
    Some(Risk {
        year: year?,
        text: words?,
        mitigation: mitigation?,
        provenance: provenance?,
    })
}

/// Decodes an entry of `decisions`.
pub(super) fn decision(node: &Object<'_>, cx: &mut Context) -> Option<Decision> {
    let document = node.need("document", reference(Kind::Document), cx);
    let year = node.need("year", year, cx);
    let kind = node.need("kind", one_of(DECISIONS), cx);
    let words = node.need("text", text, cx);
    Some(Decision {
        document: document?,
        year: year?,
        kind: kind?,
        text: words?,
    })
}

/// Decodes an entry of `unprinted`.
pub(super) fn unprinted(node: &Object<'_>, cx: &mut Context) -> Option<Unprinted> {
    let what = node.need("what", text, cx);
    let reason = node.need("reason", text, cx);
    Some(Unprinted {
        what: what?,
        reason: reason?,
    })
}

fn counted(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    one_of(COUNTED)(value, cx).map(|of| of.map(str::to_owned))
}

fn stage(node: &Object<'_>, cx: &mut Context) -> Option<Stage> {
    let name = node.need("name", text, cx);
    let items = node.need("items", list(text), cx);
    Some(Stage {
        name: name?,
        items: items?,
    })
}
