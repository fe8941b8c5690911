//! Sizes of arms, once every place where an arm is named is known.

use super::Arms;
use crate::bind::document::Document;
use crate::bind::headcount::has_percentage;
use crate::bind::population::{Census, Size, Sized, Who, number};
use crate::find::Masked;
use crate::rules::{GroupRuleKind, Kind, RuleId, RulePack, Vocabulary};

/// The fewest people an arm has.
const FEWEST: f64 = 3.0;

/// Adds to the census the sizes that stand with the names of arms.
pub(in crate::bind) fn sizes<'p>(pack: &'p RulePack, document: &Document<'p, '_>, arms: &Arms, census: &mut Census) {
    if arms.list.is_empty() {
        return;
    }
    let everyone = census.largest(document, |_, _| false);
    for (sentence, read) in document.sentences.iter().enumerate().filter(|(_, read)| !read.sentence.aside) {
        let masked = &read.masked;
        let mut bare: Vec<Bare> = Vec::new();
        let mut doubtful: Vec<Bare> = Vec::new();
        for (_, hits) in read.groups(pack) {
            for hit in hits {
                if hit.rule.makes.kind != GroupRuleKind::Size {
                    continue;
                }
                let parts = masked.parts(&hit.parts);
                let part = |name: &str| parts.iter().find(|p| p.name == name);
                let (Some(n), Some(label)) = (part("n").and_then(|p| p.mention), part("label")) else { continue };
                let Some(named) = label.mention.map(|m| &masked.mentions()[m]) else { continue };
                let words = &masked.text()[hit.start..hit.end];
                if named.constant("every").is_some() && is_each(document.text.folded(), label.start, words) {
                    let sized = Sized { mention: n, basis: hit.rule.makes.basis };
                    // Where the arms have sizes of their own, those in each are some of them.
                    let told = (0..arms.list.len()).any(|arm| census.has_size(arm));
                    if !told && number(masked, n).is_some_and(|n| n >= FEWEST) {
                        census.add_every_size(arms.list.len(), sentence, sized, hit.rule.id, (label.start, label.end));
                    }
                    continue;
                }
                let Some(arm) = named.arm else { continue };
                let size = &masked.mentions()[n];
                let number = number(masked, n);
                if number.is_none_or(|number| number < FEWEST) || census.arm_of(sentence, n).is_some() {
                    continue;
                }
                let sized = Sized { mention: n, basis: hit.rule.makes.basis };
                let place = (label.start, label.end);
                if size.kind == Kind::Size
                    || masked.text()[hit.start..hit.end].starts_with(char::from(Kind::Arm.symbol()))
                        && masked.text()[hit.start..hit.end].ends_with([')', ']', 'S'])
                {
                    census.add_arm_size(arm, sentence, sized, hit.rule.id, place);
                } else {
                    let whole = followed_by_another(&masked.text()[hit.end..])
                        || number.is_some_and(|n| everyone.is_some_and(|all| n >= all));
                    let counts = counts(pack, masked, &masked.text()[hit.start..hit.end], n);
                    let list = if counts { &mut bare } else { &mut doubtful };
                    if !whole {
                        list.push((arm, sized, hit.rule.id, place));
                    }
                }
            }
        }
        // "80 completed the study (43 exercise, 37 usual care)": what adds up to a size is no event.
        if adds_up(document, census, sentence, bare.iter().chain(&doubtful)) {
            bare.append(&mut doubtful);
        }
        // Counts come in company; one alone in its sentence may be everyone's, or the arm's events.
        let several = bare.iter().any(|b| b.0 != bare[0].0);
        for (arm, sized, rule, place) in bare {
            if several || !census.has_size(arm) && everyone.is_some() {
                census.add_arm_size(arm, sentence, sized, rule, place);
            }
        }
    }
}

/// Whether words count the people "in each group", not those "in both groups" together.
fn is_each(folded: &str, label: usize, words: &str) -> bool {
    let people = words.bytes().any(|b| b == Kind::People.symbol() || b == Kind::Size.symbol());
    let each = ["each", "every", "per", "either"].iter().any(|w| folded[label..].to_ascii_lowercase().starts_with(w));
    people && each
}

/// An arm, the number that may be its size, the rule that says so and the words.
type Bare = (usize, Sized, RuleId, (usize, usize));

/// Whether the numbers of different arms add up to a size of everyone that stands in or before their sentence.
fn adds_up<'b>(
    document: &Document<'_, '_>,
    census: &Census,
    sentence: usize,
    list: impl Iterator<Item = &'b Bare>,
) -> bool {
    let masked = &document.sentences[sentence].masked;
    let mut arms = Vec::new();
    let mut sum = 0.0;
    for (arm, size, ..) in list {
        if arms.contains(arm) {
            return false;
        }
        arms.push(*arm);
        sum += number(masked, size.mention).unwrap_or_default();
    }
    let of_all = |s: &&Size| s.who == Who::All && s.sentence <= sentence;
    let is_sum = |s: &Size| number(&document.sentences[s.sentence].masked, s.mention) == Some(sum);
    arms.len() > 1 && census.sizes.iter().filter(of_all).any(is_sum)
}

/// Whether the name of another arm follows, or a size of the arm's own: then the number before counts everyone.
fn followed_by_another(after: &str) -> bool {
    let after = after.strip_prefix(" group").unwrap_or(after);
    let bracket = after.starts_with(" (") && after[..after.find(')').unwrap_or(after.len())].contains('K');
    bracket || after.starts_with(" or ") || after.starts_with(", or ") || after.starts_with(" C ")
}

/// Whether a bare number counts the people of an arm, not events in it.
fn counts(pack: &RulePack, masked: &Masked<'_>, words: &str, n: usize) -> bool {
    let allocates = ["assign", "allocat", "random", "receiv", "treated", "entered", "started", "given"]
        .iter()
        .any(|w| words.contains(w));
    if has_percentage(masked, n) {
        return words.contains("assign") || words.contains("allocat") || words.contains("random");
    }
    let names_outcome = masked.top().any(|(_, m)| masked.mentions()[m].kind == Kind::Outcome);
    let people = words.bytes().any(|b| b == Kind::People.symbol());
    allocates || !names_outcome && (people || pack.has_word(Vocabulary::Counting, masked.text()))
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn sizes_stand_with_names_of_known_arms() {
        let text = "They were randomised to exercise or usual care. Pain fell in the exercise group (n = 98).";
        assert_eq!(groups(text), ["arm intervention 98", "arm control"]);
    }

    #[test]
    fn a_number_before_several_arms_is_that_of_everyone() {
        let text = "We randomised 200 women to exercise or usual care.";
        assert_eq!(groups(text), ["all 200", "arm intervention", "arm control"]);
    }
}
