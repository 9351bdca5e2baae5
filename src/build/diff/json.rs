//! `--json`, and the file `diff.json` inside a redline; `docs/diff.schema.json` is its JSON Schema.

use serde::Serialize;

use super::Answer;
use super::compared::Compared;

/// The format that it declares.
const FORMAT: &str = "tryk-diff/1";

#[derive(Serialize)]
struct Diff<'a> {
    format: &'static str,
    documents: Vec<Document<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    edition: &'a str,
    /// Why there is nothing to compare with.
    nothing: Option<&'a str>,
    compared: Option<&'a Compared>,
}

/// The bytes; the same answers give the same bytes.
pub fn json(answers: &[Answer]) -> Vec<u8> {
    let documents = answers.iter().map(|one| Document {
        edition: &one.edition,
        nothing: one.nothing.as_deref(),
        compared: one.compared.as_deref(),
    });
    let diff = Diff {
        format: FORMAT,
        documents: documents.collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&diff).expect("its keys are texts");
    bytes.push(b'\n');
    bytes
}
