//! All literal phrases of the pack (outcomes, people, ratios) in one Aho–Corasick automaton.
//!
//! Hyphens and blanks are one to it, and so are capitals and small letters, except in words that the rule itself
//! writes with a capital ("CR", "EFS"): those must stand as written.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::error::RuleErrorKind;
use super::pack::RuleId;

/// A phrase and the rule it belongs to.
#[derive(Debug, Clone)]
struct Phrase {
    rule: RuleId,
    /// The phrase as the rule writes it, hyphens as blanks.
    text: String,
    /// Whether it holds a capital, so that case counts.
    cased: bool,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The rule it belongs to.
    pub rule: RuleId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// All literal phrases of a rule pack.
#[derive(Debug, Clone)]
pub struct Terms {
    automaton: AhoCorasick,
    phrases: Vec<Phrase>,
}

impl Terms {
    pub(super) fn new(phrases: Vec<(RuleId, String)>) -> Result<Self, RuleErrorKind> {
        let phrases: Vec<Phrase> = phrases
            .into_iter()
            .map(|(rule, text)| {
                let text = text.replace('-', " ");
                let cased = text.bytes().any(|b| b.is_ascii_uppercase());
                Phrase { rule, text, cased }
            })
            .collect();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(phrases.iter().map(|p| p.text.to_ascii_lowercase()))
            .map_err(|e| RuleErrorKind::TooLarge(e.to_string()))?;
        Ok(Self { automaton, phrases })
    }

    /// The phrases in `folded`, leftmost and longest, none overlapping another. `flat` is the same text in small
    /// letters with blanks for hyphens, byte for byte ([`flatten`]).
    pub fn find(&self, folded: &str, flat: &str) -> Vec<Term> {
        let mut all: Vec<Term> = self
            .automaton
            .find_overlapping_iter(flat)
            .filter(|m| is_word(flat.as_bytes(), m.start(), m.end()))
            .filter_map(|m| {
                let phrase = &self.phrases[m.pattern().as_usize()];
                (!phrase.cased || same_case(&folded[m.start()..m.end()], &phrase.text)).then_some(Term {
                    rule: phrase.rule,
                    start: m.start(),
                    end: m.end(),
                })
            })
            .collect();
        all.sort_by_key(|t| (t.start, usize::MAX - t.end, t.rule));
        let mut free = 0;
        all.retain(|t| {
            let keep = t.start >= free;
            if keep {
                free = t.end;
            }
            keep
        });
        all
    }
}

/// `folded` in small letters, with blanks for hyphens and line breaks, byte for byte.
pub fn flatten(folded: &str) -> String {
    folded
        .bytes()
        .map(|b| if matches!(b, b'-' | b'\n' | b'\t') { ' ' } else { char::from(b.to_ascii_lowercase()) })
        .collect()
}

fn is_word(text: &[u8], start: usize, end: usize) -> bool {
    let inside = |b: &u8| b.is_ascii_alphanumeric();
    let opens = start == 0 || !inside(&text[start - 1]) || !inside(&text[start]);
    let closes = end == text.len() || !inside(&text[end]) || !inside(&text[end - 1]);
    opens && closes
}

/// Whether every word of `phrase` that holds a capital stands in `text` as written.
fn same_case(text: &str, phrase: &str) -> bool {
    // A word with a capital is an abbreviation: its small letters count as well ("CRi" is not "CRI").
    let mut at = 0;
    phrase.split(' ').all(|word| {
        let printed = &text[at..at + word.len()];
        at += word.len() + 1;
        printed == word || !word.bytes().any(|b| b.is_ascii_uppercase())
    })
}
