//! The sizes of the whole study: which numbers count its people, and which only seem to.

use super::document::Document;
use super::population::{Census, Size, Who, number};
use crate::find::Masked;
use crate::model::Section;
use crate::rules::{GroupRuleKind, Kind, RulePack, Vocabulary};

/// Layer of rules for sizes in aims and methods: they speak where nothing was reported yet.
const EARLY: u8 = 9;

/// Layer of rules for how many of those who came in got the treatment: they speak where no arms share it out.
const LATE: u8 = 8;

/// The fewest people a study has.
pub(super) const FEWEST: f64 = 5.0;

/// The fewest people of a study where only their number is said.
const FEWEST_EARLY: f64 = 10.0;

/// The sizes of the whole study.
pub(super) fn census<'p>(pack: &'p RulePack, document: &Document<'p, '_>) -> Census {
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
        for (number, hits) in
            read.groups(pack).iter().filter(|(number, _)| *number != LATE && (*number != EARLY || !reports))
        {
            for hit in hits {
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
                census.sizes.push(Size::new(Who::All, hit.rule.makes.basis, (sentence, mention), label, hit.rule.id));
            }
        }
    }
    loosen(document, &mut census);
    census
}

/// Adds how many got the treatment of a study without arms: "Of 98 women enrolled, 86 (88%) received letrozole".
///
/// A number is taken where more people were counted before it in its sentence, most of them are left, and what they
/// received was named before.
pub(super) fn treated<'p>(pack: &'p RulePack, document: &Document<'p, '_>, census: &mut Census) {
    for (sentence, read) in document.sentences.iter().enumerate().filter(|(_, read)| !read.sentence.aside) {
        let masked = &read.masked;
        for (_, hits) in read.groups(pack).iter().filter(|(number, _)| *number == LATE) {
            for hit in hits.iter().filter(|h| h.rule.makes.kind == GroupRuleKind::All) {
                let parts = masked.parts(&hit.parts);
                let part = |name: &str| parts.iter().find(|p| p.name == name);
                let (Some(mention), Some(what)) = (part("n").and_then(|p| p.mention), part("what")) else { continue };
                let folded = document.text.folded();
                let named = TREATED.contains(&&folded[what.start..what.end])
                    || folded[what.start..what.end].split([' ', '-']).any(|w| is_named_before(document, w, read));
                let before = |s: &&Size| {
                    s.sentence == sentence && s.mention < mention && matches!(s.who, Who::All | Who::Part(_))
                };
                let from =
                    census.sizes.iter().filter(before).filter_map(|s| number(masked, s.mention)).reduce(f64::max);
                let most = number(masked, mention).zip(from).is_some_and(|(n, from)| n <= from && n * 2.0 >= from);
                let known = census.sizes.iter().any(|s| s.sentence == sentence && s.mention == mention);
                if !named || !most || known {
                    continue;
                }
                census.sizes.push(Size::new(
                    Who::All,
                    hit.rule.makes.basis,
                    (sentence, mention),
                    masked.folded(hit.start, hit.end),
                    hit.rule.id,
                ));
            }
        }
    }
}

/// Words that say by themselves that people got the treatment.
const TREATED: [&str; 4] = ["infused", "transplanted", "dosed", "treated"];

/// Whether a word of a treatment's name stands in the title or before this sentence.
fn is_named_before(document: &Document<'_, '_>, word: &str, read: &super::document::ReadSentence<'_>) -> bool {
    let holds = |text: &str| text.to_ascii_lowercase().contains(&word.to_ascii_lowercase());
    word.len() >= SHORTEST_NAME
        && (holds(&document.text.folded()[..read.sentence.start])
            || document.title.as_ref().is_some_and(|(title, _)| holds(title.folded())))
}

/// Letters of the shortest word that tells a treatment from another.
const SHORTEST_NAME: usize = 3;

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
        // "patients with bulky disease (n = 12)": people told by what they had, not by how they came in.
        let bracketed = mention.kind == Kind::Size && restricts(&folded[size.label.0..mention.start]);
        if (pointed && clause || bracketed) && fewer {
            size.who = Who::Loose;
        }
    }
}

/// Whether words make people a part: "patients with bulky disease".
fn restricts(words: &str) -> bool {
    [" with ", " without ", " who ", " in "].iter().any(|w| words.contains(w))
}

/// The one size in brackets that an abstract gives, where nothing else counts its people: "a series of … (n = 151)".
pub(super) fn only_size(document: &Document<'_, '_>, census: &mut Census) {
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
            census.sizes.push(Size::new(Who::All, None, (sentence, mention), label, rule));
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
    masked: &Masked<'_>,
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

/// Words behind a number that tell what it counts.
const NEAR_WORDS: usize = 4;

/// Whether a percentage in brackets follows a number: then it is events, not a size.
pub(super) fn has_percentage(masked: &Masked<'_>, mention: usize) -> bool {
    let Some((at, _)) = masked.top().find(|(_, m)| *m == mention) else { return true };
    let after = masked.text()[at + 1..].trim_start_matches([' ', 'S']);
    let before = &masked.text()[..at];
    // "35 (20%) of 173 patients": the total of a finding.
    let total = before.ends_with(") of ") || before.ends_with("] of ");
    total || after.starts_with("(P") || after.starts_with("[P")
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn people_are_counted_at_each_stage() {
        let text = "In all, 543 women were screened. Of these, 417 were randomly assigned, and 402 were evaluable.";
        assert_eq!(groups(text), ["all 543", "all 417", "all 402"]);
    }

    #[test]
    fn trials_centres_and_events_are_no_people() {
        assert!(groups("We read six randomised trials done in 12 hospitals.").is_empty());
        assert!(groups("Fever was seen in 12 patients.").is_empty());
    }

    #[test]
    fn those_pointed_at_are_a_part_where_more_were_counted() {
        let text = "We treated 40 patients. The 16 patients who had bulky disease were evaluated again.";
        assert_eq!(groups(text), ["all 40", "part 16"]);
    }
}
