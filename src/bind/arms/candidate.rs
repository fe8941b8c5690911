//! Names that may be an arm's, as the group rules find them.

use super::label::{Label, trimmed, words_of};
use crate::bind::document::{Document, ReadSentence};
use crate::bind::population::Sized;
use crate::rules::{GroupRuleKind, Hit, MakesGroup, RuleId, RulePack, Vocabulary};
use crate::text::Text;

/// A name that may be an arm's.
#[derive(Debug)]
pub(super) struct Candidate {
    pub rule: RuleId,
    /// Layer of the rule: the lower, the surer.
    pub layer: u8,
    /// Sentence of the abstract; none for the title.
    pub sentence: Option<usize>,
    /// The name.
    pub text: String,
    /// Its bytes in the folded text.
    pub at: (usize, usize),
    /// What stands for it in brackets.
    pub short: Option<String>,
    /// The size that stands with it.
    pub size: Option<Sized>,
}

/// Layer of names that are only called "the … group".
pub(super) const NAMED_GROUP: u8 = 3;

/// Layer of what aims compare.
const COMPARED: u8 = 5;

/// Layer of comparisons that need no introduction.
pub(super) const USUAL_CONTROL: u8 = 6;

/// The fewest people that an arm has.
const FEWEST: f64 = 3.0;

/// The most words a name may have.
const MOST_WORDS: usize = 14;

/// All candidates, the surest layers first, then in order of the text.
pub(super) fn candidates(pack: &RulePack, document: &Document<'_, '_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let title = document.title.iter().flat_map(|(text, sentences)| sentences.iter().map(move |s| (None, *text, s)));
    let sentences = document.sentences.iter().enumerate().map(|(k, s)| (Some(k), document.text, s));
    // What late sentences compare is often another study, or the next one.
    let aims = document.sentences.len() * 2 / 3;
    for (sentence, text, read) in sentences.chain(title) {
        let late = sentence.is_some_and(|k| k > aims);
        for (layer, rules) in pack.groups().iter().filter(|(layer, _)| !late || *layer != COMPARED) {
            for hit in rules.hits(read.masked.text()) {
                if matches!(hit.rule.makes.kind, GroupRuleKind::Arm | GroupRuleKind::Pair) {
                    collect(pack, &mut found, &hit, *layer, sentence, text, read);
                }
            }
        }
    }
    found.sort_by_key(|c| c.layer);
    found
}

fn collect(
    pack: &RulePack,
    found: &mut Vec<Candidate>,
    hit: &Hit<'_, MakesGroup>,
    layer: u8,
    sentence: Option<usize>,
    text: &Text<'_>,
    read: &ReadSentence<'_>,
) {
    let parts = read.masked.parts(&hit.parts);
    let n = parts.iter().find(|p| p.name == "n").and_then(|p| p.mention);
    let counts = |m: usize| {
        read.masked.mentions()[m].number.or_else(|| {
            let inner = read.masked.mentions()[m].part("value")?;
            read.masked.mentions()[inner].number
        })
    };
    // "one to three positive nodes" allocates nobody.
    if n.and_then(counts).is_some_and(|n| n.value < FEWEST) {
        return;
    }
    let size = n.map(|mention| Sized { mention, basis: hit.rule.makes.basis });
    let before = found.len();
    for part in parts.iter().filter(|p| matches!(p.name, "label" | "a" | "b")) {
        if layer == NAMED_GROUP && is_institution(&text.folded()[part.end..]) {
            continue;
        }
        let short = parts
            .iter()
            .find(|p| matches!((part.name, p.name), ("label", "short") | ("a", "short_a") | ("b", "short_b")))
            .map(|p| text.folded()[p.start..p.end].to_owned());
        let whole = &text.folded()[part.start..part.end];
        let from = if layer == NAMED_GROUP { last_phrase(whole) } else { after_allocation(whole) };
        for (start, end) in names(&whole[from..], layer == NAMED_GROUP && is_plural(&text.folded()[part.end..])) {
            let label = &whole[from + start..from + end];
            if is_name(pack, label, layer) {
                found.push(Candidate {
                    rule: hit.rule.id,
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
    // One name alone is no comparison.
    if hit.rule.makes.kind == GroupRuleKind::Pair && found.len() < before + 2 {
        found.truncate(before);
    }
}

/// Whether what follows a label is the "Group" of "the … Oncology Group".
fn is_institution(after: &str) -> bool {
    after.trim_start_matches([' ', '-']).starts_with("Group")
}

/// Where the name begins in "women were randomly assigned to receive exercise".
fn after_allocation(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    [
        "receive ",
        "receiving ",
        "undergo ",
        "either ",
        " to ",
        " into ",
        "between ",
        "given ",
        "assigned ",
        "treated with ",
        "treatment with ",
        " were ",
        " was ",
        "% ",
    ]
    .iter()
    .filter_map(|w| lower.rfind(w).map(|at| at + w.len()))
    .filter(|at| at + 2 < text.len())
    .max()
    .unwrap_or(0)
}

/// Where the last noun phrase of `text` begins: "reduced in women of the exercise" → "exercise".
fn last_phrase(text: &str) -> usize {
    [" the ", " in ", " than ", " to ", " a ", " of ", " for ", " from ", " was ", " were ", " between ", " had "]
        .iter()
        .filter_map(|w| text.rfind(w).map(|at| at + w.len()))
        .max()
        .unwrap_or(0)
}

/// Whether what follows a label is "groups" or "arms".
fn is_plural(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '-']);
    after.starts_with("groups") || after.starts_with("arms")
}

/// The names in a label: two in "exercise and control groups".
fn names(label: &str, plural: bool) -> Vec<(usize, usize)> {
    let joint = label.rfind(" and ").or_else(|| label.rfind(" versus ")).filter(|_| plural);
    let Some(joint) = joint else { return vec![trimmed(label)] };
    let (start, end) = trimmed(&label[joint..]);
    vec![trimmed(&label[..joint]), (joint + start, joint + end)]
}

fn is_name(pack: &RulePack, label: &str, layer: u8) -> bool {
    let words: Vec<String> = words_of(label).map(|(_, _, w)| w).collect();
    if words.len() > MOST_WORDS || !label.bytes().any(|b| b.is_ascii_alphabetic()) {
        return false;
    }
    if is_lettered(&words) {
        return true;
    }
    if words.iter().any(|w| pack.is_word(Vocabulary::NotInArm, w)) {
        return false;
    }
    if layer == NAMED_GROUP {
        return words.iter().any(|w| !pack.is_word(Vocabulary::NoArm, w)) && words.len() <= 8;
    }
    Label::of(pack, label).0.iter().any(|w| w.bytes().any(|b| b.is_ascii_alphabetic()))
}

/// "group A", "cohort 2".
fn is_lettered(words: &[String]) -> bool {
    words.len() == 2 && matches!(words[0].as_str(), "group" | "arm" | "cohort")
}

/// The telling words of a name; a lettered group keeps its letter.
pub(super) fn label_of(pack: &RulePack, text: &str) -> Label {
    let label = Label::of(pack, text);
    let words: Vec<String> = words_of(text).map(|(_, _, w)| w).collect();
    if label.0.is_empty() || is_lettered(&words) {
        return Label(words.last().map(|w| vec![w.clone()]).unwrap_or_default());
    }
    label
}

/// Whether a name ends in "group" or "arm".
pub(super) fn calls_itself_arm(label: &str) -> bool {
    ["group", "groups", "arm", "arms"].iter().any(|w| label.ends_with(w))
}
