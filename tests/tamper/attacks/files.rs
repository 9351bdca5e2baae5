//! Attacks on the file as a whole: cut, continued, redirected.

use super::{Attack, Ground, attack};
use crate::pdf::{self, CONTENT, FREE, last_section, revision_with, stream};
use tryk::sign::verify::Word;

pub fn all(ground: &Ground) -> Vec<Attack> {
    let mut all = ends(ground);
    all.extend(chains(ground));
    all
}

fn ends(ground: &Ground) -> Vec<Attack> {
    let with = |more: &[u8]| [&ground.done, more].concat();
    let family = "file";
    let other = pdf::document();
    let altered = {
        let mut objects = pdf::objects();
        objects[3].1 = stream("", pdf::TEXT.replace("870.000", "970.000").as_bytes());
        let half = crate::signed(&ground.pki, &pdf::build(&objects), 0, &ground.pki.first);
        crate::signed(&ground.pki, &half, 1, &ground.pki.second)
    };
    vec![
        attack(
            family,
            "file-rolled-back",
            "the file is cut back to the first signature",
            Word::Incomplete,
            ground.half.clone(),
        ),
        attack(
            family,
            "file-unsigned",
            "the file is cut back to the document",
            Word::Incomplete,
            ground.base.clone(),
        ),
        attack(
            family,
            "file-trailing-text",
            "text follows the end",
            Word::Changed,
            with(b"970.000 kr."),
        ),
        attack(
            family,
            "file-trailing-lines",
            "empty lines follow the end",
            Word::Changed,
            with(b"\n\n"),
        ),
        attack(
            family,
            "file-trailing-document",
            "another document follows the end",
            Word::Changed,
            with(&other),
        ),
        attack(
            family,
            "file-trailing-mark",
            "a second end mark follows the end",
            Word::Unreadable,
            with(b"%%EOF\n"),
        ),
        attack(
            family,
            "file-last-line-missing",
            "the last line end is cut off",
            Word::Changed,
            ground.done[..ground.done.len() - 1].to_vec(),
        ),
        attack(
            family,
            "file-truncated",
            "the file is cut in the middle",
            Word::Changed,
            ground.done[..ground.done.len() - 400].to_vec(),
        ),
        attack(
            family,
            "file-preface",
            "bytes stand before the beginning",
            Word::Unreadable,
            [b"\n", ground.done.as_slice()].concat(),
        ),
        attack(
            family,
            "file-other-document",
            "another document is signed by both",
            Word::Changed,
            altered,
        ),
    ]
}

fn chains(ground: &Ground) -> Vec<Attack> {
    let family = "cross-reference";
    let done = &ground.done;
    let previous = last_section(done);
    let section = |rows: &str, trailer: &str| {
        let mut bytes = done.clone();
        let at = bytes.len();
        let id = "/ID[<00112233445566778899AABBCCDDEEFF><00>]";
        bytes.extend(format!("xref\n{rows}trailer\n<</Size 57/Root 1 0 R/Info 14 0 R{id}{trailer}>>\nstartxref\n{at}\n%%EOF\n").bytes());
        bytes
    };
    let at = done.len();
    let row = |offset: usize| format!("{CONTENT} 1\n{offset:010} 00000 n \n");
    let old = pdf::first(done, b"10 0 obj");
    let hidden = {
        // The section of the second signature is skipped: the file says it ends after the first.
        let mut bytes = done.clone();
        bytes.extend(format!("startxref\n{}\n%%EOF\n", last_section(&ground.half)).bytes());
        bytes
    };
    let unlisted = {
        let mut open = pdf::signing(1);
        open.entries.push(' ');
        let body = open.objects();
        let mut bytes = pdf::revision(&ground.half, &body);
        let place = pdf::first(&bytes[ground.half.len()..], b"8 0 obj") + ground.half.len();
        let extra = b"4 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n";
        // Shifts every offset of the last section by as much.
        let tail = pdf::last(&bytes, b"xref\n8 1");
        let text = String::from_utf8(bytes.split_off(tail)).unwrap();
        bytes.splice(place..place, extra.iter().copied());
        let shift = |number: usize| number + extra.len();
        let mut shifted = String::new();
        for line in text.lines() {
            match line.strip_suffix(" 00000 n ") {
                Some(offset) => shifted.push_str(&format!(
                    "{:010} 00000 n \n",
                    shift(offset.parse().unwrap())
                )),
                None if line.parse::<usize>().is_ok_and(|number| number == tail) => {
                    shifted.push_str(&format!("{}\n", shift(tail)));
                }
                None => shifted.push_str(&format!("{line}\n")),
            }
        }
        bytes.extend(shifted.bytes());
        let open = pdf::open(bytes);
        open.fill(&crate::cms::Cms::over(&ground.pki, &ground.pki.second, &open.covered()).der())
    };
    let list = |what, name, word, bytes| attack(family, name, what, word, bytes);
    vec![
        list(
            "a second table is there for other readers",
            "chain-hybrid",
            Word::Unreadable,
            section("0 0\n", &format!("/Prev {previous}/XRefStm {previous}")),
        ),
        list(
            "Prev leads to the section itself",
            "chain-loop",
            Word::Unreadable,
            section("0 0\n", &format!("/Prev {at}")),
        ),
        list(
            "Prev leads forward",
            "chain-forward",
            Word::Unreadable,
            section("0 0\n", &format!("/Prev {}", at + 5)),
        ),
        list(
            "Prev leads nowhere",
            "chain-broken",
            Word::Unreadable,
            section("0 0\n", "/Prev 17"),
        ),
        list(
            "Prev leaves out the second signature",
            "chain-skipping",
            Word::Changed,
            section("0 0\n", &format!("/Prev {}", last_section(&ground.half))),
        ),
        list(
            "an object is looked for in an older revision",
            "chain-redirected",
            Word::Unreadable,
            section(&row(old), &format!("/Prev {previous}")),
        ),
        list(
            "a number is listed twice",
            "chain-listed-twice",
            Word::Unreadable,
            section(&(row(at) + &row(at)), &format!("/Prev {previous}")),
        ),
        list(
            "the file says that it is encrypted",
            "chain-encrypted",
            Word::Unreadable,
            section("0 0\n", &format!("/Prev {previous}/Encrypt<<>>")),
        ),
        list(
            "the last startxref leads to the first signature",
            "chain-hidden",
            Word::Changed,
            hidden,
        ),
        list(
            "an object stands in the signed revision that the table does not list",
            "chain-unlisted-object",
            Word::Changed,
            unlisted,
        ),
        list(
            "the trailer has an entry that no signing needs",
            "chain-trailer",
            Word::Changed,
            revision_with(
                done,
                &[(FREE + 30, b"null".to_vec())],
                "/Root 1 0 R/Info 14 0 R/Note(x)",
            ),
        ),
    ]
}
