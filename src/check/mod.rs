//! The consistency rules of the domain: one file per rule, named for the fault it finds.
//!
//! Comes in: a decoded [`Dataset`](crate::model::Dataset), the templates and what was typed in them. Goes out: findings, at both places where two places disagree.
//! Must not repair data, nor read files.

mod rule;
mod rules;
mod words;

pub use rule::{Checked, Rule, Seen};
pub use rules::RULES;

use crate::diagnostic::Findings;

/// Asks every rule.
pub fn check(checked: &Checked<'_>) -> Findings {
    let mut findings = Findings::new();
    for rule in RULES {
        (rule.check)(checked, &mut findings);
    }
    findings
}
