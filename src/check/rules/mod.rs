//! The registry: a row per rule.

mod activity_over_funds;
mod activity_without_home;
mod area_roles;
mod backwards_range;
mod compared_across_break;
mod count_in_words;
mod decision_before_document;
mod decision_of_no_edition;
mod decision_without_meeting;
mod edition_outside_period;
mod edition_without_occasion;
mod house_style;
mod incomplete_head;
mod incomplete_indicator;
mod issued_without_row;
mod literal_figure;
mod meetings_out_of_range;
mod name_variant;
mod numbering_gap;
mod parts_over_total;
mod period_total;
mod plan_unapproved;
mod published_too_early;
mod rate_and_count;
mod repeated_decision;
mod revision_out_of_order;
mod secretariat_and_activities;
mod share_out_of_range;
mod small_count_shown;
mod subtotals;
mod typed_trend;
mod unfounded_restatement;
mod wrong_percent;

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
    plan_unapproved::RULE,
    meetings_out_of_range::RULE,
    incomplete_indicator::RULE,
    published_too_early::RULE,
    rate_and_count::RULE,
    parts_over_total::RULE,
    share_out_of_range::RULE,
    typed_trend::RULE,
    wrong_percent::RULE,
    compared_across_break::RULE,
    literal_figure::RULE,
    small_count_shown::RULE,
    incomplete_head::RULE,
    edition_without_occasion::RULE,
    numbering_gap::RULE,
    area_roles::RULE,
    backwards_range::RULE,
    name_variant::RULE,
    house_style::RULE,
    revision_out_of_order::RULE,
    issued_without_row::RULE,
    unfounded_restatement::RULE,
    decision_without_meeting::RULE,
    decision_of_no_edition::RULE,
    decision_before_document::RULE,
    repeated_decision::RULE,
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
