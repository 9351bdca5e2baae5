//! Blocks and inlines of a text, as values.

use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::facts::Fact;

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

/// The JSON that templates read.
impl Serialize for Block {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        match self {
            Self::Paragraph(runs) => {
                map.serialize_entry("runs", runs)?;
                map.serialize_entry("type", "paragraph")?;
            }
            Self::Heading(level, runs) => {
                map.serialize_entry("level", level)?;
                map.serialize_entry("runs", runs)?;
                map.serialize_entry("type", "heading")?;
            }
            Self::List { ordered, items } => {
                map.serialize_entry("items", items)?;
                map.serialize_entry("ordered", ordered)?;
                map.serialize_entry("type", "list")?;
            }
        }
        map.end()
    }
}

/// The JSON that templates read.
impl Serialize for Inline {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        match self {
            Self::Text(text) => map.serialize_entry("text", text)?,
            Self::Fact(fact, form) => {
                map.serialize_entry("fact", &**fact)?;
                map.serialize_entry("form", form)?;
            }
            Self::Emphasis(runs) => map.serialize_entry("emphasis", runs)?,
            Self::Strong(runs) => map.serialize_entry("strong", runs)?,
            Self::Break => map.serialize_entry("break", &true)?,
        }
        map.end()
    }
}
