//! The arguments of `tryk sign`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

/// The ways to sign.
#[derive(Clone, Debug, Subcommand)]
pub enum SignCommand {
    /// Sign with a key of one's own: a file, or a token
    ///
    /// The signature is PAdES baseline (B-B, with a time stamp B-T), and every earlier byte stays as it is.
    #[command(after_help = "Examples:
  tryk sign local folehaven/agreement/2018 --field sign_kk --p12 seal.p12
  tryk sign local folehaven/agreement/2018 --field sign_kk --pem key.pem --cert chain.pem --tsa http://tsa.example/tsr
  tryk sign local letter.pdf --field chair --pem key.pem --cert cert.pem --output letter-signed.pdf")]
    Local(LocalArgs),
    /// Prepare a signature that is made elsewhere
    ///
    /// Writes a folder: prepared.pdf; signed-bytes.bin, which a whole CMS message must sign; with --cert also attrs.der and its digest attrs.sha256, which a bare signature must sign; and job.json, which `tryk sign attach` takes up, also weeks later.
    #[command(after_help = "Examples:
  tryk sign prepare folehaven/agreement/2018 --field sign_ssp --cert ssp.pem --job job
  pkcs11-tool --sign --mechanism ECDSA --input-file job/attrs.sha256 --output-file sig.bin …
  tryk sign attach job --signature sig.bin")]
    Prepare(PrepareArgs),
    /// Put a signature that was made elsewhere into the prepared document
    ///
    /// It is taken only if it signs exactly the prepared bytes, with the certificate that the document was prepared for.
    #[command(after_help = "Examples:
  tryk sign attach job --signature sig.bin
  tryk sign attach job --cms signature.p7s --tsr token.tsr")]
    Attach(AttachArgs),
    /// Make a plain copy for signing services that take no forms, attachments or links
    ///
    /// The same pages as PDF/A-2a and PDF/UA-1. Each party signs a copy of its own; the copies begin with the same bytes.
    #[command(after_help = "Example:
  tryk sign copy folehaven/agreement/2018")]
    Copy {
        /// The issued edition, PARTNERSHIP/DOCUMENT/YEAR
        edition: String,
    },
    /// Take a whole PDF that a signing service gave back
    ///
    /// It is taken only if it begins with the bytes of the document as it stands, and holds exactly one signature more, in one of its fields.
    #[command(after_help = "Example:
  tryk sign import returned.pdf --edition folehaven/agreement/2018 --field sign_b3b")]
    Import(ImportArgs),
}

/// What is signed, and what the signature says of itself.
#[derive(Args, Clone, Debug)]
pub struct WhatArgs {
    /// The issued edition, PARTNERSHIP/DOCUMENT/YEAR, or the path of a PDF
    #[arg(value_name = "EDITION|PDF")]
    pub target: String,
    /// The signature field; `field` in signatories.csv
    #[arg(long, value_name = "FIELD")]
    pub field: String,
    /// Who signs, as it is shown [default: the name in signatories.csv, or the certificate's]
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The day that the signature claims [default: now]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub date: Option<NaiveDate>,
}

/// Arguments of `sign local`.
#[derive(Args, Clone, Debug)]
pub struct LocalArgs {
    /// What is signed
    #[command(flatten)]
    pub what: WhatArgs,
    /// The key
    #[command(flatten)]
    pub key: KeyArgs,
    /// The certificate, in PEM or DER, and those above it; may be repeated
    #[arg(long = "cert", value_name = "FILE")]
    pub certificates: Vec<PathBuf>,
    /// Time stamp
    #[command(flatten)]
    pub stamp: StampUrl,
    /// Where a PDF outside the register goes; must not be there yet
    #[arg(long, value_name = "PDF")]
    pub output: Option<PathBuf>,
}

/// Where the key is.
#[derive(Args, Clone, Debug)]
pub struct KeyArgs {
    /// A key in PEM (PKCS #8, PKCS #1 or SEC 1); needs --cert, unless the file holds the certificate too
    #[arg(long, value_name = "FILE", required_unless_present_any = ["p12", "pkcs11"], conflicts_with_all = ["p12", "pkcs11"])]
    pub pem: Option<PathBuf>,
    /// A key with its certificates in PKCS #12 (.p12, .pfx)
    #[arg(long, value_name = "FILE", conflicts_with = "pkcs11")]
    pub p12: Option<PathBuf>,
    /// The PKCS #11 driver of a token; needs --token, --key and --cert
    #[arg(long, value_name = "LIBRARY", requires_all = ["token", "key", "certificates"])]
    pub pkcs11: Option<PathBuf>,
    /// The token's label
    #[arg(long, value_name = "LABEL", requires = "pkcs11")]
    pub token: Option<String>,
    /// The key's label on the token
    #[arg(long, value_name = "LABEL", requires = "pkcs11")]
    pub key: Option<String>,
    /// The environment variable that holds the pass phrase or PIN [default: it is asked for]
    #[arg(long, value_name = "NAME", conflicts_with = "passphrase_fd")]
    pub passphrase_env: Option<String>,
    /// The file descriptor that the pass phrase or PIN is read from, one line
    #[arg(long, value_name = "NUMBER")]
    pub passphrase_fd: Option<u32>,
}

/// Who stamps the time.
#[derive(Args, Clone, Debug)]
pub struct StampUrl {
    /// A time-stamping authority (RFC 3161), http:// only
    #[arg(long, value_name = "ADDRESS")]
    pub tsa: Option<String>,
}

/// Arguments of `sign prepare`.
#[derive(Args, Clone, Debug)]
pub struct PrepareArgs {
    /// What is signed
    #[command(flatten)]
    pub what: WhatArgs,
    /// The signer's certificate, in PEM or DER, and those above it; may be repeated
    #[arg(long = "cert", value_name = "FILE")]
    pub certificates: Vec<PathBuf>,
    /// The folder to write; must not be there yet
    #[arg(long, value_name = "DIR")]
    pub job: PathBuf,
}

/// Arguments of `sign attach`.
#[derive(Args, Clone, Debug)]
pub struct AttachArgs {
    /// The folder that `tryk sign prepare` wrote
    pub job: PathBuf,
    /// The signature value over attrs.der: RSA, or ECDSA in DER or as bare numbers
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "cms",
        conflicts_with = "cms"
    )]
    pub signature: Option<PathBuf>,
    /// A whole detached CMS message over signed-bytes.bin, in DER
    #[arg(long, value_name = "FILE")]
    pub cms: Option<PathBuf>,
    /// A time stamp over the signature value: an answer of an authority, or a bare token
    #[arg(long, value_name = "FILE", conflicts_with = "tsa")]
    pub tsr: Option<PathBuf>,
    /// Time stamp
    #[command(flatten)]
    pub stamp: StampUrl,
    /// Where a PDF outside the register goes; must not be there yet
    #[arg(long, value_name = "PDF")]
    pub output: Option<PathBuf>,
}

/// Arguments of `sign import`.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// The PDF that came back
    #[arg(value_name = "PDF")]
    pub returned: PathBuf,
    /// The issued edition that was sent, or the path of the PDF that was
    #[arg(long, value_name = "EDITION|PDF")]
    pub edition: String,
    /// The field that must be signed [default: any that is empty]
    #[arg(long, value_name = "FIELD")]
    pub field: Option<String>,
    /// Where a PDF outside the register goes; must not be there yet
    #[arg(long, value_name = "PDF")]
    pub output: Option<PathBuf>,
}
