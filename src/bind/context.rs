//! Words of context: which sentences hold no findings, which hold characteristics at entry, and what limits a check.

use super::document::{Document, ReadSentence};
use crate::find::{self, Masked};
use crate::model::{Cue, Section};
use crate::rules::{Effect, RuleId, RulePack};

/// What the words around them make of a sentence's numbers.
#[derive(Debug, Default, Clone)]
pub(super) struct Context {
    /// They are no findings.
    pub suppressed: bool,
    /// They are characteristics at entry.
    pub baseline: bool,
    /// They state earlier numbers again.
    pub conclusion: bool,
    /// Rules that spoke.
    pub rules: Vec<RuleId>,
    /// Cues for the checks: rule, bytes of the folded text, whether for the whole abstract.
    cues: Vec<(RuleId, usize, usize, bool)>,
}

/// The context of every sentence.
pub(super) fn read(pack: &RulePack, document: &Document<'_, '_>) -> Vec<Context> {
    let labelled = document.sentences.iter().any(|s| s.sentence.section == Some(Section::Results));
    let mut concluding = false;
    document
        .sentences
        .iter()
        .map(|read| {
            let mut context = Context::default();
            let mut planned = false;
            let text = read.masked.text();
            // Some cues stand inside mentions ("P for trend = .04"), so they look at the words as well.
            let words = words(document.text.folded(), read);
            let hits =
                pack.contexts().hits(text).into_iter().chain(pack.cues().hits(text)).map(|hit| (hit, &read.masked));
            let hidden = pack.cues().hits(words.text()).into_iter().map(|hit| (hit, &words));
            for (hit, masked) in hits.chain(hidden) {
                let (start, end) = masked.folded(hit.start, hit.end);
                if context.cues.iter().any(|c| c.0 == hit.rule.id && c.1 <= start && end <= c.2) {
                    continue;
                }
                context.rules.push(hit.rule.id);
                match hit.rule.makes {
                    Effect::Suppress => context.suppressed = true,
                    Effect::Plan => planned = true,
                    Effect::Baseline => context.baseline = true,
                    Effect::Conclusion => concluding |= !labelled,
                    Effect::Cue => context.cues.push((hit.rule.id, start, end, false)),
                    Effect::CueEverywhere => context.cues.push((hit.rule.id, start, end, true)),
                }
            }
            context.conclusion = concluding || read.sentence.section == Some(Section::Conclusions);
            let before_results = matches!(read.sentence.section, Some(Section::Background | Section::Methods));
            context.suppressed |= read.sentence.aside
                || before_results && (labelled || read.sentence.section == Some(Section::Background));
            // In the results of a labelled abstract nothing is background.
            if read.sentence.section == Some(Section::Results) {
                context.suppressed = false;
            }
            context.suppressed |= planned;
            context
        })
        .collect()
}

/// A sentence with nothing masked but its numbers.
fn words(folded: &str, read: &ReadSentence<'_>) -> Masked<'static> {
    let (start, end) = (read.sentence.start, read.sentence.end);
    Masked::new(folded, start, end, &find::numbers(folded, start, end))
}

/// The cues of the whole abstract, for the checks.
pub(super) fn cues(pack: &RulePack, document: &Document<'_, '_>, contexts: &[Context]) -> Vec<Cue> {
    let mut cues = Vec::new();
    for (sentence, context) in contexts.iter().enumerate() {
        for (rule, start, end, everywhere) in &context.cues {
            let kind = pack.rule(*rule).id.trim_start_matches("cue.").to_owned();
            cues.push(Cue {
                kind,
                sentence: sentence as u32,
                everywhere: *everywhere,
                at: document.text.span(*start, *end),
            });
        }
    }
    cues
}
