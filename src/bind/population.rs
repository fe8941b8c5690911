//! Who was counted: the sizes of the study, of its arms and of its parts, and which of them a sentence is about.

use super::document::Document;
use crate::model::{Basis, Section};
use crate::rules::{GroupRuleKind, Kind, RuleId, RulePack, Vocabulary};

/// A size found with an arm's name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sized {
    /// The mention of the number, in its sentence.
    pub mention: usize,
    /// How it counts.
    pub basis: Option<Basis>,
}

/// Whom a size counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Everyone.
    All,
    /// An arm, by its place.
    Arm(usize),
    /// A part, by its place in [`Census::parts`].
    Part(usize),
    /// Each of the arms, with the same number.
    Every,
    /// People that nothing else in the abstract is bound to.
    Loose,
}

/// A printed size.
#[derive(Debug, Clone)]
pub(super) struct Size {
    pub who: Who,
    pub basis: Option<Basis>,
    pub sentence: usize,
    /// The mention of the number, in its sentence.
    pub mention: usize,
    /// The words that say who.
    pub label: (usize, usize),
    pub rule: RuleId,
    /// Whether it holds in its own sentence only.
    pub one_off: bool,
}

/// A part of the people that one sentence, or a piece of it, is about.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub sentence: usize,
    /// Bytes of the folded text for which it holds.
    pub holds: (usize, usize),
    /// The arm it is, or is part of.
    pub arm: Option<usize>,
    /// Whether it is that whole arm.
    pub is_arm: bool,
    pub label: (usize, usize),
    pub rule: RuleId,
}

/// All sizes and parts of an abstract.
#[derive(Debug, Default)]
pub(super) struct Census {
    pub sizes: Vec<Size>,
    pub parts: Vec<Part>,
}

impl Census {
    /// Notes the size of an arm.
    pub fn add_arm_size(&mut self, arm: usize, sentence: usize, size: Sized, rule: RuleId, label: (usize, usize)) {
        self.sizes.retain(|s| !(s.sentence == sentence && s.mention == size.mention));
        self.sizes.push(Size {
            who: Who::Arm(arm),
            basis: size.basis,
            sentence,
            mention: size.mention,
            label,
            rule,
            one_off: false,
        });
    }

    /// The arm whose size a number is.
    pub fn arm_of(&self, sentence: usize, mention: usize) -> Option<usize> {
        self.sizes.iter().filter(|s| s.sentence == sentence && s.mention == mention).find_map(|s| match s.who {
            Who::Arm(arm) => Some(arm),
            _ => None,
        })
    }

    /// Whether `sentence` gives the size of an arm already.
    pub fn has_size_in(&self, arm: usize, sentence: usize) -> bool {
        self.sizes.iter().any(|s| s.who == Who::Arm(arm) && s.sentence == sentence)
    }

    /// Whether some sentence gives the size of an arm already.
    pub fn has_size(&self, arm: usize) -> bool {
        self.sizes.iter().any(|s| s.who == Who::Arm(arm))
    }

    /// Whether a number is the size of an arm already.
    pub fn is_known(&self, sentence: usize, mention: usize) -> bool {
        self.sizes.iter().any(|s| s.sentence == sentence && s.mention == mention && s.who != Who::All)
    }

    /// The largest size of the whole study; some numbers (sentence and mention) may be left out.
    pub fn largest(&self, document: &Document<'_, '_>, but: impl Fn(usize, usize) -> bool) -> Option<f64> {
        let counts = |s: &&Size| s.who == Who::All && s.basis != Some(Basis::Screened) && !but(s.sentence, s.mention);
        let all = self.sizes.iter().filter(counts);
        all.filter_map(|s| number(&document.sentences[s.sentence].masked, s.mention)).reduce(f64::max)
    }

    /// Follows the arms into a new order: `order[new]` is the old place.
    pub fn reorder(&mut self, order: &[usize]) {
        for size in &mut self.sizes {
            if let Who::Arm(arm) = size.who {
                size.who = Who::Arm(order.iter().position(|old| *old == arm).unwrap_or(arm));
            }
        }
    }

    /// The size that everyone's numbers at `sentence` count by: the last one said before, those screened apart.
    pub fn all_at(&self, sentence: usize) -> Option<usize> {
        let counts =
            |s: &Size| s.who == Who::All && s.basis != Some(Basis::Screened) && (!s.one_off || s.sentence == sentence);
        let before = (0..self.sizes.len())
            .rev()
            .filter(|k| counts(&self.sizes[*k]))
            .find(|k| self.sizes[*k].sentence <= sentence);
        before.or_else(|| (0..self.sizes.len()).find(|k| counts(&self.sizes[*k])))
    }

    /// The size of an arm in force at `sentence`: the last said before, else the first.
    pub fn arm_at(&self, arm: usize, sentence: usize) -> Option<usize> {
        let of_arm = |k: &usize| self.sizes[*k].who == Who::Arm(arm);
        let all: Vec<usize> = (0..self.sizes.len()).filter(of_arm).collect();
        let here = |k: &&usize| self.sizes[**k].sentence == sentence;
        let holds = |k: &&usize| !self.sizes[**k].one_off;
        let before = all.iter().rev().filter(holds).find(|k| self.sizes[**k].sentence <= sentence);
        all.iter().rev().find(here).or(before).or_else(|| all.iter().find(holds)).or(all.first()).copied()
    }

    /// The part that holds at byte `at` of `sentence`.
    pub fn part_at(&self, sentence: usize, at: usize) -> Option<usize> {
        (0..self.parts.len()).rev().find(|k| {
            let part = &self.parts[*k];
            part.sentence == sentence && part.holds.0 <= at && at < part.holds.1
        })
    }

    fn sort(&mut self, document: &Document<'_, '_>) {
        self.sizes.sort_by_key(|s| document.sentences[s.sentence].masked.mentions()[s.mention].start);
    }
}

/// Layer of rules for sizes in aims and methods: they speak where nothing was reported yet.
const EARLY: u8 = 9;

/// The fewest people a study has.
const FEWEST: f64 = 5.0;

/// The fewest people of a study where only their number is said.
const FEWEST_EARLY: f64 = 10.0;

/// The sizes of the whole study.
pub(super) fn census(pack: &RulePack, document: &Document<'_, '_>) -> Census {
    let mut census = Census::default();
    let half = document.sentences.len() / 2;
    for (sentence, read) in document.sentences.iter().enumerate() {
        if read.sentence.aside {
            continue;
        }
        let masked = &read.masked;
        let reports = sentence > half
            || matches!(read.sentence.section, Some(Section::Results | Section::Conclusions))
            || masked.top().any(|(_, m)| masked.mentions()[m].kind == Kind::Percent);
        for (number, layer) in pack.groups().iter().filter(|(number, _)| *number != EARLY || !reports) {
            for hit in layer.hits(masked.text()) {
                if hit.rule.makes.kind != GroupRuleKind::All {
                    continue;
                }
                let parts = masked.parts(&hit.parts);
                let Some(mention) = parts.iter().find(|p| p.name == "n").and_then(|p| p.mention) else {
                    continue;
                };
                let known = census.sizes.iter().any(|s| s.sentence == sentence && s.mention == mention);
                let fewest = if *number == EARLY { FEWEST_EARLY } else { FEWEST };
                let finished = parts.iter().find(|p| p.name == "finished");
                if finished.is_some_and(|p| !is_end(&document.text.folded()[p.start..])) {
                    continue;
                }
                if *number == EARLY && is_reported(&masked.text()[..hit.start]) {
                    continue;
                }
                if known || !counts_people(pack, document, masked, mention, fewest) || has_percentage(masked, mention) {
                    continue;
                }
                let label = masked.folded(hit.start, hit.end);
                census.sizes.push(Size {
                    who: Who::All,
                    basis: hit.rule.makes.basis,
                    sentence,
                    mention,
                    label,
                    rule: hit.rule.id,
                    one_off: false,
                });
            }
        }
    }
    loosen(document, &mut census);
    census
}

/// Takes those for a part who are called "the 12 patients who …" where more were counted.
fn loosen(document: &Document<'_, '_>, census: &mut Census) {
    let folded = document.text.folded();
    let largest = census.largest(document, |_, _| false);
    for size in &mut census.sizes {
        let masked = &document.sentences[size.sentence].masked;
        let mention = &masked.mentions()[size.mention];
        let before = folded[..mention.start].trim_end();
        let pointed = ["the", "The", "these", "These", "all", "All"].iter().any(|w| before.ends_with(w));
        let people = masked.mentions().iter().find(|m| m.kind == Kind::People && m.start >= mention.end);
        let clause =
            people.is_some_and(|p| [" who ", " with ", " whose "].iter().any(|w| folded[p.end..].starts_with(w)));
        let fewer = number(masked, size.mention).zip(largest).is_some_and(|(n, all)| n < all);
        if pointed && clause && fewer {
            size.who = Who::Loose;
        }
    }
}

/// The one size in brackets that an abstract gives, where nothing else counts its people: "a series of … (n = 151)".
fn only_size(document: &Document<'_, '_>, census: &mut Census) {
    if !census.sizes.is_empty() {
        return;
    }
    for (sentence, read) in document.sentences.iter().enumerate() {
        let mut sizes = read.masked.top().filter(|(_, m)| read.masked.mentions()[*m].kind == Kind::Size);
        let Some((at, mention)) = sizes.next() else { continue };
        let size = &read.masked.mentions()[mention];
        // "fever (n = 43)", "79% (n = 34)" count events.
        let before = &read.masked.text()[..at];
        let counted = [Kind::Outcome, Kind::Noun, Kind::Percent, Kind::Grade];
        let last = before.bytes().rev().find(u8::is_ascii_uppercase);
        if last.is_some_and(|b| counted.iter().any(|k| k.symbol() == b)) {
            return;
        }
        if let (None, Some(rule)) = (sizes.next(), size.rule) {
            let label = (size.start, size.end);
            census.sizes.push(Size { who: Who::All, basis: None, sentence, mention, label, rule, one_off: false });
        }
        return;
    }
}

/// Whether words tell of the end of the study, not of a treatment: "completed the follow-up".
fn is_end(words: &str) -> bool {
    let Some(what) = words.strip_prefix("completed ") else { return false };
    let what = ["the ", "all ", "both ", "week ", "18 "].iter().fold(what, |w, lead| w.strip_prefix(lead).unwrap_or(w));
    let ends = ["study", "trial", "protocol", "assess", "follow", "question", "survey", "program", "intervention"];
    ends.iter().any(|w| what.starts_with(w)) || what.split(' ').nth(1).is_some_and(|w| w.starts_with("month"))
}

/// Whether the words before "in 12 patients" make them those who had something: "40 infections in", "was seen in".
fn is_reported(before: &str) -> bool {
    let before = before.trim_end();
    let near = &before[before.len().saturating_sub(REPORTED_WITHIN)..];
    let counts = near.bytes().any(|b| b == Kind::Int.symbol() || b == Kind::Word.symbol());
    let reports = ["reported", "occurred", "seen", "observed", "noted", "found", "developed", "detected", "recorded"];
    counts || reports.iter().any(|w| before.strip_suffix(" in").unwrap_or(before).ends_with(w))
}

/// Bytes before "in 12 patients" in which a number is that of something they had.
const REPORTED_WITHIN: usize = 30;

/// Whether a number counts people, `fewest` of them at the least.
fn counts_people(
    pack: &RulePack,
    document: &Document<'_, '_>,
    masked: &crate::find::Masked<'_>,
    mention: usize,
    fewest: f64,
) -> bool {
    let size = &masked.mentions()[mention];
    if number(masked, mention).is_none_or(|n| n < fewest) {
        return false;
    }
    let folded = document.text.folded();
    // "BIG 1-98", "PEGASE 04": names of trials.
    let joined = folded[..size.start].ends_with(['-', '/']) || folded[size.start..].starts_with('0');
    let next =
        masked.mentions().iter().filter(|m| m.kind == Kind::People && m.start >= size.end).map(|m| m.start).min();
    let between = &folded[size.end..next.unwrap_or(size.end)];
    let words = between.split([' ', '-', ',']).take(NEAR_WORDS);
    !joined && !words.map(str::to_ascii_lowercase).any(|w| pack.is_word(Vocabulary::NotPeople, &w))
}

/// The number of a size.
pub(super) fn number(masked: &crate::find::Masked<'_>, mention: usize) -> Option<f64> {
    let size = &masked.mentions()[mention];
    let inner = size.part("value").map_or(size, |value| &masked.mentions()[value]);
    inner.number.map(|n| n.value)
}

/// Words behind a number that tell what it counts.
const NEAR_WORDS: usize = 4;

/// Whether a percentage in brackets follows a number: then it is events, not a size.
pub(super) fn has_percentage(masked: &crate::find::Masked<'_>, mention: usize) -> bool {
    let Some((at, _)) = masked.top().find(|(_, m)| *m == mention) else { return true };
    let after = masked.text()[at + 1..].trim_start_matches([' ', 'S']);
    let before = &masked.text()[..at];
    // "35 (20%) of 173 patients": the total of a finding.
    let total = before.ends_with(") of ") || before.ends_with("] of ");
    total || after.starts_with("(P") || after.starts_with("[P")
}

/// Finds the parts that sentences are about, and takes every size out of the numbers that may be findings.
pub(super) fn scopes(pack: &RulePack, document: &mut Document<'_, '_>, census: &mut Census) {
    for (sentence, read) in document.sentences.iter().enumerate() {
        for (_, layer) in pack.groups() {
            for hit in layer.hits(read.masked.text()) {
                if hit.rule.makes.kind != GroupRuleKind::Scope {
                    continue;
                }
                let parts = read.masked.parts(&hit.parts);
                let Some(label) = parts.iter().find(|p| p.name == "label").map(|p| (p.start, p.end)) else {
                    continue;
                };
                let n = parts.iter().find(|p| p.name == "n").and_then(|p| p.mention);
                let named: Vec<usize> = read
                    .masked
                    .mentions()
                    .iter()
                    .filter(|m| m.kind == Kind::Arm && m.start >= label.0 && m.end <= label.1)
                    .filter_map(|m| m.arm)
                    .collect();
                let arm = named.first().copied().filter(|first| named.iter().all(|a| a == first));
                let end = read.masked.folded(hit.end, read.masked.text().len()).1;
                let counted_as_all = census
                    .sizes
                    .iter()
                    .position(|s| s.sentence == sentence && Some(s.mention) == n && s.who == Who::All);
                let words = &document.text.folded()[label.0..label.1];
                let smaller = n.is_some_and(|n| {
                    let largest = census.largest(document, |s, m| s == sentence && m == n);
                    largest.is_some_and(|all| number(&read.masked, n).is_some_and(|n| n < all))
                });
                let part =
                    if counted_as_all.is_some() { smaller || restricts(words) } else { smaller || !is_entry(words) };
                if let Some(mention) = n.filter(|_| arm.is_none() && !part) {
                    if counted_as_all.is_none() && number(&read.masked, mention).is_some_and(|n| n >= FEWEST) {
                        let basis = hit.rule.makes.basis;
                        let rule = hit.rule.id;
                        census.sizes.push(Size {
                            who: Who::All,
                            basis,
                            sentence,
                            mention,
                            label,
                            rule,
                            one_off: false,
                        });
                    }
                    continue;
                }
                if let Some(known) = counted_as_all {
                    census.sizes.remove(known);
                }
                let is_arm = arm.is_some() && n.is_some();
                let place = census.parts.len();
                census.parts.push(Part {
                    sentence,
                    holds: (hit_start(read, hit.start), end),
                    arm,
                    is_arm,
                    label,
                    rule: hit.rule.id,
                });
                if let Some(mention) = n {
                    let who = if is_arm { Who::Arm(arm.unwrap_or_default()) } else { Who::Part(place) };
                    let already = census.sizes.iter().any(|s| s.sentence == sentence && s.mention == mention);
                    if !already {
                        census.sizes.push(Size {
                            who,
                            basis: hit.rule.makes.basis,
                            sentence,
                            mention,
                            label,
                            rule: hit.rule.id,
                            one_off: false,
                        });
                    }
                }
            }
        }
    }
    only_size(document, census);
    census.sort(document);
    for size in &census.sizes {
        let masked = &mut document.sentences[size.sentence].masked;
        let place = masked.top().find(|(_, mention)| *mention == size.mention).map(|(at, _)| at);
        if let Some(at) = place {
            masked.relabel(at, Kind::Counted);
        }
    }
}

fn hit_start(read: &super::document::ReadSentence<'_>, at: usize) -> usize {
    read.masked.folded(at, at + 1).0
}

/// Whether the words of a label make it a part of the people: "patients with bulky disease", not "patients enrolled".
fn restricts(label: &str) -> bool {
    let words = label.to_ascii_lowercase();
    [" with", " without", " who ", " whose", "respond", "aged", " in ", "achiev", "remission"]
        .iter()
        .any(|w| words.contains(w))
}

/// Whether the words of a label are those of everyone who came into the study.
fn is_entry(label: &str) -> bool {
    let words = label.to_ascii_lowercase();
    ["enrolled", "randomi", "randomly", "registered", "recruited", "entered", "included", "who underwent", "treated"]
        .iter()
        .any(|w| words.contains(w))
}
