//! `tryk explain CODE`: the page of a rule or a code.

use serde_json::Value;

use crate::common::Project;
use crate::{BUILT, explained};

#[test]
fn every_code_has_a_page() {
    let ran = BUILT.run(["check", "--format", "sarif"]).clean();
    let sarif: Value = serde_json::from_str(&ran.stdout).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    assert!(rules.len() > 60, "{}", rules.len());
    for rule in rules {
        let (code, name) = (rule["id"].as_str().unwrap(), rule["name"].as_str().unwrap());
        let page = BUILT.run(["explain", code]).clean().stdout;
        assert!(page.starts_with(&format!("{code}  {name}")), "{page}");
        let by_name = BUILT.run(["explain", name]).clean().stdout;
        assert_eq!(by_name, page, "{name}");
    }
}

#[test]
fn the_page_of_a_code() {
    let project = Project::empty();
    insta::assert_snapshot!("rule", explained(&project, &["R01"]));
    insta::assert_snapshot!("code", explained(&project, &["c03"]));
    for code in ["R17", "R22"] {
        let page = explained(&project, &[code]);
        assert!(
            page.starts_with(&format!("{code}  ")) && page.contains("How it is held"),
            "{page}"
        );
    }
    let ran = project.run(["explain", "ragged-rows"]).failed(2);
    insta::assert_snapshot!("no-such-code", ran.stderr);
    let said = explained(&project, &["R02", "--json"]);
    let page: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(page["severity"], "error");
    assert!(page["why"].as_str().unwrap().contains("870.000 kr."));
}
