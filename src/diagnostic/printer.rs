//! The only printer: findings in the format that was asked for.
//!
//! Comes in: findings and a format. Goes out: bytes to a writer.
//! Must not decide where they go or whether colour is wanted.

use std::io;

use super::finding::{Findings, Severity};
use super::human::Human;
use super::json::Entry;
use super::short;

/// How findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Several lines each, with the source line underlined, and a summary.
    #[default]
    Human,
    /// One line each.
    Short,
    /// A JSON array.
    Json,
}

/// Writes the findings; `color` counts only for [`Format::Human`].
pub fn print(
    findings: &Findings,
    format: Format,
    color: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Human => human(findings, color, out),
        Format::Short => findings
            .iter()
            .try_for_each(|finding| writeln!(out, "{}", short::line(finding))),
        Format::Json => {
            let entries: Vec<Entry<'_>> = findings.iter().map(Entry::from).collect();
            serde_json::to_writer_pretty(&mut *out, &entries)?;
            writeln!(out)
        }
    }
}

fn human(findings: &Findings, color: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let renderer = Human::new(color);
    for finding in findings.iter() {
        writeln!(out, "{}\n", renderer.render(finding))?;
    }
    match summary(findings) {
        Some(summary) => writeln!(out, "{summary}"),
        None => Ok(()),
    }
}

/// How many errors and warnings there are, such as `3 errors, 1 warning`; none when there is neither.
pub fn summary(findings: &Findings) -> Option<String> {
    let parts: Vec<String> = [Severity::Error, Severity::Warning]
        .into_iter()
        .map(|severity| (findings.count(severity), short::severity(severity)))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Finding, SourceFile};

    fn two() -> Findings {
        let code = Code::new("C03", "ragged-row", "");
        let source = SourceFile::new("a.json", "{\n\"x\": 1}");
        let place = source.place(7..8).with_pointer("/x");
        let error = Finding::error(code, "wrong")
            .at(&place, "this")
            .hint("mend it");
        [error, Finding::warning(code, "odd")].into_iter().collect()
    }

    fn printed(format: Format) -> String {
        let mut out = Vec::new();
        print(&two(), format, false, &mut out).expect("writing to memory cannot fail");
        String::from_utf8(out).expect("findings are text")
    }

    #[test]
    fn short_is_one_line_each() {
        assert_eq!(
            printed(Format::Short),
            "a.json:2:6: error[C03] wrong\nwarning[C03] odd\n"
        );
    }

    #[test]
    fn human_ends_with_a_summary() {
        assert!(printed(Format::Human).ends_with("\n\n1 error, 1 warning\n"));
        assert_eq!(summary(&Findings::new()), None);
    }

    #[test]
    fn json_keeps_every_part() {
        let written: serde_json::Value =
            serde_json::from_str(&printed(Format::Json)).expect("it is JSON");
        assert_eq!(
            written[0]["primary"],
            serde_json::json!({
                "file": "a.json", "line": 2, "column": 6, "end_line": 2, "end_column": 7,
                "pointer": "/x", "label": "this"
            })
        );
        assert_eq!(written[0]["hints"][0], "mend it");
        assert_eq!(written[1]["severity"], "warning");
    }
}
