//! Where typed words stand in the evidence, and in which sentence the evidence stands.

use crate::model::{Bibliography, Field, Section, Span};
use crate::rules::RulePack;
use crate::text::Text;

/// The place of `words` inside the evidence; the whole of it where they do not stand there.
pub fn of_words(reference: &Bibliography, evidence: Span, words: &str) -> Span {
    let quote = reference.quote(evidence);
    let Some(byte) = Some(words).filter(|words| !words.is_empty()).and_then(|words| quote.find(words)) else {
        return evidence;
    };
    let start = evidence.start + quote[..byte].chars().count() as u32;
    Span { field: evidence.field, start, end: start + words.chars().count() as u32 }
}

/// Number and section of the sentence of the abstract that a span begins in.
pub fn sentence(reference: &Bibliography, pack: &RulePack, at: Span) -> (u32, Option<Section>) {
    let Some(original) = reference.abstract_text.as_deref().filter(|_| at.field == Field::Abstract) else {
        return (0, None);
    };
    let text = Text::new(Field::Abstract, original, pack.sections());
    let begun = |sentence: &crate::text::Sentence| text.span(sentence.start, sentence.end).start <= at.start;
    let sentences = text.sentences();
    match sentences.iter().rposition(begun) {
        Some(number) => (number as u32, sentences[number].section),
        None => (0, None),
    }
}
