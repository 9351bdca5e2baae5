//! Bytes to tokens: white space, numbers, names and strings (ISO 32000-1, 7.2 and 7.3).
//!
//! Comes in: bytes and a position. Goes out: tokens with their spans. Must not look at more than the bytes it was given.

use std::ops::Range;

use super::fault::Fault;

/// A position in some bytes.
pub struct Scanner<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The position.
    pub at: usize,
}

/// A number as it was written.
pub enum Number {
    /// Without a point.
    Whole(i64),
    /// With one.
    Real(f64),
}

/// True for the six bytes of white space.
pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !is_delimiter(byte)
}

impl<'a> Scanner<'a> {
    /// A scanner at a position; one beyond the bytes is their end.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        let at = at.min(bytes.len());
        Self { bytes, at }
    }

    /// The rest of the bytes.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next byte, which is not taken.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over white space, but over no comment.
    pub fn space(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Passes over white space and comments.
    pub fn gap(&mut self) {
        self.space();
        while self.peek() == Some(b'%') {
            while self.peek().is_some_and(|byte| !b"\r\n".contains(&byte)) {
                self.at += 1;
            }
            self.space();
        }
    }

    /// Takes exact bytes, when they come next.
    pub fn take(&mut self, expected: &[u8]) -> bool {
        let comes = self.rest().starts_with(expected);
        if comes {
            self.at += expected.len();
        }
        comes
    }

    /// Takes a keyword: exact bytes that end there.
    pub fn keyword(&mut self, word: &[u8]) -> bool {
        let after = self.bytes.get(self.at + word.len());
        !after.is_some_and(|byte| is_regular(*byte)) && self.take(word)
    }

    /// Takes one end of line, when it comes next.
    pub fn line_end(&mut self) -> bool {
        self.take(b"\r\n") || self.take(b"\n") || self.take(b"\r")
    }

    /// Takes decimal digits, at least one and at most ten.
    pub fn digits(&mut self) -> Result<usize, Fault> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        match text.parse() {
            Ok(number) if text.len() <= 10 => Ok(number),
            _ => Err(Fault::damaged("a number was expected", start)),
        }
    }

    /// Takes a number.
    pub fn number(&mut self) -> Result<Number, Fault> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte))
        {
            self.at += 1;
        }
        let fault = Fault::damaged("a number cannot be read", start);
        let ends = !self.peek().is_some_and(is_regular);
        let text = std::str::from_utf8(&self.bytes[start..self.at]).unwrap_or_default();
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let has_digits = unsigned.bytes().any(|byte| byte.is_ascii_digit());
        if !ends || !has_digits || unsigned.contains(['+', '-']) || text.len() > 64 {
            return Err(fault);
        }
        if text.contains('.') {
            text.parse().map(Number::Real).map_err(|_| fault)
        } else {
            text.parse().map(Number::Whole).map_err(|_| fault)
        }
    }

    /// Takes a name, whose slash comes next.
    pub fn name(&mut self) -> Result<Vec<u8>, Fault> {
        let start = self.at;
        let fault = |at| Fault::damaged("a name cannot be read", at);
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| is_regular(*byte)) {
            self.at += 1;
            if byte != b'#' {
                name.push(byte);
                continue;
            }
            let pair = self.bytes.get(self.at..self.at + 2);
            let decoded = pair.and_then(|pair| Some(nibble(pair[0])? << 4 | nibble(pair[1])?));
            name.push(decoded.ok_or_else(|| fault(self.at))?);
            self.at += 2;
        }
        if name.len() > 1024 {
            return Err(fault(start));
        }
        Ok(name)
    }

    /// Takes a string in angle brackets.
    pub fn hexadecimal(&mut self) -> Result<(Vec<u8>, Range<usize>), Fault> {
        let start = self.at;
        self.at += 1;
        let (mut bytes, mut high) = (Vec::new(), None);
        loop {
            let byte = self.peek();
            self.at += 1;
            match (byte, high) {
                (Some(b'>'), None) => break,
                (Some(b'>'), Some(high)) => {
                    bytes.push(high << 4);
                    break;
                }
                (Some(byte), _) if is_space(byte) => {}
                (Some(byte), _) => {
                    let low = nibble(byte);
                    let low =
                        low.ok_or_else(|| Fault::damaged("a string cannot be read", self.at - 1))?;
                    match high.take() {
                        Some(high) => bytes.push(high << 4 | low),
                        None => high = Some(low),
                    }
                }
                (None, _) => return Err(Fault::damaged("a string does not end", start)),
            }
        }
        Ok((bytes, start..self.at))
    }

    /// Takes a string in parentheses.
    pub fn literal(&mut self) -> Result<(Vec<u8>, Range<usize>), Fault> {
        let start = self.at;
        self.at += 1;
        let (mut bytes, mut depth) = (Vec::new(), 1_usize);
        while depth > 0 {
            let Some(byte) = self.peek() else {
                return Err(Fault::damaged("a string does not end", start));
            };
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => {
                    bytes.extend(self.escape());
                    continue;
                }
                b'\r' => {
                    self.take(b"\n");
                    bytes.push(b'\n');
                    continue;
                }
                _ => {}
            }
            if depth > 0 {
                bytes.push(byte);
            }
        }
        Ok((bytes, start..self.at))
    }

    /// What a backslash and the bytes after it mean.
    fn escape(&mut self) -> Option<u8> {
        if self.line_end() {
            return None;
        }
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => value = value * 8 + u32::from(digit - b'0'),
                        _ => break,
                    }
                    self.at += 1;
                }
                u8::try_from(value & 0xff).unwrap_or(0)
            }
            other => other,
        })
    }
}

/// The value of a hexadecimal digit.
pub fn nibble(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
}
