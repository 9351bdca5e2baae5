//! Shadow attacks: content that was prepared before signing is shown after it.

use super::{NEW, body, catalog, page};
use crate::attacks::{Attack, Ground, attack};
use crate::pdf::{self, FONT, FREE, PAGE, PAGE_ENTRIES, WIDGET_A, revision, stream, widget};
use tryk::sign::verify::Word;

pub fn shadows(ground: &Ground) -> Vec<Attack> {
    let after = |name, what, objects: Vec<(u32, Vec<u8>)>| {
        attack(
            "shadow",
            name,
            what,
            Word::Changed,
            revision(&ground.done, &objects),
        )
    };
    let cover = stream(
        "/Type/XObject/Subtype/Form/BBox[0 0 595 842]",
        b"1 g 0 0 595 842 re f",
    );
    let annotation = |kind: &str| {
        body(&format!(
            "<</Type/Annot/Subtype/{kind}/Rect[0 600 595 842]/F 4/Contents(970.000 kr.)/AP<</N {} 0 R>>>>",
            NEW + 1
        ))
    };
    let signed_a = |more: &str, top| {
        let entries = format!("/V {FREE} 0 R/AP<</N {more} 0 R>>");
        (WIDGET_A, widget("sign_a", "Alfa", top, &entries))
    };
    // The document was prepared with a second text that nothing shows; the update shows it.
    let prepared = {
        let mut objects = pdf::objects();
        objects.push((
            NEW,
            stream("", pdf::TEXT.replace("870.000", "970.000").as_bytes()),
        ));
        let base = pdf::build(&objects);
        let half = crate::signed(&ground.pki, &base, 0, &ground.pki.first);
        let done = crate::signed(&ground.pki, &half, 1, &ground.pki.second);
        let shown = PAGE_ENTRIES.replace("/Contents 4 0 R", &format!("/Contents {NEW} 0 R"));
        (
            revision(&done, &[(PAGE, body(&format!("<<{shown}>>")))]),
            done,
        )
    };
    vec![
        after(
            "shadow-free-text",
            "a note is laid over the text",
            vec![
                page(&format!("{NEW} 0 R")),
                (NEW, annotation("FreeText")),
                (NEW + 1, cover.clone()),
            ],
        ),
        after(
            "shadow-stamp",
            "a picture is laid over the text",
            vec![
                page(&format!("{NEW} 0 R")),
                (NEW, annotation("Stamp")),
                (NEW + 1, cover.clone()),
            ],
        ),
        after(
            "shadow-redaction",
            "a redaction is laid over the text",
            vec![
                page(&format!("{NEW} 0 R")),
                (NEW, annotation("Redact")),
                (NEW + 1, cover.clone()),
            ],
        ),
        after(
            "shadow-appearance",
            "the picture of a signed field is replaced",
            vec![signed_a(&NEW.to_string(), 300), (NEW, cover.clone())],
        ),
        after(
            "shadow-rectangle",
            "a signed field is moved",
            vec![signed_a(&(FREE + 1).to_string(), 500)],
        ),
        after(
            "shadow-appearance-object",
            "the picture of a signed field is overridden",
            vec![(FREE + 1, cover)],
        ),
        after(
            "shadow-font",
            "a font is replaced",
            vec![(
                FONT,
                body("<</Type/Font/Subtype/Type1/BaseFont/ZapfDingbats>>"),
            )],
        ),
        after(
            "shadow-layers",
            "layers are added that hide and show",
            vec![
                catalog(&format!("/OCProperties<</OCGs[{NEW} 0 R]/D<<>>>>")),
                (NEW, body("<</Type/OCG/Name(x)>>")),
            ],
        ),
        attack(
            "shadow",
            "shadow-prepared",
            "the document was issued with a hidden text, which an update shows",
            Word::Changed,
            prepared.0,
        ),
        attack(
            "shadow",
            "shadow-dormant",
            "the document that was signed has a hidden text that the issued one has not",
            Word::Changed,
            prepared.1,
        ),
    ]
}
