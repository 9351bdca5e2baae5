//! The binary: parses, runs, exits.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = tryk::cli::Cli::parse();
    ExitCode::from(tryk::commands::run(cli).code())
}
