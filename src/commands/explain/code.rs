//! The page of a code: a rule's with all its parts, another code's with its meaning.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Ending;
use super::super::terminal::Terminal;
use super::super::words::{HEAD, wrapped};
use super::print_json;
use crate::build::held::{HELD, HeldRule};
use crate::build::registry::codes;
use crate::check::{RULES, Rule};
use crate::diagnostic::{Code, Severity};
use crate::read::closest;

/// What is known of a code.
#[derive(Serialize)]
struct Page {
    code: &'static str,
    name: &'static str,
    summary: &'static str,
    #[serde(flatten)]
    rule: Option<RulePage>,
}

/// What a rule says beyond that.
#[derive(Serialize)]
struct RulePage {
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<Severity>,
    checks: &'static str,
    why: &'static str,
    example: &'static str,
    correct: &'static str,
    /// Of a rule that has no check of its own: where it is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    held: Option<&'static str>,
}

/// Explains a code, given by its id or its name.
pub(super) fn run(terminal: &Terminal, asked: &str, json: bool) -> io::Result<Ending> {
    let mut codes = codes();
    codes.extend(HELD.iter().map(|one| one.code));
    let is_asked =
        |code: &&Code| code.id.eq_ignore_ascii_case(asked) || code.name.eq_ignore_ascii_case(asked);
    let Some(code) = codes.iter().find(is_asked) else {
        terminal.failures(&[unknown(&codes, asked)])?;
        return Ok(Ending::Failure);
    };
    let rule = RULES.iter().find(|rule| rule.code == *code).map(rule_page);
    let held = HELD.iter().find(|rule| rule.code == *code).map(held_page);
    let page = Page {
        code: code.id,
        name: code.name,
        summary: code.summary,
        rule: rule.or(held),
    };
    if json {
        print_json(terminal, &page)?;
    } else {
        print(&page, &mut terminal.out())?;
    }
    Ok(Ending::Clean)
}

fn rule_page(rule: &Rule) -> RulePage {
    RulePage {
        severity: Some(rule.severity),
        checks: rule.checks,
        why: rule.why,
        example: rule.example,
        correct: rule.correct,
        held: None,
    }
}

fn held_page(rule: &HeldRule) -> RulePage {
    RulePage {
        severity: None,
        checks: rule.checks,
        why: rule.why,
        example: rule.example,
        correct: rule.correct,
        held: Some(rule.held),
    }
}

fn unknown(codes: &[Code], asked: &str) -> String {
    let known = codes.iter().flat_map(|code| [code.id, code.name]);
    let help = match closest(asked, known) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "a code is a letter and two digits, such as R02; a fact's id has a `/`, and a figure needs its PDF".to_owned(),
    };
    format!("there is no code '{asked}'\n  help: {help}")
}

fn print(page: &Page, out: &mut dyn Write) -> io::Result<()> {
    let severity = match page.rule.as_ref().and_then(|rule| rule.severity) {
        Some(Severity::Error) => " (error)",
        Some(Severity::Warning) => " (warning)",
        None => "",
    };
    writeln!(out, "{HEAD}{}{HEAD:#}  {}{severity}", page.code, page.name)?;
    write!(out, "{}", wrapped(page.summary, 2))?;
    let Some(rule) = &page.rule else {
        return Ok(());
    };
    let parts = [
        ("Checks", rule.checks),
        ("Why it matters", rule.why),
        ("Example", rule.example),
        ("How to correct", rule.correct),
    ];
    let held = rule.held.map(|text| ("How it is held", text));
    for (title, text) in parts.into_iter().chain(held) {
        write!(out, "\n{HEAD}{title}{HEAD:#}\n{}", wrapped(text, 2))?;
    }
    Ok(())
}
