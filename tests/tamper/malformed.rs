//! Malformed files: whatever the bytes are, the verdict comes within ten seconds, without a panic, and in little memory.
//!
//! A seeded mutation fuzzer, not a coverage-guided one. In `cargo test` it runs a fixed number of rounds; `.ci/fuzz` runs it for a bounded time in
//! a process that may take 512 MB (`TRYK_FUZZ_SECONDS`). An input that ever breaks it becomes a case in `bombs`.

use std::time::{Duration, Instant};

use tryk::sign::preflight::{Profile, preflight};
use tryk::sign::verify::{Expectation, Settings, Trust, verify};

use crate::attacks::{Ground, all};
use crate::cms::Cms;
use crate::judged;
use crate::pdf::{self, Open, signing};

/// The longest that one file may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many files `cargo test` tries.
const ROUNDS: u32 = 1500;

/// A small generator of numbers (xorshift64*), so that a seed gives the same files everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

/// Words that mean something to a PDF reader.
const WORDS: &[&str] = &[
    "<<",
    ">>",
    "[",
    "]",
    "<",
    ">",
    "(",
    ")",
    "/Length",
    "/Prev",
    "/Kids",
    "/V",
    "/Contents",
    "/ByteRange",
    "/Filter/FlateDecode",
    "/DecodeParms<</Predictor 12/Columns 99999>>",
    "stream\n",
    "endstream",
    "endobj",
    "obj",
    "xref",
    "trailer",
    "startxref",
    "%%EOF",
    "0 0 R",
    "1 0 R",
    "7 0 R",
    "4294967295",
    "-1",
    "99999999999999999999",
    "null",
    "/Type/ObjStm",
    "/Type/XRef",
    "#",
    "\\",
];

fn mutated(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len());
        let until = (at + dice.below(64)).min(bytes.len());
        match dice.below(7) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 => drop(bytes.drain(at..until)),
            2 => {
                let word = WORDS[dice.below(WORDS.len())];
                bytes.splice(at..at, word.bytes());
            }
            3 => {
                let word = WORDS[dice.below(WORDS.len())].as_bytes();
                let until = (at + word.len()).min(bytes.len());
                bytes[at..until].copy_from_slice(&word[..until - at]);
            }
            4 => {
                let part = bytes[at..until].to_vec();
                let to = dice.below(bytes.len());
                bytes.splice(to..to, part);
            }
            5 => {
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    bytes[at + digit] = b"0123456789"[dice.below(10)];
                }
            }
            _ => bytes.truncate(bytes.len() - dice.below(bytes.len() / 8 + 1)),
        }
    }
    bytes
}

/// Asks everything that reads a PDF or a message.
pub fn survives(bytes: &[u8], ground: &Ground) {
    let settings = Settings {
        trust: &Trust::none(),
        now: None,
    };
    let timed = |what: &str, read: &dyn Fn()| {
        let begun = Instant::now();
        read();
        assert!(
            begun.elapsed() < PATIENCE,
            "{what} took {:?}",
            begun.elapsed()
        );
    };
    timed("verify", &|| drop(judged(bytes, &ground.pki)));
    timed("verify, foreign", &|| {
        drop(verify(bytes, &Expectation::none(), &settings));
    });
    timed("preflight", &|| drop(preflight(bytes, Profile::Nemlogin)));
    timed("preflight, archive", &|| {
        drop(preflight(bytes, Profile::Archive));
    });
}

/// Files to begin with: honest ones of every kind, and every attack.
fn seeds(ground: &Ground) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = all(ground).into_iter().map(|one| one.bytes).collect();
    seeds.extend([ground.base.clone(), ground.done.clone(), packed()]);
    seeds
}

#[test]
fn no_mutated_file_breaks_the_readers() {
    let ground = Ground::new();
    let seeds = seeds(&ground);
    let seconds = std::env::var("TRYK_FUZZ_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok());
    let until = seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let mut round = 0_u32;
    while until.map_or(round < ROUNDS, |until| Instant::now() < until) {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (u64::from(round) + 1));
        let seed = &seeds[dice.below(seeds.len())];
        survives(&mutated(seed, &mut dice), &ground);
        message(&ground, &mut dice);
        round += 1;
    }
}

/// The second signature's message, mutated before it is put into the hole: the file around it stays whole.
fn message(ground: &Ground, dice: &mut Dice) {
    let open: Open = signing(1).open(&ground.half);
    let cms = Cms::over(&ground.pki, &ground.pki.second, &open.covered());
    let honest = match dice.below(2) {
        0 => cms.der(),
        _ => cms.stamped(&ground.pki, "20180620100000Z").der(),
    };
    let mut message = mutated(&honest, dice);
    message.truncate(pdf::HOLE);
    let verdict = judged(&open.fill(&message), &ground.pki);
    assert!(message == honest || !verdict.is_complete());
}

/// The small document with its objects in an object stream and a cross-reference stream, neither compressed.
fn packed() -> Vec<u8> {
    let (mut plain, mut inside): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    for (number, body) in pdf::objects() {
        let is_stream = body.windows(6).any(|window| window == b"stream");
        if is_stream {
            plain.push((number, body));
        } else {
            inside.push((number, body));
        }
    }
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut rows = std::collections::BTreeMap::new();
    let mut head = String::new();
    let mut data = Vec::new();
    for (index, (number, body)) in inside.iter().enumerate() {
        head.push_str(&format!("{number} {} ", data.len()));
        data.extend(body);
        data.push(b' ');
        rows.insert(*number, (2_u8, 30_u32, u8::try_from(index).unwrap()));
    }
    let dictionary = format!("/Type/ObjStm/N {}/First {}", inside.len(), head.len());
    plain.push((
        30,
        pdf::stream(&dictionary, &[head.as_bytes(), &data].concat()),
    ));
    for (number, body) in &plain {
        rows.insert(*number, (1, u32::try_from(out.len()).unwrap(), 0));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(body);
        out.extend(b"\nendobj\n");
    }
    let at = out.len();
    rows.insert(31, (1, u32::try_from(at).unwrap(), 0));
    let mut table = Vec::new();
    for number in 0..32 {
        let (kind, second, third) = rows.get(&number).copied().unwrap_or((0, 0, 0));
        table.push(kind);
        table.extend(second.to_be_bytes());
        table.push(third);
    }
    out.extend(b"31 0 obj\n");
    out.extend(pdf::stream(
        "/Type/XRef/Size 32/W[1 4 1]/Root 1 0 R/Info 14 0 R",
        &table,
    ));
    out.extend(format!("\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
    out
}

#[test]
fn a_packed_document_is_read() {
    let ground = Ground::new();
    let settings = Settings {
        trust: &Trust::none(),
        now: None,
    };
    let verdict = verify(&packed(), &Expectation::none(), &settings);
    assert_eq!(verdict.word.as_str(), "unsigned", "{verdict:#?}");
    drop(ground);
}
