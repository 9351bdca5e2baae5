//! Faults: a folder with a `fault.txt` that says what is wrong, what must be found, and what to change in the minimal project.
//!
//! ```text
//! One sentence on what is wrong.
//!
//! error: D02 inputs/lunden/indicators.csv:2:28     a finding that must come, with its place; there may be no others
//! writes: lunden/letter.pdf                        an edition that is still made; the others keep the PDF they had
//! delete: inputs/lunden/meetings.csv
//! run: check                                       other arguments than `build`
//! exit: 2                                          another exit code than 1
//!
//! in inputs/lunden/indicators.csv
//! - ;20,5;percent                                  a text that stands there once …
//! + ;1.200;percent                                 … and what replaces it; without a text before it, it is added at the end
//! ```
//!
//! Every other file of the folder is laid over the project; `error.snap` holds what a person is shown.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::common::{Finding, Project, Ran, project, tests};

/// What the PDFs of the last run hold.
const OLD: &str = "the PDF of the last run";

/// The PDFs of the minimal project.
const OUTPUTS: &[&str] = &[
    "lunden/2018/note-2018.pdf",
    "lunden/2019/note-2019.pdf",
    "lunden/letter.pdf",
];

/// The notes among them.
pub const NOTES: &[&str] = &["lunden/2018/note-2018.pdf", "lunden/2019/note-2019.pdf"];

/// A fault in the minimal project, and what must come of it.
#[derive(Default)]
pub struct Fault {
    /// Findings that must come, as `error: D02 file:line:column`.
    pub finds: Vec<String>,
    /// Editions that are still made.
    pub writes: Vec<String>,
    /// Arguments.
    pub run: Vec<String>,
    /// Exit code.
    pub exit: i32,
}

impl Fault {
    /// A fault of inputs: `build` finds it, and makes nothing.
    pub fn found<S: Into<String>>(finds: impl IntoIterator<Item = S>) -> Self {
        Self {
            finds: finds.into_iter().map(Into::into).collect(),
            run: vec!["build".to_owned()],
            exit: 1,
            ..Self::default()
        }
    }

    /// The same, with editions that are still made.
    pub fn writes(mut self, outputs: &[&str]) -> Self {
        self.writes = outputs.iter().map(|&output| output.to_owned()).collect();
        self
    }

    /// The same with another exit code.
    pub fn exit(self, exit: i32) -> Self {
        Self { exit, ..self }
    }

    /// Runs the project and holds the run against what is expected.
    pub fn check(&self, project: Project) -> Ran {
        let project = with_old_pdfs(project);
        let ran = project.run(&self.run);
        assert_eq!(ran.code, self.exit, "{}{}", ran.stdout, ran.stderr);
        let finds: Vec<String> = ran.findings().iter().map(line).collect();
        assert_eq!(finds, self.finds, "{}", ran.stderr);
        self.check_outputs(&ran);
        ran
    }

    /// The editions that are made are new and have their records, all others are as they were, and nothing else lies there.
    fn check_outputs(&self, ran: &Ran) {
        let records = self.writes.iter().flat_map(|output| {
            let stem = output.trim_end_matches(".pdf");
            [format!("{stem}.data.json"), format!("{stem}.ledger.json")]
        });
        let pdfs = OUTPUTS.iter().map(|&output| output.to_owned());
        let expected: BTreeSet<String> = pdfs.chain(records).collect();
        assert!(ran.outputs().iter().eq(&expected), "{:?}", ran.outputs());
        for output in OUTPUTS {
            let path = format!("out/{output}");
            let is_old = ran.project.bytes(&path) == OLD.as_bytes();
            let is_expected = self.writes.iter().any(|one| one == output);
            assert_ne!(is_old, is_expected, "{output}\n{}", ran.stdout);
            let modified = fs::metadata(ran.project.path(&path)).unwrap().modified();
            assert_eq!(modified.unwrap() == long_ago(), is_old, "{output}");
        }
    }
}

/// The project of a fixture folder, and what must come of it.
pub fn read(name: &str) -> (Project, Fault) {
    let folder = folder(name);
    let script = fs::read_to_string(folder.join("fault.txt")).unwrap();
    let project = project().copy(&folder, "").remove("fault.txt");
    let project = match project.path("error.snap").exists() {
        true => project.remove("error.snap"),
        false => project,
    };
    parse(&script, project)
}

/// Keeps what a person is shown as a snapshot.
pub fn shown(folder: &Path, name: &str, ran: &Ran) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, ran.stderr));
}

/// The folder of a fixture.
pub fn folder(name: &str) -> PathBuf {
    tests().join("faults").join(name)
}

fn parse(script: &str, mut project: Project) -> (Project, Fault) {
    let mut fault = Fault::found([""; 0]);
    let mut file = String::new();
    let (_, body) = script.split_once("\n\n").unwrap();
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        match line.split_once(' ') {
            Some(("error:" | "warning:", _)) => fault.finds.push(line.to_owned()),
            Some(("writes:", output)) => fault.writes.push(output.to_owned()),
            Some(("run:", args)) => fault.run = args.split(' ').map(str::to_owned).collect(),
            Some(("exit:", code)) => fault.exit = code.parse().unwrap(),
            Some(("delete:", path)) => project = project.remove(path),
            Some(("in", path)) => path.clone_into(&mut file),
            Some(("-" | "+", _)) => {
                let (mut old, mut new) = (Vec::new(), Vec::new());
                let mut next = Some(line);
                while let Some(line) = next {
                    let side = if line.starts_with('-') {
                        &mut old
                    } else {
                        &mut new
                    };
                    side.push(&line[2..]);
                    let goes_on = |line: &&str| {
                        line.starts_with("+ ") || line.starts_with("- ") && new.is_empty()
                    };
                    next = lines.next_if(goes_on);
                }
                project = edit(project, &file, &old.join("\n"), &new.join("\n"));
            }
            _ => assert!(line.is_empty(), "{line:?} is not an instruction"),
        }
    }
    (project, fault)
}

fn edit(project: Project, file: &str, old: &str, new: &str) -> Project {
    if old.is_empty() {
        project.append(file, &format!("{new}\n"))
    } else {
        project.replace(file, old, new)
    }
}

pub fn line(finding: &Finding) -> String {
    let line = format!("{}: {} {}", finding.severity, finding.code, finding.place);
    line.trim_end().to_owned()
}

/// The output folder as a run long ago left it.
pub fn with_old_pdfs(project: Project) -> Project {
    if project.path("out").exists() {
        return project;
    }
    OUTPUTS.iter().fold(project, |project, output| {
        let project = project.write(&format!("out/{output}"), OLD);
        let file = fs::File::open(project.path(&format!("out/{output}"))).unwrap();
        file.set_modified(long_ago()).unwrap();
        project
    })
}

fn long_ago() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}
