//! What goes wrong around a run: it is killed, the disk is full, the output folder is none, the inputs change meanwhile.
//! Whatever happens, a document is the old or the new one, and the next run gives what a clean one gives.
//!
//! `TRYK_KILLS=200` kills so many builds instead of a few; `TRYK_SEED` chooses other moments.

#![allow(clippy::unwrap_used, reason = "a test may stop where it fails")]

#[path = "../common/mod.rs"]
mod common;
mod turns;

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use common::{Live, Project, project};

const ACTIVITIES: &str = "inputs/lunden/activities.csv";
const PARTNERSHIP: &str = "inputs/lunden/partnership.json";
const TREND: &str = "templates/note/text/trend.md";
const LETTER: &str = "templates/letter/template.json";
const NOTES: [&str; 2] = ["lunden/2018/note-2018.pdf", "lunden/2019/note-2019.pdf"];

/// Everything below the output folder.
type Files = BTreeMap<String, Vec<u8>>;

fn files(project: &Project) -> Files {
    let files = project.files("out").into_iter();
    files
        .map(|file| {
            let bytes = project.bytes(&format!("out/{file}"));
            (file, bytes)
        })
        .collect()
}

/// What a build of a fresh copy leaves.
fn clean(project: &Project) -> Files {
    let copy = Project::empty().copy(project.root(), "");
    let _ = fs::remove_dir_all(copy.path("out"));
    let _ran = copy.run(["build"]).clean();
    files(&copy)
}

/// Says where two sets of files differ, without their bytes.
fn assert_same(are: &Files, should: &Files, what: &str) {
    assert!(
        are.keys().eq(should.keys()),
        "{what}: {:?} {:?}",
        are.keys(),
        should.keys()
    );
    let other: Vec<&String> = are
        .keys()
        .filter(|file| are[*file] != should[*file])
        .collect();
    assert!(other.is_empty(), "{what}: {other:?}");
}

/// A small generator of numbers that are the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    /// The one of the environment, or the usual one.
    fn seeded() -> Self {
        Self(number("TRYK_SEED").unwrap_or(20_190_128))
    }

    fn below(&mut self, limit: u128) -> u128 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u128::from(z ^ (z >> 31)) % limit
    }

    fn moment(&mut self, within: Duration) -> Duration {
        let nanos = self.below(within.as_nanos().max(1));
        Duration::from_nanos(u64::try_from(nanos).unwrap())
    }
}

fn number(variable: &str) -> Option<u64> {
    env::var(variable).ok()?.parse().ok()
}

/// Two states of the project between which every document changes, and what a clean build of each leaves.
struct States {
    project: Project,
    files: [String; 2],
    clean: [Files; 2],
    /// How long a build takes here.
    takes: Duration,
}

impl States {
    fn new() -> Self {
        let project = project();
        let old = project.read(PARTNERSHIP);
        let new = old.replace("Lunden Tryghedspartnerskab", "Lundens Partnerskab");
        let first = clean(&project);
        let begun = Instant::now();
        let other = Project::empty()
            .copy(project.root(), "")
            .write(PARTNERSHIP, &new);
        let second = clean(&other);
        let takes = begun.elapsed();
        let pdfs = first.keys().filter(|file| file.ends_with(".pdf"));
        assert_eq!(pdfs.filter(|file| first[*file] != second[*file]).count(), 3);
        Self {
            project,
            files: [old, new],
            clean: [first, second],
            takes,
        }
    }

    fn set(&self, state: usize) {
        fs::write(self.project.path(PARTNERSHIP), &self.files[state]).unwrap();
    }

    /// Waits until the build comes to a moment of its own choosing: any; any after it has begun to work; or while it writes.
    fn wait(&self, build: &mut Live, random: &mut Random) {
        let out = self.project.path("out");
        let limit = match random.below(4) {
            0 => self.takes * 5 / 4,
            1 => {
                wait_for(build, || out.join(".lock").exists());
                self.takes
            }
            _ => {
                let writes = random.below(3);
                for _ in 0..=writes {
                    wait_for(build, || has_unfinished(&out));
                }
                Duration::from_micros(1500)
            }
        };
        // No fixed moment is meant: any will do, so the scheduler may add to it.
        thread::sleep(random.moment(limit));
    }

    /// No document is anything but an old or a new one.
    fn assert_whole(&self, old: usize, new: usize) {
        for (file, bytes) in files(&self.project) {
            let name = file.rsplit('/').next().unwrap();
            if name.starts_with(".tryk-") || name == ".lock" {
                continue;
            }
            let whole = [old, new]
                .iter()
                .any(|state| self.clean[*state].get(&file) == Some(&bytes));
            assert!(whole, "{file} is neither the old nor the new one");
        }
    }
}

fn wait_for(build: &mut Live, has_come: impl Fn() -> bool) {
    while !has_come() && !build.is_over() {
        std::hint::spin_loop();
    }
}

fn has_unfinished(folder: &Path) -> bool {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| {
            let name = entry.file_name();
            name.to_string_lossy().starts_with(".tryk-")
                || entry.path().is_dir() && has_unfinished(&entry.path())
        })
}

#[test]
fn a_build_that_is_killed_does_no_harm() {
    let kills = number("TRYK_KILLS").unwrap_or(16);
    let (states, mut random) = (States::new(), Random::seeded());
    let project = &states.project;
    let _ran = project.run(["build"]).clean();
    let (mut hits, mut halves) = (0, 0);
    for kill in 0..kills {
        let new = usize::from(kill % 2 == 0);
        let old = 1 - new;
        if kill % 5 == 4 {
            fs::remove_dir_all(project.path("out")).unwrap();
        }
        states.set(new);
        let mut build = Live::start(project, &["build"]);
        states.wait(&mut build, &mut random);
        hits += u64::from(build.kill());
        halves += u64::from(has_unfinished(&project.path("out")));
        states.assert_whole(old, new);
        let _ran = project.run(["build"]).clean();
        assert_same(
            &files(project),
            &states.clean[new],
            &format!("after kill {kill}"),
        );
    }
    let mut out = std::io::stdout();
    let said = writeln!(
        out,
        "{kills} builds, {hits} killed before their end, {halves} while a file was written"
    );
    said.unwrap();
    // So many moments cannot all come too late.
    assert!(kills < 100 || hits > kills / 2 && halves > 0);
}

#[test]
fn an_issue_that_is_killed_is_done_or_not() {
    let (states, mut random) = (States::new(), Random::seeded());
    let args = ["issue", "lunden/letter/2018", "--date", "2018-06-20"];
    let issued = |project: &Project| {
        let store = project.path("inputs/lunden/issued");
        let kept = fs::read(store.join("letter-2018-r1.pdf")).ok();
        (
            fs::read(project.path("inputs/lunden/issued.json")).ok(),
            kept,
        )
    };
    let whole = {
        let project = Project::empty().copy(states.project.root(), "");
        let _ran = project.run(args).clean();
        issued(&project)
    };
    for _ in 0..6 {
        let project = Project::empty().copy(states.project.root(), "");
        let _ran = project.run(["build"]).clean();
        let issue = Live::start(&project, &args);
        thread::sleep(random.moment(states.takes));
        issue.kill();
        let (entry, kept) = issued(&project);
        assert!(entry.is_none() || (&entry, &kept) == (&whole.0, &whole.1));
        assert!(kept.is_none() || kept == whole.1);
        let _ran = project.run(["build"]).clean();
        let _ran = project.run(args).clean();
        assert_eq!(issued(&project), whole);
        let files = project.files("inputs");
        assert!(!files.iter().any(|file| file.contains("/.")), "{files:?}");
    }
}

/// A file that may not grow is like a disk that is full; `.ci/disks` tries the disk itself.
#[cfg(unix)]
#[test]
fn a_full_disk_is_a_failure_and_the_old_documents_stay() {
    let states = States::new();
    let project = &states.project;
    let _ran = project.run(["build"]).clean();
    states.set(1);
    let full = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 20; exec \"$0\" build",
            env!("CARGO_BIN_EXE_tryk"),
        ])
        .current_dir(project.root())
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8(full.stderr).unwrap();
    assert_eq!(full.status.code(), Some(2), "{said}");
    assert!(
        said.contains("error: out/lunden/letter.pdf could not be written: File too large"),
        "{said}"
    );
    assert_same(&files(project), &states.clean[0], "with a full disk");
    let _ran = project.run(["build"]).clean();
    assert_same(&files(project), &states.clean[1], "with room again");
}

#[test]
fn an_output_folder_that_is_none_is_a_failure() {
    let project = project().write("out", "a file");
    let ran = project.run(["build"]).failed(2);
    assert!(
        ran.stderr.starts_with("error: out cannot be written to: "),
        "{}",
        ran.stderr
    );

    // A folder where a document goes: that one is a failure, the others are made, and the record knows only those.
    let project = project.remove("out").write("out/lunden/letter.pdf/x", "");
    let ran = project.run(["build", "--json"]).failed(2);
    assert!(
        ran.stderr
            .starts_with("error: out/lunden/letter.pdf could not be written: "),
        "{}",
        ran.stderr
    );
    assert!(
        NOTES
            .iter()
            .all(|note| project.path(&format!("out/{note}")).is_file())
    );
    let record = project.read("out/build-record.json");
    assert!(!record.contains("lunden/letter/2018/r1") && record.contains("lunden/note/2019/r1"));
    assert!(
        !project
            .files("out")
            .iter()
            .any(|file| file.contains(".tryk-"))
    );
    let project = project.remove("out/lunden/letter.pdf");
    let _ran = project.run(["build"]).clean();
    assert_same(&files(&project), &clean(&project), "afterwards");
}

/// What was hashed is what was set: whatever moment a file changes at, the next build never takes for fresh what a clean one would make otherwise.
#[test]
fn inputs_that_change_under_a_build_are_never_taken_for_fresh() {
    let (mut random, project) = (Random::seeded(), project());
    let begun = Instant::now();
    let _first = clean(&project);
    let takes = begun.elapsed();
    let edits: [(&str, &str, &str); 4] = [
        (TREND, "Til rådighed", "Vi har"),
        (ACTIVITIES, "75.000", "76.000"),
        (
            PARTNERSHIP,
            "Lunden Tryghedspartnerskab",
            "Lundens Partnerskab",
        ),
        (
            "templates/note/main.typ",
            "#a.content #a.owner.name",
            "#a.owner.name #a.content",
        ),
    ];
    for round in 0..12 {
        let (file, one, other) = edits[round % edits.len()];
        let text = project.read(file);
        let new = if text.contains(one) {
            text.replace(one, other)
        } else {
            text.replace(other, one)
        };
        let _ = fs::remove_dir_all(project.path("out"));
        let build = Live::start(&project, &["build"]);
        thread::sleep(random.moment(if round % 3 == 0 { takes } else { takes / 6 }));
        fs::write(project.path(file), &new).unwrap();
        // Half a file is no table; then there are findings and no document.
        assert!(build.ended().code() <= Some(1));
        if file == TREND && project.path("out/build-record.json").exists() {
            let words = |note: &str| {
                common::Pdf::read(&project.bytes(&format!("out/{note}")))
                    .text()
                    .contains("Vi har")
            };
            assert_eq!(words(NOTES[0]), words(NOTES[1]), "one text in two states");
        }
        let _ran = project.run(["build"]).clean();
        assert_same(
            &files(&project),
            &clean(&project),
            &format!("after round {round} in {file}"),
        );
    }
}
