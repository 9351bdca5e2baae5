//! `template.json`: what a template folder declares.

use super::codes;
use super::context::Context;
use super::decode::{id, is_id, text};
use super::file::{Root, place_of};
use super::issued::is_of_the_archive;
use super::json::value::{list, object};
use super::json::{self, Object};
use super::value::{Raw, Record, Value};
use crate::diagnostic::{Finding, Findings, Located, quoted};
use crate::model::{Cadence, Template, Text};

/// The file that makes a folder a template.
const FILE: &str = "template.json";

/// Folders that templates share.
const SHARED: &[&str] = &["shared", "assets"];

/// The template folders, sorted: every folder with a `template.json`, other than `shared` and `assets`.
pub fn template_ids(templates: &Root) -> (Vec<String>, Findings) {
    let mut cx = Context::default();
    let entries = cx.keep(templates.entries("")).unwrap_or_default();
    let mut ids = Vec::new();
    for entry in entries.into_iter().filter(|entry| entry.is_folder) {
        if SHARED.contains(&entry.name.as_str())
            || !templates.has(&format!("{}/{FILE}", entry.name))
        {
            continue;
        }
        if !is_id(&entry.name) {
            cx.push(not_an_id(&templates.shown(&entry.name), &entry.name));
        }
        ids.push(entry.name);
    }
    (ids, cx.finish())
}

/// Reads the declaration of a template folder.
pub fn template(templates: &Root, folder: &str) -> (Option<Template>, Findings) {
    let mut cx = Context::default();
    let template = json::read(
        templates,
        &format!("{folder}/{FILE}"),
        |file, cx| declaration(file, folder, cx),
        &mut cx,
    );
    (template, cx.finish())
}

/// Reads the declarations of all template folders; one with errors is left out, so that none of its documents is made.
pub fn templates(templates: &Root) -> (Vec<Template>, Findings) {
    let (ids, mut findings) = template_ids(templates);
    let mut read = Vec::new();
    for id in ids {
        let (one, faults) = template(templates, &id);
        read.extend(one.filter(|_| !faults.has_errors()));
        findings.append(faults);
    }
    (read, findings)
}

/// The finding about a folder whose name cannot be an id.
pub(super) fn not_an_id(shown: &str, name: &str) -> Finding {
    Finding::error(
        codes::FOLDER_NAME,
        format!("the folder's name {} is not an id", quoted(name)),
    )
    .at(&place_of(shown), "")
    .expected("small letters a-z, digits, hyphens and underscores")
}

/// Adds a finding when a file states another id than its folder has.
pub(super) fn check_folder(id: &Text, folder: &str, cx: &mut Context) {
    if id.value != folder {
        let message = format!(
            "the id is {}, but the folder is called {}",
            quoted(id),
            quoted(folder)
        );
        cx.push(
            Finding::error(codes::FOLDER_NAME, message)
                .at(&id.place, "")
                .hint("give both the same name"),
        );
    }
}

fn declaration(file: &Object<'_>, folder: &str, cx: &mut Context) -> Option<Template> {
    let id = file.need("id", id, cx);
    if let Some(id) = &id {
        check_folder(id, folder, cx);
    }
    let name = file.need("name", text, cx);
    let title = file.need("title", text, cx);
    let cadence = file.need("cadence", cadence, cx);
    let output = file.need("output", output, cx);
    let texts = file.need("texts", list(super::decode::id), cx);
    Some(Template {
        id: id?,
        name: name?,
        title: title?,
        cadence: cadence?,
        output: output?,
        texts: texts?,
    })
}

fn cadence(value: &Value<'_>, cx: &mut Context) -> Option<Located<Cadence>> {
    let cadence = match value.raw {
        Raw::Json(jsonc_parser::ast::Value::Object(_)) => {
            let body = object(|node, cx| node.need("status_of", id, cx))(value, cx)?;
            Cadence::StatusOf(body.value)
        }
        _ => match value.text(cx)?.trim() {
            "period" => Cadence::Period,
            "yearly" => Cadence::Yearly,
            other => {
                let message = format!("there is no cadence {}", quoted(other));
                cx.push(
                    Finding::error(codes::UNKNOWN_CHOICE, message)
                        .at(&value.place, "")
                        .expected(
                            "\"period\", \"yearly\" or { \"status_of\": \"<id of a body>\" }",
                        ),
                );
                return None;
            }
        },
    };
    Some(Located::new(cadence, value.place.clone()))
}

/// A path that stays below the output folder.
fn output(value: &Value<'_>, cx: &mut Context) -> Option<Text> {
    let path = text(value, cx)?;
    let is_below = path
        .split('/')
        .all(|part| !part.trim().is_empty() && part != "." && part != "..");
    let is_free = !is_of_the_archive(&path.value);
    if is_below && is_free && path.ends_with(".pdf") && !path.contains(['\\', ':']) {
        return Some(path);
    }
    let message = format!(
        "output {} is not the path of a PDF below the output folder",
        quoted(&path)
    );
    let finding = Finding::error(codes::TEMPLATE, message)
        .at(&path.place, "")
        .expected("a path such as {{ partnership.id }}/{{ edition.year }}/tryghedsplan-{{ edition.year }}.pdf");
    cx.push(match is_free {
        true => finding,
        false => finding.hint("archive/ holds the finished years, and nothing else goes there"),
    });
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;

    fn said(cadence: &str, output: &str) -> (Option<Cadence>, Vec<String>) {
        let mut cx = Context::default();
        let text = format!(
            r#"{{"id": "plan", "name": "Plan", "title": "Plan", "cadence": {cadence}, "output": "{output}", "texts": []}}"#
        );
        let template = json::decode_source(
            &SourceFile::new("t.json", text),
            |file, cx| declaration(file, "plan", cx),
            &mut cx,
        );
        let messages = cx
            .finish()
            .into_iter()
            .map(|finding| finding.message)
            .collect();
        (template.map(|template| template.cadence.value), messages)
    }

    #[test]
    fn cadences() {
        let status_of = r#"{"status_of": "steering_group"}"#;
        assert_eq!(said("\"period\"", "a.pdf"), (Some(Cadence::Period), vec![]));
        assert_eq!(
            said(status_of, "a.pdf"),
            (Some(Cadence::StatusOf("steering_group".into())), vec![])
        );
        assert_eq!(
            said("\"weekly\"", "a.pdf").1,
            ["there is no cadence `weekly`"]
        );
        assert_eq!(said("[]", "a.pdf").1, ["cadence is a list, not text"]);
    }

    #[test]
    fn outputs_stay_below_the_output_folder() {
        for output in [
            "../a.pdf",
            "/a.pdf",
            "a//b.pdf",
            "C:/a.pdf",
            "a.txt",
            "a/./b.pdf",
        ] {
            assert_eq!(said("\"yearly\"", output).1.len(), 1, "{output}");
        }
    }
}
