//! Finding words and the ends of sentences.

use std::ops::Range;

/// Where an expression stands as whole words, whatever its case; a no-break space counts as a space.
pub fn occurrences(text: &str, within: Range<usize>, expression: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = expression.to_lowercase().chars().collect();
    let characters: Vec<(usize, char)> = text[within.clone()]
        .char_indices()
        .map(|(at, c)| (within.start + at, c))
        .collect();
    let same = |c: char, wanted: char| {
        c.to_lowercase().eq(wanted.to_lowercase()) || wanted == ' ' && c.is_whitespace()
    };
    let is_word = |c: Option<&(usize, char)>| c.is_some_and(|(_, c)| c.is_alphanumeric());
    let mut found = Vec::new();
    for start in 0..characters
        .len()
        .saturating_sub(wanted.len().saturating_sub(1))
    {
        let run = &characters[start..start + wanted.len()];
        let fits = run
            .iter()
            .zip(&wanted)
            .all(|((_, c), wanted)| same(*c, *wanted));
        let opens = start == 0 || !is_word(characters.get(start - 1));
        let closes = !is_word(characters.get(start + wanted.len()))
            || wanted.last().is_some_and(|c| !c.is_alphanumeric());
        if fits && opens && closes && !run.is_empty() {
            let end = characters
                .get(start + wanted.len())
                .map_or(within.end, |(at, _)| *at);
            found.push(run[0].0..end);
        }
    }
    found
}

/// Where the sentences in a part of a text end: after a stop, and where a paragraph or a list item ends.
pub fn sentence_ends(text: &str, within: Range<usize>) -> Vec<usize> {
    let part = &text[within.clone()];
    let bytes = part.as_bytes();
    let opens_item = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.is_empty()
            || rest.starts_with('\n')
            || rest.starts_with("- ")
            || rest.starts_with("1. ")
    };
    let mut ends = Vec::new();
    for (at, c) in part.char_indices() {
        let next = bytes.get(at + 1);
        let stops = matches!(c, '.' | '!' | '?' | ':' | ';')
            && next.is_none_or(|next| next.is_ascii_whitespace());
        if stops || c == '\n' && opens_item(&part[at + 1..]) {
            ends.push(within.start + at + c.len_utf8());
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_in_any_case() {
        let text = "På  niveau, på\u{a0}niveau; faldet og overfaldet. Faldet";
        let found = |word| occurrences(text, 0..text.len(), word).len();
        assert_eq!(
            (found("faldet"), found("på niveau"), found("fald")),
            (2, 1, 0)
        );
        assert_eq!(
            occurrences("per 1.000", 0..9, "per 1.000").first(),
            Some(&(0..9))
        );
        assert!(occurrences("", 0..0, "x").is_empty());
    }

    #[test]
    fn sentences_end_at_stops_paragraphs_and_items() {
        let text = "A. B\n\nC\n- D 1.5 e";
        assert_eq!(sentence_ends(text, 0..text.len()), [2, 5, 8]);
    }
}
