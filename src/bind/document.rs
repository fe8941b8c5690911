//! An abstract on its way through binding: its text and its masked sentences.

use std::cell::OnceCell;

use super::abbreviation;
use crate::find::{self, Masked, Mention};
use crate::rules::{Effect, Hit, MakesGroup, RuleId, RulePack, Term};
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
    /// Cues in its words before any of them was masked: some stand inside mentions ("P for trend = .04").
    pub hidden: Vec<HiddenCue>,
    /// What the group rules found in it as it is now.
    groups: OnceCell<Vec<GroupHits<'p>>>,
}

/// A cue, with its bytes in the folded view.
#[derive(Debug)]
pub(super) struct HiddenCue {
    pub rule: RuleId,
    pub effect: Effect,
    pub start: usize,
    pub end: usize,
}

/// Number of a layer of group rules, and its matches in a sentence.
pub(super) type GroupHits<'p> = (u8, Vec<Hit<'p, MakesGroup>>);

impl<'p> ReadSentence<'p> {
    fn new(pack: &'p RulePack, text: &Text<'_>, sentence: Sentence, terms: &[Term]) -> Self {
        let words = find::numbered(text.folded(), &sentence);
        let hidden = pack
            .cues()
            .hits(words.text(), Some(words.sight()))
            .into_iter()
            .map(|hit| {
                let (start, end) = words.folded(hit.start, hit.end);
                HiddenCue { rule: hit.rule.id, effect: hit.rule.makes, start, end }
            })
            .collect();
        Self { sentence, masked: find::mentions(pack, words, &sentence, terms), hidden, groups: OnceCell::new() }
    }

    /// What the group rules find in it, layer by layer. Several steps ask; the search is done anew only where names of
    /// arms were marked since.
    pub fn groups(&self, pack: &'p RulePack) -> &[GroupHits<'p>] {
        self.groups.get_or_init(|| {
            let layers = pack.groups().iter();
            layers.map(|(layer, rules)| (*layer, rules.hits(self.masked.text(), Some(self.masked.sight())))).collect()
        })
    }

    /// Puts mentions in the place of words; see [`Masked::replace`].
    pub fn replace(&mut self, replacements: Vec<(usize, usize, Mention<'p>)>) {
        if !replacements.is_empty() {
            self.masked.replace(replacements);
            self.groups.take();
        }
    }
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
    let terms = pack.terms().find(text.folded());
    let terms = abbreviation::apply(pack, text.folded(), terms);
    text.sentences().iter().map(|sentence| ReadSentence::new(pack, text, *sentence, &terms)).collect()
}
