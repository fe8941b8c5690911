//! A clause of a masked string: where it begins, its subject and its object.

use crate::rules::{Kind, RulePack, Vocabulary};

/// Bytes of the longest phrase that stands for an outcome.
const LONGEST: usize = 70;

/// Where the clause begins that ends at `to`. Brackets without a number, like those of an abbreviation, are part of it.
pub(super) fn start_of(text: &str, to: usize) -> usize {
    let mut end = to;
    while let Some(stop) = text[..end].rfind(is_stop) {
        let opened = text[..stop]
            .rfind(['(', '['])
            .filter(|open| matches!(text.as_bytes()[stop], b')' | b']') && !text[*open + 1..stop].contains(is_stop));
        let Some(open) = opened else { return stop + 1 };
        end = open;
    }
    0
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(c, ';' | '(' | ')' | '[' | ']' | 'B' | ':' | '.')
}

/// Subject or object of the clause `from..to` of a masked string.
pub(super) fn spoken(pack: &RulePack, text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let (start, end) = trimmed(text, opened(pack, text, from, to), to);
    let (verb, after) = predicate(pack, &text[start..end]).map_or((end, end), |(a, b)| (start + a, start + b));
    let subject = shortened(pack, text, start, verb);
    let object = shortened(pack, text, after, end);
    // "The drug reduced albumin": what was changed, where the clause names that.
    let said = text[after..end].trim_start();
    let said =
        ["in ", "to "].iter().find_map(|w| said.strip_prefix(w).filter(|_| leads(&text[verb..after]))).unwrap_or(said);
    let changes = pack.is_word(Vocabulary::Changing, &text[verb..after]) && direct(pack, said);
    let order = if changes { [object, subject] } else { [subject, object] };
    order.into_iter().find(|(from, to)| names_something(pack, &text[*from..*to]))
}

/// Whether a verb's object follows a preposition: "resulted in", "led to".
fn leads(verb: &str) -> bool {
    matches!(verb, "resulted" | "led")
}

/// Whether what follows a verb is its object, not a circumstance: "reduced albumin", not "fell by".
fn direct(pack: &RulePack, after: &str) -> bool {
    let mut words = after.split([' ', ',']).filter(|w| !w.is_empty());
    let first = words.find(|w| !matches!(*w, "the" | "a" | "an" | "both" | "significantly" | "mean" | "median"));
    first.is_some_and(|w| !pack.is_word(Vocabulary::Continuing, w) && w.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// Where in a phrase that begins with how much, or how different, begins what is meant: "higher rate of recovery",
/// "differences between groups with regard to sleep".
fn regarded(pack: &RulePack, phrase: &str) -> usize {
    let regards = [" with regard to ", " with respect to ", " in terms of ", " regarding ", " concerning "];
    let regard = regards.iter().find_map(|w| phrase.find(w).map(|at| at + w.len()));
    let of = || {
        let at = [" of ", " in "].iter().filter_map(|w| phrase.find(w)).min()?;
        let head = phrase[..at].split(' ').next_back();
        head.is_some_and(|w| pack.is_word(Vocabulary::Counted, w)).then_some(at + " of ".len())
    };
    regard.or_else(of).filter(|at| names_something(pack, &phrase[*at..])).unwrap_or(0)
}

/// Whether a phrase has a word that can name an outcome.
pub(super) fn names_something(pack: &RulePack, phrase: &str) -> bool {
    phrase.split([' ', ',']).any(|w| {
        w.len() > 2
            && w.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'\'' | b'/'))
            && !UNNAMING.iter().any(|vocabulary| pack.is_word(*vocabulary, w))
    }) || phrase.contains(char::from(Kind::Outcome.symbol()))
}

/// Whether a phrase of the folded text says what became of people before anything was measured: "were recruited".
pub(super) fn disposes(pack: &RulePack, phrase: &str) -> bool {
    phrase.split([' ', ',']).any(|w| pack.is_word(Vocabulary::Disposition, &w.to_ascii_lowercase()))
}

/// Words of these name nothing.
const UNNAMING: [Vocabulary; 7] = [
    Vocabulary::NotOutcome,
    Vocabulary::Comparative,
    Vocabulary::MeasureWord,
    Vocabulary::Counted,
    Vocabulary::Predicate,
    Vocabulary::Continuing,
    Vocabulary::Whom,
];

/// Where the clause goes on behind an opening circumstance: "After 12 weeks, …".
fn opened(pack: &RulePack, text: &str, from: usize, to: usize) -> usize {
    let clause = &text[from..to];
    let lead = clause.len() - clause.trim_start().len();
    let first = clause[lead..].split([' ', ',']).next().unwrap_or_default();
    let timed = first.starts_with([Kind::Time, Kind::Duration].map(|kind| char::from(kind.symbol())));
    if !timed && !pack.is_word(Vocabulary::Opening, first) {
        return from;
    }
    clause.find(", ").map_or(from, |comma| from + comma + 2)
}

/// The first word of a clause that tells what became of its subject: its bytes.
pub(super) fn predicate(pack: &RulePack, clause: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    for word in clause.split(' ') {
        if pack.is_word(Vocabulary::Predicate, word.trim_end_matches(',')) {
            return Some((at, at + word.len()));
        }
        at += word.len() + 1;
    }
    None
}

/// `start..end` without articles and adverbs before it, and without the people it was measured in.
fn shortened(pack: &RulePack, text: &str, start: usize, end: usize) -> (usize, usize) {
    let (mut start, mut end) = trimmed(text, start, end);
    while let Some(word) = text[start..end].split(' ').next().filter(|word| pack.is_word(Vocabulary::NotOutcome, word))
    {
        start = (start + word.len() + 1).min(end);
    }
    end = text[start..end].find(" than ").map_or(end, |than| start + than);
    start += regarded(pack, &text[start..end]);
    if let Some((degree, what)) = text[start..end].split_once(' ')
        && pack.is_word(Vocabulary::Degree, degree)
        && names_something(pack, what)
    {
        start = end - what.len();
    }
    let people = [Kind::People, Kind::Arm].map(|kind| char::from(kind.symbol()));
    if let Some(whom) = text[start..end].find(people) {
        if let Some(of) = text[start..start + whom]
            .find(" of ")
            .filter(|of| pack.is_word(Vocabulary::Counted, &text[start..start + of]))
        {
            // "The proportion of patients with …": what the people had.
            let after = start + whom.max(of) + 1;
            return last_words(text, trimmed(text, after, end).0, end);
        }
        let before = &text[start..start + whom];
        let cut = [" in ", " of ", " for ", " among ", " between ", " with ", " by "]
            .iter()
            .filter_map(|w| before.rfind(w))
            .max();
        end = start + cut.unwrap_or(whom);
    }
    let (start, end) = trimmed(text, start, end);
    last_words(text, start, end)
}

/// The last words of `from..to`, whatever they say.
pub(super) fn words(text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let (start, end) = trimmed(text, from, to);
    (end > start + 3).then(|| last_words(text, start, end))
}

/// Bytes `from..to` of a masked string without blanks, brackets and prepositions around them.
pub(super) fn trimmed(text: &str, from: usize, to: usize) -> (usize, usize) {
    if from >= to {
        return (to, to);
    }
    let mut end = from + text[from..to].trim_end_matches([' ', ',', '(', '[', '=', '-']).len();
    while let Some(shorter) = [" by", " of", " in", " from", " at", " to", " with", " for"]
        .iter()
        .find_map(|w| text[from..end].strip_suffix(w))
    {
        end = from + shorter.trim_end_matches([' ', ',']).len();
    }
    let start = end - text[from..end].trim_start_matches([' ', ',', '-', ')']).len();
    (start, end)
}

/// The end of a long phrase.
fn last_words(text: &str, start: usize, end: usize) -> (usize, usize) {
    let long = end.saturating_sub(LONGEST);
    if start >= long {
        return (start, end);
    }
    let word = text[long..end].find(' ').map_or(long, |k| long + k + 1);
    (word, end)
}
