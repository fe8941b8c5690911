//! The words that a span points at.
//!
//! Spans count code points, strings count bytes. A sparse index (the byte of every 128th code point) finds the words
//! of any span at once, however long the field; a field of plain ASCII needs none.

use crate::model::{Bibliography, Field, Span};

const STEP: usize = 128;

/// Title and abstract of one reference, ready to be quoted from.
pub struct Literals<'a> {
    title: Indexed<'a>,
    body: Indexed<'a>,
}

impl<'a> Literals<'a> {
    /// Of this reference.
    pub fn of(reference: &'a Bibliography) -> Self {
        Self {
            title: Indexed::new(reference.title.as_deref().unwrap_or_default()),
            body: Indexed::new(reference.abstract_text.as_deref().unwrap_or_default()),
        }
    }

    /// The words at a span; what lies beyond the end of the field is left out.
    pub fn at(&self, span: Span) -> &'a str {
        let field = match span.field {
            Field::Title => &self.title,
            Field::Abstract => &self.body,
        };
        let (start, end) = (field.byte(span.start as usize), field.byte(span.end as usize));
        field.text.get(start..end).unwrap_or_default()
    }
}

struct Indexed<'a> {
    text: &'a str,
    /// Byte of every [`STEP`]th code point; empty for ASCII.
    steps: Vec<usize>,
}

impl<'a> Indexed<'a> {
    fn new(text: &'a str) -> Self {
        let steps = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect()
        };
        Self { text, steps }
    }

    fn byte(&self, point: usize) -> usize {
        if self.steps.is_empty() {
            return point.min(self.text.len());
        }
        let Some(&base) = self.steps.get(point / STEP) else { return self.text.len() };
        let rest = &self.text[base..];
        base + rest.char_indices().nth(point % STEP).map_or(rest.len(), |(byte, _)| byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_span_of_any_text_is_its_code_points(text in "[a-z≥–é𝛽 ]{0,400}", a in 0usize..420, b in 0usize..420) {
            let (start, end) = (a.min(b), a.max(b));
            let reference = Bibliography { abstract_text: Some(text.clone()), ..Bibliography::default() };
            let span = Span { field: Field::Abstract, start: start as u32, end: end as u32 };
            let expected: String = text.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(Literals::of(&reference).at(span), expected);
        }
    }
}
