//! Cutting a folded text into sentences, section by section.

use super::section::SectionLabels;
use crate::model::Section;

/// A sentence of the folded view: bytes `start..end`, without its section label and the blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The section it stands in, where the abstract has labels.
    pub section: Option<Section>,
    /// Whether it stands under a label that holds no findings ("FUNDING:", "TRIAL REGISTRATION:").
    pub aside: bool,
}

/// Words whose full stop does not end a sentence, lower case.
pub(super) const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "ca", "cf", "dr", "e.g", "eg", "etc", "fig", "i.e", "ie", "inc", "int", "iv", "ltd", "max", "min",
    "mr", "mrs", "ms", "no", "nos", "pts", "resp", "sept", "spp", "st", "v", "viz", "vol", "vs", "yr", "yrs", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "oct", "nov", "dec", "p",
];

/// Nouns that a single capital names ("group B").
const LETTERED: &[&str] = &[
    "group",
    "groups",
    "arm",
    "arms",
    "cohort",
    "cohorts",
    "part",
    "type",
    "class",
    "stage",
    "hepatitis",
    "vitamin",
    "and",
    "or",
];

/// The sentences of `text`, in order.
pub(super) fn sentences(text: &str, labels: &SectionLabels) -> Vec<Sentence> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut section = None;
    let mut aside = false;
    let mut start = 0;
    while let Some(first) = bytes[start..].iter().position(|b| !b.is_ascii_whitespace()) {
        start += first;
        if let Some(label) = labels.at_start(&text[start..]) {
            section = label.section;
            aside = label.aside;
            start += label.length;
            continue;
        }
        let end = sentence_end(head(text, start), start, labels);
        let end = shouted_label(&text[start..end], labels).map_or(end, |length| start + length);
        let trimmed = text[start..end].trim_end().len();
        found.push(Sentence { start, end: start + trimmed, section, aside });
        start = end;
    }
    found
}

/// The longest sentence, in bytes. A longer one is taken for several, so that no work on it grows with its square.
pub const LONGEST_SENTENCE: usize = 4 << 10;

/// `text` (ASCII) up to where a sentence that begins at `start` must end: at a blank, if there is one.
fn head(text: &str, start: usize) -> &str {
    let most = start + LONGEST_SENTENCE;
    if text.len() <= most {
        return text;
    }
    let blank = text[start..most].trim_end().rfind(' ').filter(|blank| *blank > 0);
    &text[..blank.map_or(most, |blank| start + blank + 1)]
}

/// Bytes of `sentence` before a label in capitals within it: a text cut short by its database ("at 2 x 10 FINDINGS: …").
fn shouted_label(sentence: &str, labels: &SectionLabels) -> Option<usize> {
    let bytes = sentence.as_bytes();
    memchr::memchr_iter(b':', bytes).find_map(|colon| {
        let length = bytes[..colon].iter().rev().take_while(|b| b.is_ascii_uppercase()).count();
        let at = colon - length;
        let shouted = length > 3 && at > 0 && bytes[at - 1].is_ascii_whitespace();
        (shouted && labels.at_start(&sentence[at..]).is_some_and(|l| l.section.is_some())).then_some(at)
    })
}

/// One past the last byte of the sentence that begins at `start`.
fn sentence_end(text: &str, start: usize, labels: &SectionLabels) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(step) = memchr::memchr3(b'.', b'?', b'!', &bytes[at..]) {
        let stop = at + step;
        at = stop + 1;
        while matches!(bytes.get(at), Some(b')' | b']' | b'"' | b'\'')) {
            at += 1;
        }
        let Some(&next) = bytes.get(at) else { return bytes.len() };
        if !next.is_ascii_whitespace() {
            // "…was safe.RESULTS: …": a label that lost its space still opens a section.
            if labels.at_start(&text[at..]).is_some_and(|l| l.section.is_some()) {
                return at;
            }
            continue;
        }
        let after = bytes[at..].iter().position(|b| !b.is_ascii_whitespace()).map_or(bytes.len(), |k| at + k);
        if bytes[stop] != b'.' || opens_sentence(&bytes[after..]) && !is_abbreviation(text, start, stop, after) {
            return at;
        }
    }
    bytes.len()
}

/// Whether a sentence can begin with `next`.
fn opens_sentence(next: &[u8]) -> bool {
    match next.first() {
        None => true,
        Some(b) if b.is_ascii_uppercase() || b.is_ascii_digit() => true,
        Some(b'(' | b'[' | b'"' | b'\'' | b'<' | b'>') => {
            next.get(1).is_some_and(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'=')
        }
        Some(_) => false,
    }
}

/// Whether the stop at `stop` belongs to an abbreviation or an initial.
fn is_abbreviation(text: &str, start: usize, stop: usize, after: usize) -> bool {
    let head = &text[start..stop];
    let word_start = head.rfind([' ', '(', '[', ';', ',', '/', '-']).map_or(0, |k| k + 1);
    let word = &head[word_start..];
    if word.len() == 1 && word.as_bytes()[0].is_ascii_uppercase() {
        // "J. Smith" and "E. Coli", but not "in group B. Patients".
        let last = head[..word_start].trim_end().rsplit(' ').next().unwrap_or("");
        return !LETTERED.contains(&last);
    }
    let lower = word.to_ascii_lowercase();
    if !ABBREVIATIONS.contains(&lower.as_str()) {
        return false;
    }
    // "no. 5" and "Jan. 3", but "there were no. Patients" and "etc. The" end.
    match lower.as_str() {
        "no" | "nos" | "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "oct" | "nov" | "dec" | "sept"
        | "min" | "max" | "p" | "iv" | "ms" | "pts" | "yr" | "yrs" => {
            text.as_bytes().get(after).is_some_and(u8::is_ascii_digit)
        }
        "etc" | "inc" | "ltd" | "al" => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let labels = SectionLabels::new(vec![("results".into(), Some(Section::Results))]);
        sentences(text, &labels).iter().map(|s| &text[s.start..s.end]).collect()
    }

    #[test]
    fn a_sentence_may_begin_with_a_number() {
        assert_eq!(cut("We treated 43 people. 34 (79%) responded."), ["We treated 43 people.", "34 (79%) responded."]);
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_it() {
        let text = "It was 31% vs. 57% (P = .04; see Smith et al., no. 5), i.e. more by J. Smith. Next.";
        assert_eq!(cut(text).len(), 2);
    }

    #[test]
    fn labels_open_sections_even_without_a_space() {
        assert_eq!(cut("Aim: to see.RESULTS: It rose. Done"), ["Aim: to see.", "It rose.", "Done"]);
    }

    #[test]
    fn an_endless_sentence_is_cut_at_blanks() {
        let text = "word ".repeat(LONGEST_SENTENCE);
        let pieces = cut(&text);
        assert!(pieces.iter().all(|piece| piece.len() <= LONGEST_SENTENCE && !piece.contains("wordword")));
        assert_eq!(pieces.join(" "), text.trim_end());
    }
}
