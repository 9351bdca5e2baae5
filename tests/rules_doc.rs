//! `docs/rules.md` is what the rules say of themselves. `TRYK_UPDATE=1` writes it.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::env;
use std::fs;
use std::path::Path;

use tryk::build::registry;

#[test]
fn the_page_of_the_rules_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let made = registry::markdown();
    if env::var_os("TRYK_UPDATE").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "docs/rules.md is not current; TRYK_UPDATE=1 cargo test --release --test rules_doc writes it"
    );
}

#[test]
fn every_rule_has_a_failing_fixture() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults");
    let scripts: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().join("fault.txt"))
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect();
    let shown = |id: &str| {
        let wanted = [format!("error: {id} "), format!("warning: {id} ")];
        scripts
            .iter()
            .any(|script| wanted.iter().any(|line| script.contains(line.as_str())))
    };
    let without: Vec<&str> = tryk::check::RULES
        .iter()
        .map(|rule| rule.code.id)
        .filter(|id| !shown(id))
        .collect();
    assert!(
        without.is_empty(),
        "rules without a failing fixture: {without:?}"
    );
}
