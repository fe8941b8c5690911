//! The printed text around a number: whether two numbers stand in one sentence, and what else stands there.

use crate::model::{Field, Span};
use crate::text::{ends_sentence, sentence_around};

use super::study::Study;

/// Characters of a word that is longer than any abbreviation.
const LONGEST_ABBREVIATION: usize = 64;

/// Characters that are looked at together.
const PIECE: usize = 256;

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
        // A piece at a time: nearly always a sentence ends soon, or the places are near each other.
        let (mut at, end) = (from as usize, (to as usize).min(text.chars().count()));
        while at < end {
            // An abbreviation at the start of a piece may begin before it.
            let before = at.min(LONGEST_ABBREVIATION);
            let length = PIECE.min(end - at);
            let piece: Vec<char> = text.chars().skip(at - before).take(before + length + 2).collect();
            if (before..before + length).any(|i| ends_sentence(&piece, i)) {
                return false;
            }
            at += length;
        }
        true
    }

    /// The sentence in which a place lies.
    pub fn sentence_around(&self, at: Span) -> Option<String> {
        let text: Vec<char> = self.field(at.field)?.chars().collect();
        let sentence = sentence_around(&text, at.start as usize);
        Some(text[sentence].iter().collect())
    }

    fn field(&self, field: Field) -> Option<&str> {
        match field {
            Field::Title => self.record.reference.title.as_deref(),
            Field::Abstract => self.record.reference.abstract_text.as_deref(),
        }
    }
}
