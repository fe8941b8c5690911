//! Parts of the people that are counted in a list: "(30 with lymphoma, 12 with myeloma)".
//!
//! A count beside a characteristic may as well be a finding. It is a part where the list stands in the brackets behind
//! a size, or where its numbers add up to a size that was said.

use super::document::{Document, ReadSentence};
use super::population::{Census, Part, Size, Who, number};
use crate::rules::{GroupRuleKind, Hit, Kind, MakesGroup, RulePack};

/// A count of a list, not yet judged.
struct Counted<'h, 'p> {
    hit: &'h Hit<'p, MakesGroup>,
    mention: usize,
    label: (usize, usize),
    n: f64,
}

/// Adds the parts that lists count to the census.
pub(super) fn parts<'p>(pack: &'p RulePack, document: &Document<'p, '_>, census: &mut Census) {
    for (sentence, read) in document.sentences.iter().enumerate().filter(|(_, read)| !read.sentence.aside) {
        for (_, hits) in read.groups(pack) {
            let hits = hits.iter().filter(|hit| hit.rule.makes.kind == GroupRuleKind::Subgroup);
            let mut counted: Vec<Counted<'_, '_>> = hits.filter_map(|hit| counted(document, read, hit)).collect();
            counted.sort_by_key(|c| c.hit.start);
            counted.retain(|c| !census.is_known(sentence, c.mention));
            for list in counted.chunk_by(|a, b| follows(read, a, b)) {
                let parted = is_partition(document, census, sentence, list) || is_apposed(read, list);
                let arms = census.sizes.iter().any(|s| s.sentence == sentence && matches!(s.who, Who::Arm(_)));
                if parted && (arms || !is_allocated(read, list)) {
                    take(census, sentence, list);
                }
            }
        }
    }
}

/// The part with a size that people without one are called by again: "in patients with lymphoma" behind "30 with
/// lymphoma".
pub(super) fn called_again(document: &Document<'_, '_>, census: &Census, part: usize) -> Option<usize> {
    let folded = document.text.folded();
    let words = |k: usize| telling(&folded[census.parts[k].label.0..census.parts[k].label.1]);
    let wanted = words(part);
    let sized = |k: &usize| census.sizes.iter().any(|s| s.who == Who::Part(*k));
    let same = |k: &usize| *k != part && sized(k) && words(*k) == wanted;
    let mut found = (0..census.parts.len()).filter(same);
    let first = found.next().filter(|_| !wanted.is_empty())?;
    found.next().is_none().then_some(first)
}

/// The words that tell which people are meant, in small letters.
fn telling(label: &str) -> Vec<String> {
    let words =
        label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_ascii_lowercase);
    words.filter(|w| !COMMON.contains(&w.as_str())).collect()
}

/// Words of any phrase about people.
const COMMON: [&str; 18] = [
    "patients",
    "patient",
    "women",
    "men",
    "participants",
    "subjects",
    "people",
    "with",
    "who",
    "had",
    "in",
    "the",
    "a",
    "of",
    "those",
    "were",
    "cohort",
    "group",
];

fn counted<'h, 'p>(
    document: &Document<'_, '_>,
    read: &ReadSentence<'_>,
    hit: &'h Hit<'p, MakesGroup>,
) -> Option<Counted<'h, 'p>> {
    let parts = read.masked.parts(&hit.parts);
    let label = parts.iter().find(|p| p.name == "label")?;
    let words = &document.text.folded()[label.start..label.end];
    let label = (label.start, label.end);
    if SEXES.contains(&words) {
        return None;
    }
    let mention = parts.iter().find(|p| p.name == "n").and_then(|p| p.mention)?;
    let n = number(&read.masked, mention)?;
    Some(Counted { hit, mention, label, n })
}

/// What is told of everybody at entry, and of whom no result is.
const SEXES: [&str; 4] = ["male", "female", "men", "women"];

/// Whether nothing but glue stands between two counts of a list.
fn follows(read: &ReadSentence<'_>, one: &Counted<'_, '_>, next: &Counted<'_, '_>) -> bool {
    let gap = read.masked.text().get(one.hit.end..next.hit.start).unwrap_or("");
    let same = one.hit.rule.id == next.hit.rule.id;
    same && matches!(gap.trim_matches([')', ']', ' ']), "" | "," | ";" | "and" | "or" | ", and" | "; and" | ", or")
}

/// Whether the counts of a list add up to a size that stands before them.
fn is_partition(document: &Document<'_, '_>, census: &Census, sentence: usize, list: &[Counted<'_, '_>]) -> bool {
    let sum: f64 = list.iter().map(|c| c.n).sum();
    let whole = |s: &Size| {
        let n = number(&document.sentences[s.sentence].masked, s.mention);
        s.sentence <= sentence && matches!(s.who, Who::All | Who::Arm(_)) && n == Some(sum)
    };
    list.len() > 1 && census.sizes.iter().any(whole)
}

/// Whether a list stands in brackets behind people, or behind "including", and has no percentages.
fn is_apposed(read: &ReadSentence<'_>, list: &[Counted<'_, '_>]) -> bool {
    let text = read.masked.text();
    let (Some(first), Some(last)) = (list.first(), list.last()) else { return false };
    if text[first.hit.start..last.hit.end].bytes().any(|b| b == Kind::Percent.symbol()) {
        return false;
    }
    let before = text[..first.hit.start].trim_end();
    let including = before.strip_suffix("including").or_else(|| before.strip_suffix("comprising"));
    let led = before.strip_suffix(['(', '[']).or(including).unwrap_or("");
    let people = led.trim_end_matches([' ', ',']).rfind(char::from(Kind::People.symbol()));
    let counted = |at: usize| {
        let lead = &led[at.saturating_sub(APPOSED_WITHIN)..at];
        lead.bytes().any(|b| [Kind::Int, Kind::Word, Kind::Year].iter().any(|k| k.symbol() == b))
            && !led[at..].contains(['.', ';', ':'])
            && !led[at..].bytes().any(|b| b == Kind::Outcome.symbol())
    };
    people.is_some_and(counted) && led.len() - people.unwrap_or(0) <= APPOSED_WITHIN
}

/// Whether the words before a list say that its people were shared out: they are arms, by whatever names.
fn is_allocated(read: &ReadSentence<'_>, list: &[Counted<'_, '_>]) -> bool {
    let text = read.masked.text();
    let (from, to) = (list[0].hit.start, list[list.len() - 1].hit.end);
    let told = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(w));
    let near = &text[from.saturating_sub(ALLOCATED_WITHIN)..from];
    told(near, &["random", "assigned", "allocat"])
        || told(&text[from..to], &["received", "treated with", "underwent", " group"])
}

/// Bytes of a masked sentence between the words of an allocation and what was allocated.
const ALLOCATED_WITHIN: usize = 80;

/// Bytes of a masked sentence between people, with their number, and the brackets that part them.
const APPOSED_WITHIN: usize = 40;

fn take(census: &mut Census, sentence: usize, list: &[Counted<'_, '_>]) {
    for counted in list {
        census.sizes.retain(|s| !(s.sentence == sentence && s.mention == counted.mention));
        let place = census.parts.len();
        let rule = counted.hit.rule.id;
        let label = counted.label;
        // It holds nowhere: no sentence is about it yet.
        census.parts.push(Part { sentence, holds: (0, 0), arm: None, is_arm: false, label, rule });
        census.sizes.push(Size::new(
            Who::Part(place),
            counted.hit.rule.makes.basis,
            (sentence, counted.mention),
            label,
            rule,
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn counts_that_add_up_are_parts() {
        let text = "We enrolled 42 patients; 30 (71%) had newly diagnosed lymphoma and 12 (29%) had treated lymphoma.";
        assert_eq!(groups(text), ["all 42", "part 30", "part 12"]);
    }

    #[test]
    fn events_in_brackets_are_none() {
        assert_eq!(groups("We treated 42 patients. Relapse was seen (12 in the first year)."), ["all 42"]);
    }
}
