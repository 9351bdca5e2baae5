//! Why an edition is not what it would be if it were made today.

use std::fmt;

use serde::Serialize;

use crate::model::Figure;

/// How many figures or files a reason names before it counts the rest.
const NAMED: usize = 3;

/// One way in which an edition differs from what was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "what", rename_all = "snake_case")]
pub enum Reason {
    /// The record knows nothing of it.
    Unrecorded,
    /// The PDF, or a file beside it, is not the one recorded.
    Altered(String),
    /// Its row in the register, its title or its place.
    Register,
    /// Figures it prints, or that printed ones rest on.
    Figures(Vec<FigureChange>),
    /// Only where its figures stand in the inputs, which its ledger tells.
    Origins,
    /// Texts, by path.
    Texts(Vec<String>),
    /// Template files, by path.
    Templates(Vec<String>),
    /// The fonts that lie with the templates.
    Fonts,
    /// The engine: the old and the new.
    Engine(String, String),
    /// The program: the old and the new.
    Tool(String, String),
    /// Names, rows or other data that are no recorded figure.
    Data,
    /// It was asked for.
    Forced,
}

/// A figure that is another than it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureChange {
    /// The fact's id.
    pub id: String,
    /// What it was; none when the record does not tell.
    pub old: Option<Figure>,
    /// What it is; none when there is no such fact any more.
    pub new: Option<Figure>,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unrecorded => f.write_str("not in the build record"),
            Self::Altered(path) => write!(f, "{path} is not the one in the build record"),
            Self::Register => f.write_str("its row in the register"),
            Self::Figures(changes) => f.write_str(&figures(changes)),
            Self::Origins => f.write_str("its figures stand elsewhere in the inputs"),
            Self::Texts(paths) => write!(f, "text {}", some(paths)),
            Self::Templates(paths) => write!(f, "template {}", some(paths)),
            Self::Fonts => f.write_str("font"),
            Self::Engine(old, new) => write!(f, "engine {old} → {new}"),
            Self::Tool(old, new) => write!(f, "program {old} → {new}"),
            Self::Data => f.write_str("names or rows in the data"),
            Self::Forced => f.write_str("forced"),
        }
    }
}

impl fmt::Display for FigureChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let old = self.old.as_ref().map_or("?", |one| one.text.as_str());
        let new = match &self.new {
            Some(new) => new.text.as_str(),
            None => "no longer there",
        };
        let (old, new) = match (&self.old, &self.new) {
            // Two values may round to one text.
            (Some(before), Some(after)) if before.text == after.text => (
                before.value.as_deref().unwrap_or(old),
                after.value.as_deref().unwrap_or(new),
            ),
            _ => (old, new),
        };
        write!(f, "{}: {old} → {new}", self.id)
    }
}

/// `2 facts (…: 120.000 kr. → 140.000 kr., …)`.
fn figures(changes: &[FigureChange]) -> String {
    let noun = if changes.len() == 1 { "fact" } else { "facts" };
    let named: Vec<String> = changes.iter().map(ToString::to_string).collect();
    format!("{} {noun} ({})", changes.len(), some(&named))
}

fn some(all: &[String]) -> String {
    let named = all[..all.len().min(NAMED)].join(", ");
    if all.len() > NAMED {
        format!("{named}, …")
    } else {
        named
    }
}

/// Reasons as one line.
pub fn listed(reasons: &[Reason]) -> String {
    let all: Vec<String> = reasons.iter().map(ToString::to_string).collect();
    all.join("; ")
}
