//! Paths inside a bag: which are safe, and how manifests write them (RFC 8493, section 2.1.3).
//!
//! Comes in: a path with `/`, or a line of a manifest. Goes out: the path, or why it is refused. Must not touch the disk.

use unicode_normalization::UnicodeNormalization;

/// The longest path that is followed, in bytes.
const LONGEST: usize = 1024;

/// Why a path is refused; none when it stays inside the bag on every common file system.
pub fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() || path.len() > LONGEST {
        return Some("is empty or too long");
    }
    if path.starts_with('/') || path.starts_with('~') {
        return Some("leads out of the bag");
    }
    if path.contains(['\\', ':']) || path.chars().any(char::is_control) {
        return Some("has a character that no file's name should have");
    }
    let part = |part: &str| match part {
        ".." => Some("leads out of the bag"),
        "" | "." => Some("is no plain path"),
        _ if part.ends_with(['.', ' ']) => Some("has a name that some systems take for another"),
        _ => None,
    };
    path.split('/').find_map(part)
}

/// The path in the normal form C of Unicode, in which bags are written.
pub fn normal(path: &str) -> String {
    path.nfc().collect()
}

/// What two paths have in common that are one file on some disks.
pub fn folded(path: &str) -> String {
    normal(&path.to_lowercase())
}

/// The path as a manifest writes it: `%`, CR and LF percent-encoded.
pub fn encoded(path: &str) -> String {
    path.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The path that a manifest means. Other percent signs are left as they are, since older programs do not encode them.
pub fn decoded(written: &str) -> String {
    let mut path = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('%') {
        path.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).unwrap_or_default();
        let (letter, length) = match code.to_ascii_uppercase().as_str() {
            "25" => ('%', 3),
            "0D" => ('\r', 3),
            "0A" => ('\n', 3),
            _ => ('%', 1),
        };
        path.push(letter);
        rest = &rest[at + length..];
    }
    path.push_str(rest);
    path
}

/// The path as a relative reference in a link or a statement (RFC 3986).
pub fn reference(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| match plain(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}

/// The path that a relative reference of ours means; none when it is no text.
pub fn referred(reference: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), reference);
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(after.get(..2)?, 16).ok()?);
        rest = &after[2..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_bag_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "data/../../x",
            "data/./x",
            "data//x",
            "~root/x",
            "C:/x",
            "data\\..\\x",
            "data/x\0",
            "data/x\n",
            "data/x.",
            "data/x ",
        ] {
            assert!(fault(path).is_some(), "{path:?}");
        }
        for path in [
            "data/a.pdf",
            "bag-info.txt",
            "data/æøå 100%.md",
            "data/..x/.y",
        ] {
            assert_eq!(fault(path), None, "{path:?}");
        }
    }

    #[test]
    fn percent_and_line_ends_are_encoded_as_the_standard_says() {
        let path = "data/100 %\r\n.txt";
        assert_eq!(encoded(path), "data/100 %25%0D%0A.txt");
        assert_eq!(decoded(&encoded(path)), path);
        assert_eq!(decoded("data/a%0a%0dæ%zz%"), "data/a\n\ræ%zz%");
    }

    #[test]
    fn references_read_back() {
        let path = "data/inputs/æ b%.md";
        assert_eq!(reference(path), "data/inputs/%C3%A6%20b%25.md");
        assert_eq!(referred(&reference(path)).as_deref(), Some(path));
        assert_eq!(referred("%x"), None);
    }

    #[test]
    fn names_are_compared_whatever_their_capitals_and_their_composition() {
        assert_eq!(folded("data/A\u{30a}.pdf"), folded("data/å.pdf"));
        assert_eq!(normal("a\u{30a}"), "å");
    }
}
