//! The consistency rules of the domain: one file per rule, named for the fault it finds.
//!
//! Comes in: a decoded [`Dataset`] and the templates. Goes out: findings, at both places where two places disagree.
//! Must not repair data.

mod rule;
mod rules;

pub use rule::{Checked, Rule};
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
