//! Lines of any input, borrowed from one buffer: CR, LF and CRLF all end a line, and each line is counted.
//!
//! The trick: nothing is copied unless a line holds bytes that are not UTF-8, and a line past the limit is read to
//! its end but kept only in part, so that no input can fill the memory.

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;

use memchr::memchr2;

use super::decode;

/// Longest line that is kept whole, in bytes; a flattened export may hold many records on one line.
pub(super) const LONGEST_LINE: usize = 16 << 20;
/// What is kept of a longer one.
const KEPT_OF_LONGER: usize = 64 << 10;
const FIRST_CAPACITY: usize = 256 << 10;

/// One line, without its end.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub text: Cow<'a, str>,
    /// From 1.
    pub number: u64,
    /// Whether bytes that are not UTF-8 were read as Windows-1252.
    pub repaired: bool,
    /// Whether only the beginning was kept.
    pub cut: bool,
}

/// Reads lines from `input`.
pub(super) struct Lines<R> {
    input: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    number: u64,
    ended: bool,
    skip_line_feed: bool,
}

impl<R: Read> Lines<R> {
    pub fn new(input: R) -> Self {
        let buffer = vec![0; FIRST_CAPACITY];
        Self { input, buffer, start: 0, end: 0, number: 0, ended: false, skip_line_feed: false }
    }

    /// Number of the last line read.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The next line, or none at the end of the input.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        let Some((range, cut)) = self.find()? else { return Ok(None) };
        self.number += 1;
        let (text, repaired) = decode::line(&self.buffer[range]);
        Ok(Some(Line { text, number: self.number, repaired, cut }))
    }

    fn find(&mut self) -> io::Result<Option<(Range<usize>, bool)>> {
        let mut scanned = 0;
        loop {
            if self.skip_line_feed && self.start < self.end {
                self.skip_line_feed = false;
                self.start += usize::from(self.buffer[self.start] == b'\n');
            }
            if let Some(at) = memchr2(b'\n', b'\r', &self.buffer[self.start + scanned..self.end]) {
                let line = self.start..self.start + scanned + at;
                self.pass(line.end);
                return Ok(Some((line, false)));
            }
            scanned = self.end - self.start;
            if scanned > LONGEST_LINE {
                return Ok(Some((self.cut()?, true)));
            }
            if self.ended {
                let line = self.start..self.end;
                self.start = self.end;
                return Ok((scanned > 0).then_some((line, false)));
            }
            self.refill()?;
        }
    }

    /// Goes on behind the line end at `at`.
    fn pass(&mut self, at: usize) {
        self.skip_line_feed = self.buffer[at] == b'\r';
        self.start = at + 1;
    }

    fn refill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        self.read_behind(self.end)
    }

    /// Replaces what stands from `from` on by the next bytes of the input.
    fn read_behind(&mut self, from: usize) -> io::Result<()> {
        self.end = from;
        self.end += loop {
            match self.input.read(&mut self.buffer[from..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.ended = self.end == from;
        Ok(())
    }

    /// Passes over a line that is too long and keeps its beginning.
    fn cut(&mut self) -> io::Result<Range<usize>> {
        self.buffer.copy_within(self.start..self.start + KEPT_OF_LONGER, 0);
        loop {
            self.read_behind(KEPT_OF_LONGER)?;
            if let Some(at) = memchr2(b'\n', b'\r', &self.buffer[KEPT_OF_LONGER..self.end]) {
                self.pass(KEPT_OF_LONGER + at);
                break;
            }
            if self.ended {
                self.start = self.end;
                break;
            }
        }
        let starts_char = |&at: &usize| self.buffer[at] & 0xC0 != 0x80;
        let end = (KEPT_OF_LONGER - 3..KEPT_OF_LONGER).rev().find(starts_char).unwrap_or(KEPT_OF_LONGER);
        Ok(0..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<(u64, String)> {
        let mut lines = Lines::new(bytes);
        let mut out = Vec::new();
        while let Some(line) = lines.next().expect("memory does not fail") {
            out.push((line.number, line.text.into_owned()));
        }
        out
    }

    /// Hands out one byte a call, as a slow pipe may.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.0.len().min(1);
            buffer[..n].copy_from_slice(&self.0[..n]);
            self.0 = &self.0[n..];
            Ok(n)
        }
    }

    #[test]
    fn every_line_end_counts_once() {
        let want = [(1, "a"), (2, "b"), (3, ""), (4, "c"), (5, "d")].map(|(n, s)| (n, s.to_owned()));
        assert_eq!(all(b"a\r\nb\n\nc\rd"), want);
        assert_eq!(all(b"a\r\nb\r\rc\rd\r\n"), want);
        let mut slow = Lines::new(Slow(b"a\r\nb"));
        assert_eq!(slow.next().expect("reads").expect("a line").text, "a");
        assert_eq!(slow.next().expect("reads").expect("a line").text, "b");
        assert!(slow.next().expect("reads").is_none());
    }

    #[test]
    fn lines_longer_than_the_buffer_are_whole() {
        let long = "x".repeat(FIRST_CAPACITY + 5);
        assert_eq!(all(format!("{long}\ny").as_bytes()), [(1, long), (2, "y".to_owned())]);
    }

    #[test]
    fn a_line_past_the_limit_is_cut_and_the_next_is_read() {
        let input = io::repeat(b'z').take(LONGEST_LINE as u64 * 3).chain(&b"\nnext\n"[..]);
        let mut lines = Lines::new(input);
        let first = lines.next().expect("reads").expect("a line");
        assert!(first.cut && first.text.len() <= KEPT_OF_LONGER);
        assert_eq!(lines.next().expect("reads").expect("a line").text, "next");
        assert!(lines.buffer.len() <= 2 * LONGEST_LINE);
    }
}
