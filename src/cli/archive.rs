//! The arguments of `tryk archive`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::day;

/// What to do with the archive.
#[derive(Clone, Debug, Subcommand)]
pub enum ArchiveCommand {
    /// Put a year's documents into a new bag
    ///
    /// The bag holds the year's issued and signed PDFs with their ledgers, the inputs, texts and templates they were made from, where each comes from (in-toto), and an index to read (index.html, index.pdf). Drafts, findings, missing approvals and missing signatures refuse it, unless an exception is accepted with a reason, which the bag then tells. A bag that is there is never rewritten: when something is new, another bag follows it.
    #[command(after_help = "Examples:
  tryk archive create 2018 -p folehaven
  tryk archive create 2018 -p folehaven --tar --retention-class \"Bevares\"
  tryk archive create 2018 -p folehaven --accept signatures=\"signed on paper, case 2018-0000101\"

Kinds of exception: draft, not-issued, approvals, signatures, reproduction, chain, findings")]
    Create(CreateArgs),
    /// Say whether bags are complete and unchanged
    ///
    /// Looks at every byte: no file missing, changed or too many; the chain to the bag before; every signature; the PDF/A claim of every PDF; every ledger against its pages; the time-stamps. Memory does not grow with the files.
    #[command(after_help = "Examples:
  tryk archive verify out/archive/folehaven/*
  tryk archive verify folehaven-2018 --json")]
    Verify(VerifyBagsArgs),
    /// Make a bag's documents again from the bag alone, and compare them with the archived ones
    ///
    /// Uses the inputs and templates in the bag, not those of the project. With another version of tryk or of Typst than made them, text, figures and their places are compared instead of bytes, and it says so.
    #[command(after_help = "Example:
  tryk archive reproduce out/archive/folehaven/folehaven-2018")]
    Reproduce(ReproduceArgs),
    /// Add a time-stamp (RFC 3161) over a bag and all its evidence so far
    ///
    /// The first proves that the bag was as it is at that time. A new one before the certificate of the last runs out, or its digest grows weak, takes the proof over.
    #[command(after_help = "Examples:
  tryk archive renew folehaven-2018 --tsa http://tsa.example/tsr
  tryk archive renew folehaven-2018 --request stamp.tsq      write a request, to be sent by hand
  tryk archive renew folehaven-2018 --token stamp.tsr        take in the answer")]
    Renew(RenewArgs),
}

/// Arguments of `archive create`.
#[derive(Args, Clone, Debug)]
pub struct CreateArgs {
    /// The year
    pub year: i32,
    /// The partnership (a folder under the inputs)
    #[arg(short, long, value_name = "PARTNERSHIP")]
    pub partnership: String,
    /// Archive all the same, and why; may be repeated
    #[arg(long = "accept", value_name = "KIND=REASON")]
    pub accepted: Vec<String>,
    /// Folder of the archive [default: archive in the output folder]
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
    /// The day of archiving, such as 2022-01-31 [default: today, UTC]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<NaiveDate>,
    /// Certificates (PEM or DER) that are trusted for signatures; kept in the bag; may be repeated
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
    /// Write a tar of the bag beside it
    #[arg(long)]
    pub tar: bool,
    /// The class of your plan of retention
    #[arg(long, value_name = "CLASS")]
    pub retention_class: Option<String>,
    /// The day until which it is kept
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub retain_until: Option<NaiveDate>,
    /// Nothing may be discarded, whatever the day
    #[arg(long)]
    pub legal_hold: bool,
    /// Print what became of it as JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `archive verify`.
#[derive(Args, Clone, Debug)]
pub struct VerifyBagsArgs {
    /// The folders of the bags
    #[arg(required = true, value_name = "BAG")]
    pub bags: Vec<PathBuf>,
    /// Certificates (PEM or DER) that are trusted for signatures and time-stamps; may be repeated
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `archive reproduce`.
#[derive(Args, Clone, Debug)]
pub struct ReproduceArgs {
    /// The folder of the bag
    pub bag: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `archive renew`.
#[derive(Args, Clone, Debug)]
#[group(required = true, multiple = false)]
pub struct RenewHow {
    /// Ask this time-stamping authority
    #[arg(long, value_name = "URL")]
    pub tsa: Option<String>,
    /// Take in an answer or a token from a file
    #[arg(long, value_name = "FILE")]
    pub token: Option<PathBuf>,
    /// Write the request to a file, and change nothing
    #[arg(long, value_name = "FILE")]
    pub request: Option<PathBuf>,
}

/// Arguments of `archive renew`.
#[derive(Args, Clone, Debug)]
pub struct RenewArgs {
    /// The folder of the bag
    pub bag: PathBuf,
    /// Where the time-stamp comes from
    #[command(flatten)]
    pub how: RenewHow,
}
