//! The report for people: the word, what speaks against the file, and then everything that was found.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::{FileReport, Report};
use crate::build::Origin;
use crate::sign::verify::{
    BaseVerdict, Level, Proof, Reason, RevisionKind, SignatureVerdict, Verdict, Word,
};

impl Report {
    pub(super) fn print(&self, out: &mut impl Write) -> io::Result<()> {
        if let Some(all) = &self.counterparts {
            writeln!(out, "counterparts: {}", all.word.as_str())?;
            against(all.reasons.iter().map(|one| (None, one)), out)?;
            for (file, copy) in self.files.iter().zip(&all.copies) {
                let party = copy.party.as_deref().unwrap_or("nobody in the register");
                file.print(&copy.verdict, &format!(" (signed for {party})"), out)?;
            }
            return notes(&all.reasons, "  ", out);
        }
        for file in &self.files {
            if let Some(verdict) = &file.verdict {
                file.print(verdict, "", out)?;
            }
        }
        Ok(())
    }
}

impl FileReport {
    fn print(&self, verdict: &Verdict, note: &str, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}: {}{note}", self.file, verdict.word.as_str())?;
        let whole = verdict.reasons.iter().map(|one| (None, one));
        let signatures = verdict.signatures.iter();
        let single = signatures.flat_map(|one| {
            one.reasons
                .iter()
                .map(|reason| (Some(one.field.as_str()), reason))
        });
        against(whole.chain(single), out)?;
        writeln!(out, "  document  {}", self.document(verdict))?;
        for revision in &verdict.revisions {
            let field = revision.field.as_deref().unwrap_or_default();
            let kind = match revision.kind {
                RevisionKind::Base => "the document",
                RevisionKind::Signature => "signs",
                RevisionKind::AddedSignature => "adds an invisible field and signs",
                RevisionKind::DocumentTimestamp => "stamps the time of the whole document",
                RevisionKind::ValidationData => "adds data for later validation",
                RevisionKind::Other => "changes something else",
            };
            let line = format!("  revision {} {kind} {field}", revision.number);
            writeln!(out, "{}", line.trim_end())?;
        }
        for one in &verdict.signatures {
            signature(one, out)?;
        }
        notes(&verdict.reasons, "  ", out)
    }

    fn document(&self, verdict: &Verdict) -> String {
        let edition = self.edition.as_deref().unwrap_or("not in the register");
        let bytes = match (verdict.base, self.origin) {
            (BaseVerdict::Same, Some(Origin::Issued)) => "its bytes are those that were issued",
            (BaseVerdict::Same, Some(Origin::Copy)) => "its bytes are those of the plain copy",
            (BaseVerdict::Same, Some(Origin::Rebuilt)) => {
                "its bytes are those that today's data give"
            }
            (BaseVerdict::Same, None) => "its bytes are those that were given",
            (BaseVerdict::Differs, _) => "its bytes are others",
            (BaseVerdict::Unknown, _) => "its bytes were compared with nothing",
        };
        format!("{edition}; {bytes}")
    }
}

fn signature(one: &SignatureVerdict, out: &mut impl Write) -> io::Result<()> {
    let level = match one.level {
        Level::Passed => "PASSED",
        Level::Indeterminate => "INDETERMINATE",
        Level::Failed => "FAILED",
    };
    writeln!(out, "  {}: {level}", one.field)?;
    if let Some(signer) = &one.signer {
        let organisation = signer.organisation.as_ref();
        let organisation = organisation.map_or(String::new(), |name| format!(", {name}"));
        writeln!(
            out,
            "    by {}{organisation} (certificate by {})",
            signer.name, signer.issuer
        )?;
    }
    if let Some(time) = &one.time {
        let proof = match time.proof {
            Proof::Timestamp => "proven by a time stamp",
            Proof::Claimed => "as the signer says",
        };
        writeln!(out, "    at {}, {proof}", time.at)?;
    }
    if let Some(algorithm) = &one.algorithm {
        writeln!(out, "    with {algorithm}")?;
    }
    notes(&one.reasons, "    ", out)
}

/// What speaks against a file, the worst first; with the field of the signature that it is about.
fn against<'a>(
    all: impl Iterator<Item = (Option<&'a str>, &'a Reason)>,
    out: &mut impl Write,
) -> io::Result<()> {
    let mut all: Vec<_> = all
        .filter(|(_, one)| one.kind.level != Level::Passed)
        .collect();
    all.sort_by_key(|(_, one)| Reverse(one.kind.level));
    for (field, one) in all {
        let level = match (one.kind.level, one.kind.word) {
            (Level::Failed, _) => "failed",
            (_, Word::Incomplete) => "missing",
            _ => "not proven",
        };
        let field = field.map_or(String::new(), |field| format!("{field}: "));
        writeln!(out, "  {level}[{}]: {field}{one}", one.kind.code)?;
    }
    Ok(())
}

/// What there is to know besides.
fn notes(all: &[Reason], indent: &str, out: &mut impl Write) -> io::Result<()> {
    let passed = |one: &&Reason| one.kind.level == Level::Passed;
    for one in all.iter().filter(passed) {
        writeln!(out, "{indent}note[{}]: {one}", one.kind.code)?;
    }
    Ok(())
}
