//! The kinds of typed figures that are no facts: a short list, and nothing else is allowed without a comment.

use crate::facts::danish::MONTHS;

/// True for the figure at the second text's start, which follows the first text.
pub type Kind = fn(&str, &str) -> bool;

/// All of them; the page of R19 names them too.
pub const KINDS: &[Kind] = &[
    marker,   // `1.` at the start of a line: the number of a list item or a heading
    section,  // afsnit 3, stk. 2
    law,      // lov nr. 692 af 8. juni 2018, § 15
    standard, // EN 301 549, PDF/A-3, WCAG 2.1
    name,     // 3B
    code,     // https://…/2018, &#160;
];

/// Words that a section's number follows.
const SECTIONS: [&str; 5] = ["afsnit", "kapitel", "punkt", "pkt.", "stk."];
/// What a law reference begins with.
const LAWS: [&str; 5] = [
    "lov",
    "bekendtgørelse",
    "direktiv",
    "forordning",
    "cirkulære",
];
/// Words that, like months, may stand inside a law reference or a standard's name.
const JOINING: [&str; 5] = ["nr.", "af", "og", "stk.", "eu"];
/// What the name of a standard begins with.
const STANDARDS: [&str; 7] = ["EN", "ISO", "DS", "IEC", "WCAG", "RFC", "PDF"];

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    let line = &text[text.rfind('\n').map_or(0, |at| at + 1)..];
    line.split(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '[' | '('))
        .filter(|word| !word.is_empty())
}

fn marker(before: &str, figure: &str) -> bool {
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let opens = line
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '#' | '=' | '-' | '*' | '>'));
    let after = figure.trim_start_matches(|c: char| c.is_ascii_digit());
    opens && (after.starts_with(". ") || after.starts_with(") "))
}

fn section(before: &str, _: &str) -> bool {
    let last = words(before).next_back().unwrap_or_default().to_lowercase();
    SECTIONS.contains(&last.as_str())
}

/// Follows the words before the figure back to a § or the word for a law.
fn law(before: &str, _: &str) -> bool {
    for word in words(before).rev() {
        let word = word.to_lowercase();
        let word = word.trim_end_matches(',');
        if word.starts_with('§')
            || LAWS.iter().any(|law| word.starts_with(law))
            || word.ends_with("loven")
        {
            return true;
        }
        let word_alone = word.trim_end_matches(')');
        let joins = JOINING
            .iter()
            .chain(&MONTHS)
            .any(|known| *known == word_alone);
        if !joins && !word.contains(|c: char| c.is_ascii_digit()) {
            return false;
        }
    }
    before.trim_end().ends_with('§')
}

fn standard(before: &str, figure: &str) -> bool {
    let begins = |word: &str| {
        STANDARDS
            .iter()
            .any(|name| word.split(['/', '-']).any(|part| part == *name))
    };
    for word in words(before).rev() {
        if begins(word) {
            return true;
        }
        if !word.contains(|c: char| c.is_ascii_digit()) {
            break;
        }
    }
    begins(&figure[..figure.find(char::is_whitespace).unwrap_or(figure.len())])
}

fn name(_: &str, figure: &str) -> bool {
    let word: Vec<char> = figure.chars().take_while(|c| !c.is_whitespace()).collect();
    let mixed = |pair: &[char]| {
        pair[0].is_alphabetic() && pair[1].is_ascii_digit()
            || pair[0].is_ascii_digit() && pair[1].is_alphabetic()
    };
    word.windows(2).any(mixed)
}

fn code(_: &str, figure: &str) -> bool {
    let word = figure.split_whitespace().next().unwrap_or_default();
    word.contains("://") || word.starts_with("www.") || word.starts_with("&#")
}
