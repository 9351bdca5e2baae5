//! Tokens to values, strictly: a key twice, a stream of another length, or what is no value is refused.
//!
//! Comes in: bytes and a position. Goes out: a value, and where it ends. Must not follow references.

use super::fault::{Fault, Kind};
use super::object::{Dictionary, Id, Object, Stream, Text};
use super::scan::{Number, Scanner};

/// How deep values may be nested.
const DEPTH: usize = 48;
/// How many values one object may hold.
const VALUES: usize = 400_000;

/// Reads values.
pub struct Parser<'a> {
    scanner: Scanner<'a>,
    left: usize,
}

/// An indirect object, and the byte after `endobj`.
pub struct Indirect {
    /// Its number and generation.
    pub id: Id,
    /// Its value.
    pub value: Object,
    /// The byte after it.
    pub end: usize,
}

impl<'a> Parser<'a> {
    /// A parser at a position.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            scanner: Scanner::new(bytes, at),
            left: VALUES,
        }
    }

    /// The position.
    pub fn at(&self) -> usize {
        self.scanner.at
    }

    /// Takes a value, with the gap before it.
    ///
    /// # Errors
    /// When there is none.
    pub fn value(&mut self) -> Result<Object, Fault> {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Result<Object, Fault> {
        self.scanner.gap();
        let at = self.scanner.at;
        self.left = self
            .left
            .checked_sub(1)
            .filter(|_| depth <= DEPTH)
            .ok_or(Fault::of(Kind::Limit, "an object is too large", at))?;
        let text = |(bytes, span)| Object::String(Text { bytes, span });
        match self.scanner.peek() {
            Some(b'/') => self.scanner.name().map(Object::Name),
            Some(b'(') => self.scanner.literal().map(text),
            Some(b'[') => self.array(depth),
            Some(b'<') if self.scanner.rest().starts_with(b"<<") => {
                self.dictionary(depth).map(Object::Dictionary)
            }
            Some(b'<') => self.scanner.hexadecimal().map(text),
            Some(b'+' | b'-' | b'.' | b'0'..=b'9') => self.number_or_reference(),
            _ if self.scanner.keyword(b"true") => Ok(Object::Boolean(true)),
            _ if self.scanner.keyword(b"false") => Ok(Object::Boolean(false)),
            _ if self.scanner.keyword(b"null") => Ok(Object::Null),
            _ => Err(Fault::damaged("a value was expected", at)),
        }
    }

    fn array(&mut self, depth: usize) -> Result<Object, Fault> {
        self.scanner.at += 1;
        let mut elements = Vec::new();
        loop {
            self.scanner.gap();
            if self.scanner.take(b"]") {
                return Ok(Object::Array(elements));
            }
            elements.push(self.nested(depth + 1)?);
        }
    }

    fn dictionary(&mut self, depth: usize) -> Result<Dictionary, Fault> {
        self.scanner.at += 2;
        let mut dictionary = Dictionary::new();
        loop {
            self.scanner.gap();
            if self.scanner.take(b">>") {
                return Ok(dictionary);
            }
            let at = self.scanner.at;
            if self.scanner.peek() != Some(b'/') {
                return Err(Fault::damaged("a dictionary does not end", at));
            }
            let key = self.scanner.name()?;
            let value = self.nested(depth + 1)?;
            if dictionary.insert(key, value).is_some() {
                return Err(Fault::damaged("a dictionary has a key twice", at));
            }
        }
    }

    fn number_or_reference(&mut self) -> Result<Object, Fault> {
        let number = match self.scanner.number()? {
            Number::Real(number) => return Ok(Object::Real(number)),
            Number::Whole(number) => number,
        };
        let after = self.scanner.at;
        if let Some(reference) = u32::try_from(number).ok().and_then(|n| self.reference(n)) {
            return Ok(reference);
        }
        self.scanner.at = after;
        Ok(Object::Integer(number))
    }

    fn reference(&mut self, number: u32) -> Option<Object> {
        self.scanner.gap();
        let generation = self.scanner.digits().ok()?;
        self.scanner.gap();
        let generation = u16::try_from(generation).ok()?;
        self.scanner
            .keyword(b"R")
            .then_some(Object::Reference((number, generation)))
    }

    /// Takes an indirect object. `length` finds the number behind a reference, for a stream's `Length`.
    ///
    /// # Errors
    /// When there is none at this very byte.
    pub fn indirect(
        &mut self,
        length: &mut dyn FnMut(Id) -> Result<usize, Fault>,
    ) -> Result<Indirect, Fault> {
        let start = self.scanner.at;
        let no_object = Fault::damaged("no object stands where the cross-reference says", start);
        let number = self.scanner.digits().map_err(|_| no_object.clone())?;
        self.scanner.space();
        let generation = self.scanner.digits().map_err(|_| no_object.clone())?;
        self.scanner.space();
        let id = u32::try_from(number)
            .ok()
            .zip(u16::try_from(generation).ok());
        let id = id
            .filter(|_| self.scanner.keyword(b"obj"))
            .ok_or(no_object)?;
        let mut value = self.value()?;
        self.scanner.gap();
        if let Object::Dictionary(dictionary) = &value
            && self.scanner.keyword(b"stream")
        {
            let dictionary = dictionary.clone();
            value = Object::Stream(self.stream(dictionary, length)?);
            self.scanner.gap();
        }
        if !self.scanner.keyword(b"endobj") {
            let at = self.scanner.at;
            return Err(Fault::damaged("an object does not end with endobj", at));
        }
        let end = self.scanner.at;
        Ok(Indirect { id, value, end })
    }

    fn stream(
        &mut self,
        dictionary: Dictionary,
        length: &mut dyn FnMut(Id) -> Result<usize, Fault>,
    ) -> Result<Stream, Fault> {
        let at = self.scanner.at;
        let wrong = Fault::damaged("a stream is not as long as it says", at);
        if !(self.scanner.take(b"\r\n") || self.scanner.take(b"\n")) {
            return Err(wrong);
        }
        let start = self.scanner.at;
        let long = match dictionary.get(b"Length".as_slice()) {
            Some(Object::Reference(id)) => length(*id)?,
            Some(direct) => direct.as_count().ok_or(wrong.clone())?,
            None => return Err(wrong),
        };
        let end = start
            .checked_add(long)
            .filter(|end| *end <= self.scanner.bytes.len())
            .ok_or(wrong.clone())?;
        self.scanner.at = end;
        self.scanner.line_end();
        if !self.scanner.keyword(b"endstream") {
            return Err(wrong);
        }
        let data = start..end;
        Ok(Stream { dictionary, data })
    }
}
