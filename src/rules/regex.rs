//! One pattern of a rule: weighed when the rule is loaded, compiled when a sentence first needs it.
//!
//! The trick: each pattern knows which bytes every match of it must hold, so that most rules are passed over without
//! looking at the sentence at all, and most are never even compiled in a run of one record.

use std::sync::OnceLock;

use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class, Hir, HirKind};

use super::error::RuleErrorKind;

/// The most a pattern may weigh: about the number of its states.
const HEAVIEST: u64 = 40_000;

/// A set of ASCII bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bytes(u128);

impl Bytes {
    /// The bytes that stand in `text`.
    pub fn of(text: &str) -> Self {
        Self(text.bytes().filter(u8::is_ascii).fold(0, |set, b| set | 1 << b))
    }

    /// Whether every byte of `needed` is in the set.
    pub fn hold(self, needed: Self) -> bool {
        needed.0 & !self.0 == 0
    }
}

/// A checked pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    source: String,
    /// Bytes that every match holds.
    needs: Bytes,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    /// Checks that `source` parses and is not too heavy.
    pub fn new(source: String) -> Result<Self, RuleErrorKind> {
        let hir = regex_syntax::ParserBuilder::new()
            .unicode(false)
            .utf8(false)
            .build()
            .parse(&source)
            .map_err(|e| RuleErrorKind::BadPattern(e.to_string()))?;
        let weight = weight(&hir);
        if weight > HEAVIEST {
            return Err(RuleErrorKind::TooLarge(format!("{weight} states where {HEAVIEST} are allowed")));
        }
        Ok(Self { source, needs: Bytes(needs(&hir)), compiled: OnceLock::new() })
    }

    /// Whether a text that holds `present` can match.
    pub fn can_match(&self, present: Bytes) -> bool {
        present.hold(self.needs)
    }

    /// The first match of `text` that begins at `from` or later.
    pub fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        self.regex().search(&Input::new(text).range(from..)).map(|m| (m.start(), m.end()))
    }

    /// The groups of the match that begins at `start`: for each group its bytes, where it took part.
    pub fn groups(&self, text: &str, start: usize) -> Vec<Option<(usize, usize)>> {
        let mut captures: Captures = self.regex().create_captures();
        self.regex().search_captures(&Input::new(text).range(start..).anchored(Anchored::Yes), &mut captures);
        (1..captures.group_len()).map(|k| captures.get_group(k).map(|s| (s.start, s.end))).collect()
    }

    /// Whether all of `text` matches.
    pub fn matches_whole(&self, text: &str) -> bool {
        self.regex().is_match(Input::new(text).anchored(Anchored::Yes).earliest(true))
    }

    fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| {
            Regex::builder()
                .syntax(syntax::Config::new().unicode(false).utf8(false))
                .configure(Regex::config().utf8_empty(false).nfa_size_limit(None).onepass_size_limit(Some(1 << 16)))
                .build(&self.source)
                .expect("the pattern was parsed and weighed when it was loaded")
        })
    }
}

/// About the number of states of `hir`.
fn weight(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(_) => 2,
        HirKind::Capture(capture) => 2 + weight(&capture.sub),
        HirKind::Repetition(repeat) => {
            let times = u64::from(repeat.max.unwrap_or(repeat.min + 1)).max(1);
            times.saturating_mul(weight(&repeat.sub) + 1)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(1, |sum: u64, part| sum.saturating_add(weight(part)))
        }
    }
}

/// The bytes that every match of `hir` holds, as a set.
fn needs(hir: &Hir) -> u128 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.iter().filter(|b| b.is_ascii()).fold(0, |set, b| set | 1 << b),
        HirKind::Class(Class::Bytes(class)) => match class.ranges() {
            [one] if one.start() == one.end() && one.start().is_ascii() => 1 << one.start(),
            _ => 0,
        },
        HirKind::Class(Class::Unicode(_)) => 0,
        HirKind::Capture(capture) => needs(&capture.sub),
        HirKind::Repetition(repeat) if repeat.min > 0 => needs(&repeat.sub),
        HirKind::Repetition(_) => 0,
        HirKind::Concat(parts) => parts.iter().fold(0, |set, part| set | needs(part)),
        HirKind::Alternation(parts) => parts.iter().map(needs).reduce(|a, b| a & b).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_knows_what_it_needs() {
        let pattern = Pattern::new("B (?:had|of)? O|B, O".to_owned()).expect("valid");
        assert!(pattern.can_match(Bytes::of("B had O")));
        assert!(!pattern.can_match(Bytes::of("B had U")));
    }

    #[test]
    fn heavy_patterns_are_refused() {
        let heavy = Pattern::new("(?:[a-z ]{0,400}x){0,400}".to_owned());
        assert_eq!(heavy.expect_err("too heavy").code(), "rules.too_large");
    }
}
