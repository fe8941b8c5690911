//! An abstract on its way through binding: its text and its masked sentences.

use super::abbreviation;
use crate::find::{self, Masked};
use crate::rules::{RulePack, flatten};
use crate::text::{Sentence, Text};

/// An abstract with its title.
#[derive(Debug)]
pub(super) struct Document<'p, 't> {
    /// The abstract.
    pub text: &'t Text<'t>,
    /// Its sentences.
    pub sentences: Vec<ReadSentence<'p>>,
    /// The title, masked, where there is one.
    pub title: Option<(&'t Text<'t>, Vec<ReadSentence<'p>>)>,
}

/// A sentence and what is known of it.
#[derive(Debug)]
pub(super) struct ReadSentence<'p> {
    /// Where it stands.
    pub sentence: Sentence,
    /// Its mentions.
    pub masked: Masked<'p>,
}

impl<'p, 't> Document<'p, 't> {
    /// Finds the mentions of every sentence.
    pub fn read(pack: &'p RulePack, title: Option<&'t Text<'t>>, text: &'t Text<'t>) -> Self {
        Self { text, sentences: read(pack, text), title: title.map(|t| (t, read(pack, t))) }
    }

    /// Forms bundles in every sentence.
    pub fn bundle(&mut self, pack: &'p RulePack) {
        for sentence in &mut self.sentences {
            find::rewrite_findings(pack, &mut sentence.masked);
        }
    }
}

fn read<'p>(pack: &'p RulePack, text: &Text<'_>) -> Vec<ReadSentence<'p>> {
    let terms = pack.terms().find(text.folded(), &flatten(text.folded()));
    let terms = abbreviation::apply(pack, text.folded(), terms);
    text.sentences()
        .iter()
        .map(|sentence| ReadSentence {
            sentence: *sentence,
            masked: find::mentions(pack, text.folded(), sentence, &terms),
        })
        .collect()
}
