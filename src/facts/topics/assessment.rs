//! Whether a target is met, or on its way.

use rust_decimal::Decimal;

use super::point::Point;
use crate::facts::fact::FactBasis;
use crate::facts::node::Node;
use crate::model::{Indicator, TargetRule};

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assessment {
    /// Reached.
    Met,
    /// Not reached.
    NotMet,
    /// Measured later; moving the right way.
    OnCourse,
    /// Measured later; moving the wrong way.
    OffCourse,
    /// The gap and the level disagree.
    Ambiguous,
    /// Nothing newer than the baseline.
    Baseline,
    /// The series breaks between the baseline and the latest figure.
    Incomparable,
    /// The latest figure is not shown.
    Suppressed,
    /// No target, or no figure.
    Unknown,
}

impl Assessment {
    /// The code, the Danish word and the symbol that templates print.
    pub fn node(self) -> Node {
        let (code, word, symbol) = match self {
            Self::Met => ("met", "Opfyldt", "●"),
            Self::NotMet => ("not_met", "Ikke opfyldt", "○"),
            Self::OnCourse => ("on_course", "På vej", "◐"),
            Self::OffCourse => ("off_course", "Ikke på vej", "◔"),
            Self::Ambiguous => ("ambiguous", "Ikke entydigt", "◇"),
            Self::Baseline => ("baseline", "Udgangspunkt", "–"),
            Self::Incomparable => ("incomparable", "Kan ikke sammenlignes", "–"),
            Self::Suppressed => ("suppressed", "Ikke vist (små tal)", "–"),
            Self::Unknown => ("unknown", "Ikke opgjort", "–"),
        };
        Node::map([
            ("code", code.into()),
            ("word", word.into()),
            ("symbol", symbol.into()),
        ])
    }
}

/// Judges an indicator's latest figure against its target.
pub fn assess(
    indicator: &Indicator,
    baseline: Option<&Point>,
    latest: Option<&Point>,
) -> Assessment {
    let (Some(target), Some(latest)) = (&indicator.target, latest) else {
        return Assessment::Unknown;
    };
    let suppressed = |point: &Point| point.area.basis == FactBasis::Suppressed;
    if suppressed(latest) || baseline.is_some_and(suppressed) {
        return Assessment::Suppressed;
    }
    let Some(now) = latest.area.number() else {
        return Assessment::Unknown;
    };
    let bound = target.value.as_ref().map(|value| value.value);
    let start = baseline.and_then(|point| point.area.number());
    if baseline.is_some_and(|point| point.year == latest.year) {
        return Assessment::Baseline;
    }
    let against_baseline = target.value.is_none();
    let broken = baseline.and_then(|start| indicator.break_between(start.year, latest.year));
    if against_baseline && broken.is_some() {
        return Assessment::Incomparable;
    }
    let held = |ok: Option<bool>| match ok {
        Some(true) => Assessment::Met,
        Some(false) => Assessment::NotMet,
        None => Assessment::Unknown,
    };
    match target.rule.value {
        TargetRule::AtMostBaseline => held(start.map(|start| now <= start)),
        TargetRule::AtLeastBaseline => held(start.map(|start| now >= start)),
        TargetRule::AtMost => held(bound.map(|bound| now <= bound)),
        TargetRule::AtLeast => held(bound.map(|bound| now >= bound)),
        TargetRule::ApproachCity => approach(baseline, latest, latest.year >= target.year.value),
    }
}

/// The gap to the city must narrow, and the level itself must move the same way.
fn approach(baseline: Option<&Point>, latest: &Point, due: bool) -> Assessment {
    let gap = |point: &Point| {
        point
            .area
            .number()
            .zip(point.city.number())
            .map(|(a, b)| a - b)
    };
    let level = |point: &Point| point.area.number();
    let Some(start) = baseline else {
        return Assessment::Unknown;
    };
    let (Some(gap_then), Some(gap_now)) = (gap(start), gap(latest)) else {
        return Assessment::Unknown;
    };
    let (Some(then), Some(now)) = (level(start), level(latest)) else {
        return Assessment::Unknown;
    };
    let narrowed = gap_now.abs() < gap_then.abs();
    let towards_city = if gap_then >= Decimal::ZERO {
        now < then
    } else {
        now > then
    };
    match (narrowed, towards_city, due) {
        (true, true, true) => Assessment::Met,
        (true, true, false) => Assessment::OnCourse,
        (false, false, true) => Assessment::NotMet,
        (false, false, false) => Assessment::OffCourse,
        _ => Assessment::Ambiguous,
    }
}
