//! The command line: arguments and their help. Must not decide anything.

mod sign;
mod verify;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub use sign::{
    AttachArgs, ImportArgs, KeyArgs, LocalArgs, PrepareArgs, SignCommand, StampUrl, WhatArgs,
};
pub use verify::{PreflightArgs, PreflightProfile, VerifyArgs};

/// Turns a safety partnership's data and templates into its official Danish PDFs.
///
/// Without a command, tryk builds: it reads every partnership under inputs/, checks that the data agree with themselves, and writes a PDF under out/ for every edition in the registers (documents.csv).
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 clean, 1 findings, 2 could not run.",
    after_long_help = "Examples:
  tryk                                  build everything into out/
  tryk check                            say everything that is wrong, write nothing
  tryk build -p folehaven -y 2019       one partnership, one year
  tryk build -d plan                    every plan
  tryk list --json                      the register, for another program
  tryk explain out/….pdf \"20 %\"         where a figure comes from

Exit codes: 0 clean, 1 findings, 2 could not run."
)]
pub struct Cli {
    /// What to do; builds when left out
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Which editions, and how
    #[command(flatten)]
    pub build: BuildArgs,

    /// Where things are
    #[command(flatten)]
    pub common: Common,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the PDF of every edition
    ///
    /// A PDF is written only when its bytes changed, and a document that would be wrong is not written.
    #[command(after_help = "Examples:
  tryk build
  tryk build -p folehaven -d plan -y 2019 -y 2020
  tryk build --jobs 1 --out /srv/tryghed/out")]
    Build(BuildArgs),
    /// Say everything that is wrong, and write nothing
    ///
    /// Reads the data, asks every rule, fills in the texts and lays out every edition, in one run.
    #[command(after_help = "Examples:
  tryk check
  tryk check --format short
  tryk check -d plan --format json
  tryk check --format sarif > tryk.sarif")]
    Check(CheckArgs),
    /// Show the editions of the registers
    #[command(after_help = "Examples:
  tryk list
  tryk list -y 2020 --json")]
    List(ListArgs),
    /// Issue a final edition: keep its PDF for ever, and refuse to let it change
    ///
    /// The edition must be final and without findings. Its PDF is kept with the inputs (issued/), and issued.json says what it is and which figures it prints. From then on `tryk build` keeps these bytes, and says so when today's data would give others.
    #[command(after_help = "Examples:
  tryk issue folehaven/agreement/2018
  tryk issue folehaven/plan/2019/r2 --date 2019-02-04")]
    Issue(IssueArgs),
    /// Sign an issued edition, or any PDF with signature fields
    ///
    /// What was signed is kept with the inputs (signed/) and never overwritten; `tryk build` puts the newest state into the output folder. docs/signing.md tells which way to choose.
    #[command(subcommand)]
    Sign(Box<SignCommand>),
    /// Say what is proven about signed PDFs: who signed, when, and that nothing else changed
    ///
    /// The document's own bytes are known, so everything after them has to be on a short list of changes; all else is called changed. Exit 0 only when every file is complete. docs/verification.md tells what is proven and what is not.
    #[command(after_help = "Examples:
  tryk verify out/folehaven/agreement/partnerskabsaftale-2018-2021.pdf --trust root.pem
  tryk verify copies/*.pdf --counterparts --edition folehaven/agreement/2018 --trust root.pem
  tryk verify foreign.pdf --trust root.pem --json")]
    Verify(VerifyArgs),
    /// Say what a signing service or an archive would refuse in a PDF
    #[command(after_help = "Examples:
  tryk preflight out/folehaven/agreement/partnerskabsaftale-2018-2021.pdf --profile nemlogin
  tryk preflight letter.pdf --profile archive --json")]
    Preflight(PreflightArgs),
    /// Say where a figure comes from and where else it stands, or what a code means
    ///
    /// A PDF knows its own figures, so this works from the PDF alone; the data's files are shown when they are there.
    #[command(after_help = "Examples:
  tryk explain out/folehaven/2018/tryghedsplan-2018.pdf \"870.000 kr.\"
  tryk explain economy/activity_funds/year
  tryk explain R02")]
    Explain(ExplainArgs),
    /// Print a completion script for a shell
    #[command(after_help = "Example:
  tryk completions bash > /etc/bash_completion.d/tryk")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Which editions; all when nothing is given.
#[derive(Args, Clone, Debug, Default)]
pub struct Selection {
    /// Only this partnership (a folder under the inputs); may be repeated
    #[arg(short, long = "partnership", value_name = "PARTNERSHIP")]
    pub partnerships: Vec<String>,
    /// Only this kind of document (a folder under the templates); may be repeated
    #[arg(short, long = "document", value_name = "DOCUMENT")]
    pub documents: Vec<String>,
    /// Only this year; may be repeated
    #[arg(short, long = "year", value_name = "YEAR")]
    pub years: Vec<i32>,
}

/// Arguments of `build`.
#[derive(Args, Clone, Debug, Default)]
pub struct BuildArgs {
    /// Which editions
    #[command(flatten)]
    pub selection: Selection,
    /// How many editions to make at a time [default: the number of cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
    /// Make every PDF again, fresh or not; issued ones stay as they are
    #[arg(short, long)]
    pub force: bool,
    /// Print what became of every edition as JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// Which editions
    #[command(flatten)]
    pub selection: Selection,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = FindingFormat::Human, value_name = "FORMAT")]
    pub format: FindingFormat,
    /// How many editions to make at a time [default: the number of cores]
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<NonZeroUsize>,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// Several lines each, with the source line underlined
    Human,
    /// One line each: file:line:column, severity, code, message
    Short,
    /// A JSON array
    Json,
    /// SARIF 2.1.0, for code review and editors
    Sarif,
}

/// Arguments of `list`.
#[derive(Args, Clone, Debug)]
pub struct ListArgs {
    /// Which editions
    #[command(flatten)]
    pub selection: Selection,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `issue`.
#[derive(Args, Clone, Debug)]
pub struct IssueArgs {
    /// The edition: PARTNERSHIP/DOCUMENT/YEAR, or PARTNERSHIP/DOCUMENT/YEAR/rREVISION
    pub edition: String,
    /// The day it is issued, such as 2019-02-04 [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<NaiveDate>,
}

/// Arguments of `explain`.
#[derive(Args, Clone, Debug)]
pub struct ExplainArgs {
    /// A PDF, a fact's id, or a code
    pub what: String,
    /// The figure, as it is printed in the PDF
    pub text: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Where things are, and how much is said.
#[derive(Args, Clone, Debug)]
pub struct Common {
    /// Folder with one folder per partnership
    #[arg(long, value_name = "DIR", default_value = "inputs", global = true)]
    pub inputs: PathBuf,
    /// Folder with one folder per kind of document
    #[arg(long, value_name = "DIR", default_value = "templates", global = true)]
    pub templates: PathBuf,
    /// Folder the PDFs are written to
    #[arg(long, value_name = "DIR", default_value = "out", global = true)]
    pub out: PathBuf,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: ColorChoice,
    /// Say nothing but findings
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "a date is written like 2019-02-04".to_owned())
}
