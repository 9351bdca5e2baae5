//! What is to be compared, as it is written on the command line.

use std::path::{Path, PathBuf};

use crate::build::name::EditionName;

/// The two sides of a comparison; what is left out is chosen by what the other is.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The new side.
    pub what: Option<What>,
    /// The old side.
    pub against: Option<Against>,
}

/// A document: an edition of the register as the working data give it, or a PDF.
#[derive(Clone, Debug)]
pub enum What {
    /// An edition.
    Edition(EditionName),
    /// A PDF made by this program.
    File(PathBuf),
}

/// What a document is compared with.
#[derive(Clone, Debug)]
pub enum Against {
    /// Another revision of it.
    Revision(u32),
    /// A PDF.
    File(PathBuf),
    /// A folder with PDFs: an output folder or a bag of the archive.
    Folder(PathBuf),
}

impl What {
    /// Reads the argument EDITION.
    ///
    /// # Errors
    /// How an edition is named, when it names none and is no PDF.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.to_lowercase().ends_with(".pdf") || Path::new(text).is_file() {
            return Ok(Self::File(text.into()));
        }
        let edition = text.parse().map(Self::Edition);
        edition.map_err(|fault| format!("'{text}' names no edition: {fault}, or by its PDF"))
    }
}

impl Against {
    /// Reads the argument of `--against`.
    pub fn parse(text: &str) -> Self {
        let number = text.strip_prefix('r').unwrap_or(text).parse();
        match number {
            Ok(revision) => Self::Revision(revision),
            Err(_) if Path::new(text).is_dir() => Self::Folder(text.into()),
            Err(_) => Self::File(text.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_are_told_apart() {
        let of = |text| Against::parse(text);
        assert!(matches!(of("r2"), Against::Revision(2)));
        assert!(matches!(of("2"), Against::Revision(2)));
        assert!(matches!(of("."), Against::Folder(_)));
        assert!(matches!(of("rev2.pdf"), Against::File(_)));
        assert!(matches!(What::parse("a/B.PDF"), Ok(What::File(_))));
        assert!(matches!(What::parse("f/plan/2019"), Ok(What::Edition(_))));
        assert!(What::parse("plan").is_err());
    }
}
