//! Words of context: which sentences hold no findings, which hold characteristics at entry, and what limits a check.

use super::document::Document;
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
            let (text, sight) = (read.masked.text(), read.masked.sight());
            let seen = pack.contexts().hits(text, Some(sight)).into_iter().chain(pack.cues().hits(text, Some(sight)));
            let seen = seen.map(|hit| {
                let (start, end) = read.masked.folded(hit.start, hit.end);
                (hit.rule.id, hit.rule.makes, start, end)
            });
            let hidden = read.hidden.iter().map(|cue| (cue.rule, cue.effect, cue.start, cue.end));
            for (rule, effect, start, end) in seen.chain(hidden) {
                if context.cues.iter().any(|c| c.0 == rule && c.1 <= start && end <= c.2) {
                    continue;
                }
                context.rules.push(rule);
                match effect {
                    Effect::Suppress => context.suppressed = true,
                    Effect::Plan => planned = true,
                    Effect::Baseline => context.baseline = true,
                    Effect::Conclusion => concluding |= !labelled,
                    Effect::Cue => context.cues.push((rule, start, end, false)),
                    Effect::CueEverywhere => context.cues.push((rule, start, end, true)),
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
