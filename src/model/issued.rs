//! What was issued: mirrors `issued.json`, the lock file of a partnership's register.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use super::Text;
use crate::diagnostic::{Located, Place};

/// An edition that was issued, and what it was made from.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The whole entry.
    pub entry: Place,
    /// Template id.
    pub document: Text,
    /// Its year.
    pub year: Located<i32>,
    /// Its revision.
    pub revision: Located<u32>,
    /// The day it was issued.
    pub issued: Located<NaiveDate>,
    /// Where its PDF goes, below the output folder.
    pub output: Text,
    /// Where its PDF is kept, below the partnership's folder.
    pub pdf: Text,
    /// SHA-256 of the PDF, in hexadecimal.
    pub sha256: Text,
    /// SHA-256 of the ledger that it carries.
    pub ledger: Text,
    /// How many pages it has.
    pub pages: Located<u32>,
    /// What it was made from.
    pub making: Making,
    /// Every figure it prints or that a printed one rests on, by id.
    pub figures: BTreeMap<String, Located<Figure>>,
    /// What readers call the figures, by id, as far as they have a name of their own.
    pub names: BTreeMap<String, Text>,
    /// SHA-256 of the sources that are kept beside the PDF; none where none were kept.
    pub sources: Option<Text>,
}

/// What an edition was made from, in digests (SHA-256, hexadecimal).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Making {
    /// The program with its version and source.
    pub tool: String,
    /// The typesetting engine with its version.
    pub engine: String,
    /// The fonts.
    pub fonts: String,
    /// What the engine was given: figures, texts, head.
    pub data: String,
    /// The text on its pages.
    pub text: String,
    /// The template files that the engine opened, by path.
    pub templates: BTreeMap<String, String>,
}

/// A figure as it was printed: `870000 kroner = 870.000 kr.`, or `- percent = ikke opgjort`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Figure {
    /// Exact value: decimal point, ISO date, `2018/2021`; none where nothing was compiled or is shown.
    pub value: Option<String>,
    /// Unit.
    pub unit: String,
    /// Its usual Danish form, with no-break spaces as spaces.
    pub text: String,
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.as_deref().unwrap_or("-");
        write!(f, "{value} {} = {}", self.unit, self.text)
    }
}

impl FromStr for Figure {
    type Err = ();

    fn from_str(line: &str) -> Result<Self, ()> {
        let (exact, text) = line.split_once(" = ").ok_or(())?;
        let (value, unit) = exact.split_once(' ').ok_or(())?;
        if value.is_empty() || unit.is_empty() || unit.contains(' ') {
            return Err(());
        }
        Ok(Self {
            value: (value != "-").then(|| value.to_owned()),
            unit: unit.to_owned(),
            text: text.to_owned(),
        })
    }
}

impl Issued {
    /// True for the edition of this document, year and revision.
    pub fn is(&self, document: &str, year: i32, revision: u32) -> bool {
        self.document == *document && self.year == year && self.revision == revision
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_back() {
        for line in [
            "870000 kroner = 870.000 kr.",
            "- percent = ikke opgjort",
            "-3.5 percentage_points = 3,5 procentpoint",
            "2018/2021 years = 2018-2021",
        ] {
            let figure: Figure = line.parse().expect("a figure");
            assert_eq!(figure.to_string(), line);
        }
        for line in ["", "870000", "870000 kroner", " kroner = x", "1  = x"] {
            assert_eq!(line.parse::<Figure>(), Err(()), "{line}");
        }
    }
}
