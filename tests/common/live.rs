//! A command that goes on: what it says line by line, Ctrl-C, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use super::project::Project;

/// A line that takes longer does not come.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running command; it is killed when the test ends before it does.
pub struct Live {
    child: Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

impl Live {
    /// Starts the binary in the project's folder.
    pub fn start(project: &Project, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tryk"))
            .args(args)
            .current_dir(project.root())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, err) = (
            read(child.stdout.take().unwrap()),
            read(child.stderr.take().unwrap()),
        );
        Self { child, out, err }
    }

    /// Waits for a line with these words on standard output, and gives it; the lines before it are of no interest.
    pub fn says(&self, words: &str) -> String {
        heard(&self.out, words)
    }

    /// The same on standard error.
    pub fn complains(&self, words: &str) -> String {
        heard(&self.err, words)
    }

    /// Presses Ctrl-C.
    #[cfg(unix)]
    pub fn interrupt(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Kills it; gives false when it had ended before.
    pub fn kill(mut self) -> bool {
        let ended = self.child.try_wait().unwrap().is_some();
        let _ = self.child.kill();
        self.child.wait().unwrap();
        !ended
    }

    /// True when it has ended.
    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Waits for its end.
    pub fn ended(mut self) -> ExitStatus {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            thread::sleep(Duration::from_millis(2));
        }
        panic!("it never ended");
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn heard(lines: &Receiver<String>, words: &str) -> String {
    let (begun, mut before) = (Instant::now(), Vec::new());
    while let Some(left) = PATIENCE.checked_sub(begun.elapsed()) {
        let Ok(line) = lines.recv_timeout(left) else {
            break;
        };
        if line.contains(words) {
            return line;
        }
        before.push(line);
    }
    panic!("it never said {words:?}, but:\n{}", before.join("\n"));
}

fn read(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            assert!(!line.contains('\u{1b}'), "no terminal, but {line:?}");
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    lines
}
