//! Findings as people see them, taken apart again.

/// A finding that was printed: its code, and where it points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Such as `D01`.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// `file:line:column`, or the file alone; empty without a place.
    pub place: String,
    /// What it says.
    pub message: String,
}

/// The findings of a run's standard error, in their order.
pub fn findings(printed: &str) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for line in printed.lines() {
        if let Some(finding) = title(line) {
            found.push(finding);
        } else if let Some(last) = found.last_mut()
            && last.place.is_empty()
            && let Some(place) = line.trim_start().strip_prefix("--> ")
        {
            last.place = place.to_owned();
        }
    }
    found
}

/// `error[D01]: what is wrong`.
fn title(line: &str) -> Option<Finding> {
    let (severity, rest) = line.split_once('[')?;
    let (code, message) = rest.split_once("]: ")?;
    ["error", "warning"].contains(&severity).then(|| Finding {
        code: code.to_owned(),
        severity: severity.to_owned(),
        place: String::new(),
        message: message.to_owned(),
    })
}
