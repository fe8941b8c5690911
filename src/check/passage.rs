//! The printed text around a number: whether two numbers stand in one sentence, and what else stands there.

use crate::model::{Field, Record, Span};
use crate::text::{ends_sentence, sentence_around};

use super::study::Study;

/// The texts of a record by character, laid out once: every check asks for places in them.
#[derive(Debug)]
pub struct Passages {
    title: Option<Passage>,
    abstract_text: Option<Passage>,
}

#[derive(Debug)]
struct Passage {
    characters: Vec<char>,
    /// The characters at which a sentence ends, in order.
    ends: Vec<usize>,
}

impl Passages {
    /// Title and abstract of a record.
    pub fn of(record: &Record) -> Self {
        let reference = &record.reference;
        Self {
            title: reference.title.as_deref().map(Passage::of),
            abstract_text: reference.abstract_text.as_deref().map(Passage::of),
        }
    }

    fn field(&self, field: Field) -> Option<&Passage> {
        match field {
            Field::Title => self.title.as_ref(),
            Field::Abstract => self.abstract_text.as_ref(),
        }
    }
}

impl Passage {
    fn of(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let ends = (0..characters.len()).filter(|&at| ends_sentence(&characters, at)).collect();
        Self { characters, ends }
    }

    /// The literal text between two characters, as far as there is any.
    fn text(&self, start: usize, end: usize) -> String {
        let end = end.min(self.characters.len());
        self.characters[start.min(end)..end].iter().collect()
    }
}

impl Study<'_> {
    /// The literal text of a place.
    pub fn text_at(&self, at: Span) -> Option<String> {
        Some(self.passages.field(at.field)?.text(at.start as usize, at.end as usize))
    }

    /// Whether no sentence ends between two places.
    pub fn in_one_sentence(&self, a: Span, b: Span) -> bool {
        let (from, to) = (a.end.min(b.end) as usize, a.start.max(b.start) as usize);
        let passage = self.passages.field(a.field).filter(|_| a.field == b.field);
        passage.is_some_and(|passage| {
            let next = passage.ends.partition_point(|end| *end < from);
            passage.ends.get(next).is_none_or(|end| *end >= to)
        })
    }

    /// The sentence in which a place lies.
    pub fn sentence_around(&self, at: Span) -> Option<String> {
        let passage = self.passages.field(at.field)?;
        let sentence = sentence_around(&passage.characters, at.start as usize);
        Some(passage.text(sentence.start, sentence.end))
    }
}
