//! Guesses what was meant by a misspelt word.

use crate::diagnostic::quoted;

/// Words longer than this are not compared: nobody misspells one, and comparing takes time.
const LONGEST: usize = 64;

/// How many words a list in a message shows.
const LISTED: usize = 20;

/// The known word closest to a misspelt one, when it is close enough to be meant.
pub(crate) fn closest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::osa_distance(&word, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().div_ceil(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The question whether a known word was meant, when one is close enough.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    closest(word, known).map(|meant| format!("did you mean {}?", quoted(meant)))
}

/// The words as a list for a message, cut when there are many.
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = words.into_iter();
    let first: Vec<&str> = words.by_ref().take(LISTED).collect();
    match words.count() {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let known = ["plan_year", "focus_area", "name"];
        assert_eq!(closest("focusarea", known), Some("focus_area"));
        assert_eq!(closest("Name", known), Some("name"));
        assert_eq!(closest("budget", known), None);
        assert_eq!(closest(&"x".repeat(1_000_000), known), None);
    }

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(["a", "b"]), "a, b");
        assert_eq!(
            listed(std::iter::repeat_n("b", 30)).matches('b').count(),
            LISTED
        );
    }
}
