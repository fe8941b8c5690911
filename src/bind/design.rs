//! How the study was done: design, phase, registry ids.

use regex::Regex;
use std::sync::LazyLock;

use super::document::{Document, ReadSentence};
use crate::model::{self, DesignKind, Section};
use crate::rules::{RuleId, RulePack, Sight};

/// The design, and the rule that told it.
pub(super) struct Found {
    pub design: model::Design,
    pub rule: Option<RuleId>,
}

/// Order of strength: a protocol of a randomised trial is a protocol.
const ORDER: [DesignKind; 7] = [
    DesignKind::Protocol,
    DesignKind::MetaAnalysis,
    DesignKind::Review,
    DesignKind::CaseControl,
    DesignKind::Randomised,
    DesignKind::Cohort,
    DesignKind::SingleArm,
];

static PHASE: LazyLock<Regex> = LazyLock::new(|| {
    let number = "(?:[1-4]|IV|I{1,3}|iv|i{1,3})[ab]?";
    let pattern = format!(r"\bP?p?(?:hase|HASE)[ -]?({number}(?:[/-](?:[Pp]hase )?{number})?)\b");
    Regex::new(&pattern).expect("the pattern is a constant and compiles")
});

/// Reads design, phase and registry ids from title and abstract.
pub(super) fn design(pack: &RulePack, document: &Document<'_, '_>) -> Found {
    let mut best: Option<(usize, RuleId, DesignKind, crate::model::Span)> = None;
    let title = document.title.iter().flat_map(|(text, s)| s.iter().map(move |s| (*text, s)));
    // What the conclusions call for, or miss, is another study.
    let last = document.sentences.len().saturating_sub(1).max(1);
    let told = |s: &&ReadSentence<'_>| s.sentence.section != Some(Section::Conclusions);
    let sentences = document.sentences.iter().take(last).filter(told).map(|s| (document.text, s));
    for (text, read) in title.chain(sentences) {
        for hit in pack.designs().hits(read.masked.text(), Some(read.masked.sight())) {
            let rank = ORDER.iter().position(|k| *k == hit.rule.makes).unwrap_or(ORDER.len());
            if best.as_ref().is_none_or(|b| rank < b.0) {
                let (start, end) = read.masked.folded(hit.start, hit.end);
                best = Some((rank, hit.rule.id, hit.rule.makes, text.span(start, end)));
            }
        }
    }
    let mut design = model::Design::default();
    let texts: Vec<&str> = document.title.iter().map(|(t, _)| t.folded()).chain([document.text.folded()]).collect();
    for text in &texts {
        for found in pack.registries().hits(text, Some(&Sight::new(text))) {
            let id = text[found.start..found.end].replace(' ', "");
            if !design.registry_ids.contains(&id) {
                design.registry_ids.push(id);
            }
        }
    }
    design.phase = texts
        .iter()
        .filter(|t| t.contains("hase") || t.contains("HASE"))
        .find_map(|t| PHASE.captures(t))
        .map(|c| arabic(&c[1]));
    let mut rule = None;
    if let Some((_, id, kind, at)) = best {
        design.kind = kind;
        design.at = Some(at);
        rule = Some(id);
    }
    Found { design, rule }
}

/// "II/III" → "2/3".
fn arabic(phase: &str) -> String {
    phase
        .to_ascii_lowercase()
        .replace("phase ", "")
        .split(['/', '-'])
        .map(|one| {
            let letters = one.trim_end_matches(['a', 'b']);
            let digit = match letters {
                "i" => "1",
                "ii" => "2",
                "iii" => "3",
                "iv" => "4",
                other => other,
            };
            format!("{digit}{}", &one[letters.len()..])
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[cfg(test)]
mod tests {
    #[test]
    fn phases_are_written_in_digits() {
        assert_eq!(super::arabic("II/III"), "2/3");
        assert_eq!(super::arabic("Ib/II"), "1b/2");
    }
}
