//! Columns and keys that steer what is printed, or are held against what is, and are not printed themselves.
//!
//! Ids, references, words of choice, truths and coordinates steer too; their decoders leave them out of [`Column`](crate::model::Column)s.

/// By file; in JSON the pointer, with `*` for places in lists, and everything below it.
const GUIDES: &[(&str, &[&str])] = &[
    // From when on it is known.
    ("indicators.csv", &["published", "note"]),
    ("activities.csv", &["reported"]),
    // Meetings are counted, and held against the agreement.
    ("meetings.csv", &["date"]),
    // The order of signature blocks is the list's own.
    ("signatories.csv", &["order"]),
    // What is to be printed, and of what; decisions on a report come after it.
    ("documents.csv", &["year", "revision", "reason"]),
    ("approvals.csv", &["year", "revision", "date"]),
    ("restatements.csv", &["figure"]),
    (
        "partnership.json",
        &[
            "/names/aliases",
            "/names/forbidden",
            "/unprinted",
            // Held against what certificates say.
            "/parties/*/certificate_names",
            "/disclosure",
            "/counts",
            "/bodies/*/approval",
            "/bodies/*/status",
            "/periods/extensions",
            "/economy/carry_over/*/to_year",
            "/economy/carry_over/*/approved",
            "/risks/*/year",
            "/decisions/*/year",
        ],
    ),
];

/// True for a column or key that is not printed itself.
pub(crate) fn is_guide(file: &str, name: &str) -> bool {
    let names = GUIDES
        .iter()
        .filter(|(known, _)| *known == file)
        .flat_map(|(_, names)| *names);
    let mut names = names.map(|guide| name.strip_prefix(guide));
    names.any(|rest| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// A pointer with `*` for places in lists, such as `/goals/*/name`.
pub(crate) fn general(pointer: &str) -> String {
    let part = |part: &str| {
        let is_place = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_place {
            "*".to_owned()
        } else {
            part.to_owned()
        }
    };
    pointer.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_covers_what_is_below_it() {
        assert!(is_guide("partnership.json", "/names/aliases/*"));
        assert!(is_guide("indicators.csv", "published"));
        assert!(!is_guide("indicators.csv", "published_by"));
        assert!(!is_guide("activities.csv", "published"));
    }

    #[test]
    fn places_in_lists_are_one_key() {
        assert_eq!(general("/goals/12/name"), "/goals/*/name");
        assert_eq!(general(""), "");
    }
}
