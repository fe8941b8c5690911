//! Names that may be an arm's, as the group rules find them.

use super::enumeration::{self, Item};
use super::label::{self, Label, trimmed, words_of};
use crate::bind::document::{Document, ReadSentence};
use crate::bind::population::Sized;
use crate::find::Masked;
use crate::rules::{GroupRuleKind, Hit, Kind, MakesGroup, RuleId, RulePack, Vocabulary};
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
    /// Names of one list have the same number.
    pub list: usize,
}

/// Layer of names that are only called "the … group".
pub(super) const NAMED_GROUP: u8 = 3;

/// Layer of names listed behind an allocation.
const ALLOCATED: u8 = 4;

/// Layer of what aims compare.
const COMPARED: u8 = 5;

/// Layer of comparisons that need no introduction.
pub(super) const USUAL_CONTROL: u8 = 6;

/// The fewest people that an arm has.
const FEWEST: f64 = 3.0;

/// The most words a name may have.
const MOST_WORDS: usize = 14;

/// All candidates, the surest layers first, then in order of the text.
pub(super) fn candidates<'p>(pack: &'p RulePack, document: &Document<'p, '_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let title = document.title.iter().flat_map(|(text, sentences)| sentences.iter().map(move |s| (None, *text, s)));
    let sentences = document.sentences.iter().enumerate().map(|(k, s)| (Some(k), document.text, s));
    // What late sentences compare is often another study, or the next one.
    let aims = document.sentences.len() * 2 / 3;
    for (sentence, text, read) in sentences.chain(title) {
        let aims = sentence.is_none_or(|k| k <= aims) && !reports(&read.masked);
        for (layer, hits) in read.groups(pack).iter().filter(|(layer, _)| aims || *layer != COMPARED) {
            for hit in hits {
                let place = Place { sentence, text, read };
                match hit.rule.makes.kind {
                    GroupRuleKind::Arm | GroupRuleKind::Pair => collect(pack, &mut found, hit, *layer, place),
                    GroupRuleKind::Allocation => {
                        let joined = read.masked.text()[hit.start..hit.end].ends_with("between ");
                        let items = enumeration::listed(pack, &read.masked, hit.end, joined);
                        take_items(pack, &mut found, &items, hit, *layer, place);
                    }
                    GroupRuleKind::Comparison if compares(read, text, hit.start) => {
                        let sides = enumeration::sides(pack, read.masked.text(), hit.start, hit.end);
                        let items: Vec<Item> = sides.into_iter().flat_map(|(a, b)| [a, b]).collect();
                        take_items(pack, &mut found, &items, hit, *layer, place);
                    }
                    _ => {}
                }
            }
        }
    }
    // Lists of whole allocations come before single names.
    found.sort_by_key(|c| (if c.layer == ALLOCATED { NAMED_GROUP } else { c.layer }, c.layer != ALLOCATED, c.list));
    found
}

/// Whether a sentence reports results.
fn reports(masked: &Masked<'_>) -> bool {
    let kinds = [Kind::P, Kind::Ci, Kind::Ratio, Kind::Spread, Kind::Fraction];
    let shares = masked.top().filter(|(_, m)| masked.mentions()[*m].kind == Kind::Percent).count();
    shares > 1 || masked.top().any(|(_, m)| kinds.contains(&masked.mentions()[m].kind))
}

/// Where a candidate is looked for.
#[derive(Clone, Copy)]
struct Place<'d, 'p> {
    sentence: Option<usize>,
    text: &'d Text<'d>,
    read: &'d ReadSentence<'p>,
}

/// Whether "versus" at byte `at` stands between names, not between numbers.
fn compares(read: &ReadSentence<'_>, whole: &Text<'_>, at: usize) -> bool {
    let masked = &read.masked;
    // A drug that is active "against" something is compared with nothing.
    let (start, end) = masked.folded(at, at + 1);
    if whole.folded()[start..end].eq_ignore_ascii_case("against") {
        return false;
    }
    let numeric = |b: u8| {
        let kinds = [Kind::Percent, Kind::Int, Kind::Dec, Kind::Fraction, Kind::Duration, Kind::Amount, Kind::Word];
        kinds.iter().any(|k| k.symbol() == b) || b == Kind::Unreached.symbol()
    };
    let text = masked.text();
    let before = text[..at].trim_end_matches([' ', ')', ',', ']']).bytes().last();
    let after = text[at + 1..].trim_start_matches([' ', '(', '[']).bytes().next();
    !before.is_some_and(numeric) && !after.is_some_and(numeric)
}

/// Whether the words before byte `at` make what follows a disease: "patients with a diagnosis of".
pub(super) fn follows_people_with(folded: &str, masked: &Masked<'_>, at: usize) -> bool {
    let mut before = folded[..at].trim_end();
    for word in [" a diagnosis of", " diagnosis of", " either", " a", " an"] {
        before = before.strip_suffix(word).unwrap_or(before);
    }
    let Some(before) = before.strip_suffix(" with") else { return false };
    masked.mentions().iter().any(|m| m.kind == Kind::People && m.end == before.len())
}

/// Takes the names of a list; all of them or none.
fn take_items(
    pack: &RulePack,
    found: &mut Vec<Candidate>,
    items: &[Item],
    hit: &Hit<'_, MakesGroup>,
    layer: u8,
    place: Place<'_, '_>,
) {
    let masked = &place.read.masked;
    let folded = place.text.folded();
    let before = found.len();
    let list = found.last().map_or(0, |c: &Candidate| c.list + 1);
    let sized = items.iter().all(|i| i.size.is_some());
    for item in items {
        let (start, end) = masked.folded(item.start, item.end);
        let cut = if sized { after_allocation(&folded[start..end]) } else { 0 };
        let start = start + cut;
        let (from, to) = trimmed(&folded[start..end]);
        let label = &folded[start + from..start + to];
        let negated = matches!(label, "not" | "nothing") && found.len() > before;
        let lettered = sized && label.bytes().any(|b| b.is_ascii_alphabetic());
        if !(negated || lettered || is_name(pack, label, layer)) {
            continue;
        }
        let text = if negated { format!("no {}", found[found.len() - 1].text) } else { label.to_owned() };
        let short = item.bracket.and_then(|(open, close)| short_in(masked, folded, open, close));
        found.push(Candidate {
            rule: hit.rule.id,
            layer: if sized { 0 } else { layer },
            sentence: place.sentence,
            text,
            at: (start + from, start + to),
            short,
            size: item.size.map(|mention| Sized { mention, basis: hit.rule.makes.basis }),
            list,
        });
    }
    if found.len() < before + items.len() || items.len() < 2 {
        found.truncate(before);
    }
}

/// The short name in a bracket: "group A" in "(group A, n = 30)", "TC" in "(TC)".
fn short_in(masked: &Masked<'_>, folded: &str, open: usize, close: usize) -> Option<String> {
    let text = &masked.text()[open..close];
    let end = text.find([',', ';', ':', '=', 'K', 'I']).unwrap_or(text.len());
    let words = text[..end].trim();
    if words.is_empty() || words.len() > 24 || words.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let (start, end) = masked.folded(open, open + end);
    Some(folded[start..end].trim().to_owned())
}

fn collect(
    pack: &RulePack,
    found: &mut Vec<Candidate>,
    hit: &Hit<'_, MakesGroup>,
    layer: u8,
    Place { sentence, text, read }: Place<'_, '_>,
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
    let list = found.last().map_or(0, |c| c.list + 1);
    for part in parts.iter().filter(|p| matches!(p.name, "label" | "a" | "b")) {
        if layer == NAMED_GROUP && is_institution(&text.folded()[part.end..]) {
            continue;
        }
        let short = parts
            .iter()
            .find(|p| matches!((part.name, p.name), ("label", "short") | ("a", "short_a") | ("b", "short_b")))
            .map(|p| text.folded()[p.start..p.end].to_owned());
        let whole = &text.folded()[part.start..part.end];
        // "339 with lymphoma, 37 with myeloma" are parts.
        let allocated = ["assigned", "allocated", "randomi", "treated"].iter().any(|w| whole.contains(w));
        if layer == 2 && !allocated && ["with ", "were ", "had "].iter().any(|w| whole.starts_with(w)) {
            continue;
        }
        let from = if layer == NAMED_GROUP { last_phrase(whole) } else { after_allocation(whole) };
        for (start, end) in parted(&whole[from..], layer, &text.folded()[part.end..]) {
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
                    list,
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
        "receive a ",
        "receive either ",
        ": ",
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
    const BEFORE: [&str; 19] = [
        " the ",
        " in ",
        " than ",
        " to ",
        " a ",
        " an ",
        " of ",
        " for ",
        " from ",
        " was ",
        " were ",
        " between ",
        " had ",
        " across ",
        " within ",
        " is ",
        " are ",
        " by ",
        " including ",
    ];
    BEFORE.iter().filter_map(|w| text.rfind(w).map(|at| at + w.len())).max().unwrap_or(0)
}

/// Whether what follows a label is "groups" or "arms".
fn is_plural(after: &str) -> bool {
    let after = after.trim_start_matches([' ', '-']);
    after.starts_with("groups") || after.starts_with("arms")
}

/// The names in what a rule took for a label, given what follows it.
fn parted(label: &str, layer: u8, after: &str) -> Vec<(usize, usize)> {
    if layer == NAMED_GROUP { names(label, is_plural(after)) } else { vec![trimmed(label)] }
}

/// The names in a label: two in "exercise and control groups" and in "exercise or control group".
fn names(label: &str, plural: bool) -> Vec<(usize, usize)> {
    let joint = label.rfind(" and ").or_else(|| label.rfind(" versus ")).filter(|_| plural);
    let joint = joint.or_else(|| label.rfind(" or ").filter(|at| plural || label[at + 4..].split(' ').count() == 1));
    let Some(joint) = joint else { return vec![trimmed(label)] };
    let (start, end) = trimmed(&label[joint..]);
    vec![trimmed(&label[..joint]), (joint + start, joint + end)]
}

fn is_name(pack: &RulePack, label: &str, layer: u8) -> bool {
    let words: Vec<String> = words_of(label).map(|(_, _, w)| w.into_owned()).collect();
    // "to be tested", "at seven months": what is done, or when.
    if ["be ", "at ", "test the ", "test whether ", "test if ", "respond ", "investigate "]
        .iter()
        .any(|w| label.starts_with(w))
    {
        return false;
    }
    if label.contains(" in the ") || label.contains(" with the ") {
        return false;
    }
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
        let telling = |w: &String| {
            !pack.is_word(Vocabulary::NoArm, w)
                && !label::is_letter(w)
                && (w.bytes().any(|b| b.is_ascii_alphabetic()) || !label.contains('%'))
        };
        return words.iter().any(telling) && words.len() <= 8;
    }
    Label::of(pack, label).0.iter().any(|w| w.bytes().any(|b| b.is_ascii_alphabetic()))
}

/// "group A", "cohort 2".
fn is_lettered(words: &[String]) -> bool {
    words.len() == 2 && is_group_word(&words[0]) && label::is_letter(&words[1])
}

fn is_group_word(word: &str) -> bool {
    matches!(word, "group" | "arm" | "cohort")
}

/// The telling words of a name; a lettered group is its letter.
pub(super) fn label_of(pack: &RulePack, text: &str) -> Label {
    let words: Vec<String> = words_of(text).map(|(_, _, w)| w.into_owned()).collect();
    if is_lettered(&words) {
        return Label(vec![label::lettered(&words[1])]);
    }
    let label = Label::of(pack, text);
    if label.0.is_empty() {
        return Label(words.last().map(|w| vec![w.clone()]).unwrap_or_default());
    }
    label
}

/// Whether a name ends in "group" or "arm".
pub(super) fn calls_itself_arm(label: &str) -> bool {
    ["group", "groups", "arm", "arms"].iter().any(|w| label.ends_with(w))
}
