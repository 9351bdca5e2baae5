//! Every single byte of a small signed file, flipped.

use crate::cms::Cms;
use crate::pki::Pki;
use crate::{complete, judged, pdf, signed};

/// Bits that are turned, one pattern at a time: the lowest, the one between small and capital letters, all.
const PATTERNS: [u8; 3] = [0x01, 0x20, 0xff];

/// The positions at which a flipped byte goes unnoticed.
fn unnoticed(pki: &Pki, file: &[u8]) -> Vec<(usize, u8)> {
    let half = file.len().div_ceil(2);
    let part = |range: std::ops::Range<usize>| {
        let mut bytes = file.to_vec();
        let mut missed = Vec::new();
        for at in range {
            for pattern in PATTERNS {
                bytes[at] ^= pattern;
                if judged(&bytes, pki).is_complete() {
                    missed.push((at, pattern));
                }
                bytes[at] ^= pattern;
            }
        }
        missed
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| part(0..half));
        let mut all = part(half..file.len());
        all.extend(first.join().unwrap());
        all
    })
}

#[test]
fn every_byte_matters() {
    let pki = Pki::new();
    let file = complete(&pki);
    assert!(judged(&file, &pki).is_complete());
    assert_eq!(unnoticed(&pki, &file), []);
}

#[test]
fn every_byte_matters_with_a_time_stamp() {
    let pki = Pki::new();
    let half = signed(&pki, &pdf::document(), 0, &pki.first);
    let open = pdf::signing(1).open(&half);
    let cms = Cms::over(&pki, &pki.second, &open.covered()).stamped(&pki, "20180620100000Z");
    let file = open.fill(&cms.der());
    assert!(judged(&file, &pki).is_complete());
    assert_eq!(unnoticed(&pki, &file), []);
}
