//! What a template folder declares in its `template.json`.

use super::Text;
use crate::diagnostic::Located;

/// A kind of document: a folder under `templates/`.
#[derive(Clone, Debug)]
pub struct Template {
    /// Id, which is the folder's name.
    pub id: Text,
    /// What the document is called, such as `Tryghedsplan`.
    pub name: Text,
    /// The PDF's title, with placeholders.
    pub title: Text,
    /// Which years it is made for.
    pub cadence: Located<Cadence>,
    /// Path of the PDF under the output folder, with placeholders.
    pub output: Text,
    /// Names of the texts it cannot do without.
    pub texts: Vec<Text>,
}

/// Which years a document is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// Once per agreement period.
    Period,
    /// Every year of the period.
    Yearly,
    /// The years in which a body of this id gets a status.
    StatusOf(String),
}
