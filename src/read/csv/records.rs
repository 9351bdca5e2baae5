//! Records of a CSV text with the bytes that every cell came from.
//!
//! Comes in: text and the separator. Goes out: one record at a time.
//! Must not judge: damaged quoting is read as leniently as spreadsheets do, and judged by the row.

use std::ops::Range;

use csv::StringRecord;
use csv_core::ReadFieldResult;

/// One record: the cells' texts and their bytes.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The texts, without quotes.
    pub(super) texts: StringRecord,
    /// The bytes of each cell, quotes included, separators and line ends not.
    pub(super) spans: Vec<Range<usize>>,
}

impl Cells {
    /// True when nothing stands in any cell: spreadsheets write such rows at the end.
    pub(super) fn are_blank(&self) -> bool {
        self.texts.iter().all(|cell| cell.trim().is_empty())
    }

    /// The bytes of the whole record.
    pub(super) fn span(&self) -> Range<usize> {
        let start = self.spans.first().map_or(0, |span| span.start);
        start..self.spans.last().map_or(start, |span| span.end)
    }
}

/// Reads records one after the other.
///
/// `csv` gives the texts. It does not tell where cells begin, so the same state machine, from `csv_core`, runs beside it.
pub(super) struct Records<'a> {
    text: &'a str,
    texts: csv::Reader<&'a [u8]>,
    machine: csv_core::Reader,
    at: usize,
    cells: Cells,
}

impl<'a> Records<'a> {
    /// The records of a text.
    pub(super) fn new(text: &'a str, separator: u8) -> Self {
        let texts = csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let machine = csv_core::ReaderBuilder::new().delimiter(separator).build();
        Self {
            text,
            texts,
            machine,
            at: 0,
            cells: Cells::default(),
        }
    }

    /// The next record; lines without any character are skipped.
    pub(super) fn next(&mut self) -> Option<&Cells> {
        if !self
            .texts
            .read_record(&mut self.cells.texts)
            .unwrap_or(false)
        {
            return None;
        }
        self.cells.spans.clear();
        self.at += self.text[self.at..]
            .bytes()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        while !self.read_span() {}
        Some(&self.cells)
    }

    /// Reads the span of one cell; true at the record's end.
    fn read_span(&mut self) -> bool {
        let start = self.at;
        let mut scratch = [0; 1024];
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let (result, read, _) = self.machine.read_field(rest, &mut scratch);
            self.at += read;
            match result {
                ReadFieldResult::OutputFull => {}
                ReadFieldResult::InputEmpty if read > 0 => {}
                ReadFieldResult::Field { record_end } => {
                    let end = self.at - usize::from(read > 0);
                    self.cells.spans.push(start..end.max(start));
                    return record_end;
                }
                ReadFieldResult::InputEmpty | ReadFieldResult::End => {
                    self.cells.spans.push(start..self.at);
                    return true;
                }
            }
        }
    }
}
