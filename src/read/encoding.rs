//! Bytes into text: UTF-8, or Windows-1252 where a spreadsheet may have written it.
//!
//! Comes in: a file's bytes. Goes out: its text without a byte order mark, or a finding at the first byte that does not fit.
//! Must not lose a character: what cannot be decoded is refused.

use std::sync::Arc;

use super::codes;
use super::file::place_of;
use crate::diagnostic::{Finding, SourceFile};

/// Which encodings a file may be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8 only.
    Utf8,
    /// UTF-8 or, when it is not that, Windows-1252.
    Spreadsheet,
}

/// How files begin that are no text at all, with what they are.
const OTHER_FORMATS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "an Excel workbook or a zip file"),
    (b"\xD0\xCF\x11\xE0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
];

/// The text of a file that is shown under a path.
pub(crate) fn decode(
    shown: &str,
    bytes: Vec<u8>,
    encoding: Encoding,
) -> Result<Arc<SourceFile>, Box<Finding>> {
    refuse_other_formats(shown, &bytes)?;
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(whole(
            shown,
            Finding::error(codes::EMPTY_FILE, format!("{shown} is empty")),
        ));
    }
    match String::from_utf8(bytes) {
        Ok(text) => refuse_double_encoding(SourceFile::new(shown, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            decode_other(shown, error.as_bytes(), at, encoding)
        }
    }
}

/// Decodes bytes that are not UTF-8; `at` is the first that does not fit.
fn decode_other(
    shown: &str,
    bytes: &[u8],
    at: usize,
    encoding: Encoding,
) -> Result<Arc<SourceFile>, Box<Finding>> {
    let is_mixed = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if encoding == Encoding::Spreadsheet && !is_mixed {
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
        return Ok(SourceFile::new(shown, text));
    }
    let meant = encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(&bytes[at..=at])
        .0
        .into_owned();
    let byte = bytes[at];
    let finding = if is_mixed {
        Finding::error(
            codes::MIXED_ENCODINGS,
            format!("{shown} is UTF-8 in some places, but byte {byte:02X} is not"),
        )
        .hint("open the file, correct the letter and save it again as UTF-8")
    } else {
        Finding::error(
            codes::NOT_UTF_8,
            format!("{shown} is not UTF-8: byte {byte:02X} does not fit"),
        )
        .expected("UTF-8")
        .hint("save the file as UTF-8")
    };
    let source = SourceFile::new(shown, String::from_utf8_lossy(bytes));
    let place = source.place(at..at + char::REPLACEMENT_CHARACTER.len_utf8());
    Err(Box::new(finding.at(
        &place,
        format!("in Windows-1252 this byte is {meant}"),
    )))
}

/// Refuses what is not text, as far as the bytes show it.
fn refuse_other_formats(shown: &str, bytes: &[u8]) -> Result<(), Box<Finding>> {
    let refuse = |code, message: &str, hint: &str| {
        Err(whole(
            shown,
            Finding::error(code, format!("{shown} is {message}")).hint(hint),
        ))
    };
    if let Some((_, what)) = OTHER_FORMATS
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
    {
        return refuse(
            codes::NOT_TEXT,
            &format!("{what}, not text"),
            "save it in the format that its name promises",
        );
    }
    let zeros = |parity| {
        bytes
            .iter()
            .skip(parity)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let looks_utf_16 = bytes.contains(&0) && zeros(0).max(zeros(1)) * 3 > bytes.len();
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || looks_utf_16 {
        return refuse(codes::UTF_16, "written in UTF-16", "save it as UTF-8");
    }
    match bytes.iter().position(|byte| *byte == 0) {
        None => Ok(()),
        Some(at) => {
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!("not a text file: it holds a NUL byte on line {line}");
            refuse(
                codes::NOT_TEXT,
                &message,
                "restore the file from a copy, or save it again",
            )
        }
    }
}

/// Refuses `Ã¸` and the like: UTF-8 that was read as Windows-1252 and encoded again.
fn refuse_double_encoding(source: Arc<SourceFile>) -> Result<Arc<SourceFile>, Box<Finding>> {
    const SECOND: [char; 11] = ['¦', '¸', '¥', '†', '˜', '…', '©', '¼', '¶', '¤', '‰'];
    let text = source.text();
    let twice = text.match_indices('Ã').find_map(|(at, first)| {
        let next = text[at + first.len()..]
            .chars()
            .next()
            .filter(|next| SECOND.contains(next))?;
        Some(at..at + first.len() + next.len_utf8())
    });
    match twice {
        None => Ok(source),
        Some(span) => {
            let message = format!("{} holds letters that were encoded twice", source.path());
            Err(Box::new(
                Finding::error(codes::DOUBLE_ENCODED, message)
                    .at(&source.place(span), "one letter, shown as two")
                    .hint("export the file anew as UTF-8"),
            ))
        }
    }
}

fn whole(shown: &str, finding: Finding) -> Box<Finding> {
    Box::new(finding.at(&place_of(shown), ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], encoding: Encoding) -> Result<String, String> {
        match decode("a.csv", bytes.to_vec(), encoding) {
            Ok(source) => Ok(source.text().to_owned()),
            Err(finding) => {
                let place = finding.primary.map(|label| label.place.to_string());
                Err(format!("{} {}", finding.code, place.unwrap_or_default()))
            }
        }
    }

    #[test]
    fn what_a_spreadsheet_writes_is_read() {
        assert_eq!(
            text(b"\xEF\xBB\xBFa;\xC3\xB8", Encoding::Spreadsheet),
            Ok("a;ø".into())
        );
        assert_eq!(
            text(b"a;\xF8 \x80 \x96", Encoding::Spreadsheet),
            Ok("a;ø € –".into())
        );
    }

    #[test]
    fn what_is_refused_is_named() {
        for (bytes, encoding, said) in [
            (&b"a\nb\xF8"[..], Encoding::Utf8, "F09 a.csv:2:2"),
            (b"\xC3\xB8;\nb\xF8", Encoding::Spreadsheet, "F10 a.csv:2:2"),
            (b"\xFF\xFEa\0", Encoding::Spreadsheet, "F08 a.csv:1:1"),
            (b"a\0b\0c\0", Encoding::Spreadsheet, "F08 a.csv:1:1"),
            (b"abcdefgh\0i", Encoding::Utf8, "F07 a.csv:1:1"),
            (b"PK\x03\x04abc", Encoding::Spreadsheet, "F07 a.csv:1:1"),
            (b"", Encoding::Utf8, "F06 a.csv:1:1"),
            (b"\xEF\xBB\xBF \r\n", Encoding::Utf8, "F06 a.csv:1:1"),
            ("x\nfÃ¸lge".as_bytes(), Encoding::Utf8, "F11 a.csv:2:2"),
        ] {
            assert_eq!(text(bytes, encoding), Err(said.into()));
        }
    }
}
