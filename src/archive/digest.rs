//! The two digests of a file, worked out in one pass and with little memory.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256, Sha512};

/// How much of a file is in memory at a time, in bytes.
const PIECE: usize = 256 << 10;

/// SHA-256 and SHA-512 of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256.
    pub sha256: [u8; 32],
    /// SHA-512.
    pub sha512: [u8; 64],
}

impl Digests {
    /// Of bytes in memory.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: Sha256::digest(bytes).into(),
            sha512: Sha512::digest(bytes).into(),
        }
    }

    /// Of a file, piece by piece, and its length.
    ///
    /// # Errors
    /// What the operating system says.
    pub fn of_file(path: &Path) -> io::Result<(Self, u64)> {
        let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
        let (mut file, mut length) = (open(path)?, 0_u64);
        let mut piece = vec![0; PIECE];
        loop {
            let read = match file.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            sha256.update(&piece[..read]);
            sha512.update(&piece[..read]);
            length += read as u64;
        }
        let digests = Self {
            sha256: sha256.finalize().into(),
            sha512: sha512.finalize().into(),
        };
        Ok((digests, length))
    }
}

/// Opens an ordinary file that is no link; nothing else is waited for.
///
/// # Errors
/// What the operating system says, or that it is no file.
pub fn open(path: &Path) -> io::Result<File> {
    let refused = || io::Error::other("it is no ordinary file");
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(refused());
    }
    let mut options = File::options();
    options.read(true);
    // Should a pipe or a link have taken its place meanwhile.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        libc::O_NONBLOCK | libc::O_NOFOLLOW,
    );
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(refused()),
    }
}

/// A digest as it stands in manifests.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of a digest of a known length; none when the text is none.
pub fn parsed<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    if text.len() != 2 * N || !text.bytes().all(|one| one.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_digests_of_its_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        let bytes = vec![7; PIECE * 2 + 3];
        fs::write(&path, &bytes).expect("written");
        let (digests, length) = Digests::of_file(&path).expect("read");
        assert_eq!((digests, length), (Digests::of(&bytes), bytes.len() as u64));
    }

    #[test]
    fn digests_read_back() {
        let digest = Digests::of(b"").sha256;
        assert!(hexadecimal(&digest).starts_with("e3b0c442"));
        assert_eq!(parsed(&hexadecimal(&digest)), Some(digest));
        assert_eq!(parsed::<32>("e3"), None);
        assert_eq!(parsed::<1>("zz"), None);
        assert_eq!(parsed::<1>("æ"), None);
    }
}
