//! Certification: what is added under rights that a signature claims.

use super::{NEW, body, catalog, page};
use crate::attacks::{Attack, Ground, attack};
use crate::cms::Cms;
use crate::pdf::{self, FORM, WIDGET_A, revision, signing};
use tryk::sign::verify::Word;

pub fn certifications(ground: &Ground) -> Vec<Attack> {
    let family = "certification";
    let sealed = |signing: &pdf::Signing,
                  before: &[u8],
                  more: &[(u32, Vec<u8>)],
                  who: &crate::pki::Identity| {
        let mut objects = signing.objects();
        objects.retain(|(number, _)| !more.iter().any(|(other, _)| other == number));
        objects.extend(more.iter().cloned());
        let open = pdf::open(revision(before, &objects));
        open.fill(&Cms::over(&ground.pki, who, &open.covered()).der())
    };
    let mut certified = signing(1);
    certified.entries.push_str("/Reference[<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 3/V/1.2>>>>]");
    let permitted = sealed(
        &certified,
        &ground.half,
        &[catalog(&format!(
            "/Perms<</DocMDP {} 0 R>>",
            certified.value
        ))],
        &ground.pki.second,
    );
    let claimed = sealed(&certified, &ground.half, &[], &ground.pki.second);
    let stranger = ground.pki.person(
        &crate::pki::Request::person(40, "C. Stranger", "Gamma"),
        &crate::pki::Key::number(40),
    );
    // A third signature in a field of its own; `rectangle` decides whether it is seen.
    let third = |rectangle: &str, flags: &str| {
        let mut signing = signing(0);
        signing.value = NEW + 1;
        signing.appearance = NEW + 2;
        let field = format!(
            "<</Type/Annot/Subtype/Widget/FT/Sig/T(extra)/F {flags}/P 3 0 R/Rect[{rectangle}]/V {} 0 R/AP<</N {} 0 R>>>>",
            NEW + 1,
            NEW + 2
        );
        let mut objects = signing.objects();
        objects.retain(|(number, _)| *number != WIDGET_A);
        objects.push((NEW, body(&field)));
        objects.push(page(&format!("{NEW} 0 R")));
        objects.push((
            FORM,
            body(&format!("<</Fields[7 0 R 8 0 R {NEW} 0 R]/SigFlags 3>>")),
        ));
        let open = pdf::open(revision(&ground.done, &objects));
        open.fill(&Cms::over(&ground.pki, &stranger, &open.covered()).der())
    };
    vec![
        attack(
            family,
            "certification-rights",
            "the second signature claims rights over later changes",
            Word::Invalid,
            claimed,
        ),
        attack(
            family,
            "certification-permissions",
            "the second signature also changes the catalog's permissions",
            Word::Changed,
            permitted,
        ),
        attack(
            family,
            "certification-opaque-signature",
            "a third signature covers the text (EAA)",
            Word::Changed,
            third("0 600 595 842", "132"),
        ),
        attack(
            family,
            "certification-sneaky-signature",
            "a third, invisible signature is added (SSA)",
            Word::Changed,
            third("0 0 0 0", "132"),
        ),
        attack(
            family,
            "certification-hidden-signature",
            "a third, hidden signature is added",
            Word::Changed,
            third("0 600 595 842", "134"),
        ),
    ]
}
