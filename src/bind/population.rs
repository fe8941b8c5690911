//! Who was counted: the sizes of the study, of its arms and of its parts, and which of them a sentence is about.

use super::document::Document;
use super::headcount;
use crate::model::Basis;
use crate::rules::{GroupRuleKind, Kind, RuleId, RulePack};

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
    /// What it is counted for, where it is not for everything.
    pub purpose: Option<Purpose>,
}

impl Size {
    /// A size that holds from its sentence on, for everything; `at` is sentence and mention of the number.
    pub fn new(who: Who, basis: Option<Basis>, at: (usize, usize), label: (usize, usize), rule: RuleId) -> Self {
        Self { who, basis, sentence: at.0, mention: at.1, label, rule, one_off: false, purpose: None }
    }
}

/// What people are counted for: 59 may be treated, and 37 of them be evaluable for response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Efficacy,
    Safety,
}

impl Purpose {
    /// What the words behind a size, or around it, say that it is for.
    fn told(words: &str) -> Option<Self> {
        let words = words.to_ascii_lowercase();
        let says = |list: &[&str]| list.iter().any(|w| words.contains(w));
        if says(&["safety", "toxicity", "adverse"]) {
            return Some(Self::Safety);
        }
        says(&["efficacy", "for response", "response-evaluable", "response evaluable", "for activity"])
            .then_some(Self::Efficacy)
    }
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
        self.sizes.push(Size::new(Who::Arm(arm), size.basis, (sentence, size.mention), label, rule));
    }

    /// Notes the size that each of `arms` has: "20 in each group".
    pub fn add_every_size(&mut self, arms: usize, sentence: usize, size: Sized, rule: RuleId, label: (usize, usize)) {
        self.sizes.retain(|s| !(s.sentence == sentence && s.mention == size.mention));
        self.sizes
            .extend((0..arms).map(|arm| Size::new(Who::Arm(arm), size.basis, (sentence, size.mention), label, rule)));
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

    /// The size that everyone's numbers at `sentence` count by: the last one said before, those screened apart, and
    /// those counted for something else than `purpose`.
    pub fn all_at(&self, sentence: usize, purpose: Option<Purpose>) -> Option<usize> {
        let apart = |s: &Size| s.sentence != sentence && s.purpose.zip(purpose).is_some_and(|(a, b)| a != b);
        let counts = |s: &Size| {
            s.who == Who::All && s.basis != Some(Basis::Screened) && (!s.one_off || s.sentence == sentence) && !apart(s)
        };
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

/// The number of a size.
pub(super) fn number(masked: &crate::find::Masked<'_>, mention: usize) -> Option<f64> {
    let size = &masked.mentions()[mention];
    let inner = size.part("value").map_or(size, |value| &masked.mentions()[value]);
    inner.number.map(|n| n.value)
}

/// Finds the parts that sentences are about.
pub(super) fn scopes<'p>(pack: &'p RulePack, document: &Document<'p, '_>, census: &mut Census) {
    for (sentence, read) in document.sentences.iter().enumerate() {
        for (_, hits) in read.groups(pack) {
            for hit in hits {
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
                let text = read.masked.text();
                let end = read.masked.folded(hit.end, text.len()).1;
                // "Fever was seen in the 12 patients who …": the clause before is about them too.
                let behind = parts.iter().any(|p| p.name == "behind");
                let from = if behind { text[..hit.start].rfind(['.', ';']).map_or(0, |k| k + 1) } else { hit.start };
                let counted_as_all = census.sizes.iter().position(|s| {
                    s.sentence == sentence && Some(s.mention) == n && matches!(s.who, Who::All | Who::Loose)
                });
                let words = &document.text.folded()[label.0..label.1];
                let smaller = n.is_some_and(|n| {
                    let largest = census.largest(document, |s, m| s == sentence && m == n);
                    largest.is_some_and(|all| number(&read.masked, n).is_some_and(|n| n < all))
                });
                let part =
                    smaller || !is_entry(words) && (counted_as_all.is_none() && !is_bare(words) || restricts(words));
                if let Some(mention) = n.filter(|_| arm.is_none() && !part) {
                    if counted_as_all.is_none() && number(&read.masked, mention).is_some_and(|n| n >= headcount::FEWEST)
                    {
                        let basis = hit.rule.makes.basis;
                        let rule = hit.rule.id;
                        census.sizes.push(Size::new(Who::All, basis, (sentence, mention), label, rule));
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
                    holds: (hit_start(read, from), end),
                    arm,
                    is_arm,
                    label,
                    rule: hit.rule.id,
                });
                if let Some(mention) = n {
                    let who = if is_arm { Who::Arm(arm.unwrap_or_default()) } else { Who::Part(place) };
                    let already = census.sizes.iter().any(|s| s.sentence == sentence && s.mention == mention);
                    if !already {
                        census.sizes.push(Size::new(
                            who,
                            hit.rule.makes.basis,
                            (sentence, mention),
                            label,
                            hit.rule.id,
                        ));
                    }
                }
            }
        }
    }
}

/// Takes every size out of the numbers that may be findings; what has a percentage may be both.
pub(super) fn settle(document: &mut Document<'_, '_>, census: &mut Census) {
    headcount::only_size(document, census);
    census.sort(document);
    let folded = document.text.folded();
    for size in &mut census.sizes {
        let sentence = &document.sentences[size.sentence].sentence;
        size.purpose = Purpose::told(&folded[size.label.0..(size.label.1 + PURPOSE_WITHIN).min(sentence.end)]);
    }
    for size in &census.sizes {
        let masked = &mut document.sentences[size.sentence].masked;
        if matches!(size.who, Who::Part(_)) && headcount::has_percentage(masked, size.mention) {
            continue;
        }
        let place = masked.top().find(|(_, mention)| *mention == size.mention).map(|(at, _)| at);
        if let Some(at) = place {
            masked.relabel(at, Kind::Counted);
        }
    }
}

/// Bytes behind the words of a size within which it says what it is for.
const PURPOSE_WITHIN: usize = 24;

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

/// Whether a label says nothing but that there were people: "patients" in "Among the 200 patients, …".
fn is_bare(label: &str) -> bool {
    !label.trim().contains(' ')
}

/// Whether the words of a label are those of everyone who came into the study.
fn is_entry(label: &str) -> bool {
    let words = label.to_ascii_lowercase();
    ["enrolled", "randomi", "randomly", "registered", "recruited", "entered", "included", "who underwent", "treated"]
        .iter()
        .any(|w| words.contains(w))
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn scopes_are_parts_unless_nobody_else_was_counted() {
        assert_eq!(groups("Of 98 women enrolled, 12 (12%) had a relapse."), ["all 98"]);
        assert_eq!(groups("Among the 98 women, 12 (12%) had a relapse."), ["all 98"]);
        let text = "We treated 80 patients. Among 59 patients with a remission, 12 (20%) had a relapse.";
        assert_eq!(groups(text), ["all 80", "part 59"]);
    }
}
