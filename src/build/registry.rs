//! Every code that a finding may bear, over the whole program.

use super::codes::{self, ALL};
use super::held::HELD;
use crate::check;
use crate::diagnostic::sarif::RulePage;
use crate::diagnostic::{Code, Severity};
use crate::{archive, ledger, prose, read, render, sign};

/// All codes, in the order of their ids.
pub fn codes() -> Vec<Code> {
    let stages = [
        read::codes::ALL,
        prose::codes::ALL,
        render::codes::ALL,
        ledger::codes::ALL,
        sign::codes::ALL,
        archive::codes::ALL,
        ALL,
    ];
    let rules = check::RULES.iter().map(|rule| rule.code);
    let mut all: Vec<Code> = stages.into_iter().flatten().copied().chain(rules).collect();
    all.sort_unstable_by_key(|code| code.id);
    all
}

/// What there is to say about every code: a rule's own page, and of the other codes what they mean.
pub fn pages() -> Vec<RulePage> {
    codes().into_iter().map(page).collect()
}

fn page(code: Code) -> RulePage {
    match check::RULES.iter().find(|rule| rule.code.id == code.id) {
        Some(rule) => RulePage {
            code,
            severity: rule.severity,
            text: rule.checks.to_owned(),
            help: format!(
                "{}\n\nExample: {}\n\nHow to correct: {}",
                rule.why, rule.example, rule.correct
            ),
        },
        None => RulePage {
            code,
            severity: severity(code),
            text: code.summary.to_owned(),
            help: code.summary.to_owned(),
        },
    }
}

/// Codes whose findings are warnings and nothing else; of the rules, their rows say it.
const WARNINGS: &[Code] = &[
    codes::FROZEN_LAYOUT,
    codes::PRINTED_NOWHERE,
    codes::ASKED_IN_VAIN,
    codes::KEPT_WITHOUT_ENTRY,
    render::codes::TYPST_WARNING,
    archive::codes::UNSEEN_PREVIOUS,
    archive::codes::OTHER_TOOL,
];

/// How much the findings of a code weigh at most.
pub fn severity(code: Code) -> Severity {
    match check::RULES.iter().find(|rule| rule.code == code) {
        Some(rule) => rule.severity,
        None if WARNINGS.contains(&code) => Severity::Warning,
        None => Severity::Error,
    }
}

/// `docs/rules.md`: every code and every rule's page.
pub fn markdown() -> String {
    let mut text = INTRODUCTION.to_owned();
    text.push_str("\n## Rules of the domain\n");
    let mut rules: Vec<(Code, String)> = check::RULES.iter().map(of_rule).collect();
    rules.extend(HELD.iter().map(of_held));
    rules.sort_unstable_by_key(|(code, _)| code.id);
    for (code, page) in rules {
        text.push_str(&format!("\n### {} {}\n\n{page}", code.id, code.name));
    }
    for (letter, title) in TABLES {
        let codes = codes()
            .into_iter()
            .filter(|code| code.id.starts_with(*letter));
        let rows: Vec<String> = codes
            .map(|code| format!("| `{}` | {} | {} |\n", code.id, code.name, code.summary))
            .collect();
        if !rows.is_empty() {
            text.push_str(&format!(
                "\n## {title}\n\n| code | name | meaning |\n|---|---|---|\n{}",
                rows.concat()
            ));
        }
    }
    text
}

fn of_rule(rule: &check::Rule) -> (Code, String) {
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let page = format!(
        "*{severity}:* {}.\n\n{}\n\n**Why.** {}\n\n**Example.** {}\n\n**Correct it.** {}\n",
        rule.code.summary, rule.checks, rule.why, rule.example, rule.correct
    );
    (rule.code, page)
}

fn of_held(rule: &super::held::HeldRule) -> (Code, String) {
    let page = format!(
        "*held by the program:* {}.\n\n{}\n\n**Why.** {}\n\n**Example.** {}\n\n**Correct it.** {}\n\n**How it is held.** {}\n",
        rule.code.summary, rule.checks, rule.why, rule.example, rule.correct, rule.held
    );
    (rule.code, page)
}

/// What the codes of a letter are about.
const TABLES: &[(char, &str)] = &[
    ('F', "Files"),
    ('C', "CSV"),
    ('J', "JSON"),
    ('D', "Values"),
    ('T', "Texts and templates"),
    ('L', "Figures on the pages"),
    ('B', "Building and writing"),
    ('S', "Signing"),
    ('A', "Archiving"),
    ('M', "Machines and tools"),
];

const INTRODUCTION: &str = include_str!("rules_introduction.md");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{HELD, codes};

    #[test]
    fn no_two_faults_share_an_id_or_a_name() {
        let mut all = codes();
        all.extend(HELD.iter().map(|one| one.code));
        let ids: BTreeSet<&str> = all.iter().map(|code| code.id).collect();
        let names: BTreeSet<&str> = all.iter().map(|code| code.name).collect();
        let twice = |set: &BTreeSet<&str>, of: &dyn Fn(usize) -> &'static str| -> Vec<&str> {
            let mut set = set.clone();
            (0..all.len())
                .map(of)
                .filter(|one| !set.remove(one))
                .collect()
        };
        assert_eq!(twice(&ids, &|at| all[at].id), [""; 0]);
        assert_eq!(twice(&names, &|at| all[at].name), [""; 0]);
    }

    #[test]
    fn every_room_with_codes_is_asked() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
        let rooms = std::fs::read_dir(root).expect("the source");
        let names = rooms.filter_map(|room| room.ok()?.file_name().into_string().ok());
        for room in names {
            let has_codes = std::path::Path::new(root)
                .join(&room)
                .join("codes.rs")
                .is_file();
            let asked = format!("{room}::codes::ALL");
            let is_asked = room == "build" || include_str!("registry.rs").contains(&asked);
            assert!(!has_codes || is_asked, "{asked} is not in the registry");
        }
    }

    #[test]
    fn ids_are_a_letter_and_two_digits() {
        for code in codes() {
            let (letter, number) = code.id.split_at(1);
            let is_numbered = number.len() == 2 && number.bytes().all(|b| b.is_ascii_digit());
            assert!(is_numbered && "FCJDTRBLMSA".contains(letter), "{code}");
        }
    }
}
