//! Files and messages that would take a careless reader's memory, stack or time.

use crate::attacks::Ground;
use crate::cms::token;
use crate::judged;
use crate::malformed::survives;
use crate::pdf::{self, signing};

/// Files that would take a careless reader's memory, stack or time.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let with = |body: Vec<u8>| {
        let mut objects = pdf::objects();
        objects[3].1 = body;
        pdf::build(&objects)
    };
    let kids = |count: u32| -> Vec<u8> {
        let mut objects = pdf::objects();
        objects[1].1 = b"<</Type/Pages/Kids[2 0 R 2 0 R 3 0 R]/Count 3>>".to_vec();
        objects[5].1 = b"<</Fields[50 0 R]>>".to_vec();
        for number in 50..50 + count {
            objects.push((
                number,
                format!(
                    "<</FT/Sig/T(a)/Kids[{} 0 R {} 0 R 50 0 R]>>",
                    number + 1,
                    number + 1
                )
                .into_bytes(),
            ));
        }
        pdf::build(&objects)
    };
    let circle = {
        let mut objects = pdf::objects();
        objects[5].1 = b"51 0 R".to_vec();
        objects.push((51, b"52 0 R".to_vec()));
        objects.push((52, b"51 0 R".to_vec()));
        pdf::build(&objects)
    };
    let length = {
        let mut objects = pdf::objects();
        objects[3].1 = b"<</Length 4 0 R>>\nstream\nx\nendstream".to_vec();
        pdf::build(&objects)
    };
    let sections = {
        let mut bytes = pdf::document();
        for _ in 0..300 {
            bytes = pdf::revision(&bytes, &[]);
        }
        bytes
    };
    // Each object is a string that holds all that follow: parsing all of them is quadratic.
    let nested = {
        let mut out = b"%PDF-1.7\n".to_vec();
        let count = 20_000;
        let mut rows = String::new();
        for number in 1..count {
            rows.push_str(&format!("{:010} 00000 n \n", out.len()));
            out.extend(format!("{number} 0 obj(").bytes());
        }
        for _ in 1..count {
            out.extend(b")endobj ");
        }
        let at = out.len();
        out.extend(
            format!(
                "xref\n1 {}\n{rows}trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n",
                count - 1
            )
            .bytes(),
        );
        out
    };
    let table = |widths: &str, index: &str| {
        let mut out = b"%PDF-1.7\n".to_vec();
        let at = out.len();
        out.extend(b"1 0 obj\n");
        out.extend(pdf::stream(
            &format!("/Type/XRef/Size 9/Root 1 0 R/W{widths}/Index{index}"),
            &[0; 64],
        ));
        out.extend(format!("\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
        out
    };
    vec![
        (
            "deep arrays",
            with([b"[".repeat(200_000), b"]".repeat(200_000)].concat()),
        ),
        (
            "deep dictionaries",
            with([b"<</a".repeat(100_000), b">>".repeat(100_000)].concat()),
        ),
        (
            "deep strings",
            with([b"(".repeat(300_000), b")".repeat(300_000)].concat()),
        ),
        (
            "many values",
            with([b"[".to_vec(), b"0 ".repeat(3_000_000), b"]".to_vec()].concat()),
        ),
        (
            "huge length",
            with(b"<</Length 18446744073709551615>>\nstream\nx\nendstream".to_vec()),
        ),
        (
            "length beyond the end",
            with(b"<</Length 9999999999>>\nstream\nx\nendstream".to_vec()),
        ),
        ("length of itself", length),
        ("fields and pages in a circle", kids(1)),
        ("fields that double at every level", kids(40)),
        ("references in a circle", circle),
        ("too many revisions", sections),
        ("objects within objects", nested),
        ("a table of no width", table("[0 0 0]", "[0 4294967295]")),
        (
            "a table of endless numbers",
            table("[1 1 1]", "[4294967290 99999999]"),
        ),
        ("a table of wide numbers", table("[8 8 8]", "[0 2]")),
        ("an empty file", Vec::new()),
        ("only a beginning", b"%PDF-1.7\n".to_vec()),
        (
            "an end that leads beyond the end",
            b"%PDF-1.7\nstartxref\n99999\n%%EOF".to_vec(),
        ),
        ("only an end", b"%PDF-1.7\nstartxref\n9\n%%EOF".to_vec()),
        (
            "an end without a number",
            b"%PDF-1.7\nstartxref\n\n%%EOF".to_vec(),
        ),
        (
            "an end that leads to itself",
            b"%PDF-1.7\nstartxref\n9\n%%EOF\nstartxref\n9\n%%EOF".to_vec(),
        ),
    ]
}

#[test]
fn no_bomb_takes_long() {
    let ground = Ground::new();
    for (name, bytes) in bombs() {
        survives(&bytes, &ground);
        assert!(!judged(&bytes, &ground.pki).is_complete(), "{name}");
    }
}

#[test]
fn no_message_bomb_takes_long() {
    let ground = Ground::new();
    let open = signing(1).open(&ground.half);
    let deep = |open: u8| {
        let mut body = vec![5, 0];
        for _ in 0..60 {
            body = crate::der::tlv(open, &body);
        }
        body
    };
    let endless = [0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x30].to_vec();
    let indefinite = [0x30, 0x80].repeat(1000);
    let token = token(&ground.pki, b"x", "20180620100000Z").der();
    for message in [
        deep(0x30),
        deep(0xa0),
        deep(0x31),
        endless,
        indefinite,
        token,
        vec![0x30],
        vec![0],
    ] {
        let verdict = judged(&open.fill(&message), &ground.pki);
        assert!(!verdict.is_complete());
    }
}
