//! Attacks on the signed range and on its hole: universal forgery (USF) and wrapping (SWA).

use super::{Attack, Ground, attack};
use crate::cms::Cms;
use crate::pdf::{self, HOLE, Open, last, ranged, revision, signing, swapped};
use tryk::sign::verify::Word;

pub fn all(ground: &Ground) -> Vec<Attack> {
    let mut all = forgeries(ground);
    all.extend(wrappings(ground));
    all
}

/// The prepared second revision.
fn opened(ground: &Ground) -> Open {
    signing(1).open(&ground.half)
}

/// The second revision with a range of the signer's own, signed over what that range covers.
fn own_range(ground: &Ground, parts: [(usize, usize); 2], range: &str) -> Vec<u8> {
    let honest = opened(ground);
    let open = ranged(honest.bytes, honest.hole, range);
    let covered = parts.map(|(from, to)| &open.bytes[from..to]).concat();
    open.fill(&Cms::over(&ground.pki, &ground.pki.second, &covered).der())
}

fn forgeries(ground: &Ground) -> Vec<Attack> {
    let usf = |name, what, bytes| attack("USF", name, what, Word::Changed, bytes);
    let done = &ground.done;
    let other = |range: &str| {
        let open = opened(ground);
        let at = last(&done[..open.hole.0], b"/ByteRange[") + 11;
        let mut bytes = done.clone();
        bytes[at..at + 48].copy_from_slice(format!("{range:48}").as_bytes());
        bytes
    };
    let hole = opened(ground).hole;
    let mut empty = done.clone();
    empty[hole.0 + 1..hole.1 - 1].fill(b'0');
    let mut full = done.clone();
    let tail = hole.1 - 200;
    full[tail..hole.1 - 1].fill(b'f');
    let mut mixed = done.clone();
    let letters: Vec<usize> = (hole.0..hole.1).filter(|at| mixed[*at] == b'a').collect();
    letters
        .iter()
        .skip(1)
        .step_by(2)
        .for_each(|at| mixed[*at] = b'A');
    let kind = b"/SubFilter/ETSI.CAdES.detached";
    vec![
        usf(
            "usf-range-missing",
            "the ByteRange is taken away",
            swapped(done, b"/ByteRange[", b"/BiteRange["),
        ),
        usf(
            "usf-range-zero",
            "the ByteRange is all zeros",
            other("0 0 0 0"),
        ),
        usf(
            "usf-range-negative",
            "the ByteRange has a negative number",
            other("0 -1 -1 999999"),
        ),
        usf(
            "usf-range-overlapping",
            "the two ranges overlap",
            other(&format!("0 {} {} 10", hole.1, hole.0)),
        ),
        usf(
            "usf-range-beyond",
            "the range goes on after the file's end",
            other(&format!("0 {} {} 99999999", hole.0, hole.1)),
        ),
        usf("usf-contents-zero", "the signature is all zeros", empty),
        usf(
            "usf-contents-missing",
            "the signature is taken away",
            swapped(done, b"/Contents<30", b"/Konten1s<30"),
        ),
        usf(
            "usf-contents-filled",
            "something follows the signature in its hole",
            full,
        ),
        usf(
            "usf-contents-mixed",
            "the signature's digits are written in another case",
            mixed,
        ),
        usf(
            "usf-kind-unknown",
            "the signature is called another kind",
            swapped(done, kind, b"/SubFilter/ETSI.CAdES.detachex"),
        ),
    ]
}

fn wrappings(ground: &Ground) -> Vec<Attack> {
    let swa = |name, what, word, bytes| attack("SWA", name, what, word, bytes);
    let honest = opened(ground);
    let (start, end) = honest.hole;
    let total = honest.bytes.len();
    let wide = {
        let (from, rest) = (start - 80, total - end);
        own_range(
            ground,
            [(0, from), (end, total)],
            &format!("{from} {end} {rest}"),
        )
    };
    let short = {
        let stop = total - 60;
        own_range(
            ground,
            [(0, start), (end, stop)],
            &format!("{start} {end} {}", stop - end),
        )
    };
    let only_front = own_range(
        ground,
        [(0, start), (end, end)],
        &format!("{start} {end} 0"),
    );
    let moved = {
        let extra = b" /Reason(paid in full) ";
        let mut bytes = ground.done.clone();
        let at = last(&bytes[..start], b"/ByteRange[0 ") + 13;
        let range = format!("{start} {} {}", end + extra.len(), total - end);
        bytes[at..at + 46].copy_from_slice(format!("{range:46}").as_bytes());
        bytes.splice(end..end, extra.iter().copied());
        bytes
    };
    let doubled = {
        let mut signing = signing(1);
        signing.entries.push_str("/ByteRange[0 1 2 3]");
        let open = signing.open(&ground.half);
        open.fill(&Cms::over(&ground.pki, &ground.pki.second, &open.covered()).der())
    };
    let elsewhere = {
        // The hole that is left out holds the message; the value that viewers read is another object's.
        let mut signing = signing(1);
        signing
            .entries
            .push_str(&format!("/Decoy<{}>", "0".repeat(HOLE * 2)));
        let open = signing.open(&ground.half);
        let decoy =
            pdf::first(&open.bytes[ground.half.len()..], b"/Decoy<") + ground.half.len() + 6;
        let stop = decoy + HOLE * 2 + 2;
        let open = ranged(
            open.bytes,
            (open.hole.0, open.hole.1),
            &format!("{decoy} {stop} {}", total + 7 + HOLE * 2 + 1 - stop),
        );
        let covered = [&open.bytes[..decoy], &open.bytes[stop..]].concat();
        open.fill(&Cms::over(&ground.pki, &ground.pki.second, &covered).der())
    };
    let packed = revision(&ground.done, &[]);
    vec![
        swa(
            "swa-hole-wider",
            "the hole is wider than the signature",
            Word::Changed,
            wide,
        ),
        swa(
            "swa-range-short",
            "the range ends before the cross-reference",
            Word::Changed,
            short,
        ),
        swa(
            "swa-range-front-only",
            "the range ends at the hole",
            Word::Changed,
            only_front,
        ),
        swa(
            "swa-second-part-moved",
            "bytes are put between the hole and the second part",
            Word::Unreadable,
            moved,
        ),
        swa(
            "swa-range-doubled",
            "the signature has two ByteRanges",
            Word::Unreadable,
            doubled,
        ),
        swa(
            "swa-hole-elsewhere",
            "the range leaves out another string",
            Word::Changed,
            elsewhere,
        ),
        swa(
            "swa-empty-revision",
            "a revision that holds nothing follows",
            Word::Changed,
            packed,
        ),
    ]
}
