//! Who signed what, as a list: among the sources of a document it takes the place of the signed PDFs, which nothing else is made from.
//!
//! Comes in: signings, or the list. Goes out: the list, or signings with the places that the PDFs would have. Must not be believed where
//! signed PDFs are kept.

use std::path::Path;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::COUNTERPART;
use crate::diagnostic::{Finding, Located, SourceFile};
use crate::facts::danish;
use crate::model::{Signature, Signing};
use crate::read::{ISSUED_FOLDER, SIGNED, regular};
use crate::sign::codes;

/// The list's name in the folder of signed PDFs.
const FILE: &str = "signings.json";
/// The most that it may be, in bytes.
const MOST: u64 = 1 << 20;
/// How times are written.
const TIME: &str = "%Y-%m-%dT%H:%M:%SZ";

/// An edition of the list.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    document: String,
    year: i32,
    revision: u32,
    fields: Vec<String>,
    signatures: Vec<Told>,
}

/// A signature of the list.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    field: String,
    file: String,
    time: String,
}

/// The list with its path below the partnership's folder; none when nobody has signed anything.
pub fn written(signings: &[Signing]) -> Option<(String, Vec<u8>)> {
    let rows = signings.iter().map(|one| Row {
        document: one.document.clone(),
        year: one.year,
        revision: one.revision,
        fields: one.fields.clone(),
        signatures: one.signatures.iter().map(told).collect(),
    });
    let rows: Vec<Row> = rows.collect();
    let mut bytes = serde_json::to_vec_pretty(&rows).expect("its keys are texts");
    bytes.push(b'\n');
    (!rows.is_empty()).then(|| (format!("{SIGNED}/{FILE}"), bytes))
}

fn told(signature: &Signature) -> Told {
    Told {
        field: signature.field.clone(),
        file: signature.file.clone(),
        time: signature.time.clone(),
    }
}

/// Reads the list of a partnership's folder, which people know as `shown`; none when there is none.
///
/// # Errors
/// A finding when it cannot be read, or lies where signed PDFs are kept.
pub fn read(store: &Path, shown: &str) -> Result<Option<Vec<Signing>>, Box<Finding>> {
    let path = store.join(SIGNED).join(FILE);
    let broken = |why: String| {
        let message = format!("{shown}/{SIGNED}/{FILE} {why}");
        Box::new(
            Finding::error(codes::RECORD, message)
                .hint("take it away: it belongs among the sources of an archived document"),
        )
    };
    let bytes = match regular(&path, MOST) {
        Ok(bytes) => bytes,
        Err(fault) if fault.is_missing() => return Ok(None),
        Err(fault) => return Err(broken(format!("cannot be read: {fault}"))),
    };
    if store.join(ISSUED_FOLDER).exists() {
        return Err(broken(
            "tells what only the signed PDFs may tell".to_owned(),
        ));
    }
    let rows: Vec<Row> = serde_json::from_slice(&bytes)
        .map_err(|error| broken(format!("breaks its format: {error}")))?;
    let signings = rows.into_iter().map(|row| signing(row, shown));
    let signings: Option<Vec<Signing>> = signings.collect();
    match signings {
        Some(signings) => Ok(Some(signings)),
        None => Err(broken("has a time that is none".to_owned())),
    }
}

fn signing(row: Row, shown: &str) -> Option<Signing> {
    let signatures = row.signatures.into_iter().map(|one| {
        let time = NaiveDateTime::parse_from_str(&one.time, TIME).ok()?;
        Some(signature(shown, one.file, &one.field, time))
    });
    Some(Signing {
        document: row.document,
        year: row.year,
        revision: row.revision,
        fields: row.fields,
        signatures: signatures.collect::<Option<_>>()?,
    })
}

/// True for the path of a copy that one party signed alone.
fn is_copy(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    name.starts_with(COUNTERPART)
}

/// A signature by a field at a moment of universal time; `file` is below the partnership's folder, which people know as `shown`.
pub fn signature(shown: &str, file: String, field: &str, moment: NaiveDateTime) -> Signature {
    let time = moment.format(TIME).to_string();
    let text = format!("{field} {time}");
    let span = field.len() + 1..text.len();
    let place = SourceFile::new(format!("{shown}/{file}"), text).place(span);
    Signature {
        field: field.to_owned(),
        in_copy: is_copy(&file),
        file,
        time,
        day: Located::new(danish::local_time(moment).date(), place),
    }
}
