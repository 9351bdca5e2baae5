//! The arguments of `tryk verify` and `tryk preflight`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Arguments of `verify`.
#[derive(Args, Clone, Debug)]
pub struct VerifyArgs {
    /// The signed PDFs
    #[arg(required = true, value_name = "PDF")]
    pub files: Vec<PathBuf>,
    /// Certificates to trust, PEM or DER; may be repeated. Without any, no signature is proven
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
    /// The edition they are to be, PARTNERSHIP/DOCUMENT/YEAR [default: what each PDF says it is]
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
    /// The document that was issued, when it is not in the register
    #[arg(long, value_name = "PDF", conflicts_with = "edition")]
    pub base: Option<PathBuf>,
    /// The files are counterparts: the same document, each signed by one party
    #[arg(long)]
    pub counterparts: bool,
    /// Print JSON (docs/verification.md explains its shape)
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `preflight`.
#[derive(Args, Clone, Debug)]
pub struct PreflightArgs {
    /// The PDFs
    #[arg(required = true, value_name = "PDF")]
    pub files: Vec<PathBuf>,
    /// Whose rules
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub profile: PreflightProfile,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Whose rules a PDF is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PreflightProfile {
    /// The state's signing service: a white list of PDF names, and no signature yet
    Nemlogin,
    /// An archive: nothing that acts, hides, leads out or is encrypted
    Archive,
}
