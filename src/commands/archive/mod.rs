//! `tryk archive`: puts years away, and looks at what was put away.

mod create;
mod renew;
mod reproduce;
mod verify;

use std::io;
use std::path::PathBuf;

use super::Ending;
use super::terminal::Terminal;
use crate::cli::ArchiveCommand;
use crate::project::Project;
use crate::read::{LARGEST_PDF, regular};

/// Runs the command.
pub fn run(project: &Project, terminal: &Terminal, command: &ArchiveCommand) -> io::Result<Ending> {
    match command {
        ArchiveCommand::Create(args) => create::run(project, terminal, args),
        ArchiveCommand::Verify(args) => verify::run(terminal, args),
        ArchiveCommand::Reproduce(args) => reproduce::run(terminal, args),
        ArchiveCommand::Renew(args) => renew::run(terminal, args),
    }
}

/// The bytes of files that were named.
fn files(paths: &[PathBuf]) -> Result<Vec<Vec<u8>>, String> {
    let bytes = |path: &PathBuf| {
        regular(path, LARGEST_PDF)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))
    };
    paths.iter().map(bytes).collect()
}
