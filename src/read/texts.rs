//! Markdown texts: the template's own, the partnership's, and the partnership's of one year.
//!
//! Comes in: the folders. Goes out: for every name the most specific text, not interpreted.
//! Must not know Markdown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codes;
use super::context::Context;
use super::decode::is_id;
use super::encoding::Encoding;
use super::file::{self, Root, place_of};
use super::suggest::{did_you_mean, listed};
use crate::diagnostic::{Finding, Findings, SourceFile, quoted};
use crate::model::Template;

/// The texts of an edition by name; the partnership's of the year wins over the partnership's, and that over the template's.
pub fn texts(
    templates: &Root,
    inputs: &Root,
    partnership: &str,
    template: &Template,
    year: i32,
) -> (BTreeMap<String, Arc<SourceFile>>, Findings) {
    let mut cx = Context::default();
    let id = &template.id.value;
    let own = format!("{partnership}/text/{id}");
    let mut paths: BTreeMap<String, (&Root, String)> = BTreeMap::new();
    let folders = [
        (templates, format!("{id}/text")),
        (inputs, own.clone()),
        (inputs, format!("{own}/{year}")),
    ];
    for (at, (root, folder)) in folders.into_iter().enumerate() {
        let known: BTreeSet<String> = paths
            .keys()
            .cloned()
            .chain(template.texts.iter().map(|name| name.value.clone()))
            .collect();
        for name in names(root, &folder, &mut cx) {
            let path = format!("{folder}/{name}.md");
            if at > 0 && !known.contains(&name) {
                cx.push(unknown(&root.shown(&path), &name, template, &known));
            }
            paths.insert(name, (root, path));
        }
    }
    for name in template
        .texts
        .iter()
        .filter(|name| !paths.contains_key(&name.value))
    {
        let message = format!("the text {} of {id} is missing", quoted(name));
        cx.push(
            Finding::error(codes::TEXT_FILE, message)
                .at(&name.place, "needed here")
                .hint(format!(
                    "write it as {}",
                    templates.shown(&format!("{id}/text/{name}.md", name = name.value))
                )),
        );
    }
    let read = |(name, (root, path)): (String, (&Root, String))| {
        file::text(root, &path, Encoding::Utf8, &mut cx).map(|source| (name, source))
    };
    let texts = paths.into_iter().filter_map(read).collect();
    (texts, cx.finish())
}

/// Adds findings about folders of texts that no template and no year looks into.
pub(super) fn check_folders(
    inputs: &Root,
    partnership: &str,
    documents: &[String],
    cx: &mut Context,
) {
    let folder = format!("{partnership}/text");
    if !inputs.has(&folder) {
        return;
    }
    for entry in cx.keep(inputs.entries(&folder)).unwrap_or_default() {
        if !entry.is_folder || !documents.contains(&entry.name) {
            let known = || documents.iter().map(String::as_str);
            let shown = inputs.shown(&format!("{folder}/{}", entry.name));
            let mut finding = misplaced(&shown, "is looked at by no template").expected(format!(
                "folders named after templates: {}",
                listed(known())
            ));
            finding.hints.extend(did_you_mean(&entry.name, known()));
            cx.push(finding);
        }
    }
}

/// The names of the texts in a folder, which need not be there; what is no text is a finding.
fn names(root: &Root, folder: &str, cx: &mut Context) -> Vec<String> {
    if !root.has(folder) {
        return Vec::new();
    }
    let mut names = Vec::new();
    for entry in cx.keep(root.entries(folder)).unwrap_or_default() {
        let is_year = entry.name.len() == 4 && entry.name.bytes().all(|byte| byte.is_ascii_digit());
        match entry.name.strip_suffix(".md") {
            Some(name) if !entry.is_folder && is_id(name) => names.push(name.to_owned()),
            _ if entry.is_folder && is_year => {}
            _ => cx.push(
                misplaced(
                    &root.shown(&format!("{folder}/{}", entry.name)),
                    "is not a text",
                )
                .expected("files named <id>.md, and folders named after years"),
            ),
        }
    }
    names
}

fn unknown(shown: &str, name: &str, template: &Template, known: &BTreeSet<String>) -> Finding {
    let known = || known.iter().map(String::as_str);
    let mut finding = misplaced(
        shown,
        &format!("is looked at by no part of {}", template.id.value),
    )
    .expected(format!("one of the texts {}", listed(known())));
    finding.hints.extend(did_you_mean(name, known()));
    finding
}

fn misplaced(shown: &str, message: &str) -> Finding {
    Finding::error(codes::TEXT_FILE, format!("{shown} {message}")).at(&place_of(shown), "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The texts of `plan` 2019, and what is said about them, with these files beside a template that needs `om`.
    fn read(files: &[(&str, &str)]) -> (Vec<(String, String)>, Vec<String>) {
        const TEMPLATE: &str = r#"{"id": "plan", "name": "Plan", "title": "Plan", "cadence": "yearly",
            "output": "{{ partnership.id }}/plan.pdf", "texts": ["om"]}"#;
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in files.iter().chain(&[
            ("templates/plan/template.json", TEMPLATE),
            ("inputs/f/x", ""),
        ]) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let open = |name| Root::open(&folder.path().join(name), name).expect("a folder");
        let (templates, inputs) = (open("templates"), open("inputs"));
        let (declared, faults) = crate::read::templates(&templates);
        assert!(faults.is_empty(), "{faults:?}");
        let (texts, faults) = texts(&templates, &inputs, "f", &declared[0], 2019);
        let texts = texts
            .into_iter()
            .map(|(name, source)| (name, source.text().to_owned()))
            .collect();
        (
            texts,
            faults.into_iter().map(|finding| finding.message).collect(),
        )
    }

    #[test]
    fn the_most_specific_text_wins() {
        let (texts, faults) = read(&[
            ("templates/plan/text/om.md", "template"),
            ("templates/plan/text/kort.md", "template"),
            ("inputs/f/text/plan/om.md", "partnership"),
            ("inputs/f/text/plan/2019/om.md", "year"),
            ("inputs/f/text/plan/2020/kort.md", "another year"),
        ]);
        assert_eq!(faults, [""; 0]);
        assert_eq!(
            texts,
            [
                ("kort".into(), "template".into()),
                ("om".into(), "year".into())
            ]
        );
    }

    #[test]
    fn texts_that_are_missing_or_that_nobody_reads_are_told() {
        let (texts, faults) = read(&[
            ("inputs/f/text/plan/omm.md", "x"),
            ("inputs/f/text/plan/om.docx", "x"),
        ]);
        assert_eq!(texts.len(), 1);
        assert_eq!(
            faults,
            [
                "inputs/f/text/plan/om.docx is not a text",
                "inputs/f/text/plan/omm.md is looked at by no part of plan",
                "the text `om` of plan is missing",
            ]
        );
    }
}
