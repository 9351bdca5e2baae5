//! `issued.json`: the lock file of editions that were issued. `tryk issue` writes it; people read it and hardly ever change it.

use std::str::FromStr;

use super::codes;
use super::context::Context;
use super::decode::{date, ordinal, reference, text, year};
use super::file::Root;
use super::json::value::{list, map, object};
use super::json::{self, Object};
use super::references::Kind;
use super::value::{Record, Value};
use crate::diagnostic::{Finding, Located, quoted};
use crate::model::{Figure, Issued, Making, Text};

/// The file's name in a partnership's folder.
pub const FILE: &str = "issued.json";
/// The folder beside it that keeps the PDFs.
pub const FOLDER: &str = "issued";
/// The folder beside it that keeps what was signed.
pub const SIGNED: &str = "signed";
/// The archive's folder below the output folder, where no document goes.
pub const ARCHIVE: &str = "archive";
/// The format that the file declares.
pub const FORMAT: &str = "tryk-issued/1";

/// The issued editions; none when there is no such file.
pub(super) fn read(inputs: &Root, folder: &str, cx: &mut Context) -> Option<Vec<Issued>> {
    let path = format!("{folder}/{FILE}");
    if !inputs.has(&path) {
        return Some(Vec::new());
    }
    json::read(inputs, &path, file, cx)
}

fn file(root: &Object<'_>, cx: &mut Context) -> Option<Vec<Issued>> {
    let format = root.need("format", text, cx);
    let editions = root.need("editions", list(object(issued)), cx);
    let format = format?;
    if format.value != FORMAT {
        let message = format!("the format is {}", quoted(&format.value));
        cx.push(
            Finding::error(codes::FORMAT, message)
                .at(&format.place, "unknown")
                .expected(quoted(FORMAT))
                .hint("the file was written by another version of tryk"),
        );
        return None;
    }
    editions
}

fn issued(entry: &Object<'_>, cx: &mut Context) -> Option<Issued> {
    let document = entry.need("document", reference(Kind::Document), cx);
    let year = entry.need("year", year, cx);
    let revision = entry.need("revision", ordinal, cx);
    let issued = entry.need("issued", date, cx);
    let output = entry.need("output", output, cx);
    let pdf = entry.need("pdf", path, cx);
    let sha256 = entry.need("sha256", digest, cx);
    let ledger = entry.need("ledger", digest, cx);
    let pages = entry.need("pages", ordinal, cx);
    let making = entry.need("making", object(making), cx);
    let figures = entry.need("figures", map(figure), cx);
    let names = entry.need("names", map(text), cx);
    let sources = entry.may("sources", digest, cx);
    Some(Issued {
        entry: entry.place().clone(),
        document: document?,
        year: year?,
        revision: revision?,
        issued: issued?,
        output: output?,
        pdf: pdf?,
        sha256: sha256?,
        ledger: ledger?,
        pages: pages?,
        making: making?,
        figures: figures?,
        names: names?,
        sources: sources?,
    })
}

fn making(making: &Object<'_>, cx: &mut Context) -> Option<Making> {
    let tool = making.need("tool", text, cx);
    let engine = making.need("engine", text, cx);
    let fonts = making.need("fonts", digest, cx);
    let data = making.need("data", digest, cx);
    let words = making.need("text", digest, cx);
    let templates = making.need("templates", map(digest), cx);
    let templates = templates?.into_iter();
    Some(Making {
        tool: tool?.value,
        engine: engine?.value,
        fonts: fonts?.value,
        data: data?.value,
        text: words?.value,
        templates: templates.map(|(path, one)| (path, one.value)).collect(),
    })
}

/// A figure's line, such as `870000 kroner = 870.000 kr.`.
fn figure(value: &Value<'_>, cx: &mut Context) -> Option<Located<Figure>> {
    let line = text(value, cx)?;
    if let Ok(figure) = Figure::from_str(&line.value) {
        return Some(Located::new(figure, line.place));
    }
    let message = format!("{} is no figure", quoted(&line.value));
    cx.push(
        Finding::error(codes::FIGURE, message)
            .at(&line.place, "")
            .expected("a value, its unit and its text, such as \"870000 kroner = 870.000 kr.\""),
    );
    None
}

fn digest(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    let word = text(value, cx)?;
    let is_hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if word.value.len() == 64 && word.value.bytes().all(is_hexadecimal) {
        return Some(word);
    }
    let message = format!("{} is no SHA-256 digest", quoted(&word.value));
    cx.push(
        Finding::error(codes::DIGEST, message)
            .at(&word.place, "")
            .expected("64 digits and letters a-f"),
    );
    None
}

/// A path of a PDF below the output folder, where the archive's folder is left alone.
fn output(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    let path = path(value, cx)?;
    if !is_of_the_archive(&path.value) {
        return Some(path);
    }
    let message = format!("{} lies in the archive", quoted(&path.value));
    cx.push(
        Finding::error(codes::DIGEST, message)
            .at(&path.place, "leads elsewhere")
            .expected("the path that the register and the template give"),
    );
    None
}

/// True for a path below the output folder that belongs to the archive of finished years.
pub fn is_of_the_archive(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    first.eq_ignore_ascii_case(ARCHIVE)
}

/// The PDFs in a partnership's folder of issued ones, as paths below the inputs.
pub fn kept(inputs: &Root, partnership: &str) -> Vec<String> {
    let folder = format!("{partnership}/{FOLDER}");
    if !inputs.has(&folder) {
        return Vec::new();
    }
    let entries = inputs.entries(&folder).unwrap_or_default().into_iter();
    let pdfs = entries.filter(|one| !one.is_folder && one.name.ends_with(".pdf"));
    pdfs.map(|one| format!("{folder}/{}", one.name)).collect()
}

/// The folders of signed editions in a partnership's folder, as paths below the inputs.
pub fn signed(inputs: &Root, partnership: &str) -> Vec<String> {
    let folder = format!("{partnership}/{SIGNED}");
    if !inputs.has(&folder) {
        return Vec::new();
    }
    let entries = inputs.entries(&folder).unwrap_or_default().into_iter();
    let folders = entries.filter(|one| one.is_folder);
    folders
        .map(|one| format!("{folder}/{}", one.name))
        .collect()
}

/// A relative path of a PDF, without a way out.
fn path(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    let path = text(value, cx)?;
    let inside = path.value.split('/').all(|part| {
        !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0'])
    });
    if inside && path.value.ends_with(".pdf") {
        return Some(path);
    }
    let message = format!("{} is no place for a PDF", quoted(&path.value));
    cx.push(
        Finding::error(codes::DIGEST, message)
            .at(&path.place, "leads elsewhere")
            .expected("a relative path with `/`, without `..`, that ends in .pdf"),
    );
    None
}
