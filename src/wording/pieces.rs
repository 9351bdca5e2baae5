//! Pieces of text put together: a space where a line or a gap is, none where a word was divided.

/// Stands before a reference to another chapter: its number is one of the structure.
pub(super) const REFERENCE: char = '\u{e000}';

/// A run of text and the height it stands at.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The height, in the page's own points.
    pub(super) height: f32,
    /// The text.
    pub(super) text: String,
}

/// Words before which a hyphen at a line's end stands for the rest of a word: *volds- og*.
const AFTER_HYPHEN: &[&str] = &["og ", "eller ", "samt ", "til "];
/// Pieces whose heights differ by less stand in one line, in points.
const LINE: f32 = 1.0;

/// The text of a paragraph that grows piece by piece.
#[derive(Debug, Default)]
pub(super) struct Text {
    text: String,
    /// Page and height of its first piece.
    from: Option<(usize, f32)>,
    /// Page and height of its last piece.
    at: Option<(usize, f32)>,
}

impl Text {
    /// Adds the pieces of a marked content that stands on a page.
    pub(super) fn extend(&mut self, page: usize, pieces: &[Piece]) {
        for piece in pieces.iter().filter(|piece| !piece.text.is_empty()) {
            let at = (page, piece.height);
            self.gap_before(at, &piece.text);
            self.text.push_str(&piece.text);
            self.from.get_or_insert(at);
            self.at = Some(at);
        }
    }

    /// Sets apart what comes next, at a page and height.
    fn gap_before(&mut self, (page, height): (usize, f32), next: &str) {
        match self.at {
            None => {}
            Some((last, at)) if last == page && (height - at).abs() < LINE => self.gap(next),
            Some(_) => self.end_line(next),
        }
    }

    /// Adds the text of a reference, marked when it is the number of a chapter.
    pub(super) fn append(&mut self, other: &Self, is_number: impl Fn(&str) -> bool) {
        let (Some(from), Some(to)) = (other.from, other.at) else {
            return;
        };
        self.gap_before(from, &other.text);
        if is_number(other.text.trim()) {
            self.text.push(REFERENCE);
        }
        self.text.push_str(&other.text);
        self.at = Some(to);
    }

    /// Two pieces of a line that no space separates may be set apart by room alone, such as a number from its heading.
    fn gap(&mut self, next: &str) {
        let ends = |c: char| c.is_alphanumeric() || matches!(c, '.' | ':' | ')' | '%');
        let apart = self.text.ends_with(ends) && next.starts_with(char::is_alphanumeric);
        if apart {
            self.text.push(' ');
        }
    }

    fn end_line(&mut self, next: &str) {
        let stands_for_a_word = AFTER_HYPHEN.iter().any(|word| next.starts_with(word));
        let ends_with_hyphen = self.text.ends_with('-') && !stands_for_a_word;
        if !self.text.ends_with('\u{ad}') && !ends_with_hyphen {
            self.text.push(' ');
        }
    }

    /// The text with single ordinary spaces; no-break ones are kept, marks that print nothing are not.
    pub(super) fn finish(self) -> String {
        let mut tidy = String::with_capacity(self.text.len());
        for c in self.text.chars() {
            let c = match c {
                '\u{202f}' => '\u{a0}',
                '\u{a0}' => c,
                _ if c.is_whitespace() => ' ',
                _ => c,
            };
            let is_hidden = matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}' | '\u{feff}');
            let is_repeated = c == ' ' && tidy.ends_with([' ', '\u{a0}']);
            if !is_hidden && !is_repeated {
                push_letters(&mut tidy, c);
            }
        }
        tidy.trim_matches([' ', '\u{a0}']).to_owned()
    }
}

/// Ligatures are letters.
fn push_letters(text: &mut String, c: char) {
    match c {
        'ﬀ' => text.push_str("ff"),
        'ﬁ' => text.push_str("fi"),
        'ﬂ' => text.push_str("fl"),
        'ﬃ' => text.push_str("ffi"),
        'ﬄ' => text.push_str("ffl"),
        _ => text.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn together(pieces: &[(usize, f32, &str)]) -> String {
        let mut text = Text::default();
        for (page, height, piece) in pieces {
            let piece = Piece {
                height: *height,
                text: (*piece).to_owned(),
            };
            text.extend(*page, &[piece]);
        }
        text.finish()
    }

    #[test]
    fn lines_and_pages_are_put_together() {
        assert_eq!(together(&[(1, 10.0, "to"), (1, 26.0, "ord")]), "to ord");
        assert_eq!(together(&[(1, 700.0, "to"), (2, 10.0, "ord")]), "to ord");
        assert_eq!(
            together(&[(1, 10.0, "trygheds\u{ad}"), (1, 26.0, "plan")]),
            "tryghedsplan"
        );
        assert_eq!(together(&[(1, 10.0, "BO-"), (1, 26.0, "VEST")]), "BO-VEST");
        assert_eq!(
            together(&[(1, 10.0, "volds-"), (1, 26.0, "og tyveri")]),
            "volds- og tyveri"
        );
    }

    #[test]
    fn room_in_a_line_is_a_space_and_a_sign_is_none() {
        assert_eq!(together(&[(1, 10.0, "A."), (1, 10.0, "Om")]), "A. Om");
        assert_eq!(
            together(&[(1, 10.0, "("), (1, 10.2, "5\u{a0}kr."), (1, 10.0, "), ﬁre")]),
            "(5\u{a0}kr.), fire"
        );
    }
}
