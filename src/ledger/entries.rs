//! The shapes of `ledger.json` and `data.json`; `docs/ledger.schema.json` and `docs/data.schema.json` are their JSON Schemas.

use serde::{Deserialize, Serialize};

/// The format that `ledger.json` declares.
pub const FORMAT: &str = "tryk-ledger/1";
/// The format that `data.json` declares.
pub const DATA_FORMAT: &str = "tryk-data/1";

/// Everything printed in one PDF.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Always `tryk-ledger/1`.
    pub format: String,
    /// The program that made the PDF.
    pub generator: String,
    /// The typesetting engine and its version.
    pub engine: String,
    /// The edition.
    pub edition: EditionEntry,
    /// Every printed fact, and every fact that such a one is derived from or held against, by id.
    pub facts: Vec<FactEntry>,
    /// Figures that belong to the document's structure or to names, in page order.
    pub structural: Vec<StructuralEntry>,
    /// The sources that these facts name, and those of what their indicators count.
    pub sources: Vec<SourceEntry>,
}

/// The edition that a PDF is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionEntry {
    /// Partnership id.
    pub partnership: String,
    /// Template id.
    pub document: String,
    /// Year.
    pub year: i32,
    /// Revision.
    pub revision: u32,
    /// Date, ISO 8601.
    pub date: String,
    /// `draft` or `final`.
    pub status: String,
    /// The PDF's title.
    pub title: String,
    /// Where the PDF lies below the output folder.
    pub output: String,
}

/// A fact, where it comes from and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactEntry {
    /// Stable id.
    pub id: String,
    /// Exact value: decimal point, ISO date, `2018/2021`; null where nothing was compiled or is shown.
    pub value: Option<String>,
    /// Its usual Danish form, with no-break spaces as spaces.
    pub text: String,
    /// Unit.
    pub unit: String,
    /// `official`, `derived`, `illustrative`, `missing`, `suppressed` where so few are counted that it is not shown, or `incomparable` across a break of its series.
    pub basis: String,
    /// True when it rests on an invented example.
    pub illustrative: bool,
    /// Id of its source.
    pub source: Option<String>,
    /// The day on which its cell became known (published, reported, approved), ISO 8601; null where that does not matter.
    #[serde(default)]
    pub known: Option<String>,
    /// Where it comes from.
    pub origin: OriginEntry,
    /// The cell that states the form `mio`, where its source gives it rounded too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stated: Option<OriginEntry>,
    /// How other facts give the same value, for a cell that a rule holds against them.
    pub control: Option<FormulaEntry>,
    /// Where it stands; empty for a fact that only others rest on.
    pub printed: Vec<Printing>,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum OriginEntry {
    /// A cell of a CSV file, or a JSON value.
    Cell {
        /// The file, from the project's folder.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// JSON pointer (RFC 6901), for JSON files.
        pointer: Option<String>,
        /// What stands in the cell.
        cell: String,
    },
    /// Other facts.
    Derived {
        /// The formula over their ids.
        formula: String,
        /// Their ids.
        inputs: Vec<String>,
    },
    /// Nobody has compiled it, or it is not shown.
    Absent,
}

/// A value worked out from other facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormulaEntry {
    /// The formula over their ids.
    pub formula: String,
    /// Their ids.
    pub inputs: Vec<String>,
}

/// A place where a fact is printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printing {
    /// The text, with no-break spaces as spaces.
    pub text: String,
    /// The form: `text` is the usual one.
    pub form: String,
    /// The sentence or the row of a table that it stands in, with `…` where that was cut.
    pub around: String,
    /// Where it stands in `around`, in characters from 0.
    pub at: usize,
    /// Page, from 1.
    pub page: usize,
    /// Left, upper, right and lower edge in points from the page's upper left corner.
    pub rect: [f64; 4],
}

/// A figure that is no fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StructuralEntry {
    /// Such as `page-number`, `section-number`, `name`.
    pub kind: String,
    /// The text.
    pub text: String,
    /// Page, from 1.
    pub page: usize,
    /// Left, upper, right and lower edge in points from the page's upper left corner.
    pub rect: [f64; 4],
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceEntry {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Address.
    pub url: Option<String>,
    /// The day on which it was looked up, ISO 8601.
    #[serde(default)]
    pub retrieved: Option<String>,
}

/// The published figures of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    /// Always `tryk-data/1`.
    pub format: String,
    /// The edition.
    pub edition: EditionEntry,
    /// Every printed fact that has a value, by id.
    pub facts: Vec<DataFact>,
}

/// A published figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFact {
    /// Stable id.
    pub id: String,
    /// Exact value.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// `official`, `derived` or `illustrative`.
    pub basis: String,
    /// Id of its source.
    pub source: Option<String>,
}
