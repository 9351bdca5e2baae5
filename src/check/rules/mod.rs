//! The registry: a row per rule.

mod activity_over_funds;
mod activity_without_home;
mod area_roles;
mod backwards_range;
mod count_in_words;
mod edition_outside_period;
mod edition_without_occasion;
mod incomplete_head;
mod incomplete_indicator;
mod numbering_gap;
mod period_total;
mod secretariat_and_activities;
mod share_out_of_range;
mod subtotals;

use super::Rule;

/// Every rule, by its code.
pub const RULES: &[Rule] = &[
    period_total::RULE,
    secretariat_and_activities::RULE,
    activity_over_funds::RULE,
    subtotals::RULE,
    count_in_words::RULE,
    activity_without_home::RULE,
    edition_outside_period::RULE,
    incomplete_indicator::RULE,
    share_out_of_range::RULE,
    incomplete_head::RULE,
    edition_without_occasion::RULE,
    numbering_gap::RULE,
    area_roles::RULE,
    backwards_range::RULE,
];

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn codes_are_unique_and_pages_complete() {
        for (index, rule) in RULES.iter().enumerate() {
            assert!(
                RULES[..index]
                    .iter()
                    .all(|other| other.code.id != rule.code.id)
            );
            for part in [rule.checks, rule.why, rule.example, rule.correct] {
                assert!(part.len() > 20, "{} has a thin page", rule.code);
            }
        }
    }
}
