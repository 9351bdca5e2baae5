//! Writes the attacked files, for other programs to judge: `TRYK_TAMPER_OUT=folder cargo test --release --test tamper writes`.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::attacks::{Ground, all};
use crate::judged;

/// A certificate in PEM.
fn pem(der: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for part in der.chunks(3) {
        let bytes = [
            part[0],
            part.get(1).copied().unwrap_or(0),
            part.get(2).copied().unwrap_or(0),
        ];
        let all = u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]);
        for at in 0..4 {
            let digit = DIGITS[usize::try_from(all >> (18 - 6 * at) & 63).unwrap()];
            text.push(if at <= part.len() {
                char::from(digit)
            } else {
                '='
            });
        }
        if text.len() % 65 == 64 {
            text.push('\n');
        }
    }
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        text.trim_end()
    )
}

#[test]
fn writes_the_attacked_files_when_asked_to() {
    let Some(folder) = std::env::var_os("TRYK_TAMPER_OUT").map(PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    let ground = Ground::new();
    let mut list = String::new();
    let mut add = |family: &str, name: &str, what: &str, bytes: &[u8]| {
        let word = judged(bytes, &ground.pki).word;
        std::fs::write(folder.join(format!("{name}.pdf")), bytes).unwrap();
        writeln!(list, "{family}\t{name}\t{what}\t{}", word.as_str()).unwrap();
    };
    add(
        "none",
        "honest",
        "nothing: both parties signed",
        &ground.done,
    );
    for attack in all(&ground) {
        add(attack.family, attack.name, attack.what, &attack.bytes);
    }
    std::fs::write(folder.join("attacks.tsv"), list).unwrap();
    std::fs::write(folder.join("root.pem"), pem(&ground.pki.root.certificate)).unwrap();
}
