//! Attacks by appended revisions: incremental saving (ISA), shadow, certification, re-use of fields, attachments.

use super::{Attack, Ground, attack};
use crate::cms::Cms;
use crate::pdf::{
    self, ATTACHED, CATALOG, CATALOG_ENTRIES, CONTENT, EMPTY, FONT, FORM, FREE, INFO, METADATA,
    PAGE, PAGE_ENTRIES, PAGES, SECOND_PAGE, STRUCTURE, WIDGET_A, WIDGET_B, revision, revision_with,
    signing, stream, widget,
};
use tryk::sign::verify::Word;

/// A number that no revision uses yet.
const NEW: u32 = FREE + 30;

pub fn all(ground: &Ground) -> Vec<Attack> {
    let mut all = savings(ground);
    all.extend(shadows(ground));
    all.extend(certifications(ground));
    all.extend(fields(ground));
    all.extend(attachments(ground));
    all
}

fn body(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

fn catalog(more: &str) -> (u32, Vec<u8>) {
    (CATALOG, body(&format!("<<{CATALOG_ENTRIES}{more}>>")))
}

fn page(annotations: &str) -> (u32, Vec<u8>) {
    let entries = PAGE_ENTRIES.replace(
        "/Annots[7 0 R 8 0 R]",
        &format!("/Annots[7 0 R 8 0 R {annotations}]"),
    );
    (PAGE, body(&format!("<<{entries}>>")))
}

fn savings(ground: &Ground) -> Vec<Attack> {
    let isa = |name, what, objects: Vec<(u32, Vec<u8>)>| {
        attack(
            "ISA",
            name,
            what,
            Word::Changed,
            revision(&ground.done, &objects),
        )
    };
    let content = stream("", pdf::TEXT.replace("870.000", "970.000").as_bytes());
    let new_page = body("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>");
    let mut all = vec![
        isa(
            "isa-page-content",
            "the text of the page is replaced",
            vec![(CONTENT, content.clone())],
        ),
        isa(
            "isa-page-other-content",
            "the page leads to another text",
            vec![
                (
                    PAGE,
                    body(&format!(
                        "<<{}>>",
                        PAGE_ENTRIES.replace("/Contents 4 0 R", &format!("/Contents {NEW} 0 R"))
                    )),
                ),
                (NEW, content.clone()),
            ],
        ),
        isa(
            "isa-page-added",
            "a page is added",
            vec![
                (
                    PAGES,
                    body(&format!(
                        "<</Type/Pages/Kids[3 0 R 15 0 R {NEW} 0 R]/Count 3>>"
                    )),
                ),
                (NEW, new_page),
            ],
        ),
        isa(
            "isa-page-removed",
            "a page is taken away",
            vec![(PAGES, body("<</Type/Pages/Kids[3 0 R]/Count 1>>"))],
        ),
        isa(
            "isa-pages-reordered",
            "the pages change places",
            vec![(PAGES, body("<</Type/Pages/Kids[15 0 R 3 0 R]/Count 2>>"))],
        ),
        isa(
            "isa-page-rotated",
            "a page is turned",
            vec![(PAGE, body(&format!("<<{PAGE_ENTRIES}/Rotate 180>>")))],
        ),
        isa(
            "isa-page-cropped",
            "a page is cropped",
            vec![(
                PAGE,
                body(&format!("<<{PAGE_ENTRIES}/CropBox[0 0 10 10]>>")),
            )],
        ),
        isa(
            "isa-language",
            "the document's language is changed",
            vec![(
                CATALOG,
                body(&format!(
                    "<<{}>>",
                    CATALOG_ENTRIES.replace("da-DK", "en-GB")
                )),
            )],
        ),
        isa(
            "isa-open-action",
            "the document acts when it is opened",
            vec![catalog("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")],
        ),
        isa(
            "isa-information",
            "the title is changed",
            vec![(INFO, body("<</Title(Other agreement)>>"))],
        ),
        isa(
            "isa-metadata",
            "the metadata are changed",
            vec![(METADATA, stream("/Type/Metadata/Subtype/XML", b"<x/>"))],
        ),
        isa(
            "isa-structure",
            "what a screen reader reads is changed",
            vec![(
                STRUCTURE,
                body("<</Type/StructTreeRoot/K[<</S/P/ActualText(970.000 kr.)>>]>>"),
            )],
        ),
        isa(
            "isa-stray-object",
            "an object is added that nothing leads to",
            vec![(NEW, content)],
        ),
        isa(
            "isa-empty-appearance",
            "the picture of the empty fields is changed",
            vec![(
                EMPTY,
                stream(
                    "/Type/XObject/Subtype/Form/BBox[0 0 200 60]",
                    b"0 0 200 60 re f",
                ),
            )],
        ),
    ];
    let mut freed = ground.done.clone();
    let at = freed.len();
    let previous = pdf::last_section(&ground.done);
    freed.extend(format!("xref\n{SECOND_PAGE} 1\n0000000000 00001 f \ntrailer\n<</Size 57/Root 1 0 R/Info 14 0 R/ID[<00112233445566778899AABBCCDDEEFF><00>]/Prev {previous}>>\nstartxref\n{at}\n%%EOF\n").bytes());
    all.push(attack(
        "ISA",
        "isa-object-freed",
        "an object is declared free",
        Word::Changed,
        freed,
    ));
    let other = revision_with(
        &ground.done,
        &[(NEW, body(&format!("<<{CATALOG_ENTRIES}>>")))],
        &format!("/Root {NEW} 0 R/Info 14 0 R"),
    );
    all.push(attack(
        "ISA",
        "isa-other-catalog",
        "the trailer leads to another catalog",
        Word::Changed,
        other,
    ));
    all
}

fn shadows(ground: &Ground) -> Vec<Attack> {
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

fn certifications(ground: &Ground) -> Vec<Attack> {
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

fn fields(ground: &Ground) -> Vec<Attack> {
    let family = "fields";
    let update = |name, what, objects: Vec<(u32, Vec<u8>)>, before: &[u8]| {
        attack(
            family,
            name,
            what,
            Word::Changed,
            revision(before, &objects),
        )
    };
    let value = |field: &str, label: &str, top, value: u32| {
        let number = if field == "sign_a" {
            WIDGET_A
        } else {
            WIDGET_B
        };
        let entries = format!("/V {value} 0 R/AP<</N {} 0 R>>", value + 1);
        (number, widget(field, label, top, &entries))
    };
    let sealed = |signing: &pdf::Signing, before: &[u8], who| {
        let open = signing.open(before);
        open.fill(&Cms::over(&ground.pki, who, &open.covered()).der())
    };
    let mut renamed = signing(1);
    renamed.field = "sign_c";
    let mut moved = signing(1);
    moved.top = 600;
    let mut acting = signing(1);
    acting.widget_entries = "/AA<</E<</S/JavaScript/JS(1)>>>>".into();
    let mut heavier = signing(1);
    heavier.more = vec![(CONTENT, stream("", b"BT ET"))];
    let mut again = signing(0);
    again.value = NEW;
    again.appearance = NEW + 1;
    vec![
        update(
            "fields-value-shared",
            "the second field shows the first signature",
            vec![value("sign_b", "Beta", 200, FREE)],
            &ground.half,
        ),
        update(
            "fields-value-removed",
            "the first signature is taken away",
            vec![(WIDGET_A, widget("sign_a", "Alfa", 300, "/AP<</N 9 0 R>>"))],
            &ground.done,
        ),
        update(
            "fields-form-emptied",
            "the form forgets a field",
            vec![(FORM, body("<</Fields[8 0 R]/SigFlags 3>>"))],
            &ground.done,
        ),
        update(
            "fields-values-swapped",
            "the two fields change signatures",
            vec![
                value("sign_a", "Alfa", 300, FREE + 10),
                value("sign_b", "Beta", 200, FREE),
            ],
            &ground.done,
        ),
        attack(
            family,
            "fields-signed-again",
            "a signed field is signed anew by another",
            Word::Changed,
            sealed(&again, &ground.done, &ground.pki.second),
        ),
        attack(
            family,
            "fields-renamed",
            "a field is renamed while it is signed",
            Word::Changed,
            sealed(&renamed, &ground.half, &ground.pki.second),
        ),
        attack(
            family,
            "fields-moved",
            "a field is moved while it is signed",
            Word::Changed,
            sealed(&moved, &ground.half, &ground.pki.second),
        ),
        attack(
            family,
            "fields-action",
            "a field gets an action while it is signed",
            Word::Changed,
            sealed(&acting, &ground.half, &ground.pki.second),
        ),
        attack(
            family,
            "fields-and-page",
            "the text is replaced by the revision that signs",
            Word::Changed,
            sealed(&heavier, &ground.half, &ground.pki.second),
        ),
    ]
}

fn attachments(ground: &Ground) -> Vec<Attack> {
    let update = |name, what, objects: Vec<(u32, Vec<u8>)>| {
        attack(
            "attachment",
            name,
            what,
            Word::Changed,
            revision(&ground.done, &objects),
        )
    };
    let file = "/Type/EmbeddedFile/Subtype/application#2Fjson";
    let fresh = body(&format!(
        "<</Type/Filespec/F(x.exe)/UF(x.exe)/EF<</F {} 0 R>>>>",
        NEW + 1
    ));
    vec![
        update(
            "attachment-swapped",
            "the attached data are replaced",
            vec![(ATTACHED, stream(file, b"{\"funds\":970000}"))],
        ),
        update(
            "attachment-added",
            "a file is attached",
            vec![
                (
                    CATALOG,
                    body(&format!(
                        "<<{}>>",
                        CATALOG_ENTRIES.replace("/AF[11 0 R]", &format!("/AF[11 0 R {NEW} 0 R]"))
                    )),
                ),
                (NEW, fresh),
                (NEW + 1, stream(file, b"MZ")),
            ],
        ),
        update(
            "attachment-removed",
            "the attached data are taken away",
            vec![(
                CATALOG,
                body(&format!(
                    "<<{}>>",
                    CATALOG_ENTRIES.replace("/AF[11 0 R]", "")
                )),
            )],
        ),
        update(
            "validation-data-and-page",
            "data for later validation come with another text",
            vec![
                catalog(&format!("/DSS {NEW} 0 R")),
                (NEW, body("<</Type/DSS/Certs[]>>")),
                (CONTENT, stream("", b"BT ET")),
            ],
        ),
        update(
            "validation-data-script",
            "data for later validation bring a script",
            vec![
                catalog(&format!("/DSS {NEW} 0 R")),
                (NEW, body("<</Type/DSS/Certs[]/X<</S/JavaScript/JS(1)>>>>")),
            ],
        ),
    ]
}
