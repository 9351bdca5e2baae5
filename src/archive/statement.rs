//! Where a document comes from: an in-toto Statement v1 with SLSA provenance v1.
//!
//! Comes in: the document's files and everything it was made from, with digests. Goes out: a statement; and back, its sources.
//! A source's `name` is its path in the project, its `uri` a reference to its place in the bag.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::digest::{Digests, hexadecimal};
use super::path;

/// The type of every statement.
pub const STATEMENT: &str = "https://in-toto.io/Statement/v1";
/// The type of what it says.
pub const PREDICATE: &str = "https://slsa.dev/provenance/v1";
/// How documents are made.
const BUILD: &str =
    "https://github.com/tryk/tryk/blob/main/docs/archive.md#how-a-document-is-rebuilt";
/// Who makes them.
const BUILDER: &str = "https://github.com/tryk/tryk";

/// A statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// Always `https://in-toto.io/Statement/v1`.
    #[serde(rename = "_type")]
    pub kind: String,
    /// The document's files, by their paths in the bag.
    pub subject: Vec<Resource>,
    /// Always `https://slsa.dev/provenance/v1`.
    pub predicate_type: String,
    /// What they were made from, and how.
    pub predicate: Provenance,
}

/// A file with its digests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its path.
    pub name: String,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Its digests by algorithm; none of what is named by its version.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub digest: BTreeMap<String, String>,
}

/// How a document was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provenance {
    build_definition: Definition,
    run_details: Run,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Definition {
    build_type: String,
    external_parameters: Value,
    resolved_dependencies: Vec<Resource>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Run {
    builder: Builder,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Builder {
    id: String,
    version: BTreeMap<String, String>,
}

/// What a statement is made from.
#[derive(Debug)]
pub struct Making<'a> {
    /// The document's identity.
    pub ident: &'a str,
    /// The program with its version and source.
    pub tool: &'a str,
    /// The engine.
    pub engine: &'a str,
}

impl Statement {
    /// A statement about files that were made from sources.
    pub fn new(making: &Making<'_>, subject: Vec<Resource>, sources: Vec<Resource>) -> Self {
        let version = |name: &str, version: &str| (name.to_owned(), version.to_owned());
        Self {
            kind: STATEMENT.to_owned(),
            subject,
            predicate_type: PREDICATE.to_owned(),
            predicate: Provenance {
                build_definition: Definition {
                    build_type: BUILD.to_owned(),
                    external_parameters: json!({ "edition": making.ident }),
                    resolved_dependencies: sources,
                },
                run_details: Run {
                    builder: Builder {
                        id: BUILDER.to_owned(),
                        version: BTreeMap::from([
                            version("tryk", making.tool),
                            version("engine", making.engine),
                        ]),
                    },
                },
            },
        }
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("its keys are texts");
        bytes.push(b'\n');
        bytes
    }

    /// Reads a statement of ours.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(json: &str) -> Result<Self, String> {
        let statement: Self = serde_json::from_str(json).map_err(|error| error.to_string())?;
        let is_ours = statement.kind == STATEMENT && statement.predicate_type == PREDICATE;
        if is_ours {
            Ok(statement)
        } else {
            Err("it is no in-toto Statement v1 with SLSA provenance v1".to_owned())
        }
    }

    /// What the document was made from.
    pub fn sources(&self) -> &[Resource] {
        &self.predicate.build_definition.resolved_dependencies
    }

    /// A component of the builder with its version: `tryk` or `engine`.
    pub fn version(&self, of: &str) -> &str {
        let versions = &self.predicate.run_details.builder.version;
        versions.get(of).map_or("", String::as_str)
    }
}

impl Resource {
    /// A file of the bag, known by its path there.
    pub fn file(path: &str, digests: &Digests) -> Self {
        Self {
            name: path.to_owned(),
            uri: None,
            digest: BTreeMap::from([
                ("sha256".to_owned(), hexadecimal(&digests.sha256)),
                ("sha512".to_owned(), hexadecimal(&digests.sha512)),
            ]),
        }
    }

    /// A source: its path in the project, and where it lies in the bag.
    pub fn source(name: &str, place: &str, digests: &Digests) -> Self {
        Self {
            name: name.to_owned(),
            uri: Some(path::reference(place)),
            ..Self::file(place, digests)
        }
    }

    /// Where it lies in the bag; none when that is no path of a bag.
    pub fn place(&self) -> Option<String> {
        let place = match &self.uri {
            Some(uri) => path::referred(uri)?,
            None => self.name.clone(),
        };
        path::fault(&place).is_none().then_some(place)
    }

    /// True when its digests are a file's.
    pub fn fits(&self, digests: &Digests) -> bool {
        let is = |algorithm: &str, bytes: &[u8]| {
            self.digest
                .get(algorithm)
                .is_some_and(|one| *one == hexadecimal(bytes))
        };
        is("sha256", &digests.sha256) && is("sha512", &digests.sha512)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_reads_back_with_its_sources() {
        let making = Making {
            ident: "lunden/letter/2018/r1",
            tool: "tryk 0.1.0",
            engine: "Typst 0.15.1",
        };
        let digests = Digests::of(b"x");
        let source = Resource::source("inputs/lunden/å.md", "data/inputs/lunden/å.md", &digests);
        let subject = Resource::file("data/documents/letter.pdf", &digests);
        let statement = Statement::new(&making, vec![subject], vec![source]);
        let text = String::from_utf8(statement.to_bytes()).expect("text");
        let read = Statement::parse(&text).expect("a statement");
        assert_eq!(read, statement);
        let source = &read.sources()[0];
        assert_eq!(source.place().as_deref(), Some("data/inputs/lunden/å.md"));
        assert!(source.fits(&digests) && !source.fits(&Digests::of(b"y")));
        assert_eq!(read.version("engine"), "Typst 0.15.1");
        assert!(Statement::parse(&text.replace("Statement/v1", "Statement/v9")).is_err());
        let out = Resource {
            uri: Some("../x".to_owned()),
            ..source.clone()
        };
        assert_eq!(out.place(), None);
    }
}
