//! `bag-info.txt`: labels and values (RFC 8493, section 2.2.2).

use std::fmt::Write;

/// What stands in `bag-info.txt`, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info(Vec<(String, String)>);

impl Info {
    /// Adds a line; line breaks in a value become spaces.
    pub fn add(&mut self, label: &str, value: impl AsRef<str>) {
        let words: Vec<&str> = value.as_ref().split_whitespace().collect();
        self.0.push((label.to_owned(), words.join(" ")));
    }

    /// The first value of a label, whatever the label's capitals.
    pub fn get(&self, label: &str) -> Option<&str> {
        let mut lines = self.0.iter();
        let (_, value) = lines.find(|(one, _)| one.eq_ignore_ascii_case(label))?;
        Some(value)
    }

    /// All labels and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(label, value)| (label.as_str(), value.as_str()))
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = String::new();
        for (label, value) in &self.0 {
            let _ = writeln!(text, "{label}: {value}");
        }
        text.into_bytes()
    }

    /// Reads the file; none when a line is neither a label with a value nor goes on with the one before.
    pub fn parse(text: &str) -> Option<Self> {
        let mut info = Self::default();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if line.starts_with([' ', '\t']) {
                let (_, value) = info.0.last_mut()?;
                value.push(' ');
                value.push_str(line.trim());
            } else {
                let (label, value) = line.split_once(':')?;
                info.0
                    .push((label.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Some(info)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_read_back_and_may_be_folded() {
        let mut info = Info::default();
        info.add("Source-Organization", "Sikker By,\nØkonomiforvaltningen");
        info.add("Legal-Hold", "no");
        let text = String::from_utf8(info.to_bytes()).expect("text");
        assert_eq!(Info::parse(&text), Some(info.clone()));
        assert_eq!(info.get("legal-hold"), Some("no"));
        let folded = Info::parse("A: one\r\n  two\n\nB: x:y\n").expect("an info");
        assert_eq!(folded.get("a"), Some("one two"));
        assert_eq!(folded.get("B"), Some("x:y"));
        assert_eq!(Info::parse("no label\n"), None);
        assert_eq!(Info::parse("  folded first\n"), None);
    }
}
