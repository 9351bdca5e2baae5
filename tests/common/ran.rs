//! One run of the binary: what it said, how it ended, and what it left behind.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::io::Seek;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::finding::{Finding, findings};
use super::pdf::Pdf;
use super::project::Project;

/// A run that takes longer hangs. Busy machines and debug builds are slow, and some projects large.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// What a run said and did. Paths and times in its output are replaced by tokens.
#[must_use = "look at how the run ended"]
pub struct Ran {
    /// The folder it ran in.
    pub project: Project,
    /// Its exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Ran {
    /// Runs the binary; what does not end in time is stopped, and fails the test.
    pub(super) fn start<S: AsRef<OsStr>>(
        project: &Project,
        args: impl IntoIterator<Item = S>,
        env: &[(&str, &str)],
    ) -> Self {
        let (mut out, mut err) = (tempfile::tempfile().unwrap(), tempfile::tempfile().unwrap());
        let mut child = Command::new(env!("CARGO_BIN_EXE_tryk"))
            .args(args)
            .current_dir(project.root())
            .env_clear()
            .env("COLUMNS", "100")
            .envs(env.iter().copied())
            .stdin(Stdio::null())
            .stdout(out.try_clone().unwrap())
            .stderr(err.try_clone().unwrap())
            .spawn()
            .unwrap();
        let status = wait(&mut child);
        let (stdout, stderr) = (written(&mut out, project), written(&mut err, project));
        assert!(!stderr.contains("panicked at"), "a panic:\n{stderr}");
        let code = status.code();
        Self {
            project: project.clone(),
            code: code.unwrap_or_else(|| panic!("ended by a signal: {status}\n{stderr}")),
            stdout,
            stderr,
        }
    }

    /// Asserts that nothing is wrong.
    pub fn clean(self) -> Self {
        assert_eq!(self.code, 0, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that there are findings, or that it could not run.
    pub fn failed(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        self
    }

    /// The findings on standard error.
    pub fn findings(&self) -> Vec<Finding> {
        findings(&self.stderr)
    }

    /// The files below `out/`, without the build record.
    pub fn outputs(&self) -> Vec<String> {
        self.project.outputs()
    }

    /// A PDF below `out/`.
    pub fn pdf(&self, output: &str) -> Pdf {
        Pdf::read(&self.project.bytes(&format!("out/{output}")))
    }
}

fn wait(child: &mut Child) -> ExitStatus {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("it did not end within {PATIENCE:?}");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn written(file: &mut File, project: &Project) -> String {
    let mut text = String::new();
    file.rewind().unwrap();
    file.read_to_string(&mut text).unwrap();
    let text = text
        .replace(&project.root().display().to_string(), "[PROJECT]")
        .replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
    text.split_inclusive('\n').map(without_time).collect()
}

/// `11 documents: 11 written in 2.1 s` without the figure.
fn without_time(line: &str) -> String {
    let timed = line
        .strip_suffix(" s\n")
        .and_then(|line| line.rsplit_once(" in "));
    match timed {
        Some((before, seconds)) if seconds.parse::<f64>().is_ok() => {
            format!("{before} in [TIME]\n")
        }
        _ => line.to_owned(),
    }
}
