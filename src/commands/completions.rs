//! `tryk completions`: a completion script for a shell.

use std::io;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Ending;
use super::terminal::Terminal;
use crate::cli::Cli;

/// Runs the command.
pub fn run(terminal: &Terminal, shell: Shell) -> io::Result<Ending> {
    let mut script = Vec::new();
    generate(shell, &mut Cli::command(), "tryk", &mut script);
    io::Write::write_all(&mut terminal.out(), &script)?;
    Ok(Ending::Clean)
}
