//! Where typed words stand in the evidence, and in which sentence the evidence stands.

use crate::model::{Bibliography, Field, Section, Span};
use crate::rules::RulePack;
use crate::text::Text;

/// The place of `words` inside the evidence; the whole of it where they do not stand there by themselves.
pub fn of_words(reference: &Bibliography, evidence: Span, words: &str) -> Span {
    let quote = reference.quote(evidence);
    // "6 months" does not stand in "4.6 months".
    let apart = |(byte, _): &(usize, &str)| {
        let (before, after) = (&quote[..*byte], &quote[byte + words.len()..]);
        !before.ends_with(|c: char| c.is_alphanumeric() || ".,·".contains(c))
            && !after.starts_with(char::is_alphanumeric)
    };
    let Some((byte, _)) = quote.match_indices(words).filter(|_| !words.is_empty()).find(apart) else {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand_by_themselves() {
        let text = "≥ Median 4.6 months, then 6 months".to_owned();
        let evidence = Span { field: Field::Abstract, start: 2, end: text.chars().count() as u32 };
        let reference = Bibliography { abstract_text: Some(text), ..Bibliography::default() };
        let found = |words| reference.quote(of_words(&reference, evidence, words)).to_owned();
        assert_eq!(found("6 months"), "6 months");
        assert_eq!(of_words(&reference, evidence, "6 months").start, 26);
        assert_eq!(of_words(&reference, evidence, "7 months"), evidence);
        assert_eq!(of_words(&reference, evidence, ""), evidence);
    }
}
