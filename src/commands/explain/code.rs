//! The page of a code: a rule's with all its parts, another code's with its meaning.

use std::io::{self, Write};

use serde::Serialize;

use super::super::Ending;
use super::super::terminal::Terminal;
use super::super::words::{HEAD, wrapped};
use super::print_json;
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
    severity: Severity,
    checks: &'static str,
    why: &'static str,
    example: &'static str,
    correct: &'static str,
}

/// Explains a code, given by its id or its name.
pub(super) fn run(terminal: &Terminal, asked: &str, json: bool) -> io::Result<Ending> {
    let codes = codes();
    let is_asked =
        |code: &&Code| code.id.eq_ignore_ascii_case(asked) || code.name.eq_ignore_ascii_case(asked);
    let Some(code) = codes.iter().find(is_asked) else {
        terminal.failures(&[unknown(&codes, asked)])?;
        return Ok(Ending::Failure);
    };
    let rule = RULES.iter().find(|rule| rule.code.id == code.id);
    let page = Page {
        code: code.id,
        name: code.name,
        summary: code.summary,
        rule: rule.map(rule_page),
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
        severity: rule.severity,
        checks: rule.checks,
        why: rule.why,
        example: rule.example,
        correct: rule.correct,
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
    let severity = match page.rule.as_ref().map(|rule| rule.severity) {
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
    for (title, text) in parts {
        write!(out, "\n{HEAD}{title}{HEAD:#}\n{}", wrapped(text, 2))?;
    }
    Ok(())
}
