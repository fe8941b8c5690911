//! Which words stop a check: context cues, matched with the findings that they govern.
//!
//! The trick is where a cue stands. Inside the evidence of some findings of its sentence it governs those ("… 62% v 44%
//! (stratified log-rank P = 0.03)"); outside all of them it governs the whole sentence; from the methods section it
//! governs the abstract, but only the checks that say so.

use crate::model::{CheckId, Cue, Finding, Span};

use super::study::Study;

impl<'a> Study<'a> {
    /// The first words that stop a check of these findings.
    pub fn stopping_cue(&self, check: CheckId, findings: &[&Finding]) -> Option<&'a Cue> {
        let record = self.record;
        record.cues.iter().find(|cue| {
            self.thresholds.cues_of(check.0).any(|lists| {
                (lists.throughout.contains(&cue.kind) && cue.everywhere)
                    || (lists.here.contains(&cue.kind) && findings.iter().any(|finding| self.governs(cue, finding)))
            })
        })
    }

    /// The words that stop a check of these findings, in a phrase; none where it can be done.
    pub fn why_not(&self, check: CheckId, findings: &[&Finding]) -> Option<String> {
        self.stopping_cue(check, findings).map(|cue| self.phrase(cue))
    }

    /// Cue kinds in the sentence of a finding, or for the whole abstract, are among these.
    pub fn has_cue(&self, kinds: &[String], finding: &Finding) -> bool {
        let mut cues = self.record.cues.iter();
        cues.any(|cue| kinds.contains(&cue.kind) && (cue.everywhere || self.governs(cue, finding)))
    }

    /// The first cue of these kinds in the sentence of a finding.
    pub fn cue_here(&self, kinds: &[String], finding: &Finding) -> Option<&'a Cue> {
        self.record.cues.iter().find(|cue| kinds.contains(&cue.kind) && self.governs(cue, finding))
    }

    /// Whether words anywhere in the abstract take the certainty from a check.
    pub fn is_doubted(&self, check: CheckId) -> bool {
        let cues = &self.record.cues;
        self.thresholds.cues_of(check.0).any(|lists| cues.iter().any(|cue| lists.doubt.contains(&cue.kind)))
    }

    /// Words for a reader: the kind of the cue and what was printed.
    pub fn phrase(&self, cue: &Cue) -> String {
        let kind = cue.kind.replace('_', " ");
        match self.text_at(cue.at) {
            Some(words) if words.to_lowercase() != kind => {
                format!("the words \u{201c}{words}\u{201d} ({kind})")
            }
            _ => format!("the word \u{201c}{kind}\u{201d}"),
        }
    }

    fn governs(&self, cue: &Cue, finding: &Finding) -> bool {
        let in_sentence = |f: &Finding| f.at.field == cue.at.field && f.sentence == cue.sentence;
        if !in_sentence(finding) {
            return false;
        }
        let of_another = |f: &Finding| f.id != finding.id && in_sentence(f) && holds(f.at, cue.at);
        holds(finding.at, cue.at) || !self.record.findings.iter().any(of_another)
    }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.field == inner.field && outer.start <= inner.start && inner.end <= outer.end
}
