//! Every single byte of a small signed file, flipped.

use std::ops::Range;

use crate::cms::Cms;
use crate::pki::Pki;
use crate::{judged_for, pdf, signed};

/// The positions at which a flipped byte goes unnoticed: every byte with its lowest bit turned, those in holes also between small and capital letters.
fn unnoticed(pki: &Pki, file: &[u8], range: Range<usize>) -> Vec<(usize, u8)> {
    let middle = range.start + range.len() / 2;
    let part = |range: Range<usize>| {
        let mut bytes = file.to_vec();
        let mut missed = Vec::new();
        for at in range {
            let patterns: &[u8] = match bytes[at].is_ascii_lowercase() {
                true => &[0x01, 0x20],
                false => &[0x01],
            };
            for pattern in patterns {
                bytes[at] ^= pattern;
                if judged_for(&bytes, pki, 1).is_complete() {
                    missed.push((at, *pattern));
                }
                bytes[at] ^= pattern;
            }
        }
        missed
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| part(range.start..middle));
        let mut all = part(middle..range.end);
        all.extend(first.join().unwrap());
        all
    })
}

#[test]
fn every_byte_matters() {
    let pki = Pki::new();
    let file = signed(&pki, &pdf::document(), 0, &pki.first);
    assert!(judged_for(&file, &pki, 1).is_complete());
    assert_eq!(unnoticed(&pki, &file, 0..file.len()), []);
}

#[test]
fn every_byte_of_a_message_with_a_time_stamp_matters() {
    let pki = Pki::new();
    let open = pdf::signing(0).open(&pdf::document());
    let cms = Cms::over(&pki, &pki.first, &open.covered()).stamped(&pki, "20180620100000Z");
    let message = cms.der();
    let file = open.fill(&message);
    assert!(judged_for(&file, &pki, 1).is_complete());
    let start = open.hole.0;
    assert_eq!(
        unnoticed(&pki, &file, start..start + message.len() * 2 + 20),
        []
    );
}
