//! What a faulty template or faulty data give.

use serde_json::json;

use super::{MAIN, files, job, nothing, rendered, try_render};
use crate::diagnostic::{Finding, Severity};
use crate::render::{Job, codes, guarded, render};

/// The only finding of a template that cannot be rendered.
fn refused(body: &str) -> Finding {
    let findings = try_render(body, &json!({})).expect_err("the template is refused");
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.into_iter().next().expect("there is one")
}

fn place(finding: &Finding) -> String {
    finding
        .primary
        .as_ref()
        .map(|label| label.place.to_string())
        .unwrap_or_default()
}

#[test]
fn a_fault_has_its_place_and_its_trace() {
    let finding = refused("#let f(x) = x + unknown\nå #f(1)");
    assert_eq!(
        (finding.code, finding.message.as_str()),
        (codes::TYPST_ERROR, "unknown variable: unknown")
    );
    assert_eq!(place(&finding), "templates/plan/main.typ:2:17");
    let traced = &finding.secondary[0];
    assert_eq!(
        (traced.place.to_string().as_str(), traced.text.as_str()),
        ("templates/plan/main.typ:3:4", "`f` called from here")
    );
}

#[test]
fn a_fault_in_the_data_has_its_place() {
    let findings = render(&job(&files("#d"), b"{\n  \"a\": nul }"), &nothing).expect_err("no JSON");
    let finding = findings.iter().next().expect("there is one");
    assert_eq!(place(finding), "data.json:2:11");
}

#[test]
fn data_cannot_be_run() {
    for code in ["#include \"/data.json\"", "#import \"/data.json\": x"] {
        assert_eq!(refused(code).message, "not a Typst source file");
    }
}

#[test]
fn endless_recursion_is_a_finding() {
    let finding = refused("#let f() = f()\n#f()");
    assert!(
        finding.message.contains("maximum function call depth"),
        "{finding:?}"
    );
}

#[test]
fn nothing_outside_the_templates_is_opened() {
    let finding = refused("#import \"@preview/x:1.0.0\"");
    assert!(
        finding
            .message
            .contains("@preview/x:1.0.0: templates import no packages"),
        "{finding:?}"
    );
    assert_eq!(place(&finding), "templates/plan/main.typ:2:9");
    for path in ["../../etc/passwd", "../main.rs/../../x"] {
        let finding = refused(&format!("#read(\"{path}\")"));
        assert!(finding.message.contains("escape"), "{finding:?}");
    }
    let finding = refused("#read(\"/etc/passwd\")");
    assert_eq!(
        finding.message,
        "file not found (searched at templates/etc/passwd)"
    );
}

#[test]
fn an_unknown_template_is_a_finding() {
    let files = files("");
    for main in ["/nowhere/main.typ", "/../main.typ"] {
        let findings = render(
            &Job {
                main,
                ..job(&files, b"{}")
            },
            &nothing,
        )
        .expect_err("there is no such template");
        assert_eq!(
            findings.iter().next().map(|finding| finding.code),
            Some(codes::TYPST_ERROR)
        );
    }
}

#[test]
fn warnings_are_findings_beside_the_pdf() {
    let font = rendered("#text(font: \"Nosuch\", fallback: true)[a]", &json!({})).warnings;
    let unsettled = rendered(
        "#let s = state(\"s\", 0)\n#context s.update(s.final() + 1)",
        &json!({}),
    )
    .warnings;
    for (warnings, words) in [
        (font, "unknown font family: nosuch"),
        (unsettled, "did not converge"),
    ] {
        let warning = warnings
            .iter()
            .find(|warning| warning.message.contains(words))
            .expect(words);
        assert_eq!(
            (warning.code, warning.severity),
            (codes::TYPST_WARNING, Severity::Warning)
        );
        assert!(
            place(warning).starts_with("templates/plan/main.typ:"),
            "{warning:?}"
        );
    }
}

#[test]
fn what_the_standards_forbid_is_a_finding() {
    let finding = refused("x\n#image(\"/square.svg\")");
    assert_eq!(finding.code, codes::PDF_STANDARD);
    assert!(finding.message.contains("missing alt text"), "{finding:?}");
    assert_eq!(place(&finding), "templates/plan/main.typ:3:2");
    let untitled = refused("#set document(title: none)\nx");
    assert_eq!(place(&untitled), "templates/plan/main.typ:1:1");
}

#[test]
fn a_missing_character_is_named_with_its_place_in_the_data() {
    let data = json!({ "goals": [{ "name": "Tryg" }, { "name": "Et \u{6f22} her" }] });
    let findings =
        try_render("#for goal in d.goals [#goal.name ]", &data).expect_err("no such character");
    let finding = findings.iter().next().expect("there is one");
    assert_eq!(finding.code, codes::MISSING_GLYPH);
    assert_eq!(
        finding.message,
        "font Noto Sans has no character “漢” (U+6F22)"
    );
    assert_eq!(
        finding.hints[0],
        "it stands in the data at /goals/1/name: “Et 漢 her”"
    );
    assert!(
        place(finding).starts_with("templates/plan/main.typ:2:"),
        "{finding:?}"
    );
    let typed = refused("#\"\\u{E000}\"");
    assert!(typed.message.contains("U+E000"), "{typed:?}");
}

#[test]
fn a_fact_label_must_bear_a_fact() {
    let finding = refused("#metadata(\"x\")<fact>");
    assert_eq!(
        (finding.code, place(&finding).as_str()),
        (codes::FACT_LABEL, "templates/plan/main.typ:2:2")
    );
    assert_eq!(
        refused("#metadata((fact: \"x\"))<fact>").code,
        codes::FACT_LABEL
    );
}

#[test]
fn a_breakdown_of_the_engine_is_a_finding() {
    let findings = guarded::<()>(MAIN, || std::panic::resume_unwind(Box::new("lost")))
        .expect_err("it broke down");
    let finding = findings.iter().next().expect("there is one");
    assert_eq!(finding.code, codes::ENGINE_PANIC);
    assert_eq!(
        finding.message,
        "the engine broke down on templates/plan/main.typ: lost"
    );
}

#[test]
fn codes_are_unique() {
    let ids: std::collections::BTreeSet<_> = codes::ALL.iter().map(|code| code.id).collect();
    assert_eq!(ids.len(), codes::ALL.len());
}
