//! The exception: a comment that names the rule and the reason, on the same line or on the line before.
//!
//! `{# allow R19: the number is part of the law's name #}` in a text, `// allow R19: …` in a template. Without a reason it does not count.

use crate::diagnostic::SourceFile;

/// True when a rule's finding at an offset was allowed by hand.
pub fn is_allowed(source: &SourceFile, offset: usize, rule: &str) -> bool {
    let text = source.text();
    let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let before = text[..line_start].trim_end_matches('\n');
    let previous = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let line = text[line_start..].lines().next().unwrap_or_default();
    let comment = |line: &str| {
        ["{#", "//"].iter().any(|open| {
            line.split(open).skip(1).any(|rest| {
                let reason = rest
                    .trim_start()
                    .strip_prefix("allow ")
                    .and_then(|rest| rest.trim_start().strip_prefix(rule))
                    .and_then(|rest| rest.trim_start().strip_prefix(':'));
                reason.is_some_and(|reason| reason.contains(char::is_alphabetic))
            })
        })
    };
    comment(line) || comment(previous)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_with_a_reason_allows_one_rule_on_its_line_and_the_next() {
        let source = SourceFile::new(
            "x.md",
            "20 {# allow R19: et navn #}\n{#allow R19:x#}\n30\n40 {# allow R19: #}",
        );
        let at = |found: &str| source.text().find(found).expect("it is there");
        assert!(is_allowed(&source, at("20"), "R19"));
        assert!(!is_allowed(&source, at("20"), "R15"));
        assert!(is_allowed(&source, at("30"), "R19"));
        assert!(!is_allowed(&source, at("40"), "R19"));
    }
}
