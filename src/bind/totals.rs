//! Denominators of findings as sizes: "18 of 102 patients in the exercise group" says how many were counted there.

use super::document::Document;
use super::population::{Census, Size, Who, number};
use super::sentence::Draft;
use crate::find::{Masked, Mention};
use crate::rules::{Kind, RulePack, Vocabulary};

/// Adds the denominators of `drafts` to the census, as sizes that hold in their own sentence only.
pub(super) fn note(pack: &RulePack, document: &Document<'_, '_>, drafts: &[Draft], census: &mut Census) {
    for draft in drafts {
        let masked = &document.sentences[draft.sentence].masked;
        let Some(mention) = total(masked, draft.mention) else { continue };
        let (Some(belongs), Some(rule)) = (draft.belongs, masked.mentions()[draft.mention].rule) else { continue };
        let known = census.sizes.iter().any(|s| s.sentence == draft.sentence && s.mention == mention);
        if known || draft.concluding || matches!(belongs.who, Who::Every) {
            continue;
        }
        let label = label(document, masked, mention);
        let value = number(masked, mention);
        let total = &masked.mentions()[mention];
        if value.is_none_or(|n| n < FEWEST)
            || is_date(document.text.folded(), total)
            || counts_things(pack, &document.text.folded()[total.end..])
        {
            continue;
        }
        let lasts = belongs.who == Who::All && names_set(&document.text.folded()[label.1..]);
        // The size of a part or an arm, said again of it; but a set that is named again is in force again.
        let known = |s: &Size| number(&document.sentences[s.sentence].masked, s.mention) == value;
        if !lasts && !matches!(belongs.who, Who::Arm(_)) && census.sizes.iter().any(known) {
            continue;
        }
        let who = match belongs.who {
            Who::All if restricts(&document.text.folded()[label.0..label.1]) => Who::Loose,
            Who::Part(_) => Who::Loose,
            who => who,
        };
        // "of 108 patients assessable for safety": they are counted by from here on.
        let lasts = lasts && who == Who::All;
        let sentence = draft.sentence;
        census.sizes.push(Size { who, basis: None, sentence, mention, label, rule, one_off: !lasts, purpose: None });
    }
}

/// The mention of the number that a bundle counts by.
pub(super) fn total(masked: &Masked<'_>, bundle: usize) -> Option<usize> {
    let bundle = &masked.mentions()[bundle];
    let both = bundle.part("both").and_then(|both| masked.mentions()[both].part("total"));
    both.or_else(|| bundle.part("total"))
}

/// The fewest people that make a group.
const FEWEST: f64 = 2.0;

/// Whether a denominator is a piece of a date or of a schedule of doses: "10/27/2014", "500/100/500 mg", "12/05".
fn is_date(folded: &str, total: &Mention<'_>) -> bool {
    folded[total.end..].starts_with('/') || folded[total.start..].starts_with('0')
}

/// Whether what stands behind a denominator makes it one of things, not of people: "one of six cohorts".
fn counts_things(pack: &RulePack, after: &str) -> bool {
    let words = after.trim_start_matches(' ').split([' ', ',', '.', ';', ')']);
    words.take(1).any(|w| !matches!(w, "of" | "or" | "to") && pack.is_word(Vocabulary::NotPeople, w))
}

/// Whether the words behind the people name a set of the analysis.
fn names_set(after: &str) -> bool {
    let after = after.trim_start_matches(' ');
    ["assessable", "evaluable", "included in", "analysed", "analyzed", "in the safety"]
        .iter()
        .any(|w| after.starts_with(w))
}

/// The words from a denominator to the end of the phrase about its people.
fn label(document: &Document<'_, '_>, masked: &Masked<'_>, mention: usize) -> (usize, usize) {
    let total = &masked.mentions()[mention];
    let folded = document.text.folded();
    let near = (total.end + NEAR).min(folded.len());
    let people = masked
        .mentions()
        .iter()
        .find(|m| m.kind == Kind::People && m.start >= total.end && m.start < near)
        .filter(|m| !folded[total.end..m.start].contains(['(', ',', ';', '.']));
    let Some(people) = people else { return (total.start, total.end) };
    let rest = &folded[people.end..];
    let clause = [" with ", " who ", " without ", " in whom ", " whose "].iter().any(|w| rest.starts_with(w));
    let end = if clause {
        let stop = rest.find(['(', ',', ';', '.', '[']).unwrap_or(rest.len());
        let had = [" had ", " achieved ", " were ", " was "].iter().filter_map(|w| rest[5.min(stop)..stop].find(w));
        people.end + had.min().map_or(stop, |k| k + 5)
    } else {
        people.end
    };
    (total.start, end.min(folded.len()))
}

/// Bytes within which the word for the people follows a denominator.
const NEAR: usize = 40;

/// Whether a phrase about people makes them a part: "15 patients who had a response".
fn restricts(label: &str) -> bool {
    [" who ", " with ", " without ", " whom ", " whose "].iter().any(|w| label.contains(w))
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn denominators_are_sizes_of_their_arms() {
        let text = "Women were randomised to exercise or usual care. Relapse was seen in 18 of 102 women in the exercise \
                    group and 31 of 103 in the usual care group.";
        assert_eq!(groups(text), ["arm intervention 102", "arm control 103"]);
    }

    #[test]
    fn dates_count_nobody() {
        assert!(groups("The study was registered 10/27/2014.").is_empty());
    }
}
