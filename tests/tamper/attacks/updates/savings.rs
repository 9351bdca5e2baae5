//! Incremental saving (ISA): objects are overridden, added or freed after signing.

use super::{NEW, body, catalog};
use crate::attacks::{Attack, Ground, attack};
use crate::pdf::{
    self, CATALOG, CATALOG_ENTRIES, CONTENT, EMPTY, INFO, METADATA, PAGE, PAGE_ENTRIES, PAGES,
    SECOND_PAGE, STRUCTURE, revision, revision_with, stream,
};
use tryk::sign::verify::Word;

pub fn savings(ground: &Ground) -> Vec<Attack> {
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
