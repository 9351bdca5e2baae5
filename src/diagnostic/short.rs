//! Findings as one line each, for editors and scripts.
//!
//! Comes in: a finding. Goes out: `path:line:col: error[CODE] message`, without a line end.
//! Must stay on one line whatever the message holds.

use super::finding::{Finding, Severity};
use super::visible::visible;

/// The finding as one line; the position is left out when there is none.
pub(super) fn line(finding: &Finding) -> String {
    let severity = severity(finding.severity);
    let message = visible(&finding.message);
    let said = format!("{severity}[{}] {message}", finding.code);
    match &finding.primary {
        Some(label) => format!("{}: {said}", visible(&label.place.to_string())),
        None => said,
    }
}

/// The word for a severity.
pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, SourceFile};

    #[test]
    fn is_one_line() {
        let source = SourceFile::new("a.csv", "x\nabc");
        let finding = Finding::error(Code::new("C03", "", ""), "a\nb").at(&source.place(3..4), "");
        assert_eq!(line(&finding), "a.csv:2:2: error[C03] a␊b");
    }
}
