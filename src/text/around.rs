//! The sentence around a place of a text that is not folded: for checks and reports, which start from a span.

use std::ops::Range;

use super::sentence::ABBREVIATIONS;

/// The characters of the sentence in which a place lies, without the blanks around it.
pub fn sentence_around(text: &[char], place: usize) -> Range<usize> {
    let place = place.min(text.len());
    let start = (0..place).rev().find(|&i| ends_sentence(text, i)).map_or(0, |stop| stop + 1);
    let end = (place..text.len()).find(|&i| ends_sentence(text, i)).map_or(text.len(), |stop| stop + 1);
    let blanks = text[start..end].iter().take_while(|c| c.is_whitespace()).count();
    start + blanks..end
}

/// Whether a sentence ends at a character: a stop, then a blank, then what opens a sentence.
pub fn ends_sentence(text: &[char], at: usize) -> bool {
    let next = text.get(at + 1).is_some_and(|c| c.is_whitespace());
    let opens = text.get(at + 2).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    match text[at] {
        '!' | '?' => next && opens,
        '.' => next && opens && !is_abbreviation(&text[..at]),
        _ => false,
    }
}

fn is_abbreviation(before: &[char]) -> bool {
    let from = before.iter().rposition(|c| !c.is_alphabetic() && *c != '.').map_or(0, |i| i + 1);
    let word: String = before[from..].iter().flat_map(|c| c.to_lowercase()).collect();
    ABBREVIATIONS.contains(&word.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_abbreviations_end_no_sentence() {
        let text: Vec<char> = "A 3.5% rate vs. 4 of the rest. Then more. ".chars().collect();
        let ends: Vec<usize> = (0..text.len()).filter(|&i| ends_sentence(&text, i)).collect();
        assert_eq!(ends, [29]);
        assert_eq!(sentence_around(&text, 5), 0..30);
        assert_eq!(sentence_around(&text, 33), 31..42);
    }
}
