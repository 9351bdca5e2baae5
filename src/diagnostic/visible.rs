//! Text from the inputs made safe to show: characters that print as nothing become visible.
//!
//! Comes in: any text. Goes out: the same text on one line, with placeholders, and cut where it is too long.
//! Must not be used on values: it is only for messages and excerpts.

use std::borrow::Cow;

/// How much of a text a message quotes, in characters.
const QUOTED: usize = 60;

/// What kind of invisible character this is, if it is one that no input may hold.
///
/// Line ends and tabs are not among them, although [`visible`] replaces them too.
pub fn hidden(c: char) -> Option<&'static str> {
    match u32::from(c) {
        0x09 | 0x0A | 0x0D => None,
        0x00..=0x1F | 0x7F..=0x9F => Some("a control character"),
        0x061C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069 => {
            Some("a bidirectional control mark, which reorders text unseen")
        }
        0x180E | 0x200B | 0x2060..=0x2064 | 0xFEFF => Some("a character without width"),
        0x2028 | 0x2029 => Some("a line separator that is not a line end"),
        0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD => {
            Some("a private-use character")
        }
        0xFFF9..=0xFFFB | 0xE_0000..=0xE_007F => Some("an annotation mark"),
        0xFFFD => Some("the mark of a character that was lost in an earlier conversion"),
        0xFDD0..=0xFDEF => Some("a noncharacter"),
        code if code & 0xFFFE == 0xFFFE => Some("a noncharacter"),
        _ => None,
    }
}

/// The text with every invisible character replaced: control characters by their pictures, others by their code point.
pub fn visible(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| c.is_control() || hidden(c).is_some();
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match u32::from(c) {
            0x09 => shown.push(' '),
            code @ 0x00..=0x1F => shown.extend(char::from_u32(0x2400 + code)),
            0x7F => shown.push('\u{2421}'),
            code if is_odd(c) => shown.push_str(&format!("<U+{code:04X}>")),
            _ => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The text between backticks for a message: visible, and cut after 60 characters.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("`{}…`", visible(&text[..end])),
        None => format!("`{}`", visible(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_become_visible() {
        assert_eq!(visible("a\0b\u{202e}c\td\u{7f}"), "a␀b<U+202E>c d␡");
        assert!(matches!(visible("rødgrød 🌱"), Cow::Borrowed(_)));
    }

    #[test]
    fn quotes_are_cut_at_whole_characters() {
        assert_eq!(quoted("æ"), "`æ`");
        assert_eq!(quoted(&"æ".repeat(61)), format!("`{}…`", "æ".repeat(60)));
    }
}
