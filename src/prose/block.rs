//! Blocks and inlines of a text, as values.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::facts::{Fact, fact_json};

/// A paragraph, heading or list.
#[derive(Clone, Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading, from level 2 (the template numbers level 1).
    Heading(u8, Vec<Inline>),
    /// A list; ordered or not.
    List {
        /// Numbered when true.
        ordered: bool,
        /// Each item is a run of blocks.
        items: Vec<Vec<Block>>,
    },
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub enum Inline {
    /// Plain words.
    Text(String),
    /// A figure in one of its forms.
    Fact(Arc<Fact>, String),
    /// *Emphasis*.
    Emphasis(Vec<Inline>),
    /// **Strong emphasis**.
    Strong(Vec<Inline>),
    /// A line break.
    Break,
}

impl Block {
    /// The JSON that templates read.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Paragraph(runs) => json!({ "type": "paragraph", "runs": inlines(runs) }),
            Self::Heading(level, runs) => {
                json!({ "type": "heading", "level": level, "runs": inlines(runs) })
            }
            Self::List { ordered, items } => {
                let items: Vec<Vec<Value>> = items
                    .iter()
                    .map(|item| item.iter().map(Self::to_json).collect())
                    .collect();
                json!({ "type": "list", "ordered": ordered, "items": items })
            }
        }
    }
}

fn inlines(runs: &[Inline]) -> Value {
    runs.iter().map(Inline::to_json).collect()
}

impl Inline {
    /// The JSON that templates read.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Text(text) => json!({ "text": text }),
            Self::Fact(fact, form) => json!({ "fact": fact_json(fact), "form": form }),
            Self::Emphasis(runs) => json!({ "emphasis": inlines(runs) }),
            Self::Strong(runs) => json!({ "strong": inlines(runs) }),
            Self::Break => json!({ "break": true }),
        }
    }
}
