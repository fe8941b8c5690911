//! Characters → [`Text`]: an ASCII view of a field that rules can be written against, with a map back to the
//! characters the author wrote; its sections; its sentences.
//!
//! The trick: everything after this stage works on byte offsets of the folded view, and only the few spans that
//! reach the record are mapped back.

mod around;
mod fold;
mod section;
mod sentence;

pub use around::{ends_sentence, sentence_around};
pub use fold::Folded;
pub use section::SectionLabels;
pub use sentence::Sentence;

use crate::model::{Field, Span};

/// One field of a reference, folded and cut into sentences.
#[derive(Debug)]
pub struct Text<'a> {
    field: Field,
    folded: Folded<'a>,
    sentences: Vec<Sentence>,
}

impl<'a> Text<'a> {
    /// Folds `original` and finds its sections (by `labels`) and sentences.
    pub fn new(field: Field, original: &'a str, labels: &SectionLabels) -> Self {
        let folded = Folded::new(original);
        let sentences = sentence::sentences(folded.as_str(), labels);
        Self { field, folded, sentences }
    }

    /// The folded view: ASCII only.
    pub fn folded(&self) -> &str {
        self.folded.as_str()
    }

    /// The sentences, in order; they do not overlap.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The author's own characters behind a range of the folded view.
    pub fn literal(&self, start: usize, end: usize) -> &'a str {
        self.folded.literal(start, end)
    }

    /// The span, in code points of the original, behind a range of the folded view.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let (start, end) = self.folded.code_points(start, end);
        Span { field: self.field, start, end }
    }
}
