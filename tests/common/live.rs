//! A command that goes on: what it says line by line, Ctrl-C, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::project::Project;

/// A line that takes longer does not come.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running command; it is killed when the test ends before it does.
pub struct Live {
    child: Child,
    lines: Receiver<String>,
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
        let (sender, lines) = mpsc::channel();
        read(child.stdout.take().unwrap(), sender.clone());
        read(child.stderr.take().unwrap(), sender);
        Self { child, lines }
    }

    /// Waits for a line with these words, and gives it; the lines before it are of no interest.
    pub fn says(&self, words: &str) -> String {
        let (begun, mut heard) = (Instant::now(), Vec::new());
        while let Some(left) = PATIENCE.checked_sub(begun.elapsed()) {
            let Ok(line) = self.lines.recv_timeout(left) else {
                break;
            };
            if line.contains(words) {
                return line;
            }
            heard.push(line);
        }
        panic!("it never said {words:?}, but:\n{}", heard.join("\n"));
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

fn read(stream: impl Read + Send + 'static, sender: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            assert!(!line.contains('\u{1b}'), "no terminal, but {line:?}");
            if sender.send(line).is_err() {
                break;
            }
        }
    });
}
