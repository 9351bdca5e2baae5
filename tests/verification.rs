//! The page on verification says what the program says.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

use std::fs;
use std::path::Path;

use tryk::sign::verify::reason::{ALL, Level};

const BEGIN: &str = "--test verification -->\n";
const END: &str = "<!-- end of reasons -->";

#[test]
fn every_reason_stands_on_the_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/verification.md");
    let page = fs::read_to_string(&path).unwrap();
    let mut table = "\n| code | weighs | leads to | meaning |\n|---|---|---|---|\n".to_owned();
    for kind in ALL {
        let level = match kind.level {
            Level::Passed => "passed",
            Level::Indeterminate => "indeterminate",
            Level::Failed => "failed",
        };
        let row = format!(
            "| `{}` | {level} | `{}` | {} |\n",
            kind.code,
            kind.word.as_str(),
            kind.meaning
        );
        table.push_str(&row);
    }
    table.push('\n');
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}{table}{END}{after}");
    if std::env::var_os("TRYK_UPDATE").is_some() {
        fs::write(&path, &wanted).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        wanted,
        "TRYK_UPDATE=1 writes it anew"
    );
}
