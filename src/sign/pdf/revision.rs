//! The revisions of a file, found from its end by `startxref` and `Prev`, and refused when two readers could find different ones.
//!
//! Comes in: the bytes of a file. Goes out: its revisions, oldest first, each with its own bytes. Must not look into objects.

use std::ops::Range;

use super::fault::{Fault, Kind};
use super::scan::{Scanner, is_space};
use super::section::{Entry, Section};

/// The most revisions a file may have.
const REVISIONS: usize = 200;
/// The most entries that all their cross-references may have together.
const ENTRIES: usize = 1_000_000;

/// A revision: what was written at one time.
#[derive(Debug)]
pub struct Revision {
    /// Its bytes; the first begins at 0, and each begins where the one before ends.
    pub bytes: Range<usize>,
    /// The byte after its `%%EOF`, before the end of line.
    pub eof: usize,
    /// Its cross-reference.
    pub section: Section,
}

/// The revisions of a file, and what follows them.
#[derive(Debug)]
pub struct Chain {
    /// Oldest first; at least one.
    pub revisions: Vec<Revision>,
    /// The byte after the last revision; what follows belongs to none.
    pub end: usize,
}

/// Reads the chain.
///
/// # Errors
/// When there is none that can be read in one way only.
pub fn chain(bytes: &[u8]) -> Result<Chain, Fault> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(Fault::damaged("the file does not begin like a PDF", 0));
    }
    let eof = last_eof(bytes)?;
    let mut at = start_xref(bytes, eof)?;
    let mut upper = eof;
    let (mut revisions, mut entries) = (Vec::new(), 0);
    loop {
        if revisions.len() == REVISIONS || entries > ENTRIES {
            return Err(Fault::of(
                Kind::Limit,
                "the file has too many revisions",
                at,
            ));
        }
        let (revision, previous) = read(bytes, at, upper)?;
        entries += revision.section.entries.len();
        let first = revision.section.at;
        revisions.push(revision);
        let Some(previous) = previous else { break };
        if previous >= first {
            return Err(Fault::of(Kind::Chain, "Prev leads forward", first));
        }
        (at, upper) = (previous, first);
    }
    revisions.reverse();
    bound(&mut revisions)?;
    let end = revisions.last().map_or(0, |last| last.bytes.end);
    Ok(Chain { revisions, end })
}

/// The byte after the last `%%EOF`.
fn last_eof(bytes: &[u8]) -> Result<usize, Fault> {
    let mark = b"%%EOF";
    let found = bytes.windows(mark.len()).rposition(|window| window == mark);
    let at = found.ok_or(Fault::damaged("the file has no end mark", bytes.len()))?;
    Ok(at + mark.len())
}

/// The offset that stands before an end mark.
fn start_xref(bytes: &[u8], eof: usize) -> Result<usize, Fault> {
    let wrong = Fault::damaged("no startxref stands before the end mark", eof);
    let before = &bytes[..eof - b"%%EOF".len()];
    let word = b"startxref";
    let tail = before.len().saturating_sub(64);
    let found = before[tail..]
        .windows(word.len())
        .rposition(|window| window == word);
    let at = tail + found.ok_or(wrong.clone())?;
    let mut scanner = Scanner::new(before, at + word.len());
    scanner.space();
    let offset = scanner.digits()?;
    scanner.space();
    match scanner.at == before.len() {
        true => Ok(offset),
        false => Err(wrong),
    }
}

/// The revision whose section begins at a byte and whose end mark stands before `upper`, and where the one before it has its section.
fn read(bytes: &[u8], at: usize, upper: usize) -> Result<(Revision, Option<usize>), Fault> {
    let section = Section::read(bytes, at)?;
    let previous = section.previous()?;
    let tail = tail(bytes, section.end)?;
    // A linearised file begins with the section of its first page, whose Prev is the main one near the end of the file.
    if let Some(main) = previous.filter(|main| *main > at) {
        return linearised(bytes, section, main, upper);
    }
    if tail.offset != at {
        let what = "startxref does not lead to the section before it";
        return Err(Fault::of(Kind::Chain, what, section.end));
    }
    Ok((revision(section, tail, upper)?, previous))
}

fn linearised(
    bytes: &[u8],
    first: Section,
    main: usize,
    upper: usize,
) -> Result<(Revision, Option<usize>), Fault> {
    let mut section = Section::read(bytes, main)?;
    let tail = tail(bytes, section.end)?;
    if section.previous()?.is_some() || tail.offset != first.at {
        return Err(Fault::of(Kind::Chain, "Prev leads forward", first.at));
    }
    section.entries.extend(first.entries);
    section.trailer = first.trailer;
    Ok((revision(section, tail, upper)?, None))
}

fn revision(section: Section, tail: Tail, upper: usize) -> Result<Revision, Fault> {
    if tail.eof > upper {
        let what = "a revision reaches into the one after it";
        return Err(Fault::of(Kind::Chain, what, section.at));
    }
    Ok(Revision {
        bytes: 0..tail.end,
        eof: tail.eof,
        section,
    })
}

/// What follows a section: the offset after `startxref`, the byte after `%%EOF`, and the one after the end of line.
struct Tail {
    offset: usize,
    eof: usize,
    end: usize,
}

fn tail(bytes: &[u8], at: usize) -> Result<Tail, Fault> {
    let wrong = Fault::damaged(
        "a cross-reference section is not followed by its end mark",
        at,
    );
    let mut scanner = Scanner::new(bytes, at);
    scanner.space();
    if !scanner.keyword(b"startxref") {
        return Err(wrong);
    }
    scanner.space();
    let offset = scanner.digits()?;
    scanner.space();
    if !scanner.take(b"%%EOF") {
        return Err(wrong);
    }
    let eof = scanner.at;
    scanner.line_end();
    let end = scanner.at;
    Ok(Tail { offset, eof, end })
}

/// Gives every revision its first byte, and holds its objects to its own bytes.
fn bound(revisions: &mut [Revision]) -> Result<(), Fault> {
    let mut start = 0;
    for revision in revisions {
        revision.bytes.start = start;
        start = revision.bytes.end;
        let own = revision.bytes.start..revision.eof;
        for entry in revision.section.entries.values() {
            if let Entry::At { offset, .. } = entry
                && !own.contains(offset)
            {
                let what = "a cross-reference leads out of its own revision";
                return Err(Fault::of(Kind::Chain, what, revision.section.at));
            }
        }
    }
    Ok(())
}

/// True when there is nothing but white space between two bytes.
pub fn is_blank(bytes: &[u8], between: Range<usize>) -> bool {
    bytes
        .get(between)
        .is_some_and(|gap| gap.iter().all(|byte| is_space(*byte)))
}
