//! The bytes under an XML parser: always UTF-8, counted in lines, and never more of one text than can be kept.
//!
//! The trick: between two `<` at most [`LONGEST_TEXT`] bytes are passed on, since that is what a parser holds at once;
//! what is left out is remembered, so that the record can be reported.

use std::io::{self, BufRead, Read};

use memchr::{memchr, memchr_iter, memrchr};

use crate::read::decode;

/// Longest text or tag that reaches the parser, in bytes.
const LONGEST_TEXT: usize = 16 << 20;
const CHUNK: usize = 64 << 10;

/// Feeds an XML parser from `input`.
pub(super) struct XmlInput<R> {
    input: R,
    raw: Vec<u8>,
    /// Bytes at the end of `raw` that begin a character.
    carried: usize,
    chunk: Vec<u8>,
    position: usize,
    since_markup: usize,
    /// Line of the next byte, from 1.
    pub line: u64,
    /// Whether bytes that are not UTF-8 were read as Windows-1252 since this was last reset.
    pub repaired: bool,
    /// Whether text was left out since this was last reset.
    pub cut: bool,
}

impl<R: Read> XmlInput<R> {
    pub fn new(input: R) -> Self {
        Self {
            input,
            raw: vec![0; CHUNK],
            carried: 0,
            chunk: Vec::new(),
            position: 0,
            since_markup: 0,
            line: 1,
            repaired: false,
            cut: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.chunk.clear();
        self.position = 0;
        while self.chunk.is_empty() {
            let read = self.input.read(&mut self.raw[self.carried..])?;
            let end = self.carried + read;
            if end == 0 {
                return Ok(());
            }
            let whole = if read == 0 { end } else { end - incomplete(&self.raw[..end]) };
            let (text, repaired) = decode::line(&self.raw[..whole]);
            self.repaired |= repaired;
            self.chunk.extend_from_slice(text.as_bytes());
            self.raw.copy_within(whole..end, 0);
            self.carried = end - whole;
            self.bound();
        }
        Ok(())
    }

    /// Leaves out what of the chunk is too far behind the last markup.
    fn bound(&mut self) {
        let next = memchr(b'<', &self.chunk).unwrap_or(self.chunk.len());
        if self.since_markup + next > LONGEST_TEXT {
            self.line += memchr_iter(b'\n', &self.chunk[..next]).count() as u64;
            self.chunk.drain(..next);
            self.cut = true;
        }
        match memrchr(b'<', &self.chunk) {
            Some(last) => self.since_markup = self.chunk.len() - last,
            None => self.since_markup += self.chunk.len(),
        }
    }
}

/// Length of the unfinished character at the end of `bytes`.
fn incomplete(bytes: &[u8]) -> usize {
    let last = bytes.len().saturating_sub(3);
    let Some(lead) = bytes[last..].iter().rposition(|byte| byte & 0xC0 != 0x80) else { return 0 };
    let tail = bytes.len() - last - lead;
    let wanted = match bytes[last + lead] {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 1,
    };
    if tail < wanted { tail } else { 0 }
}

impl<R: Read> BufRead for XmlInput<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.position == self.chunk.len() {
            self.refill()?;
        }
        Ok(&self.chunk[self.position..])
    }

    fn consume(&mut self, amount: usize) {
        let passed = &self.chunk[self.position..self.position + amount];
        self.line += memchr_iter(b'\n', passed).count() as u64;
        self.position += amount;
    }
}

impl<R: Read> Read for XmlInput<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_fall_between_reads_stay_whole() {
        let text = "aé≥𝛼".repeat(20_000);
        let mut out = String::new();
        XmlInput::new(text.as_bytes()).read_to_string(&mut out).expect("is UTF-8");
        assert!(out == text);
        let mut out = String::new();
        let mut input = XmlInput::new(&b"caf\xE9 <a>\xC3\xA9\n"[..]);
        input.read_to_string(&mut out).expect("is UTF-8");
        assert_eq!((out.as_str(), input.line, input.repaired), ("café <a>é\n", 2, true));
    }

    #[test]
    fn text_without_end_is_left_out_and_counted() {
        let long = io::repeat(b'\n').take(LONGEST_TEXT as u64 * 3);
        let mut input = XmlInput::new(b"<a>".chain(long).chain(&b"</a>"[..]));
        let mut out = Vec::new();
        input.read_to_end(&mut out).expect("reads");
        assert!(input.cut && out.len() <= LONGEST_TEXT + 16 && out.ends_with(b"</a>"));
        assert_eq!(input.line, LONGEST_TEXT as u64 * 3 + 1);
    }
}
