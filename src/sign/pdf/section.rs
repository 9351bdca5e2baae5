//! One cross-reference section: a table with its trailer, or a cross-reference stream (ISO 32000-1, 7.5.4, 7.5.5 and 7.5.8).
//!
//! Comes in: the bytes and where the section begins. Goes out: where every object stands. Must not follow `Prev`.

use std::collections::BTreeMap;

use super::decode::decoded;
use super::fault::{Fault, Kind};
use super::object::{Dictionary, Id, Object, is_named};
use super::parse::Parser;
use super::scan::Scanner;

/// The most objects a file may have.
const OBJECTS: usize = 500_000;

/// Where an object stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nowhere: the number is free.
    Free,
    /// At a byte of the file.
    At {
        /// The byte.
        offset: usize,
        /// The generation.
        generation: u16,
    },
    /// In an object stream.
    Packed {
        /// The number of the object stream.
        stream: u32,
        /// The place in it, from 0.
        index: usize,
    },
}

/// A section.
#[derive(Debug)]
pub struct Section {
    /// Its first byte.
    pub at: usize,
    /// The byte after its trailer, or after `endobj` of its stream.
    pub end: usize,
    /// Where the objects stand that this section tells about.
    pub entries: BTreeMap<u32, Entry>,
    /// The trailer, or the dictionary of the stream.
    pub trailer: Dictionary,
    /// The stream's own object, when it is one.
    pub stream: Option<Id>,
}

impl Section {
    /// Reads the section that begins at a byte.
    ///
    /// # Errors
    /// When there is none, or not one that every reader reads alike.
    pub fn read(bytes: &[u8], at: usize) -> Result<Self, Fault> {
        let mut scanner = Scanner::new(bytes, at);
        let section = if scanner.keyword(b"xref") {
            table(scanner, at)?
        } else {
            stream(bytes, at)?
        };
        for (key, kind, what) in REFUSED {
            if section.trailer.contains_key(*key) {
                return Err(Fault::of(*kind, what, at));
            }
        }
        Ok(section)
    }

    /// Where the section before this one begins.
    ///
    /// # Errors
    /// When `Prev` is no offset.
    pub fn previous(&self) -> Result<Option<usize>, Fault> {
        let wrong = Fault::of(Kind::Chain, "Prev is no offset", self.at);
        match self.trailer.get(b"Prev".as_slice()) {
            None => Ok(None),
            Some(previous) => previous.as_count().map(Some).ok_or(wrong),
        }
    }
}

const REFUSED: &[(&[u8], Kind, &str)] = &[
    (
        b"XRefStm",
        Kind::Hybrid,
        "the file has a second table of contents for other readers",
    ),
    (b"Encrypt", Kind::Encrypted, "the file is encrypted"),
];

fn table(mut scanner: Scanner<'_>, at: usize) -> Result<Section, Fault> {
    let mut entries = BTreeMap::new();
    scanner.space();
    while !scanner.keyword(b"trailer") {
        let first = scanner.digits()?;
        scanner.space();
        let count = scanner.digits()?;
        scanner.space();
        for number in first..first.saturating_add(count) {
            let entry = row(&mut scanner)?;
            insert(&mut entries, number, entry, at)?;
        }
        scanner.space();
    }
    let mut parser = Parser::new(scanner.bytes, scanner.at);
    let Object::Dictionary(trailer) = parser.value()? else {
        return Err(Fault::damaged("the trailer is no dictionary", at));
    };
    Ok(Section {
        at,
        end: parser.at(),
        entries,
        trailer,
        stream: None,
    })
}

/// A row of twenty bytes, such as `0000000016 00000 n` with its end of line.
fn row(scanner: &mut Scanner<'_>) -> Result<Entry, Fault> {
    let wrong = Fault::damaged("a cross-reference row cannot be read", scanner.at);
    let row = scanner.rest().get(..20).ok_or(wrong.clone())?;
    let number = |digits: &[u8]| -> Option<usize> {
        let all = digits.iter().all(u8::is_ascii_digit);
        let text = std::str::from_utf8(digits).ok()?;
        text.parse().ok().filter(|_| all)
    };
    let offset = number(&row[..10]).ok_or(wrong.clone())?;
    let generation = number(&row[11..16]).and_then(|one| u16::try_from(one).ok());
    let generation = generation.ok_or(wrong.clone())?;
    let spaced = row[10] == b' ' && row[16] == b' ';
    let ended = matches!(&row[18..], b" \n" | b" \r" | b"\r\n");
    if !spaced || !ended {
        return Err(wrong);
    }
    scanner.at += 20;
    match row[17] {
        b'n' => Ok(Entry::At { offset, generation }),
        b'f' => Ok(Entry::Free),
        _ => Err(wrong),
    }
}

fn insert(
    entries: &mut BTreeMap<u32, Entry>,
    number: usize,
    entry: Entry,
    at: usize,
) -> Result<(), Fault> {
    let limit = Fault::of(Kind::Limit, "the file has too many objects", at);
    if entries.len() >= OBJECTS {
        return Err(limit);
    }
    let number = u32::try_from(number).map_err(|_| limit)?;
    match entries.insert(number, entry) {
        None => Ok(()),
        Some(_) => Err(Fault::damaged("a cross-reference lists a number twice", at)),
    }
}

fn stream(bytes: &[u8], at: usize) -> Result<Section, Fault> {
    let indirect = |_| {
        let what = "the length of a cross-reference stream is not in its dictionary";
        Err(Fault::damaged(what, at))
    };
    let mut parser = Parser::new(bytes, at);
    let object = parser.indirect(&mut { indirect }).map_err(|fault| Fault {
        what: "no cross-reference stands where startxref or Prev says",
        ..fault
    })?;
    let Object::Stream(stream) = object.value else {
        return Err(Fault::damaged("a cross-reference stream is no stream", at));
    };
    let trailer = stream.dictionary;
    if !is_named(&trailer, b"Type", b"XRef") {
        return Err(Fault::damaged(
            "a cross-reference stream has another type",
            at,
        ));
    }
    let data = decoded(&trailer, &bytes[stream.data]).ok_or(Fault::damaged(
        "a cross-reference stream cannot be decoded",
        at,
    ))?;
    let entries = rows(&trailer, &data, at)?;
    Ok(Section {
        at,
        end: object.end,
        entries,
        trailer,
        stream: Some(object.id),
    })
}

fn rows(trailer: &Dictionary, data: &[u8], at: usize) -> Result<BTreeMap<u32, Entry>, Fault> {
    let wrong = || Fault::damaged("a cross-reference stream is not built as it says", at);
    let counts = |key: &[u8]| -> Option<Vec<usize>> {
        let elements = trailer.get(key)?.as_array()?;
        elements.iter().map(Object::as_count).collect()
    };
    let widths = counts(b"W").filter(|widths| widths.len() == 3);
    let widths = widths
        .filter(|widths| widths.iter().all(|one| *one <= 8))
        .ok_or_else(wrong)?;
    let size = trailer.get(b"Size".as_slice()).and_then(Object::as_count);
    let index = match trailer.contains_key(b"Index".as_slice()) {
        true => counts(b"Index").ok_or_else(wrong)?,
        false => vec![0, size.ok_or_else(wrong)?],
    };
    let width: usize = widths.iter().sum();
    let mut rows = data.chunks_exact(width.max(1));
    let mut entries = BTreeMap::new();
    for pair in index.chunks(2) {
        let [first, count] = pair else {
            return Err(wrong());
        };
        for number in *first..first.saturating_add(*count) {
            let row = rows.next().ok_or_else(wrong)?;
            let entry = packed_row(row, &widths).ok_or_else(wrong)?;
            insert(&mut entries, number, entry, at)?;
        }
    }
    match rows.next().is_none() && rows.remainder().is_empty() {
        true => Ok(entries),
        false => Err(wrong()),
    }
}

fn packed_row(row: &[u8], widths: &[usize]) -> Option<Entry> {
    let (kind, rest) = row.split_at_checked(widths[0])?;
    let (second, third) = rest.split_at_checked(widths[1])?;
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0_u64, |all, byte| all << 8 | u64::from(*byte))
    };
    let kind = if kind.is_empty() { 1 } else { number(kind) };
    match kind {
        0 => Some(Entry::Free),
        1 => Some(Entry::At {
            offset: usize::try_from(number(second)).ok()?,
            generation: u16::try_from(number(third)).ok()?,
        }),
        2 => Some(Entry::Packed {
            stream: u32::try_from(number(second)).ok()?,
            index: usize::try_from(number(third)).ok()?,
        }),
        _ => None,
    }
}
