//! The two streams, and whether they are a person's: results go to standard output, findings and progress to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use anstream::AutoStream;
use clap::ColorChoice;

use super::Ending;
use crate::cli::Common;
use crate::diagnostic::{Findings, Format, print};

/// Where a command writes.
#[derive(Clone, Debug)]
pub struct Terminal {
    color: ColorChoice,
    /// True when only findings are wanted.
    pub quiet: bool,
}

impl Terminal {
    /// The process's streams, as the arguments want them.
    pub fn new(common: &Common) -> Self {
        Self {
            color: common.color,
            quiet: common.quiet,
        }
    }

    /// Standard output.
    pub fn out(&self) -> AutoStream<io::Stdout> {
        AutoStream::new(io::stdout(), choice(self.color))
    }

    /// Standard error.
    fn err(&self) -> AutoStream<io::Stderr> {
        AutoStream::new(io::stderr(), choice(self.color))
    }

    /// True when a progress bar would be seen and is wanted.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Empties the screen, when standard output is one; gives whether it is.
    pub fn clear(&self) -> io::Result<bool> {
        let is_screen = io::stdout().is_terminal();
        if is_screen {
            let mut out = self.out();
            write!(out, "\u{1b}[2J\u{1b}[3J\u{1b}[H")?;
            out.flush()?;
        }
        Ok(is_screen)
    }

    /// Prints findings to standard error, for people.
    pub fn findings(&self, findings: &Findings) -> io::Result<()> {
        if findings.is_empty() {
            Ok(())
        } else {
            print(findings, Format::Human, true, &mut self.err())
        }
    }

    /// Says that another run holds the lock; a reader that went away does not matter.
    pub fn waiting(&self, holder: &str) {
        let holder = if holder.is_empty() { "unknown" } else { holder };
        let _ = writeln!(self.err(), "waiting for another run to finish ({holder})");
    }

    /// Prints why something could not be run or written.
    pub fn failures(&self, failures: &[String]) -> io::Result<()> {
        let mut err = self.err();
        failures
            .iter()
            .try_for_each(|failure| writeln!(err, "error: {failure}"))
    }

    /// A reader that went away (`tryk list | head -1`) is no failure.
    pub fn could_not_print(&self, error: &io::Error) -> Ending {
        if error.kind() == ErrorKind::BrokenPipe {
            return Ending::Clean;
        }
        let said = writeln!(self.err(), "error: could not print: {error}");
        drop(said);
        Ending::Failure
    }
}

fn choice(color: ColorChoice) -> anstream::ColorChoice {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
}
