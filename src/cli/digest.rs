//! The SHA-256 of an input, taken while it is read, so that standard input has one too.

use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::{Arc, OnceLock};

use sha2::{Digest as _, Sha256};

/// What an input was, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// In hexadecimal digits.
    pub sha256: String,
    /// Number of bytes.
    pub bytes: u64,
}

/// Where the digest is to be found once the reader is gone.
pub type Later = Arc<OnceLock<Digest>>;

/// Reads `input` and digests it; dropped, it reads the rest, since no format needs what follows its end.
pub struct Digesting<R: Read> {
    input: R,
    hasher: Sha256,
    bytes: u64,
    failed: bool,
    later: Later,
}

impl<R: Read> Digesting<R> {
    /// Of this input.
    pub fn new(input: R) -> (Self, Later) {
        let later = Later::default();
        (Self { input, hasher: Sha256::new(), bytes: 0, failed: false, later: later.clone() }, later)
    }
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.input.read(buffer) {
            Ok(n) => {
                self.hasher.update(&buffer[..n]);
                self.bytes += n as u64;
                Ok(n)
            }
            Err(error) => {
                self.failed |= error.kind() != io::ErrorKind::Interrupted;
                Err(error)
            }
        }
    }
}

impl<R: Read> Drop for Digesting<R> {
    fn drop(&mut self) {
        if self.failed || io::copy(self, &mut io::sink()).is_err() {
            return;
        }
        let sha256 = self.hasher.finalize_reset().iter().fold(String::new(), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        });
        // Nobody else sets it.
        let _ = self.later.set(Digest { sha256, bytes: self.bytes });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_count_whether_they_were_wanted_or_not() {
        let (mut reader, later) = Digesting::new(&b"abc"[..]);
        reader.read_exact(&mut [0]).unwrap();
        assert!(later.get().is_none());
        drop(reader);
        let digest = later.get().unwrap();
        assert_eq!(digest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest.bytes, 3);
    }
}
