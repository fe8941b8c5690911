//! Bytes to UTF-8 whatever they came as, without holding the input.
//!
//! UTF-16 and far legacy encodings are recognised from the first bytes and decoded as a stream; everything else is
//! read as UTF-8, and the trick is that a byte that does not fit is read as Windows-1252 where it stands, so that one
//! stray byte neither costs its line nor spoils the good characters beside it.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Decoder, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes of non-ASCII text from which a guess at a legacy encoding is trusted.
const ENOUGH_TO_GUESS: usize = 24;

/// A line as text, and whether bytes that are not UTF-8 had to be read as Windows-1252.
pub(super) fn line(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), false);
    }
    let mut text = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    (Cow::Owned(text), true)
}

/// The encoding that the whole input has to be decoded from; none where lines may be taken as they are.
/// `head` is the beginning of the input.
pub(super) fn encoding(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let sample = &head[..head.len().min(256)];
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd > sample.len() / 4 && even <= odd / 8 {
        return Some(UTF_16LE);
    }
    if even > sample.len() / 4 && odd <= even / 8 {
        return Some(UTF_16BE);
    }
    east_asian(head)
}

/// Chinese, Japanese and Korean exports are the legacy encodings that Windows-1252 would turn into noise.
fn east_asian(head: &[u8]) -> Option<&'static Encoding> {
    let high = head.iter().filter(|byte| !byte.is_ascii()).count();
    if high < ENOUGH_TO_GUESS {
        return None;
    }
    let in_utf8: usize = head.utf8_chunks().map(|chunk| chunk.valid().bytes().filter(|b| !b.is_ascii()).count()).sum();
    if in_utf8 > high / 2 {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, false);
    let guess = detector.guess(None, Utf8Detection::Deny);
    [GBK, BIG5, SHIFT_JIS, EUC_JP, EUC_KR].contains(&guess).then_some(guess)
}

/// Decodes a stream into UTF-8.
pub(super) struct Decoding<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_start: usize,
    raw_end: usize,
    text: Vec<u8>,
    text_start: usize,
    text_end: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    pub fn new(input: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let (raw, text) = (vec![0; 32 << 10], vec![0; 128 << 10]);
        Self { input, decoder, raw, raw_start: 0, raw_end: 0, text, text_start: 0, text_end: 0, ended: false }
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.text_start == self.text_end {
            if self.raw_start == self.raw_end {
                if self.ended {
                    return Ok(0);
                }
                self.raw_start = 0;
                self.raw_end = self.input.read(&mut self.raw)?;
                self.ended = self.raw_end == 0;
            }
            let raw = &self.raw[self.raw_start..self.raw_end];
            let (_, read, written, _) = self.decoder.decode_to_utf8(raw, &mut self.text, self.ended);
            self.raw_start += read;
            self.text_start = 0;
            self.text_end = written;
        }
        let n = buffer.len().min(self.text_end - self.text_start);
        buffer[..n].copy_from_slice(&self.text[self.text_start..self.text_start + n]);
        self.text_start += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        let encoding = encoding(bytes).expect("recognised");
        Decoding::new(bytes, encoding).read_to_string(&mut text).expect("decodes");
        text
    }

    #[test]
    fn a_stray_byte_spoils_nothing_beside_it() {
        assert_eq!(line("plain é".as_bytes()), (Cow::Borrowed("plain é"), false));
        assert_eq!(line(b"M\xFCller \xC3\xA9t\xC3\xA9 \x96 5 \x80"), (Cow::Borrowed("Müller été – 5 €"), true));
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_a_mark() {
        let text = "TY  - JOUR\r\nTI  - Überleben ≥ 5 Jahre\r\n";
        for mark in ["\u{FEFF}", ""] {
            let units: Vec<u16> = format!("{mark}{text}").encode_utf16().collect();
            let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            assert_eq!(decoded(&little), text);
            assert_eq!(decoded(&big), text);
        }
    }

    #[test]
    fn east_asian_text_is_decoded_and_western_text_left_to_the_lines() {
        let text = "TI  - 急性淋巴细胞白血病患者的随机对照试验结果与分析\n".repeat(2);
        let (bytes, ..) = GBK.encode(&text);
        assert_eq!(decoded(&bytes), text);
        let (bytes, ..) = WINDOWS_1252.encode("Überlebenszeit größer, François Lefèvre, señor Ibáñez, naïve Bäcker, Åsa Öberg, déjà vu, ça va ñandú façade");
        assert_eq!(encoding(&bytes), None);
    }
}
