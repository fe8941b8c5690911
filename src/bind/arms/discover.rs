//! Finding the arms: sized ones first, then allocations, then whatever is called a group.

use super::label::{Label, trimmed};
use super::{Arm, Arms, role};
use crate::bind::document::Document;
use crate::bind::population::{Census, Sized};
use crate::rules::{GroupRuleKind, Hit, Kind, MakesGroup, RuleId, RulePack, Vocabulary};
use crate::text::Text;

/// A name that may be an arm's.
#[derive(Debug)]
struct Candidate {
    rule: RuleId,
    kind: GroupRuleKind,
    layer: u8,
    /// Sentence of the abstract; none for the title.
    sentence: Option<usize>,
    text: String,
    at: (usize, usize),
    short: Option<String>,
    size: Option<Sized>,
}

/// Layer from which a name is only "the … group".
const NAMED_GROUP_LAYER: u8 = 3;

/// The most words a name may have.
const MOST_WORDS: usize = 14;

/// The arms of the abstract; the sizes found with them go into the census.
pub(in crate::bind) fn discover(pack: &RulePack, document: &Document<'_, '_>, census: &mut Census) -> Arms {
    let candidates = candidates(pack, document);
    let mut arms: Vec<Arm> = Vec::new();
    let allocated: Vec<usize> = allocating_sentences(document);
    let sized: Vec<&Candidate> = candidates
        .iter()
        .filter(|c| c.size.is_some() && c.layer < NAMED_GROUP_LAYER)
        .filter(|c| c.sentence.is_some_and(|s| allocated.contains(&s)) || calls_itself_arm(&c.text))
        .filter(|c| !WEAK.contains(&pack.rule(c.rule).id.as_str()) || c.sentence.is_some_and(|s| counts_only_people(document, s)))
        .collect();
    for candidate in &sized {
        // An arm has company: a size that stands alone in its sentence counts everyone, or a part.
        let alike = |c: &&&Candidate| c.sentence == candidate.sentence && (c.layer == candidate.layer);
        if sized.iter().filter(alike).count() > 1 || candidate.layer == 1 && calls_itself_arm(&candidate.text) {
            take_sized(pack, &mut arms, candidate, census);
        }
    }
    for candidate in candidates.iter().filter(|c| c.kind == GroupRuleKind::Pair) {
        take_named(pack, &mut arms, candidate, candidate.layer == 4);
    }
    for candidate in candidates.iter().filter(|c| c.kind == GroupRuleKind::Arm && c.layer >= NAMED_GROUP_LAYER) {
        // A usual control without anything to compare it with is no arm.
        let may_add = candidate.layer == NAMED_GROUP_LAYER || arms.len() == 1;
        take_named(pack, &mut arms, candidate, may_add);
    }
    let mut order: Vec<usize> = (0..arms.len()).collect();
    order.sort_by_key(|k| arms[*k].at.unwrap_or((usize::MAX, 0)));
    census.reorder(&order);
    let mut arms: Vec<Arm> = order.iter().map(|k| arms[*k].clone()).collect();
    role::assign(pack, document, &mut arms);
    Arms { list: arms }
}

/// Rules whose numbers may as well be findings.
const WEAK: [&str; 2] = ["arm.received", "arm.listed"];

/// Whether a sentence names no outcome, so that its numbers count people.
fn counts_only_people(document: &Document<'_, '_>, sentence: usize) -> bool {
    let masked = &document.sentences[sentence].masked;
    masked.top().all(|(_, m)| masked.mentions()[m].kind != Kind::Outcome)
}

/// Sentences in which people are given to arms.
fn allocating_sentences(document: &Document<'_, '_>) -> Vec<usize> {
    let words = ["random", "assign", "allocat", "group", "arm", "receiv", "cohort", "treated", "underwent", "divided", "compar"];
    (0..document.sentences.len()).filter(|k| words.iter().any(|w| document.sentences[*k].masked.text().contains(w))).collect()
}

fn candidates(pack: &RulePack, document: &Document<'_, '_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let title = document.title.iter().flat_map(|(text, sentences)| sentences.iter().map(move |s| (None, *text, s)));
    let sentences = document.sentences.iter().enumerate().map(|(k, s)| (Some(k), document.text, s));
    for (sentence, text, read) in sentences.chain(title) {
        for (layer, rules) in pack.groups() {
            for hit in rules.hits(read.masked.text()) {
                if matches!(hit.rule.makes.kind, GroupRuleKind::Arm | GroupRuleKind::Pair) {
                    collect(pack, &mut found, &hit, *layer, sentence, text, read);
                }
            }
        }
    }
    found
}

fn collect(
    pack: &RulePack,
    found: &mut Vec<Candidate>,
    hit: &Hit<'_, MakesGroup>,
    layer: u8,
    sentence: Option<usize>,
    text: &Text<'_>,
    read: &crate::bind::document::ReadSentence<'_>,
) {
    let parts = read.masked.parts(&hit.parts);
    let size = parts.iter().find(|p| p.name == "n").and_then(|p| p.mention).map(|mention| Sized { mention, basis: hit.rule.makes.basis });
    let short = parts.iter().find(|p| p.name == "short").map(|p| text.folded()[p.start..p.end].to_owned());
    for part in parts.iter().filter(|p| matches!(p.name, "label" | "a" | "b")) {
        let whole = &text.folded()[part.start..part.end];
        let from = if layer == NAMED_GROUP_LAYER { last_phrase(whole) } else { 0 };
        for (start, end) in names(&whole[from..], layer) {
            let label = &whole[from + start..from + end];
            if !is_name(pack, label, layer) {
                continue;
            }
            found.push(Candidate {
                rule: hit.rule.id,
                kind: hit.rule.makes.kind,
                layer,
                sentence,
                text: label.to_owned(),
                at: (part.start + from + start, part.start + from + end),
                short: short.clone(),
                size,
            });
        }
    }
}

/// The names in a label: two in "exercise and control groups".
fn names(label: &str, layer: u8) -> Vec<(usize, usize)> {
    let plural = layer == NAMED_GROUP_LAYER && (label.ends_with("groups") || label.ends_with("arms"));
    let joint = if plural { label.rfind(" and ").or_else(|| label.rfind(" versus ")) } else { None };
    let Some(joint) = joint else { return vec![trimmed(label)] };
    let (start, end) = trimmed(&label[joint..]);
    vec![trimmed(&label[..joint]), (joint + start, joint + end)]
}

/// Where the last noun phrase of `text` begins: "reduced in women of the exercise" → "exercise".
fn last_phrase(text: &str) -> usize {
    [" the ", " in ", " than ", " to ", " a ", " of ", " for ", " from ", " was ", " were ", " between ", " had "]
        .iter()
        .filter_map(|w| text.rfind(w).map(|at| at + w.len()))
        .max()
        .unwrap_or(0)
}

/// Whether a label ends in "group" or "arm".
fn calls_itself_arm(label: &str) -> bool {
    ["group", "groups", "arm", "arms"].iter().any(|w| label.ends_with(w))
}

fn is_name(pack: &RulePack, label: &str, layer: u8) -> bool {
    let words: Vec<String> = super::label::words_of(label).map(|(_, _, w)| w).collect();
    if words.is_empty() || words.len() > MOST_WORDS {
        return false;
    }
    let lettered = words.len() == 2 && matches!(words[0].as_str(), "group" | "arm" | "cohort");
    if lettered {
        return true;
    }
    if layer == NAMED_GROUP_LAYER {
        // "the … Oncology Group" is an institution.
        if label.ends_with("Group") || label.ends_with("Groups") {
            return false;
        }
        return words.iter().any(|w| !pack.is_word(Vocabulary::NoArm, w)) && words.len() <= 8;
    }
    !Label::of(pack, label).0.is_empty()
}

/// The label's words; a lettered group keeps its letter.
fn label_of(pack: &RulePack, text: &str) -> Label {
    let label = Label::of(pack, text);
    let words: Vec<String> = super::label::words_of(text).map(|(_, _, w)| w).collect();
    if label.0.is_empty() || words.len() == 2 && matches!(words[0].as_str(), "group" | "arm" | "cohort") {
        return Label(words.last().map(|w| vec![w.clone()]).unwrap_or_default());
    }
    label
}

fn new_arm(candidate: &Candidate, label: Label) -> Arm {
    Arm {
        label: candidate.text.clone(),
        at: candidate.sentence.map(|_| candidate.at),
        names: vec![label],
        role: None,
        role_by: None,
        rule: candidate.rule,
    }
}

fn take_sized(pack: &RulePack, arms: &mut Vec<Arm>, candidate: &Candidate, census: &mut Census) {
    let label = label_of(pack, &candidate.text);
    let (Some(sentence), Some(size)) = (candidate.sentence, candidate.size) else { return };
    let known = arms.iter().position(|a| a.names.iter().any(|n| n.same(&label)));
    let place = known.or_else(|| {
        let found = super::resolve::resolve(pack, arms, &label.0)?;
        // Two sizes in one sentence are two arms, however alike their names.
        let taken = census.has_size_in(found, sentence);
        let close = arms[found].names.iter().any(|n| n.shared(&label.0) * 2 >= n.0.len().min(label.0.len()).max(1));
        (!taken && close && arms.len() > 1).then_some(found)
    });
    let place = place.unwrap_or_else(|| {
        arms.push(new_arm(candidate, label.clone()));
        arms.len() - 1
    });
    if let Some(short) = &candidate.short {
        let short = label_of(pack, short);
        if !short.0.is_empty() && !arms[place].names.iter().any(|n| n.same(&short)) {
            arms[place].names.push(short);
        }
    }
    census.add_arm_size(place, sentence, size, candidate.rule, candidate.at);
}

fn take_named(pack: &RulePack, arms: &mut Vec<Arm>, candidate: &Candidate, may_add: bool) {
    let label = label_of(pack, &candidate.text);
    if label.0.is_empty() {
        return;
    }
    if let Some(found) = super::resolve::resolve(pack, arms, &label.0) {
        let close = arms[found].names.iter().any(|n| n.shared(&label.0) * 2 >= label.0.len());
        if close {
            return;
        }
    }
    if may_add && arms.len() < 2 {
        arms.push(new_arm(candidate, label));
    }
}
