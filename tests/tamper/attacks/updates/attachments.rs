//! Attached files that are exchanged.

use super::{NEW, body, catalog};
use crate::attacks::{Attack, Ground, attack};
use crate::pdf::{ATTACHED, CATALOG, CATALOG_ENTRIES, CONTENT, revision, stream};
use tryk::sign::verify::Word;

pub fn attachments(ground: &Ground) -> Vec<Attack> {
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
