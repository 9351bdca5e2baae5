//! A run that is killed leaves no half bag.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{BAG, create, issued, verify};

/// Kills at a few moments; `.ci/archive` does it a hundred times.
#[test]
fn a_killed_run_leaves_no_half_bag() {
    let project = issued();
    for milliseconds in [5, 60, 120, 250, 500, 1000] {
        let args = [
            "archive",
            "create",
            "2018",
            "-p",
            "lunden",
            "--date",
            "2020-01-31",
        ];
        let mut child = Command::new(env!("CARGO_BIN_EXE_tryk"))
            .args(args)
            .current_dir(project.root())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(milliseconds));
        let _ = child.kill();
        child.wait().unwrap();
        if project.path(BAG).exists() {
            let _ran = verify(&project, BAG).clean();
        }
    }
    let _ran = create(&project, "2018", &[]).clean();
    let _ran = verify(&project, BAG).clean();
    assert!(leftovers(&project.path("out/archive")).is_empty());
}

fn leftovers(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(".tryk-") {
            found.push(name);
        } else if entry.path().is_dir() {
            found.extend(leftovers(&entry.path()));
        }
    }
    found
}
