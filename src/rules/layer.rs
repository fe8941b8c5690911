//! Rules that run together over a masked sentence: one automaton finds which rule matches where, and only that
//! rule's own expression then takes the match apart.

use regex_automata::meta::Regex;
use regex_automata::util::captures::Captures;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};

use super::error::RuleErrorKind;
use super::pack::RuleId;
use super::pattern::Expanded;

/// Bytes that one compiled expression may take.
const SIZE_LIMIT: usize = 4 << 20;

/// Rules that look at a sentence together. At each place the first of them (in file order) that matches wins.
#[derive(Debug)]
pub struct Layer<T> {
    all: Regex,
    rules: Vec<LayerRule<T>>,
}

/// One rule of a layer, with what it makes of a match.
#[derive(Debug)]
pub struct LayerRule<T> {
    /// The rule.
    pub id: RuleId,
    /// What the rule says about its matches.
    pub makes: T,
    own: Regex,
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

/// A pattern to compile into a layer.
pub(super) struct Draft<T> {
    pub id: RuleId,
    pub makes: T,
    pub expanded: Expanded,
}

impl<T> Layer<T> {
    /// Compiles the rules of a layer.
    pub(super) fn new(drafts: Vec<Draft<T>>) -> Result<Self, RuleErrorKind> {
        let patterns: Vec<&str> = drafts.iter().map(|d| d.expanded.regex.as_str()).collect();
        let all = compile(&patterns)?;
        let rules = drafts
            .into_iter()
            .map(|d| {
                let own = compile(&[&d.expanded.regex])?;
                Ok(LayerRule { id: d.id, makes: d.makes, own, parts: d.expanded.parts })
            })
            .collect::<Result<_, RuleErrorKind>>()?;
        Ok(Self { all, rules })
    }

    /// The first match of `text` that begins at `from` or later.
    pub fn find<'l>(&'l self, text: &str, from: usize) -> Option<Hit<'l, T>> {
        let found = self.all.search(&Input::new(text).range(from..))?;
        let rule = &self.rules[found.pattern().as_usize()];
        let (mut start, mut end) = (found.start(), found.end());
        let mut parts = Vec::new();
        if !rule.parts.is_empty() {
            let mut captures: Captures = rule.own.create_captures();
            rule.own.search_captures(&Input::new(text).range(start..).anchored(Anchored::Yes), &mut captures);
            for (k, name) in rule.parts.iter().enumerate() {
                let Some(span) = captures.get_group(k + 1) else { continue };
                if name == "core" {
                    (start, end) = (span.start, span.end);
                } else {
                    parts.push((name.as_str(), span.start, span.end));
                }
            }
        }
        Some(Hit { rule, start, end, parts })
    }

    /// Every match of `text`, left to right; the next search begins where the last match's own bytes end.
    pub fn hits<'l>(&'l self, text: &str) -> Vec<Hit<'l, T>> {
        let mut hits = Vec::new();
        let mut from = 0;
        while from <= text.len() {
            let Some(hit) = self.find(text, from) else { break };
            from = hit.end.max(from + 1);
            hits.push(hit);
        }
        hits
    }
}

/// Gap rules of one purpose: what may stand between a number and what it is bound to.
#[derive(Debug)]
pub struct GapSet {
    all: Regex,
    /// By pattern: the rule and its rank.
    rules: Vec<(RuleId, u16)>,
}

impl GapSet {
    /// Compiles gap rules; each must match a gap from end to end.
    pub(super) fn new(drafts: Vec<(RuleId, u16, Expanded)>) -> Result<Self, RuleErrorKind> {
        let patterns: Vec<String> = drafts.iter().map(|(_, _, e)| format!("^(?:{})$", e.regex)).collect();
        let all = compile(&patterns.iter().map(String::as_str).collect::<Vec<_>>())?;
        Ok(Self { all, rules: drafts.into_iter().map(|(id, rank, _)| (id, rank)).collect() })
    }

    /// The rule of lowest rank that allows `gap`, and its rank.
    pub fn best(&self, gap: &str) -> Option<(RuleId, u16)> {
        let mut matching = regex_automata::PatternSet::new(self.rules.len());
        self.all.which_overlapping_matches(&Input::new(gap).anchored(Anchored::Yes), &mut matching);
        matching.iter().map(|p| self.rules[p.as_usize()]).min_by_key(|(id, rank)| (*rank, *id))
    }
}

fn compile(patterns: &[&str]) -> Result<Regex, RuleErrorKind> {
    Regex::builder()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(Regex::config().utf8_empty(false).nfa_size_limit(Some(SIZE_LIMIT)).hybrid_cache_capacity(8 << 20))
        .build_many(patterns)
        .map_err(|e| match e.syntax_error() {
            Some(syntax) => RuleErrorKind::BadPattern(syntax.to_string()),
            None => RuleErrorKind::TooLarge(e.to_string()),
        })
}

/// Checks that `regex` parses, without compiling it.
pub(super) fn parses(regex: &str) -> Result<(), RuleErrorKind> {
    regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(regex)
        .map(|_| ())
        .map_err(|e| RuleErrorKind::BadPattern(e.to_string()))
}
