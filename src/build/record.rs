//! The build record: what each edition was made from, so that a run makes only what would come out otherwise.
//!
//! Comes in: the output folder. Goes out: an entry per edition, by its identity.
//! A record that is missing, damaged or of another format is an empty one: then everything is made again.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::made::Made;
use super::write::{Written, write};
use crate::read;

/// The record's name in the output folder.
pub const FILE: &str = "build-record.json";
const FORMAT: &str = "tryk-build-record/1";
/// The largest that is read, in bytes.
const LARGEST: u64 = 128 << 20;

/// What was made, by the edition's identity, such as `folehaven/plan/2019/r1`.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    format: String,
    /// The editions.
    pub editions: BTreeMap<String, Made>,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            format: FORMAT.to_owned(),
            editions: BTreeMap::new(),
        }
    }
}

impl Record {
    /// The record of an output folder.
    pub fn read(out: &Path) -> Self {
        let bytes = read::regular(&out.join(FILE), LARGEST).unwrap_or_default();
        let record: Option<Self> = serde_json::from_slice(&bytes).ok();
        record
            .filter(|one| one.format == FORMAT)
            .unwrap_or_default()
    }

    /// Writes it; the same record gives the same bytes.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn write(&self, out: &Path) -> io::Result<Written> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("its keys are texts");
        bytes.push(b'\n');
        write(out, FILE, &bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_damaged_record_is_an_empty_one() {
        let folder = tempfile::tempdir().expect("a folder");
        for bytes in [
            "",
            "{",
            r#"{"format":"tryk-build-record/9","editions":{}}"#,
            r#"{"format":"tryk-build-record/1","editions":{"a":{}}}"#,
        ] {
            fs::write(folder.path().join(FILE), bytes).expect("written");
            assert_eq!(Record::read(folder.path()), Record::default());
        }
    }
}
