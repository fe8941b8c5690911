//! Rules that run together over a masked sentence, and gap rules that judge what stands between two mentions.
//!
//! One automaton for all rules of a layer would be one search, but the rules' counters multiply in it, and building its
//! states costs far more than they save. So each rule keeps its own small one, and the leftmost match is taken.

use super::needs::Bytes;
use super::pack::RuleId;
use super::regex::Pattern;
use super::sight::Sight;

/// Rules that look at a sentence together. At each place the first of them (in file order) that matches wins.
#[derive(Debug, Clone)]
pub struct Layer<T> {
    rules: Vec<LayerRule<T>>,
    prefilter: bool,
}

/// One rule of a layer, with what it makes of a match.
#[derive(Debug, Clone)]
pub struct LayerRule<T> {
    /// The rule.
    pub id: RuleId,
    /// What the rule says about its matches.
    pub makes: T,
    pattern: Pattern,
    /// Bytes of the longest match that counts.
    within: usize,
    parts: Vec<String>,
}

/// A match of a layer.
#[derive(Debug)]
pub struct Hit<'l, T> {
    /// The rule that matched.
    pub rule: &'l LayerRule<T>,
    /// The bytes that the match replaces: the part `core` where the pattern has one, else all of it.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Named parts that took part in the match: name, first byte, one past the last.
    pub parts: Vec<(&'l str, usize, usize)>,
}

/// A pattern to put into a layer.
pub(super) struct Draft<T> {
    pub id: RuleId,
    pub makes: T,
    pub pattern: Pattern,
    pub parts: Vec<String>,
    pub within: Option<u16>,
}

impl<T> LayerRule<T> {
    pub(super) fn new(draft: Draft<T>) -> Self {
        Self {
            id: draft.id,
            makes: draft.makes,
            pattern: draft.pattern,
            within: draft.within.map_or(usize::MAX, usize::from),
            parts: draft.parts,
        }
    }

    /// The first match that begins at `from` or later and is not too long.
    fn find(&self, text: &str, mut from: usize, sight: Option<&Sight>) -> Option<(usize, usize)> {
        loop {
            let (start, end) = self.pattern.find(text, from, sight)?;
            if end - start <= self.within {
                return Some((start, end));
            }
            from = start + 1;
        }
    }

    fn hit<'l>(&'l self, text: &str, mut start: usize, mut end: usize) -> Hit<'l, T> {
        let mut parts = Vec::new();
        if !self.parts.is_empty() {
            for (name, group) in self.parts.iter().zip(self.pattern.groups(text, start, end)) {
                let Some((from, to)) = group else { continue };
                if name == "core" {
                    (start, end) = (from, to);
                } else {
                    parts.push((name.as_str(), from, to));
                }
            }
        }
        Hit { rule: self, start, end, parts }
    }
}

impl<T> Layer<T> {
    pub(super) fn new(rules: Vec<LayerRule<T>>) -> Self {
        Self { rules, prefilter: true }
    }

    /// Whether rules may be passed over that cannot match for want of a byte.
    pub(super) fn set_prefilter(&mut self, prefilter: bool) {
        self.prefilter = prefilter;
    }

    /// Every match of `text`, left to right; the next search begins where the last match's own bytes end.
    /// Rules that need what `sight` of the text has not are passed over.
    pub fn hits<'l>(&'l self, text: &str, sight: Option<&Sight>) -> Vec<Hit<'l, T>> {
        let sight = sight.filter(|_| self.prefilter);
        let mut next: Vec<(usize, usize, usize)> = (0..self.rules.len())
            .filter(|k| sight.is_none_or(|sight| self.rules[*k].pattern.wanted().can_match(sight)))
            .filter_map(|k| self.rules[k].find(text, 0, sight).map(|(start, end)| (start, k, end)))
            .collect();
        let mut hits = Vec::new();
        while let Some(&(start, k, end)) = next.iter().min() {
            let hit = self.rules[k].hit(text, start, end);
            let from = hit.end.max(start + 1);
            hits.push(hit);
            next = next
                .into_iter()
                .filter_map(|(start, k, end)| {
                    if start >= from {
                        return Some((start, k, end));
                    }
                    let found = (from <= text.len()).then(|| self.rules[k].find(text, from, sight)).flatten();
                    found.map(|(start, end)| (start, k, end))
                })
                .collect();
        }
        hits
    }
}

/// Gap rules of one purpose: what may stand between a number and what it is bound to.
#[derive(Debug, Clone)]
pub struct GapSet {
    /// The rules, lowest rank first.
    rules: Vec<GapRule>,
    prefilter: bool,
}

#[derive(Debug, Clone)]
struct GapRule {
    id: RuleId,
    rank: u16,
    within: usize,
    pattern: Pattern,
}

impl GapSet {
    /// Gap rules; each must match a gap from end to end.
    pub(super) fn new(drafts: Vec<Draft<u16>>) -> Self {
        let mut rules: Vec<GapRule> = drafts
            .into_iter()
            .map(|d| GapRule {
                id: d.id,
                rank: d.makes,
                within: d.within.map_or(usize::MAX, usize::from),
                pattern: d.pattern,
            })
            .collect();
        rules.sort_by_key(|r| (r.rank, r.id));
        Self { rules, prefilter: true }
    }

    /// See [`Layer::set_prefilter`].
    pub(super) fn set_prefilter(&mut self, prefilter: bool) {
        self.prefilter = prefilter;
    }

    /// The rule of lowest rank that allows `gap`, and its rank.
    pub fn best(&self, gap: &str) -> Option<(RuleId, u16)> {
        let present = Bytes::of(gap);
        let allows = |r: &&GapRule| {
            gap.len() <= r.within
                && (!self.prefilter || r.pattern.wanted().bytes_can_match(present))
                && r.pattern.matches_whole(gap)
        };
        self.rules.iter().find(allows).map(|r| (r.id, r.rank))
    }
}
