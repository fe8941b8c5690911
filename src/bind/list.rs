//! Numbers that belong together: "31% in the one group and 57% in the other", "4.5, 9.2 and 3.3 months, respectively".

use super::outcome;
use crate::find::Masked;
use crate::rules::{Kind, RuleId, RulePack};

/// A reported number of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reported {
    /// Byte in the masked string.
    pub at: usize,
    /// Its mention.
    pub mention: usize,
    /// Whether it is a two-group measure.
    pub ratio: bool,
}

/// Numbers of one list, and the rules that joined each to the one before.
#[derive(Debug, Clone)]
pub(super) struct List {
    pub members: Vec<Reported>,
    /// Rules of the joins, one fewer than the members.
    pub links: Vec<RuleId>,
    /// Whether "versus" joins any two of them.
    pub versus: bool,
    /// Whether "respectively" follows.
    pub respectively: bool,
}

impl List {
    /// First and last byte of the masked string.
    pub fn extent(&self) -> (usize, usize) {
        (self.members[0].at, self.members[self.members.len() - 1].at)
    }
}

/// The numbers of a sentence, left to right.
pub(super) fn reported(masked: &Masked<'_>) -> Vec<Reported> {
    masked
        .top()
        .filter(|(_, mention)| masked.mentions()[*mention].kind == Kind::Bundle)
        .map(|(at, mention)| Reported { at, mention, ratio: masked.mentions()[mention].part("ratio").is_some() })
        .collect()
}

/// The lists of a sentence. A number that has an outcome of its own right behind it opens a new list. What stands in
/// brackets between two numbers does not part them: "in 27 of 40 on A (fever [25%]) and in 24 of 38 on B".
pub(super) fn lists(pack: &RulePack, masked: &Masked<'_>) -> Vec<List> {
    let text = masked.text();
    let mut lists: Vec<List> = Vec::new();
    for number in reported(masked) {
        let near = lists.len().saturating_sub(NESTED)..lists.len();
        let joined = near.rev().find_map(|k| {
            let list = &lists[k];
            let last = list.members[list.members.len() - 1];
            if last.ratio != number.ratio || last.ratio || !alike(masked, last.mention, number.mention) {
                return None;
            }
            let gap = &text[last.at + 1..number.at];
            let compares = gap.bytes().any(|b| b == Kind::Versus.symbol());
            if list.versus && !compares && gap.starts_with([')', ']']) && gap.ends_with(['(', '[']) {
                // "(55% v 30%) and at two years (90% v 72%)": each bracket compares for itself.
                return None;
            }
            let nested = k + 1 < lists.len();
            if !nested && outcome::depth(gap) != 0 && !compares {
                return None;
            }
            let (rule, _) = if nested {
                pack.gaps().number.best(&without_brackets(gap)?)?
            } else {
                pack.gaps().number.best(gap)?
            };
            let own = own_outcome(pack, masked, number.at)
                && (gap.contains(';') || outcome_before(pack, masked, list.members[0].at));
            (!own).then_some((k, rule, compares))
        });
        match joined {
            Some((k, rule, versus)) => {
                let list = &mut lists[k];
                list.members.push(number);
                list.links.push(rule);
                list.versus |= versus;
            }
            None => lists.push(List { members: vec![number], links: Vec::new(), versus: false, respectively: false }),
        }
    }
    for k in 0..lists.len() {
        let from = lists[k].extent().1 + 1;
        let to = lists.get(k + 1).map_or(text.len(), |next| next.members[0].at).max(from);
        let first_stop = text[from..to].find(['.']).map_or(to, |n| from + n);
        lists[k].respectively = text[from..first_stop].bytes().any(|b| b == Kind::Respectively.symbol());
    }
    lists
}

/// Whether two numbers can be values of one list: a mean with its spread and a share of people are not.
fn alike(masked: &Masked<'_>, one: usize, other: usize) -> bool {
    let has = |mention: usize, parts: &[&str]| parts.iter().any(|part| masked.mentions()[mention].part(part).is_some());
    let (spread, people) = (["spread"], ["both", "events"]);
    !(has(one, &spread) && has(other, &people) || has(one, &people) && has(other, &spread))
}

/// Lists of numbers within brackets that a list may pass over.
const NESTED: usize = 6;

/// `gap` without what stands in brackets that open and close within it; none where it has none, or leaves others.
fn without_brackets(gap: &str) -> Option<String> {
    let mut kept = String::with_capacity(gap.len());
    let mut depth = 0_usize;
    let mut dropped = false;
    for c in gap.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                dropped = true;
            }
            ')' | ']' => depth = depth.checked_sub(1)?,
            ',' | ';' if depth == 0 && kept.ends_with(' ') => {
                kept.pop();
                kept.push(c);
            }
            c if depth == 0 && !(c == ' ' && kept.ends_with(' ')) => kept.push(c),
            _ => {}
        }
    }
    (dropped && depth == 0).then_some(kept)
}

/// Rank up to which an outcome behind a number is surely its own.
pub(super) const OWN_RANK: u16 = 12;

fn own_outcome(pack: &RulePack, masked: &Masked<'_>, at: usize) -> bool {
    next(masked, at, &[Kind::Outcome, Kind::Noun, Kind::Bundle])
        .filter(|(place, kind)| *kind != Kind::Bundle && !outcome::is_aside(pack, &masked.text()[..*place]))
        .and_then(|(place, _)| pack.gaps().outcome_after.best(&masked.text()[at + 1..place]))
        .is_some_and(|(_, rank)| rank <= OWN_RANK)
}

fn outcome_before(pack: &RulePack, masked: &Masked<'_>, at: usize) -> bool {
    masked
        .top()
        .rev()
        .filter(|(place, _)| *place < at)
        .map(|(place, mention)| (place, masked.mentions()[mention].kind))
        .find(|(_, kind)| matches!(kind, Kind::Outcome | Kind::Noun | Kind::Bundle))
        .filter(|(_, kind)| *kind != Kind::Bundle)
        .and_then(|(place, _)| pack.gaps().outcome_before.best(&masked.text()[place + 1..at]))
        .is_some_and(|(_, rank)| rank <= 30)
}

/// The next mention of one of `kinds` after byte `at`.
fn next(masked: &Masked<'_>, at: usize, kinds: &[Kind]) -> Option<(usize, Kind)> {
    masked
        .top()
        .filter(|(place, _)| *place > at)
        .map(|(place, mention)| (place, masked.mentions()[mention].kind))
        .find(|(_, kind)| kinds.contains(kind))
}
