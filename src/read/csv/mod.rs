//! CSV files: columns in any order, every cell with its exact place.
//!
//! Comes in: a file below a root and a table that says what a row is. Goes out: the rows, when all of them could be decoded.
//! Must not guess at a damaged row: it is reported and left out.

mod header;
mod quotes;
mod records;
mod row;

use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use row::Row;

use super::codes;
use super::context::Context;
use super::encoding::Encoding;
use super::file::{self, Root};
use crate::diagnostic::{Finding, Place, SourceFile};
use header::Header;
use records::{Cells, Records};

/// What a CSV file holds.
pub(crate) struct Table<T: 'static> {
    /// The file's name in the partnership's folder.
    pub(crate) file: &'static str,
    /// Its columns; all must be there, in any order.
    pub(crate) columns: &'static [&'static str],
    /// True when there must be at least one row.
    pub(crate) needs_rows: bool,
    /// Decodes a row.
    pub(crate) decode: fn(&Row<'_>, &mut Context) -> Option<T>,
    /// What no two rows may share, as words for a message, with the cell to point at.
    pub(crate) keys: &'static [Key<T>],
}

/// What no two rows may share.
pub(crate) type Key<T> = fn(&T) -> (String, &Place);

impl<T> Table<T> {
    /// The rows of the file in a folder below a root.
    pub(crate) fn read(&self, root: &Root, folder: &str, cx: &mut Context) -> Option<Vec<T>> {
        let source = file::text(
            root,
            &format!("{folder}/{}", self.file),
            Encoding::Spreadsheet,
            cx,
        )?;
        self.rows(&source, cx)
    }

    /// The rows of a text.
    pub(crate) fn rows(&self, source: &Arc<SourceFile>, cx: &mut Context) -> Option<Vec<T>> {
        let separator = header::separator(source, self.columns);
        let mut records = Records::new(source.text(), cx.keep(separator)?);
        let header = Header::read(source, records.next()?, self.columns, cx)?;
        let mut rows = Vec::new();
        let mut is_whole = true;
        while let Some(cells) = records.next() {
            if cx.is_full() {
                return None;
            }
            if cells.are_blank() {
                continue;
            }
            match self.row(source, &header, cells, cx) {
                Some(row) => rows.push(row),
                None => is_whole = false,
            }
        }
        if self.needs_rows && is_whole && rows.is_empty() {
            let message = format!("{} has a header but no rows", source.path());
            cx.push(
                Finding::error(codes::NO_ROWS, message)
                    .at(&header.place, "at least one row must follow"),
            );
        }
        self.check_keys(&rows, cx);
        (is_whole && header.is_sound).then_some(rows)
    }

    fn row(
        &self,
        source: &Arc<SourceFile>,
        header: &Header,
        cells: &Cells,
        cx: &mut Context,
    ) -> Option<T> {
        let row = Row::new(source, header, cells);
        let is_sound = quotes::check(source, cells, cx) && row.check_length(cx);
        if is_sound {
            (self.decode)(&row, cx)
        } else {
            None
        }
    }

    fn check_keys(&self, rows: &[T], cx: &mut Context) {
        for key in self.keys {
            let mut seen: BTreeMap<String, &Place> = BTreeMap::new();
            for row in rows {
                let (words, place) = key(row);
                let Some(first) = seen.get(&words) else {
                    seen.insert(words, place);
                    continue;
                };
                cx.push(
                    Finding::error(
                        codes::REPEATED_ROW,
                        format!("{} has two rows for {words}", self.file),
                    )
                    .at(place, "again here")
                    .and(first, "first here")
                    .hint("delete one of them, or correct what tells them apart"),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Text;
    use crate::read::decode::{count, text};
    use crate::read::value::Record;
    use proptest::prelude::*;

    struct Thing {
        name: Text,
        size: Option<u64>,
    }

    const THINGS: Table<Thing> = Table {
        file: "things.csv",
        columns: &["name", "size", "note"],
        needs_rows: true,
        decode: |row, cx| {
            let name = row.need("name", text, cx);
            let size = row.may("size", count, cx);
            let note = row.may("note", text, cx);
            note?;
            Some(Thing {
                name: name?,
                size: size?.map(|size| size.value),
            })
        },
        keys: &[|thing| (thing.name.value.clone(), &thing.name.place)],
    };

    fn read(text: &str) -> (Option<Vec<Thing>>, Vec<String>) {
        let mut cx = Context::default();
        let source = SourceFile::new("things.csv", text);
        let things = THINGS.rows(&source, &mut cx);
        let line = |finding: Finding| {
            let place = finding
                .primary
                .as_ref()
                .map(|label| (label.place.line(), label.place.column()));
            let (line, column) = place.unwrap_or_default();
            format!("{line}:{column} {} {}", finding.code, finding.message)
        };
        (things, cx.finish().into_iter().map(line).collect())
    }

    #[test]
    fn columns_stand_in_any_order_and_cells_have_places() {
        let (things, faults) =
            read("note;size;name\r\n\"x\ny\";1.200; bæk \r\n;;\r\n\r\n;;\"en \"\"å\"\"\"");
        assert_eq!(faults, [""; 0]);
        let things = things.expect("it is sound");
        assert_eq!(
            (things[0].name.value.as_str(), things[0].size),
            ("bæk", Some(1200))
        );
        assert_eq!(things[0].name.place.to_string(), "things.csv:3:11");
        assert_eq!(things[0].name.place.text(), "bæk");
        assert_eq!(
            (things[1].name.value.as_str(), things[1].name.place.text()),
            ("en \"å\"", "\"en \"\"å\"\"\"")
        );
        assert_eq!(things.len(), 2);
    }

    #[test]
    fn every_fault_of_every_row_is_told() {
        let (things, faults) =
            read("name;size;note\na;1;\nb;x;\n;2;\nc;3\na;4;;5\na;9;\nd;\"4\"5;\n");
        assert!(things.is_none());
        assert_eq!(
            faults,
            [
                "3:3 D01 size `x` is not a number",
                "4:1 D11 name is empty",
                "5:1 C03 the row has 2 cells, but the header has 3",
                "6:1 C03 the row has 4 cells, but the header has 3",
                "7:1 D10 things.csv has two rows for a",
                "8:3 C06 a quoted cell goes on after its closing quote",
            ]
        );
    }

    #[test]
    fn faults_of_the_header() {
        for (text, expected) in [
            ("name,size,note\nå,,\n", &[][..]),
            (
                "name;size,note\n",
                &["1:1 C01 the header has 1 semicolons and 1 commas"],
            ),
            ("name\tsize\n", &["1:1 C01 the header is separated by tabs"]),
            (
                "name\n",
                &["1:1 C01 the header has neither semicolons nor commas"],
            ),
            (
                "sep=;\nname;size;note\n",
                &["1:1 C01 the first line only says that `;` separates the cells"],
            ),
            (
                "name;size;note;\nå;;;\n",
                &["1:16 C02 column 4 has no name"],
            ),
            (
                "name;Size;note\nå;1;\n",
                &[
                    "1:1 C04 the column size is missing",
                    "1:6 C02 there is no column `Size` here",
                ],
            ),
            (
                "name;size;note;size\nå;1;;2\n",
                &["1:16 C05 the column size stands twice in the header"],
            ),
            (
                "name;size;note\n;;\n",
                &["1:1 C07 things.csv has a header but no rows"],
            ),
            (
                "name;\"size;note\n;;\n",
                &["1:6 C06 a quoted cell is never closed"],
            ),
            (
                "name;size;note\na;1;\"x\nb;2;\n",
                &["2:5 C06 a quoted cell is never closed"],
            ),
        ] {
            assert_eq!(read(text).1, expected, "{text}");
        }
    }

    #[test]
    fn a_million_columns_are_refused_at_once() {
        assert_eq!(
            read(&";".repeat(1_000_000)).1,
            ["1:1 C08 the header has more than 200 columns"]
        );
        let row = format!("name;size;note\n{}x\n", ";".repeat(1_000_000));
        assert_eq!(
            read(&row).1,
            ["2:1 C03 the row has 1000001 cells, but the header has 3"]
        );
    }

    #[test]
    fn endless_faults_are_cut_short() {
        let (things, faults) = read(&format!("name;size;note\n{}", ";x;\n".repeat(100_000)));
        assert!(things.is_none());
        assert_eq!(faults.len(), 500);
    }

    fn written(cell: &str, is_quoted: bool) -> String {
        match is_quoted || cell.contains([';', '"', '\n', '\r']) {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        }
    }

    proptest! {
        #[test]
        fn spans_slice_back_to_the_raw_cells(
            rows in prop::collection::vec(prop::collection::vec(("[aæ;\"\n ]{0,5}", any::<bool>()), 2..5), 1..5),
            crlf: bool,
            is_open: bool,
        ) {
            let raw: Vec<Vec<String>> =
                rows.iter().map(|row| row.iter().map(|(cell, quoted)| written(cell, *quoted)).collect()).collect();
            let end = if crlf { "\r\n" } else { "\n" };
            let mut text = raw.iter().map(|row| row.join(";")).collect::<Vec<_>>().join(end);
            text.push_str(if is_open { "" } else { end });
            let mut records = Records::new(&text, b';');
            for (row, raw) in rows.iter().zip(&raw) {
                let cells = records.next().expect("a record for every row");
                let spans: Vec<&str> = cells.spans.iter().map(|span| &text[span.clone()]).collect();
                prop_assert_eq!(&spans, raw);
                prop_assert!(cells.texts.iter().eq(row.iter().map(|(cell, _)| cell.as_str())));
            }
            prop_assert!(records.next().is_none());
        }

        #[test]
        fn texts_and_spans_never_part(text in "[a;\"\n\r ]{0,40}") {
            let mut records = Records::new(&text, b';');
            while let Some(cells) = records.next() {
                prop_assert_eq!(cells.texts.len(), cells.spans.len());
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "(name;size;note\n)?[a1;,\"\n\r x]{0,60}") {
            let _ = read(&text);
        }
    }
}
