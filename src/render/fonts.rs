//! The fonts of every document: bundled ones, and those laid under `templates/assets/fonts/`.
//!
//! Comes in: the template snapshot. Goes out: one font store, or findings on files that cannot be used.
//! Must not ask the system for fonts: the same inputs would give other pages on another machine.

use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontVariant, FontVariations};
use typst_kit::fonts::{FontStore, embedded};

use super::codes::UNUSABLE_FONT;
use super::files::{TemplateFiles, project_path};
use crate::diagnostic::{Finding, Findings, SourceFile};

/// The virtual folder that fonts of the templates lie in.
pub const FONT_FOLDER: &str = "/assets/fonts/";

/// What Typst can read, and the font formats it cannot.
const READABLE: [&str; 4] = ["ttf", "otf", "ttc", "otc"];
const UNREADABLE: [&str; 6] = ["woff", "woff2", "eot", "pfb", "pfa", "dfont"];

/// The fonts of every document. Built once, shared by all editions.
pub struct Fonts(pub(super) FontStore);

impl Fonts {
    /// Gathers the fonts under `/assets/fonts/`, then Noto Sans, then Libertinus Serif, New Computer Modern and DejaVu Sans Mono.
    ///
    /// Of two fonts of one family and style the first is used, so a template's own font wins over a bundled one.
    pub fn new(files: &TemplateFiles) -> Result<Self, Findings> {
        let mut store = FontStore::new();
        let mut findings = Findings::new();
        for (path, bytes) in files
            .iter()
            .filter(|(path, _)| path.starts_with(FONT_FOLDER))
        {
            match read(path, bytes) {
                Ok(fonts) => fonts.into_iter().for_each(|font| push(&mut store, font)),
                Err(finding) => findings.push(*finding),
            }
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        let noto = [
            notosans::REGULAR_TTF,
            notosans::BOLD_TTF,
            notosans::ITALIC_TTF,
            notosans::BOLD_ITALIC_TTF,
        ];
        for font in noto
            .into_iter()
            .flat_map(|bytes| Font::iter(Bytes::new(bytes)))
        {
            push(&mut store, font);
        }
        store.extend(embedded());
        Ok(Self(store))
    }

    /// The families, sorted by name.
    pub fn families(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.0.book().families().map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }
}

fn push(store: &mut FontStore, font: Font) {
    let info = font.info().clone();
    store.push((font, info));
}

/// The fonts of one file; files that are no fonts, such as a licence, hold none.
fn read(path: &str, bytes: &[u8]) -> Result<Vec<Font>, Box<Finding>> {
    let extension = path
        .rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase())
        .unwrap_or_default();
    if UNREADABLE.contains(&extension.as_str()) {
        return Err(refuse(path, &format!("is a .{extension} file")));
    }
    if !READABLE.contains(&extension.as_str()) {
        return Ok(Vec::new());
    }
    let fonts: Vec<Font> = Font::iter(Bytes::new(bytes.to_vec())).collect();
    if fonts.is_empty() {
        return Err(refuse(path, "is damaged, or no font at all"));
    }
    match fonts
        .iter()
        .find_map(|font| forbidden(embedding_bits(font)))
    {
        Some(reason) => Err(refuse(path, reason)),
        None => Ok(fonts),
    }
}

fn refuse(path: &str, reason: &str) -> Box<Finding> {
    let path = project_path(path);
    let finding = Finding::error(UNUSABLE_FONT, format!("the font {path} {reason}"))
        .at(&SourceFile::new(path, "").whole(), "")
        .hint("take a TrueType or OpenType font (.ttf, .otf) whose licence allows embedding, or remove the file");
    Box::new(finding)
}

/// The licence bits of a font (`fsType` in its `OS/2` table).
fn embedding_bits(font: &Font) -> u16 {
    let usual = font.clone().instantiate(
        FontVariant::default(),
        Abs::pt(10.0),
        &FontVariations::default(),
    );
    let face = usual.ttf().raw_face();
    let record = face
        .table_records
        .into_iter()
        .find(|record| &record.tag.to_bytes() == b"OS/2");
    let table = record
        .and_then(|record| face.table(record.tag))
        .unwrap_or_default();
    table
        .get(8..10)
        .map_or(0, |bits| u16::from_be_bytes([bits[0], bits[1]]))
}

/// Why licence bits forbid what a PDF needs: the used outlines of the font, as a subset.
fn forbidden(bits: u16) -> Option<&'static str> {
    // The low bits are one value: 2 alone is "restricted", 6 and 10 also grant a weaker right.
    if bits & 0x000f == 0x0002 {
        Some("has a licence that forbids embedding")
    } else if bits & 0x0100 != 0 {
        Some("has a licence that forbids embedding a part of it")
    } else if bits & 0x0200 != 0 {
        Some("has a licence that forbids embedding its outlines")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn fonts(name: &str, bytes: &[u8]) -> Result<Fonts, Findings> {
        let path = format!("{FONT_FOLDER}{name}");
        Fonts::new(&TemplateFiles::new(BTreeMap::from([(
            path,
            bytes.to_vec(),
        )])))
    }

    fn refusal(name: &str, bytes: &[u8]) -> String {
        let findings = fonts(name, bytes).err().expect("the font is refused");
        let finding = findings.iter().next().expect("with a finding");
        assert_eq!(finding.code, UNUSABLE_FONT);
        finding.message.clone()
    }

    /// Noto Sans with other licence bits.
    fn licensed(bits: u16) -> Vec<u8> {
        let mut bytes = notosans::REGULAR_TTF.to_vec();
        let record = bytes
            .windows(4)
            .position(|tag| tag == b"OS/2")
            .expect("has the table");
        let offset = bytes[record + 8..record + 12]
            .iter()
            .fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        bytes[offset + 8..offset + 10].copy_from_slice(&bits.to_be_bytes());
        bytes
    }

    #[test]
    fn bundled_families_are_there() {
        let fonts = fonts("OFL.txt", b"a licence is no font").expect("other files are left alone");
        for family in [
            "Noto Sans",
            "Libertinus Serif",
            "DejaVu Sans Mono",
            "New Computer Modern",
        ] {
            assert!(fonts.families().contains(&family), "{family}");
        }
    }

    #[test]
    fn a_damaged_font_is_refused() {
        let message = refusal("Brand.ttf", b"not a font");
        assert_eq!(
            message,
            "the font templates/assets/fonts/Brand.ttf is damaged, or no font at all"
        );
        assert!(refusal("Brand.woff2", b"wOF2").ends_with("is a .woff2 file"));
    }

    #[test]
    fn a_licence_that_forbids_embedding_is_refused() {
        assert!(refusal("Brand.ttf", &licensed(0x0002)).ends_with("forbids embedding"));
        assert!(refusal("Brand.ttf", &licensed(0x0100)).ends_with("a part of it"));
        assert!(refusal("Brand.ttf", &licensed(0x0200)).ends_with("its outlines"));
        assert!(fonts("Brand.ttf", &licensed(0x0008)).is_ok());
    }
}
