//! `tryk archive verify`: a verdict per bag.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::Ending;
use super::files;
use crate::build::archive::{BagReport, Verdict, verify};
use crate::cli::VerifyBagsArgs;
use crate::commands::terminal::Terminal;
use crate::diagnostic::{Format, print};
use crate::sign::verify::Trust;

/// Runs the command.
pub fn run(terminal: &Terminal, args: &VerifyBagsArgs) -> io::Result<Ending> {
    let mut trust = Trust::none();
    let added = files(&args.trust).and_then(|all| all.iter().try_for_each(|one| trust.add(one)));
    if let Err(fault) = added {
        terminal.failures(&[format!("the trusted certificates cannot be used: {fault}")])?;
        return Ok(Ending::Failure);
    }
    let reports = verify(&args.bags, &trust);
    if args.json {
        let all: io::Result<Vec<Value>> = reports.iter().map(as_json).collect();
        writeln!(terminal.out(), "{:#}", Value::from(all?))?;
    } else {
        for report in &reports {
            terminal.findings(&report.findings)?;
            if !terminal.quiet {
                told(report, &mut terminal.out())?;
            }
        }
    }
    let failed = reports.iter().any(|one| one.verdict == Verdict::Failed);
    Ok(if failed {
        Ending::Findings
    } else {
        Ending::Clean
    })
}

fn told(report: &BagReport, out: &mut dyn Write) -> io::Result<()> {
    let word = match report.verdict {
        Verdict::Passed => "passed",
        Verdict::Failed => "FAILED",
    };
    let (files, bytes) = report.read;
    writeln!(
        out,
        "{word}  {}: {files} files, {bytes} bytes",
        report.shown
    )?;
    if let Some(set) = &report.set {
        let signed = set
            .editions
            .iter()
            .filter(|one| one.signed.is_some() || one.counterparts.is_some())
            .count();
        let count = set.editions.len();
        let noun = if count == 1 { "document" } else { "documents" };
        writeln!(
            out,
            "        {} {}: {count} {noun}, {signed} signed",
            set.name, set.year
        )?;
        for one in &set.exceptions {
            writeln!(
                out,
                "        accepted when it was archived: {} ({})",
                one.kind, one.reason
            )?;
        }
    }
    if let Some(previous) = &report.previous {
        writeln!(out, "        follows {previous}")?;
    }
    for time in &report.evidence {
        writeln!(out, "        time-stamped {time}")?;
    }
    match report.seal.is_empty() {
        true => Ok(()),
        false => writeln!(out, "        sha512 {}", report.seal),
    }
}

fn as_json(report: &BagReport) -> io::Result<Value> {
    let mut findings = Vec::new();
    print(&report.findings, Format::Json, false, &mut findings)?;
    let findings: Value = serde_json::from_slice(&findings)?;
    Ok(json!({
        "bag": report.shown,
        "verdict": report.verdict,
        "reasons": findings,
        "set": report.set,
        "sha512": report.seal,
        "files": report.read.0,
        "bytes": report.read.1,
        "previous": report.previous,
        "evidence": report.evidence,
    }))
}
