//! The printed text around a number: whether two numbers stand in one sentence, and what else stands there.

use crate::model::{Field, Span};

use super::study::Study;

impl Study<'_> {
    /// The literal text of a place.
    pub fn text_at(&self, at: Span) -> Option<String> {
        let text = self.field(at.field)?;
        Some(text.chars().skip(at.start as usize).take((at.end - at.start) as usize).collect())
    }

    /// Whether no sentence ends between two places.
    pub fn in_one_sentence(&self, a: Span, b: Span) -> bool {
        let (from, to) = (a.end.min(b.end), a.start.max(b.start));
        let Some(text) = self.field(a.field).filter(|_| a.field == b.field) else { return false };
        let text: Vec<char> = text.chars().take(to as usize + 2).collect();
        !(from as usize..text.len().min(to as usize)).any(|i| ends_sentence(&text, i))
    }

    /// The sentence in which a place lies.
    pub fn sentence_around(&self, at: Span) -> Option<String> {
        let text: Vec<char> = self.field(at.field)?.chars().collect();
        let place = (at.start as usize).min(text.len());
        let start = (0..place).rev().find(|&i| ends_sentence(&text, i)).map_or(0, |stop| stop + 1);
        let end = (place..text.len()).find(|&i| ends_sentence(&text, i)).unwrap_or(text.len());
        Some(text[start..end].iter().collect())
    }

    fn field(&self, field: Field) -> Option<&str> {
        match field {
            Field::Title => self.record.reference.title.as_deref(),
            Field::Abstract => self.record.reference.abstract_text.as_deref(),
        }
    }
}

/// A stop followed by a blank and then by something that opens a sentence.
fn ends_sentence(text: &[char], at: usize) -> bool {
    let next = text.get(at + 1).is_some_and(|c| c.is_whitespace());
    let opens = text.get(at + 2).is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    matches!(text[at], '.' | '!' | '?') && next && opens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_and_abbreviations_end_no_sentence() {
        let text: Vec<char> = "A 3.5% rate vs. the rest. Then".chars().collect();
        let ends: Vec<usize> = (0..text.len()).filter(|&i| ends_sentence(&text, i)).collect();
        assert_eq!(ends, [24]);
    }
}
