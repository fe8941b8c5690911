//! Bytes to UTF-8 whatever they came as, without holding the input.
//!
//! UTF-16 and far legacy encodings are recognised from the first bytes and decoded as a stream; everything else is
//! read as UTF-8, and the trick is that a byte that does not fit is read as Windows-1252 where it stands, so that one
//! stray byte neither costs its line nor spoils the good characters beside it.

use std::borrow::Cow;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Decoder, EUC_JP, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_5, ISO_8859_7, KOI8_U, MACINTOSH,
    SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1255,
    WINDOWS_1256,
};

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
    east_asian(head).or_else(|| other_alphabet(head)).or_else(|| old_macintosh(head))
}

/// Cyrillic, Greek, Hebrew, Arabic and Thai words are runs of bytes that Windows-1252 would turn into noise; of Central
/// European text a few letters are, and there must be more of it.
fn other_alphabet(head: &[u8]) -> Option<&'static Encoding> {
    const OTHERS: [&Encoding; 9] =
        [WINDOWS_1251, KOI8_U, ISO_8859_5, IBM866, WINDOWS_1253, ISO_8859_7, WINDOWS_1255, WINDOWS_1256, WINDOWS_874];
    let high = head.iter().filter(|byte| !byte.is_ascii()).count();
    if high < ENOUGH_TO_GUESS / 2 || std::str::from_utf8(head).is_ok() {
        return None;
    }
    let in_runs: usize = head.split(u8::is_ascii).map(<[u8]>::len).filter(|length| *length >= 3).sum();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, false);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let valid: usize = head.utf8_chunks().map(|chunk| chunk.valid().bytes().filter(|b| !b.is_ascii()).count()).sum();
    let central = [WINDOWS_1250, ISO_8859_2].contains(&guess) && high >= ENOUGH_TO_GUESS;
    let fits = OTHERS.contains(&guess) && in_runs * 2 > high || central;
    (fits && valid * 4 < high).then_some(guess)
}

/// Files of the old Macintosh end lines by CR alone, and their accented letters are Windows-1252's controls and signs.
fn old_macintosh(head: &[u8]) -> Option<&'static Encoding> {
    if memchr::memchr(b'\n', head).is_some() || memchr::memchr(b'\r', head).is_none() {
        return None;
    }
    let between_letters = |three: &&[u8]| three[0].is_ascii_alphabetic() && three[2].is_ascii_alphabetic();
    let inside: Vec<u8> = head.windows(3).filter(between_letters).map(|three| three[1]).collect();
    let mac = inside.iter().filter(|byte| matches!(byte, 0x80..=0x90 | 0x97..=0x9F)).count();
    let windows = inside.iter().filter(|byte| matches!(byte, 0xC0..=0xD1 | 0xD6..=0xFF)).count();
    (mac > windows).then_some(MACINTOSH)
}

/// `text` with the characters restored that were UTF-8 and once read as Windows-1252 (`naÃ¯ve`, `â€“`); none where
/// there are none.
pub(super) fn untwisted(text: &str) -> Option<String> {
    // The leads themselves, as UTF-8 has them.
    let bytes = text.as_bytes();
    let is_lead = |at: usize| matches!(bytes.get(at + 1), Some(0x82 | 0x83 | 0x8E | 0x8F | 0xA2));
    memchr::memchr_iter(0xC3, bytes).find(|&at| is_lead(at))?;
    let mut out = String::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        // The leads of accented letters, signs, Greek and punctuation; other pairs are words of their own.
        let length = match c {
            'Â' | 'Ã' | 'Î' | 'Ï' => 2,
            'â' => 3,
            _ => continue,
        };
        let twisted: Vec<char> = text[at..].chars().take(length).collect();
        let bytes: Vec<u8> = twisted.iter().filter_map(|&c| windows_byte(c)).collect();
        let restored = std::str::from_utf8(&bytes).ok().filter(|text| text.chars().count() == 1);
        if let Some(restored) = restored.filter(|_| bytes.len() == length) {
            out.push_str(&text[from..at]);
            out.push_str(restored);
            from = at + twisted.iter().map(|c| c.len_utf8()).sum::<usize>();
        }
    }
    if from == 0 {
        return None;
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// The byte that Windows-1252 has for `c`; controls that it leaves open stand for themselves.
fn windows_byte(c: char) -> Option<u8> {
    if ('\u{80}'..='\u{FF}').contains(&c) {
        return Some(c as u8);
    }
    let mut buffer = [0; 4];
    match WINDOWS_1252.encode(c.encode_utf8(&mut buffer)) {
        (bytes, _, false) if bytes.len() == 1 => Some(bytes[0]),
        _ => None,
    }
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
    fn other_alphabets_are_told_from_western_text() {
        for (encoding, text) in [
            (WINDOWS_1251, "TI  - Клетки после рецидива: рандомизированное исследование\n"),
            (WINDOWS_1253, "TI  - Τυχαιοποιημένη μελέτη σε ασθενείς με υποτροπή\n"),
            (KOI8_U, "TI  - Клетки после рецидива: рандомизированное исследование\n"),
            (
                WINDOWS_1250,
                "AU  - Šťastný, Jiří\nAU  - Řezníčková, Žofie\nTI  - Účinnost léčby u nemocných s relapsem: náhodně řízená zkouška\n",
            ),
        ] {
            let text = text.repeat(2);
            let (bytes, ..) = encoding.encode(&text);
            assert_eq!(self::encoding(&bytes).map(Encoding::name), Some(encoding.name()), "{text}");
            assert_eq!(decoded(&bytes), text);
        }
        let text = "AU  - M\u{FC}ller, Ren\u{E9}\rTI  - \u{C9}tude\r";
        let (bytes, ..) = WINDOWS_1252.encode(text);
        assert_eq!(encoding(&bytes), None);
        assert_eq!(decoded(b"AU  - M\x9Fller, Ren\x8Ee\rTI  - A\r"), "AU  - Müller, Renée\rTI  - A\r");
        for text in [
            "Étude randomisée contrôlée: efficacité chez les malades âgés, à l'hôpital, où la réponse était complète après thérapie",
            "Überlebenszeit größer für Männer über sechzig: eine randomisierte Prüfung während fünf Jahren",
            "Ensayo clínico aleatorizado en niños: duración, acción y función según el año de inclusión, después",
            "Påvisning av økt overlevelse: en randomisert prøve på sykehus, før og etter år, også hos små",
            "Studio randomizzato: l'età è più alta, perché la qualità così ottenuta è già nota, là e lì",
            "Avaliação da função: não há relação, então a duração e a proporção são três vezes maiores",
        ] {
            let text = text.repeat(3);
            let (bytes, ..) = WINDOWS_1252.encode(&text);
            assert_eq!(encoding(&bytes), None, "{text}");
        }
    }

    #[test]
    fn text_that_was_decoded_wrongly_once_is_restored() {
        for (twisted, text) in [
            ("naÃ¯ve â€“ â‰¥5 Î±, 3 Â± 1, â€œxâ€\u{9D}", "naïve – ≥5 α, 3 ± 1, “x”"),
            ("MÃ¼ller and Müller", "Müller and Müller"),
        ] {
            assert_eq!(untwisted(twisted).as_deref(), Some(text));
        }
        for text in ["São Paulo, SÃO, Âge, CAFÉ», naïve – ≥5 α", "plain", "âge, pâté, Ψ"] {
            assert_eq!(untwisted(text), None, "{text}");
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
