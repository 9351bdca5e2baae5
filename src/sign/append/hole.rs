//! The hole in a revision that the signature goes into, and the bytes around it that it signs.

use std::ops::Range;

/// How many bytes of signature the hole takes.
pub const HOLE_BYTES: usize = 16 * 1024;
/// How the signature dictionary begins that this program writes; its range and its hole follow.
const RANGE: &[u8] = b"/ByteRange[";
/// How wide the range is written.
const RANGE_WIDTH: usize = 48;
const CONTENTS: &[u8] = b"/Contents<";

/// The place of the hole in a file: from `<` to `>`, both included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hole {
    place: Range<usize>,
}

impl Hole {
    /// The body of a signature dictionary with an empty range and an empty hole; `entries` stand before them.
    pub(super) fn dictionary(entries: &[u8]) -> Vec<u8> {
        let mut body = b"<<".to_vec();
        body.extend_from_slice(entries);
        body.extend_from_slice(RANGE);
        body.extend(std::iter::repeat_n(b' ', RANGE_WIDTH));
        body.push(b']');
        body.extend_from_slice(CONTENTS);
        body.extend(std::iter::repeat_n(b'0', HOLE_BYTES * 2));
        body.extend_from_slice(b">>>");
        body
    }

    /// Finds the empty hole after an offset; none unless there is exactly one.
    pub fn find(pdf: &[u8], from: usize) -> Option<Self> {
        let mut empty = CONTENTS.to_vec();
        empty.extend(std::iter::repeat_n(b'0', HOLE_BYTES * 2));
        empty.push(b'>');
        let rest = pdf.get(from..)?;
        let mut found = rest
            .windows(empty.len())
            .enumerate()
            .filter(|(_, window)| *window == empty);
        let (at, _) = found.next()?;
        if found.next().is_some() {
            return None;
        }
        let start = from + at + CONTENTS.len() - 1;
        Some(Self {
            place: start..start + HOLE_BYTES * 2 + 2,
        })
    }

    /// The range of the signed bytes as it is written, padded to its width.
    fn range(&self, pdf: &[u8]) -> String {
        let (start, end) = (self.place.start, self.place.end);
        let rest = pdf.len().saturating_sub(end);
        format!("{:<RANGE_WIDTH$}", format!("0 {start} {end} {rest}"))
    }

    /// Where the range is written: before `]/Contents<`.
    fn range_place(&self) -> Option<Range<usize>> {
        let end = self.place.start.checked_sub(CONTENTS.len())?;
        Some(end.checked_sub(RANGE_WIDTH)?..end)
    }

    /// Writes the range of the signed bytes before the hole.
    pub(super) fn write_range(&self, pdf: &mut [u8]) -> Option<()> {
        let range = self.range(pdf);
        let place = pdf.get_mut(self.range_place()?)?;
        (place.len() == range.len()).then(|| place.copy_from_slice(range.as_bytes()))
    }

    /// True when the range before the hole is the right one.
    pub fn is_ranged(&self, pdf: &[u8]) -> bool {
        let range = self.range(pdf);
        self.range_place().and_then(|place| pdf.get(place)) == Some(range.as_bytes())
    }

    /// The bytes that are signed: everything but the hole.
    pub fn signed(&self, pdf: &[u8]) -> Vec<u8> {
        let mut signed = pdf.get(..self.place.start).unwrap_or_default().to_vec();
        signed.extend_from_slice(pdf.get(self.place.end..).unwrap_or_default());
        signed
    }

    /// Fills the hole; none when the message is too large.
    pub fn fill(&self, pdf: &mut [u8], message: &[u8]) -> Option<()> {
        let digits: String = message.iter().map(|byte| format!("{byte:02x}")).collect();
        let inside = pdf.get_mut(self.place.start + 1..self.place.end - 1)?;
        let place = inside.get_mut(..digits.len())?;
        place.copy_from_slice(digits.as_bytes());
        Some(())
    }
}
