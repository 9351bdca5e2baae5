//! A PDF as its revisions saw it: any object, at any revision.
//!
//! Comes in: the bytes of a file. Goes out: objects, read when they are asked for. Must survive any bytes in bounded time and memory.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::decode::decoded;
use super::fault::{Fault, Kind};
use super::object::{Dictionary, Id, Object, Stream, is_named};
use super::parse::{Indirect, Parser};
use super::revision::{Chain, Revision, chain, is_blank};
use super::section::Entry;

/// The largest file that is read.
pub const LARGEST: usize = 64 << 20;
/// The most bytes that the object streams of a file may unpack to together.
const UNPACKED: usize = 96 << 20;
/// The most bytes of objects that are parsed, counted every time.
const WORK: usize = 64 << 20;
/// How many references are followed from one to the next.
const HOPS: usize = 16;

/// A file that was taken apart.
pub struct File<'a> {
    /// All its bytes.
    pub bytes: &'a [u8],
    chain: Chain,
    unpacked: RefCell<BTreeMap<usize, Rc<Packed>>>,
    memory: Cell<usize>,
    work: Cell<usize>,
}

impl<'a> File<'a> {
    /// Takes a file apart.
    ///
    /// # Errors
    /// When its chain of revisions cannot be read in one way only.
    pub fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() > LARGEST {
            return Err(Fault::of(Kind::Limit, "the file is larger than 64 MB", 0));
        }
        Ok(Self {
            bytes,
            chain: chain(bytes)?,
            unpacked: RefCell::default(),
            memory: Cell::new(UNPACKED),
            work: Cell::new(WORK),
        })
    }

    /// The revisions, oldest first.
    pub fn revisions(&self) -> &[Revision] {
        &self.chain.revisions
    }

    /// How many bytes follow the last revision.
    pub fn trailing(&self) -> usize {
        self.bytes.len() - self.chain.end
    }

    /// Where an object stood after a revision, and which revision put it there.
    pub fn entry(&self, number: u32, revision: usize) -> Option<(Entry, usize)> {
        let revisions = self.chain.revisions.get(..=revision)?;
        let mut known = revisions.iter().enumerate().rev();
        known.find_map(|(at, one)| Some((*one.section.entries.get(&number)?, at)))
    }

    /// An object as it was after a revision; null when there is none, as the standard wants it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn object(&self, id: Id, revision: usize) -> Result<Object, Fault> {
        match self.entry(id.0, revision) {
            Some((Entry::At { offset, generation }, _)) if generation == id.1 => {
                Ok(self.at(id, offset, revision)?.value)
            }
            Some((Entry::Packed { stream, index }, _)) if id.1 == 0 => {
                self.packed(id.0, stream, index, revision)
            }
            _ => Ok(Object::Null),
        }
    }

    /// The indirect object that must stand at a byte.
    ///
    /// # Errors
    /// When another one does, or none.
    pub fn at(&self, id: Id, offset: usize, revision: usize) -> Result<Indirect, Fault> {
        let mut length = |of| self.length(of, revision);
        let mut parser = Parser::new(self.bytes, offset);
        let found = parser.indirect(&mut length);
        let data = match found.as_ref().map(|found| &found.value) {
            Ok(Object::Stream(stream)) => stream.data.len(),
            _ => 0,
        };
        self.spend(parser.at().saturating_sub(offset + data))?;
        let found = found?;
        if found.id == id {
            Ok(found)
        } else {
            let what = "another object stands where the cross-reference says";
            Err(Fault::damaged(what, offset))
        }
    }

    /// A stream's length behind a reference: a plain number, so that reading it can lead no further.
    fn length(&self, id: Id, revision: usize) -> Result<usize, Fault> {
        let wrong = Fault::damaged("the length of a stream cannot be read", 0);
        let Some((Entry::At { offset, .. }, _)) = self.entry(id.0, revision) else {
            return Err(wrong);
        };
        let mut deeper = |_| Err(Fault::damaged("the length of a stream is a stream", offset));
        let found = Parser::new(self.bytes, offset).indirect(&mut deeper)?;
        found
            .value
            .as_count()
            .filter(|_| found.id == id)
            .ok_or(wrong)
    }

    /// Follows references to a value.
    ///
    /// # Errors
    /// When they lead in a circle, or to what cannot be read.
    pub fn follow(&self, object: &Object, revision: usize) -> Result<Object, Fault> {
        let mut object = object.clone();
        for _ in 0..HOPS {
            match object {
                Object::Reference(id) => object = self.object(id, revision)?,
                value => return Ok(value),
            }
        }
        Err(Fault::of(Kind::Limit, "references lead in a circle", 0))
    }

    /// The value under a key, references followed; null when there is none.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn get(&self, of: &Dictionary, key: &[u8], revision: usize) -> Result<Object, Fault> {
        match of.get(key) {
            Some(object) => self.follow(object, revision),
            None => Ok(Object::Null),
        }
    }

    /// The catalog after a revision.
    ///
    /// # Errors
    /// When there is none.
    pub fn catalog(&self, revision: usize) -> Result<Dictionary, Fault> {
        let none = Fault::damaged("the file has no catalog", 0);
        let Some(Revision { section, .. }) = self.chain.revisions.get(revision) else {
            return Err(none);
        };
        match self.get(&section.trailer, b"Root", revision)? {
            Object::Dictionary(catalog) if is_named(&catalog, b"Type", b"Catalog") => Ok(catalog),
            _ => Err(none),
        }
    }

    /// The decoded data of a stream; none when its filter is not known.
    pub fn data(&self, stream: &Stream) -> Option<Vec<u8>> {
        decoded(&stream.dictionary, self.bytes.get(stream.data.clone())?)
    }

    /// Holds that a revision consists of its objects, its cross-reference and white space, and of nothing else.
    ///
    /// # Errors
    /// At the first byte that belongs to nothing.
    pub fn tile(&self, revision: usize) -> Result<(), Fault> {
        let Some(Revision { bytes, section, .. }) = self.chain.revisions.get(revision) else {
            return Ok(());
        };
        let mut places: Vec<(usize, Id)> = Vec::new();
        for (number, entry) in &section.entries {
            if let Entry::At { offset, generation } = entry {
                places.push((*offset, (*number, *generation)));
            }
        }
        places.retain(|(_, id)| section.stream != Some(*id));
        places.sort_unstable();
        let mut at = bytes.start;
        for (offset, id) in places {
            self.blank(at, offset)?;
            at = self.at(id, offset, revision)?.end;
        }
        self.blank(at, section.at)
    }

    fn blank(&self, from: usize, to: usize) -> Result<(), Fault> {
        match from <= to && is_blank(self.bytes, from..to) {
            true => Ok(()),
            false => Err(Fault::damaged("bytes that belong to no object", from)),
        }
    }

    fn packed(
        &self,
        number: u32,
        stream: u32,
        index: usize,
        revision: usize,
    ) -> Result<Object, Fault> {
        let wrong = || Fault::damaged("an object stream cannot be read", 0);
        let Some((Entry::At { offset, generation }, _)) = self.entry(stream, revision) else {
            return Err(wrong());
        };
        let packed = self.unpack((stream, generation), offset, revision)?;
        let (is, place) = packed.places.get(index).ok_or_else(wrong)?;
        if *is != number {
            return Err(wrong());
        }
        let mut parser = Parser::new(&packed.data, *place);
        let value = parser.value();
        self.spend(parser.at().saturating_sub(*place))?;
        value
    }

    fn unpack(&self, id: Id, offset: usize, revision: usize) -> Result<Rc<Packed>, Fault> {
        if let Some(packed) = self.unpacked.borrow().get(&offset) {
            return Ok(Rc::clone(packed));
        }
        let wrong = || Fault::damaged("an object stream cannot be read", offset);
        let Object::Stream(holder) = self.at(id, offset, revision)?.value else {
            return Err(wrong());
        };
        if !is_named(&holder.dictionary, b"Type", b"ObjStm") {
            return Err(wrong());
        }
        let data = self.data(&holder).ok_or_else(wrong)?;
        let left = self.memory.get().checked_sub(data.len());
        let limit = Fault::of(Kind::Limit, "the file unpacks to too much", offset);
        self.memory.set(left.ok_or(limit)?);
        let packed = Rc::new(Packed {
            places: places(&holder.dictionary, &data).ok_or_else(wrong)?,
            data,
        });
        self.unpacked
            .borrow_mut()
            .insert(offset, Rc::clone(&packed));
        Ok(packed)
    }

    /// Counts bytes that were parsed: objects may overlap, and a file must not be read for ever.
    fn spend(&self, bytes: usize) -> Result<(), Fault> {
        let left = self.work.get().checked_sub(bytes);
        let limit = Fault::of(Kind::Limit, "the file takes too much work to read", 0);
        self.work.set(left.ok_or(limit)?);
        Ok(())
    }
}

/// An object stream without its filter.
struct Packed {
    data: Vec<u8>,
    /// The number of every object, and where it begins.
    places: Vec<(u32, usize)>,
}

fn places(holder: &Dictionary, data: &[u8]) -> Option<Vec<(u32, usize)>> {
    let count = |key: &[u8]| holder.get(key).and_then(Object::as_count);
    let first = count(b"First")?;
    let listed = count(b"N").filter(|listed| *listed <= data.len())?;
    let mut head = Parser::new(data.get(..first)?, 0);
    let mut number = || head.value().ok()?.as_count();
    (0..listed)
        .map(|_| {
            let is = u32::try_from(number()?).ok()?;
            let place = first.checked_add(number()?)?;
            (place <= data.len()).then_some((is, place))
        })
        .collect()
}
