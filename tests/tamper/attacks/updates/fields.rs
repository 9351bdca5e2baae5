//! Fields that are used again, moved or drawn otherwise.

use super::{NEW, body};
use crate::attacks::{Attack, Ground, attack};
use crate::cms::Cms;
use crate::pdf::{
    self, CONTENT, FORM, FREE, WIDGET_A, WIDGET_B, revision, signing, stream, widget,
};
use tryk::sign::verify::Word;

pub fn fields(ground: &Ground) -> Vec<Attack> {
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
