//! Lists and order: `a, b og c`; … z æ ø å.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale_core::locale;

static AND: LazyLock<ListFormatter> = LazyLock::new(|| {
    let options = ListFormatterOptions::default().with_length(ListLength::Wide);
    ListFormatter::try_new_and(locale!("da").into(), options)
        .expect("ICU4X is compiled with the data of `da`")
});

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("da").into(), CollatorOptions::default())
        .expect("ICU4X is compiled with the data of `da`")
});

/// Joins names as a Danish sentence does: `a, b og c`.
pub fn and_list<S: AsRef<str>>(items: &[S]) -> String {
    AND.format_to_string(items.iter().map(AsRef::as_ref))
}

/// Compares as Danish dictionaries do: … z æ ø å, and *aa* as *å*.
pub fn compare(a: &str, b: &str) -> Ordering {
    COLLATOR.compare(a, b)
}

/// The text with its first letter in lower case, unless the first word is an abbreviation or a name with inner capitals.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    let rest = letters.as_str();
    let abbreviation = rest.chars().next().is_some_and(char::is_uppercase);
    if abbreviation {
        text.to_owned()
    } else {
        first.to_lowercase().chain(rest.chars()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_as_danish_does() {
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "b"]), "a og b");
        assert_eq!(and_list(&["a", "b", "c"]), "a, b og c");
    }

    #[test]
    fn sorts_as_danish_does() {
        let mut names = ["Ålborg", "Zoo", "Ærø", "Aarhus", "Øster", "Amager"];
        names.sort_by(|a, b| compare(a, b));
        assert_eq!(names, ["Amager", "Zoo", "Ærø", "Øster", "Ålborg", "Aarhus"]);
    }

    #[test]
    fn lowers_words_but_not_abbreviations() {
        assert_eq!(lower_first("Styregruppen"), "styregruppen");
        assert_eq!(lower_first("ØU"), "ØU");
    }
}
