//! The printed text around a number: whether two numbers stand in one sentence, and what else stands there.

use crate::model::{Field, Span};
use crate::text::{ends_sentence, sentence_around};

use super::study::Study;

/// Characters of a word that is longer than any abbreviation.
const LONGEST_ABBREVIATION: usize = 64;

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
        // An abbreviation at the start of the passage may begin before it.
        let before = (from as usize).min(LONGEST_ABBREVIATION);
        let passage =
            text.chars().skip(from as usize - before).take((to as usize + 2).saturating_sub(from as usize) + before);
        let text: Vec<char> = passage.collect();
        let end = text.len().min((to as usize + before).saturating_sub(from as usize));
        !(before..end).any(|i| ends_sentence(&text, i))
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
