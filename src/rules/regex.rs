//! One pattern of a rule: weighed when the rule is loaded, compiled when a sentence first needs it.
//!
//! The trick: each pattern knows what every match of it must hold (`needs`) and where one can begin (`starts`), so that
//! most rules are passed over without looking at the sentence at all, the others look at a few places of it, and most
//! are never even compiled in a run of one record.

use std::sync::{Arc, OnceLock};

use regex_syntax::hir::{Hir, HirKind};

use super::automaton::Automaton;
use super::error::RuleErrorKind;
use super::needs::{self, Need};
use super::sight::{Sight, Wanted};
use super::starts::Starts;

/// The most a pattern may weigh: about the number of its states.
const HEAVIEST: u64 = 40_000;

/// A checked pattern.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    source: String,
    wanted: Wanted,
    starts: Option<Starts>,
    compiled: OnceLock<Arc<Automaton>>,
}

impl Pattern {
    /// Checks that `source` parses and is not too heavy.
    pub fn new(source: String) -> Result<Self, RuleErrorKind> {
        let hir = parse(&source).map_err(RuleErrorKind::BadPattern)?;
        let weight = weight(&hir);
        if weight > HEAVIEST {
            return Err(RuleErrorKind::TooLarge(format!("{weight} states where {HEAVIEST} are allowed")));
        }
        let wanted = Wanted::new(needs::bytes(&hir), Need::of(&hir).as_ref());
        Ok(Self { wanted, starts: Starts::of(&hir), source, compiled: OnceLock::new() })
    }

    /// What a text must hold to match.
    pub fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    /// The first match of `text` that begins at `from` or later; faster with a `sight` of the text.
    pub fn find(&self, text: &str, from: usize, sight: Option<&Sight>) -> Option<(usize, usize)> {
        let laid_out = sight.map(Sight::places).filter(|places| places.width() > 0);
        let Some((starts, places)) = self.starts.as_ref().zip(laid_out) else {
            return self.automaton().sweep(text.as_bytes(), from);
        };
        let mut places = starts.places(places, from).peekable();
        places.peek()?;
        self.automaton().find(text.as_bytes(), places)
    }

    /// The groups of the match `start..end`: for each group its bytes, where it took part.
    pub fn groups(&self, text: &str, start: usize, end: usize) -> Vec<Option<(usize, usize)>> {
        self.automaton().groups(text.as_bytes(), start, end)
    }

    /// Whether all of `text` matches; for patterns that match nothing less.
    pub fn matches_whole(&self, text: &str) -> bool {
        self.automaton().begins(text.as_bytes())
    }

    fn automaton(&self) -> &Automaton {
        self.compiled.get_or_init(|| {
            let hir = parse(&self.source).expect("the pattern was parsed when it was loaded");
            Arc::new(Automaton::new(&hir))
        })
    }
}

fn parse(source: &str) -> Result<Hir, String> {
    let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
    parser.parse(source).map_err(|e| e.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_knows_what_it_needs() {
        let pattern = Pattern::new("B (?:had|of)? O|B, O".to_owned()).expect("valid");
        assert!(pattern.wanted().can_match(&Sight::new("B had O")));
        assert!(!pattern.wanted().can_match(&Sight::new("B had U")));
    }

    #[test]
    fn the_first_match_is_found_with_its_groups() {
        let text = "in a I, of the I S, in I";
        for sight in [None, Some(&Sight::new(text))] {
            let pattern = Pattern::new(r"\b(?:in|of) (the |)(I)(?: S)?".to_owned()).expect("valid");
            assert_eq!(pattern.find(text, 0, sight), Some((8, 18)));
            assert_eq!(pattern.find(text, 9, sight), Some((20, 24)));
            assert_eq!(pattern.groups(text, 8, 18), [Some((11, 15)), Some((15, 16))]);
            let pattern = Pattern::new("[a-z]+ I".to_owned()).expect("valid");
            assert_eq!(pattern.find(text, 1, sight), Some((3, 6)));
        }
    }

    #[test]
    fn heavy_patterns_are_refused() {
        let heavy = Pattern::new("(?:[a-z ]{0,400}x){0,400}".to_owned());
        assert_eq!(heavy.expect_err("too heavy").code(), "rules.too_large");
    }
}
