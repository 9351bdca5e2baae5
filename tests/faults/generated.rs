//! Faults that cannot be kept as files: other encodings, hidden characters, sizes, links, pipes and folders in the wrong place.

use std::fs::{self, File};
use std::iter;
use std::path::Path;
use std::process::Command;

use crate::common::{Project, project, tests};
use crate::fixture::{Fault, NOTES, shown};

const PARTNERSHIP: &str = "inputs/lunden/partnership.json";
const ACTIVITIES: &str = "inputs/lunden/activities.csv";
const MEETINGS: &str = "inputs/lunden/meetings.csv";

/// Runs a fault and keeps what a person is shown.
fn check(name: &str, project: Project, fault: &Fault) {
    let ran = fault.check(project);
    shown(&tests().join("snapshots"), &format!("fault-{name}"), &ran);
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

#[test]
fn utf_16_with_a_mark() {
    let project = project().rewrite(ACTIVITIES, |text| utf_16(&format!("\u{feff}{text}")));
    check(
        "utf-16",
        project,
        &Fault::found(["error: F08 inputs/lunden/activities.csv"]),
    );
}

#[test]
fn utf_16_without_a_mark() {
    let project = project().rewrite(ACTIVITIES, utf_16);
    let fault = Fault::found(["error: F08 inputs/lunden/activities.csv"]);
    check("utf-16-without-mark", project, &fault);
}

#[test]
fn json_in_windows_1252() {
    let project = project().rewrite(PARTNERSHIP, windows_1252);
    let fault = Fault::found(["error: F09 inputs/lunden/partnership.json:10:53"]);
    check("json-in-windows-1252", project, &fault);
}

#[test]
fn two_encodings_in_one_file() {
    let last = windows_1252("board;2019-01-15;Møde i årets løb;illustrative;\n");
    let project = project().rewrite(MEETINGS, |text| [text.as_bytes(), &last].concat());
    let fault = Fault::found(["error: F10 inputs/lunden/meetings.csv:3:19"]);
    check("two-encodings", project, &fault);
}

#[test]
fn letters_encoded_twice() {
    let project = project().replace(MEETINGS, "første", "fÃ¸rste");
    let fault = Fault::found(["error: F11 inputs/lunden/meetings.csv:2:23"]);
    check("letters-encoded-twice", project, &fault);
}

#[test]
fn a_nul_byte() {
    let project = project().replace(MEETINGS, "første", "fø\0rste");
    check(
        "nul-byte",
        project,
        &Fault::found(["error: F07 inputs/lunden/meetings.csv"]),
    );
}

#[test]
fn a_workbook_under_another_name() {
    let project = project().write(MEETINGS, b"PK\x03\x04\x14\x00\x06\x00");
    check(
        "workbook",
        project,
        &Fault::found(["error: F07 inputs/lunden/meetings.csv"]),
    );
}

#[test]
fn hidden_characters() {
    let hidden = "error: F12 inputs/lunden/activities.csv:3:20";
    let no_glyph = "error: T15 templates/note/main.typ:10:7";
    // A lone carriage return ends a row.
    let left = "error: C03 inputs/lunden/activities.csv:3:1";
    let right = "error: C03 inputs/lunden/activities.csv:3:21";
    for (name, c, finds) in [
        ("control-character", '\u{7}', vec![hidden, no_glyph]),
        ("bidi-mark", '\u{202e}', vec![hidden]),
        ("private-use", '\u{e000}', vec![hidden, no_glyph]),
        ("zero-width-space", '\u{200b}', vec![hidden]),
        ("lone-carriage-return", '\r', vec![left, hidden, right]),
    ] {
        let project = project().replace(ACTIVITIES, "Gåture", &format!("Gå{c}ture"));
        check(name, project, &Fault::found(finds));
    }
}

#[test]
fn a_word_of_ten_thousand_letters() {
    let project = project().replace(ACTIVITIES, "Gåture", &"å".repeat(10_000));
    let fault = Fault::found(["error: D13 inputs/lunden/activities.csv:3:18"]);
    check("long-word", project, &fault);
}

#[test]
fn a_line_of_thirty_megabytes() {
    let project = project().replace(ACTIVITIES, "Gåture", &"x".repeat(30 << 20));
    let fault = Fault::found(["error: D13 inputs/lunden/activities.csv:3:18"]);
    check("long-line", project, &fault);
}

#[test]
fn a_file_of_a_hundred_megabytes() {
    let project = project().with(|root| {
        let file = File::create(root.join(MEETINGS)).unwrap();
        file.set_len(100 << 20).unwrap();
    });
    check(
        "large-file",
        project,
        &Fault::found(["error: F05 inputs/lunden/meetings.csv"]),
    );
}

#[test]
fn json_of_ten_megabytes() {
    let project = project().rewrite(PARTNERSHIP, |text| {
        let spaces = " ".repeat(10 << 20);
        text.replacen("\"sources\"", &format!("{spaces}\"sources\""), 1)
    });
    let fault = Fault::found(["error: F05 inputs/lunden/partnership.json:1:1"]);
    check("large-json", project, &fault);
}

#[test]
fn json_nested_ten_thousand_deep() {
    let deep = format!(
        "\"extensions\": {}{}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let project = project().replace(PARTNERSHIP, "\"extensions\": []", &deep);
    let fault = Fault::found(["error: J02 inputs/lunden/partnership.json:17:81"]);
    check("deep-json", project, &fault);
}

#[test]
fn a_header_of_many_columns() {
    let project = project().write(MEETINGS, "body;".repeat(100_000));
    let fault = Fault::found(["error: C08 inputs/lunden/meetings.csv:1:1"]);
    check("many-columns", project, &fault);
}

#[test]
fn faults_without_end_are_cut_short() {
    let rows = "board;i går;Møde;illustrative;\n".repeat(100_000);
    let project = project().append(MEETINGS, &rows);
    let rows = (3..502).map(|line| format!("error: D04 inputs/lunden/meetings.csv:{line}:7"));
    let last = "error: F13 inputs/lunden/meetings.csv:502:7".to_owned();
    let ran = Fault::found(rows.chain(iter::once(last))).check(project);
    assert!(ran.stderr.ends_with("500 errors\n"));
}

#[test]
fn a_folder_in_place_of_a_file() {
    let project = project()
        .remove(MEETINGS)
        .write(&format!("{MEETINGS}/a"), "");
    check(
        "folder-for-file",
        project,
        &Fault::found(["error: F03 inputs/lunden/meetings.csv"]),
    );
}

#[test]
fn a_folder_with_nothing_in_it() {
    let project = project().with(|root| fs::create_dir(root.join("inputs/skoven")).unwrap());
    let files = [
        "activities.csv",
        "approvals.csv",
        "boundary.geojson",
        "documents.csv",
        "indicators.csv",
        "meetings.csv",
        "partnership.json",
        "signatories.csv",
    ];
    let finds = files.map(|file| format!("error: F01 inputs/skoven/{file}"));
    let fault = Fault::found(finds).writes(&[NOTES, &["lunden/letter.pdf"]].concat());
    check("empty-folder", project, &fault);
}

#[test]
fn a_folder_whose_name_is_no_id() {
    let project = project().with(|root| {
        fs::rename(root.join("inputs/lunden"), root.join("inputs/Lunden Nord")).unwrap();
    });
    let fault = Fault::found([
        "error: F14 inputs/Lunden Nord",
        "error: F14 inputs/Lunden Nord/partnership.json:2:9",
    ]);
    check("folder-name", project, &fault);
}

#[test]
fn nothing_at_all() {
    let project = project().remove("inputs/lunden");
    check("no-partnership", project, &Fault::found(["error: B05"]));
}

#[test]
fn inputs_that_are_a_file() {
    let project = project().remove("inputs").write("inputs", "");
    check("inputs-are-a-file", project, &Fault::found([""; 0]).exit(2));
}

#[test]
fn a_text_that_would_fill_the_memory() {
    for bomb in [
        "{{ 'x' * 4000000000 }}",
        "{{ range(4000000000) }}",
        "{% set n = namespace(x='x') %}{% for i in range(40) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    ] {
        let project = project().append("inputs/lunden/text/letter/greeting.md", bomb);
        let ran = project.run(["build"]);
        let found = ran.findings();
        assert_eq!((ran.code, found.len()), (1, 1), "{}", ran.stderr);
        assert!(
            ["T21", "T22"].contains(&found[0].code.as_str()),
            "{}",
            ran.stderr
        );
    }
}

/// Links, pipes and rights, as Unix has them.
#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn forbid(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    /// Nothing is forbidden to root.
    fn is_root(project: &Project) -> bool {
        let probe = project.path("probe");
        fs::write(&probe, "").unwrap();
        forbid(&probe, 0o000);
        let can_read = fs::read(&probe).is_ok();
        fs::remove_file(probe).unwrap();
        can_read
    }

    #[test]
    fn a_link_out_of_the_inputs() {
        let project = project().write("secret.csv", "x").remove(MEETINGS);
        let project =
            project.with(|root| symlink("../../secret.csv", root.join(MEETINGS)).unwrap());
        check(
            "link-out-of-inputs",
            project,
            &Fault::found(["error: F04 inputs/lunden/meetings.csv"]),
        );
    }

    #[test]
    fn a_link_out_of_the_templates() {
        let project = project().write("secret.typ", "x");
        let project = project.with(|root| {
            symlink("../../secret.typ", root.join("templates/note/secret.typ")).unwrap();
        });
        check(
            "link-out-of-templates",
            project,
            &Fault::found(["error: F04 templates/note/secret.typ"]),
        );
    }

    #[test]
    fn a_link_to_itself() {
        let project = project().remove(MEETINGS);
        let project = project.with(|root| symlink("meetings.csv", root.join(MEETINGS)).unwrap());
        check(
            "link-to-itself",
            project,
            &Fault::found(["error: F02 inputs/lunden/meetings.csv"]),
        );
    }

    #[test]
    fn a_pipe_in_place_of_a_file() {
        let project = project().remove(MEETINGS);
        let made = Command::new("mkfifo").arg(project.path(MEETINGS)).status();
        assert!(made.unwrap().success());
        check(
            "pipe",
            project,
            &Fault::found(["error: F03 inputs/lunden/meetings.csv"]),
        );
    }

    #[test]
    fn a_file_that_may_not_be_read() {
        let project = project();
        if is_root(&project) {
            return;
        }
        forbid(&project.path(MEETINGS), 0o000);
        check(
            "unreadable",
            project,
            &Fault::found(["error: F02 inputs/lunden/meetings.csv"]),
        );
    }

    #[test]
    fn an_output_folder_that_may_not_be_written() {
        let project = project().write("out/lunden/letter.pdf", "old");
        if is_root(&project) {
            return;
        }
        forbid(&project.path("out/lunden"), 0o555);
        let ran = project.run(["build"]).failed(2);
        assert_eq!(ran.outputs(), ["lunden/letter.pdf"]);
        assert_eq!(ran.project.read("out/lunden/letter.pdf"), "old");
        shown(&tests().join("snapshots"), "fault-out-forbidden", &ran);
        forbid(&ran.project.path("out/lunden"), 0o755);
    }

    #[test]
    fn a_link_out_of_the_output_folder() {
        let project = project().with(|root| {
            fs::create_dir(root.join("elsewhere")).unwrap();
            fs::create_dir(root.join("out")).unwrap();
            symlink("../elsewhere", root.join("out/lunden")).unwrap();
        });
        let ran = project.run(["build"]).failed(2);
        assert_eq!(ran.project.files("elsewhere"), [""; 0]);
        shown(&tests().join("snapshots"), "fault-link-out-of-out", &ran);
    }
}

#[test]
fn an_output_folder_that_is_a_file() {
    let ran = project().write("out", "a file").run(["build"]).failed(2);
    assert_eq!(ran.project.read("out"), "a file");
    shown(&tests().join("snapshots"), "fault-out-is-a-file", &ran);
}

#[test]
fn a_folder_in_place_of_a_pdf() {
    let project = project().write("out/lunden/letter.pdf/note.txt", "kept");
    let ran = project.run(["build"]).failed(2);
    assert_eq!(ran.project.read("out/lunden/letter.pdf/note.txt"), "kept");
    let outputs = ran.outputs();
    let pdfs: Vec<&String> = outputs
        .iter()
        .filter(|file| file.ends_with(".pdf"))
        .collect();
    assert_eq!(pdfs, NOTES);
    shown(&tests().join("snapshots"), "fault-folder-for-pdf", &ran);
}
