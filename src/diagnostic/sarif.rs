//! Findings as SARIF 2.1.0, for code review and editors.
//!
//! Comes in: findings, and what there is to say about every code (this room knows no stage). Goes out: one run with all rules and results.
//! Columns count characters and end after the last one; paths are relative to the project and percent-encoded.

use std::io;

use serde_json::{Value, json};

use super::code::Code;
use super::finding::{Finding, Findings, Label, Severity};

/// The schema that the output declares.
pub const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What there is to say about a code.
#[derive(Clone, Debug)]
pub struct RulePage {
    /// The code.
    pub code: Code,
    /// How much its findings weigh at most.
    pub severity: Severity,
    /// What is checked, in Markdown.
    pub text: String,
    /// Why, with an example, and how to correct it, in Markdown.
    pub help: String,
}

/// Writes the findings as one run; `rules` are all codes that a finding may bear.
pub fn write(
    findings: &Findings,
    rules: &[RulePage],
    version: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let index = |finding: &Finding| {
        rules
            .iter()
            .position(|rule| rule.code.id == finding.code.id)
    };
    let results: Vec<Value> = findings
        .iter()
        .map(|finding| result(finding, index(finding)))
        .collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tryk",
                "semanticVersion": version,
                "rules": rules.iter().map(descriptor).collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn descriptor(rule: &RulePage) -> Value {
    json!({
        "id": rule.code.id,
        "name": rule.code.name,
        "shortDescription": { "text": rule.code.summary },
        "fullDescription": { "text": rule.text },
        "help": { "text": rule.help, "markdown": rule.help },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result(finding: &Finding, index: Option<usize>) -> Value {
    let mut text = finding.message.clone();
    if let Some(expected) = &finding.expected {
        text += &format!("\nexpected: {expected}");
    }
    for hint in &finding.hints {
        text += &format!("\nhelp: {hint}");
    }
    let primary: Vec<Value> = finding.primary.iter().map(location).collect();
    let related = finding.secondary.iter().enumerate().map(|(at, label)| {
        let mut place = location(label);
        place["id"] = json!(at);
        place
    });
    let mut result = json!({
        "ruleId": finding.code.id,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": primary,
        "relatedLocations": related.collect::<Vec<Value>>(),
    });
    if let Some(index) = index {
        result["ruleIndex"] = json!(index);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn location(label: &Label) -> Value {
    let place = &label.place;
    let (end_line, end_column) = place.end();
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(place.source().path()) },
            "region": {
                "startLine": place.line(),
                "startColumn": place.column(),
                "endLine": end_line,
                "endColumn": end_column,
            },
        },
    });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    if let Some(pointer) = place.pointer() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": pointer }]);
    }
    location
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        let plain =
            byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/');
        if plain {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    fn written() -> Value {
        let code = Code::new("R19", "literal-figure", "a figure is typed");
        let source = SourceFile::new("inputs/å b/x.md", "æ\nI 20 % af");
        let place = source.place(5..9);
        let finding = Finding::error(code, "typed")
            .at(&place, "here")
            .and(&source.whole().with_pointer("/x"), "")
            .expected("a fact")
            .hint("mend it");
        let findings = [finding, Finding::warning(Code::new("X01", "", ""), "odd")]
            .into_iter()
            .collect();
        let page = RulePage {
            code,
            severity: Severity::Error,
            text: "No figures.".to_owned(),
            help: "Print facts.".to_owned(),
        };
        let mut out = Vec::new();
        write(&findings, &[page], "1.2.3", &mut out).expect("writing to memory cannot fail");
        serde_json::from_slice(&out).expect("it is JSON")
    }

    #[test]
    fn a_result_has_rule_level_and_region() {
        let log = written();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "R19");
        let first = &run["results"][0];
        assert_eq!(
            (&first["ruleId"], &first["ruleIndex"], &first["level"]),
            (&json!("R19"), &json!(0), &json!("error"))
        );
        assert_eq!(
            first["message"]["text"],
            "typed\nexpected: a fact\nhelp: mend it"
        );
        let physical = &first["locations"][0]["physicalLocation"];
        assert_eq!(
            physical["artifactLocation"]["uri"],
            "inputs/%C3%A5%20b/x.md"
        );
        assert_eq!(
            physical["region"],
            json!({ "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7 })
        );
        assert_eq!(first["relatedLocations"][0]["id"], 0);
    }

    #[test]
    fn a_finding_without_a_place_has_no_location() {
        let log = written();
        let second = &log["runs"][0]["results"][1];
        assert_eq!(
            (&second["locations"], &second["level"]),
            (&json!([]), &json!("warning"))
        );
        assert!(second.get("ruleIndex").is_none());
    }
}
