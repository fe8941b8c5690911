//! How the study was done: design, phase, registry ids.

use regex::Regex;
use std::sync::LazyLock;

use super::document::Document;
use crate::model::{self, DesignKind};
use crate::rules::{RuleId, RulePack};

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

static REGISTRY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:NCT ?0\d{7}|ISRCTN ?\d{8}|ChiCTR[-A-Za-z]*-?\d{8,10}|UMIN-?(?:CTR)? ?\d{9}|UMIN000\d{6}|JPRN-[A-Za-z]+\d+|jRCT[s]?\d{9,10}|ACTRN ?\d{14}|DRKS ?0{3}\d{5}|NTR ?\d{3,4}|IRCT\d{6,}N?\d*|CTRI/\d{4}/\d{2,3}/\d+|TCTR ?\d{11}|KCT ?\d{7}|PACTR ?\d{15}|20\d{2}-\d{6}-\d{2})\b",
    )
    .expect("the registry pattern is a constant and compiles")
});

static PHASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bphase[ -]?((?:[1-4]|iv|i{1,3})[ab]?(?:[/-](?:phase )?(?:[1-4]|iv|i{1,3})[ab]?)?)\b")
        .expect("the phase pattern is a constant and compiles")
});

/// Reads design, phase and registry ids from title and abstract.
pub(super) fn design(pack: &RulePack, document: &Document<'_, '_>) -> Found {
    let mut best: Option<(usize, RuleId, DesignKind, crate::model::Span)> = None;
    let title = document.title.iter().flat_map(|(text, s)| s.iter().map(move |s| (*text, s)));
    let sentences = document.sentences.iter().map(|s| (document.text, s));
    for (text, read) in title.chain(sentences) {
        for hit in pack.designs().hits(read.masked.text()) {
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
        for found in REGISTRY.find_iter(text) {
            let id = found.as_str().replace(' ', "");
            if !design.registry_ids.contains(&id) {
                design.registry_ids.push(id);
            }
        }
    }
    design.phase = texts.iter().find_map(|t| PHASE.captures(t)).map(|c| arabic(&c[1]));
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
