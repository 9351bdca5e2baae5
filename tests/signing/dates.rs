//! The day of the last signature is read from the signatures, and printed by later documents.

use crate::common::Project;
use crate::{P256, P384, RSA, SEAL, code, issued, local, state};

const PLAN: &str = "out/folehaven/2019/tryghedsplan-2019.pdf";

/// What the plan for 2019 says of the agreement.
fn said(project: &Project) -> String {
    let ran = project.run(["build", "-d", "plan", "-y", "2019"]).clean();
    let text = ran.pdf("folehaven/2019/tryghedsplan-2019.pdf").text();
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let from = text.find("Samarbejdet hviler").unwrap();
    text[from..].split(" Formålet").next().unwrap().to_owned()
}

#[test]
fn a_plan_says_when_the_last_party_signed() {
    let project = issued();
    let unsigned = said(&project);
    assert!(unsigned.ends_with("for 2018-2021."), "{unsigned}");
    let _ran = local(&project, "sign_kk", RSA).clean();
    let _ran = local(&project, "sign_politi", P256).clean();
    let _ran = local(&project, "sign_ssp", P384).clean();
    assert_eq!(said(&project), unsigned, "one has not signed");
    let listed = project.run(["list", "-d", "plan", "-y", "2019"]).stdout;
    assert!(listed.contains("fresh"), "{listed}");

    let _ran = local(&project, "sign_b3b", SEAL).clean();
    let listed = project.run(["list", "-d", "plan", "-y", "2019"]).stdout;
    assert!(listed.contains("stale"), "{listed}");
    let signed = said(&project);
    assert!(
        signed.ends_with(", som den sidste af parterne underskrev den 20. juni 2018."),
        "{signed}"
    );

    // The figure leads to the PDF that holds the signature.
    let told = project
        .run(["explain", PLAN, "20. juni 2018"])
        .clean()
        .stdout;
    assert!(told.contains("agreement/signed"), "{told}");
    assert!(told.contains("signed/agreement-2018-r1/"), "{told}");
    assert!(told.contains("2018-06-20T00:00:00Z"), "{told}");
    assert!(project.path(&state(4, "sign_b3b")).is_file());
    rests_on_what_was_signed(&project, &signed);
}

/// Whoever must sign today, the agreement was signed by those whose fields it has; and nothing but the signed PDFs tells so.
fn rests_on_what_was_signed(project: &Project, signed: &str) {
    let copy = || Project::empty().copy(project.root(), "");
    let more = copy().append(
        "inputs/folehaven/signatories.csv",
        "b3b;5;;Formand;Boligforeningen 3B, bestyrelsen;sign_more\n",
    );
    assert_eq!(said(&more), signed);

    let plan = ["build", "-d", "plan", "-y", "2019"];
    let lost = copy()
        .remove("inputs/folehaven/issued/agreement-2018-r1.pdf")
        .remove("out");
    assert_eq!(code(lost.run(plan)), "S13");
    let listed = copy().write("inputs/folehaven/signed/signings.json", "[]");
    let ran = listed.run(plan).failed(1);
    assert!(
        ran.stderr.contains("only the signed PDFs may tell"),
        "{}",
        ran.stderr
    );
}
