//! `tryk watch`: builds, and builds again whenever an input or a template changes.
//!
//! Watching and building have threads of their own and send messages here, so that neither a long build nor a template that never ends
//! keeps the command from ending.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::build::{summary, with_progress, word};
use super::terminal::Terminal;
use super::{Ending, filter, jobs};
use crate::build::{self, Mode, Report, State, listed};
use crate::cli::WatchArgs;
use crate::project::Project;

/// How often it is asked whether Ctrl-C was pressed.
const BEAT: Duration = Duration::from_millis(100);

/// The exit code of a command that a second Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// What has happened.
enum Message {
    /// Something changed, or it begins.
    Changed,
    /// A build is done, and took so long.
    Built(Report, Duration),
    /// Watching has failed.
    Blind(String),
}

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, args: &WatchArgs) -> io::Result<Ending> {
    let stop = match stop() {
        Ok(stop) => stop,
        Err(error) => {
            terminal.failures(&[format!("Ctrl-C cannot be listened to: {error}")])?;
            return Ok(Ending::Failure);
        }
    };
    let (sender, messages) = mpsc::channel();
    watch(project.clone(), sender.clone());
    let mut desk = Desk {
        project,
        terminal,
        args,
        sender,
        building: false,
        changed: false,
        ending: false,
        runs: 0,
    };
    loop {
        let ended = match messages.recv_timeout(BEAT) {
            Ok(message) => desk.take(message)?,
            Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => desk.stop()?,
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Ending::Clean),
        };
        if let Some(ending) = ended {
            return Ok(ending);
        }
    }
}

/// Is set by Ctrl-C; a second Ctrl-C ends the process.
fn stop() -> io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        // In this order: the first signal only sets it.
        flag::register_conditional_shutdown(signal, INTERRUPTED, Arc::clone(&stop))?;
        flag::register(signal, Arc::clone(&stop))?;
    }
    Ok(stop)
}

fn watch(project: Project, sender: Sender<Message>) {
    thread::spawn(move || {
        let watched = build::watch(&project, || sender.send(Message::Changed).is_ok());
        if let Err(error) = watched {
            drop(sender.send(Message::Blind(error)));
        }
    });
}

/// Where the messages come together.
struct Desk<'a> {
    project: &'a Project,
    terminal: &'a Terminal,
    args: &'a WatchArgs,
    sender: Sender<Message>,
    /// A build is going on.
    building: bool,
    /// Something has changed since it began.
    changed: bool,
    /// The command ends when it is done.
    ending: bool,
    /// How many builds are done.
    runs: usize,
}

impl Desk<'_> {
    /// Takes a message; gives how the command ends, when it does.
    fn take(&mut self, message: Message) -> io::Result<Option<Ending>> {
        match message {
            Message::Changed if self.building => self.changed = true,
            Message::Changed => self.build(),
            Message::Built(report, took) => return self.built(&report, took),
            Message::Blind(error) => {
                let message = format!("changes cannot be watched any more: {error}");
                self.terminal.failures(&[message])?;
                return Ok(Some(Ending::Failure));
            }
        }
        Ok(None)
    }

    /// Ends, or waits for the build that is going on.
    fn stop(&mut self) -> io::Result<Option<Ending>> {
        if !self.building {
            return Ok(Some(Ending::Clean));
        }
        if !self.ending {
            self.ending = true;
            self.say(
                "ends when the documents that it is making are done; Ctrl-C again ends it at once",
            )?;
        }
        Ok(None)
    }

    fn build(&mut self) {
        self.building = true;
        self.changed = false;
        let (project, terminal) = (self.project.clone(), self.terminal.clone());
        let (filter, jobs) = (filter(&self.args.selection), jobs(self.args.jobs));
        let sender = self.sender.clone();
        thread::spawn(move || {
            let begun = Instant::now();
            let report = with_progress(&terminal, |progress| {
                build::run(&project, &filter, Mode::Write, jobs, progress)
            });
            drop(sender.send(Message::Built(report, begun.elapsed())));
        });
    }

    fn built(&mut self, report: &Report, took: Duration) -> io::Result<Option<Ending>> {
        self.building = false;
        let is_screen = self.terminal.clear()?;
        self.terminal.findings(&report.findings)?;
        self.terminal.failures(&report.failures)?;
        if !self.terminal.quiet {
            print(report, took, &mut self.terminal.out())?;
        }
        // What cannot even begin is not what was meant to be watched.
        if self.runs == 0 && !report.failures.is_empty() {
            return Ok(Some(Ending::Failure));
        }
        if self.ending {
            return Ok(Some(Ending::Clean));
        }
        if is_screen || self.runs == 0 {
            let (inputs, templates) = (self.project.inputs_shown(), self.project.templates_shown());
            self.say(&format!("watching {inputs} and {templates}; Ctrl-C ends"))?;
        }
        self.runs += 1;
        if self.changed {
            self.build();
        }
        Ok(None)
    }

    fn say(&self, text: &str) -> io::Result<()> {
        match self.terminal.quiet {
            true => Ok(()),
            false => writeln!(self.terminal.out(), "{text}"),
        }
    }
}

/// What was made and why, and how many documents there are.
fn print(report: &Report, took: Duration, out: &mut dyn Write) -> io::Result<()> {
    let at_rest = [State::Fresh, State::Frozen, State::Failed];
    let made = report
        .outcomes
        .iter()
        .filter(|one| !at_rest.contains(&one.state));
    for one in made {
        writeln!(out, "{:<9}  {}", word(one.state), one.output)?;
        if !one.reasons.is_empty() {
            writeln!(out, "{:<9}  └ {}", "", listed(&one.reasons))?;
        }
    }
    if report.findings.has_errors() {
        writeln!(out, "documents with errors keep the PDF that they had")?;
    }
    writeln!(out, "{} in {:.1} s", summary(report), took.as_secs_f64())
}
