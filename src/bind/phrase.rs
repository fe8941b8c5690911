//! The words that stand for an outcome of no known name: the subject of the clause, or its object where the subject is
//! only people.

use super::list::List;
use super::outcome::Named;
use crate::find::Masked;
use crate::rules::{Kind, RulePack, Vocabulary};

/// Bytes of the longest phrase that stands for an outcome.
const LONGEST: usize = 70;

/// The words of a clause that names no outcome: those before the number, back to the last stop, or those after it.
/// Only numbers that cannot be anything but results get one: percentages, lists, and what `changed`.
pub(super) fn unnamed(pack: &RulePack, masked: &Masked<'_>, list: &List, changed: bool) -> Option<Named> {
    if !(changed || tells(masked, list)) {
        return None;
    }
    let (first, last) = list.extent();
    let text = masked.text();
    let to = text[..first].trim_end_matches(['(', '[', ' ']).len();
    let mut from = clause_start(text, to);
    // Brackets that hold but a word of measure: "(least square means -1.2)" in "oxygen uptake fell (…)".
    let open = from.checked_sub(1).filter(|k| matches!(text.as_bytes()[*k], b'(' | b'['));
    let (mut end, mut words) = (first, text[from..to].split(' ').filter(|w| !w.is_empty()));
    if let Some(open) = open.filter(|_| words.all(|word| pack.is_word(Vocabulary::MeasureWord, word))) {
        (from, end) = (clause_start(text, open), open);
    }
    let place = spoken(pack, text, from, end).or_else(|| {
        let to = text[last + 1..].find(is_stop).map_or(text.len(), |k| last + 1 + k);
        let (start, end) = trimmed(text, last + 1, to);
        names(&text[start..end]).then_some((start, end))
    })?;
    Some(Named { rule: None, at: masked.folded(place.0, place.1), place: None })
}

/// Whether the numbers of a list cannot be anything but results.
fn tells(masked: &Masked<'_>, list: &List) -> bool {
    let bundle = &masked.mentions()[list.members[0].mention];
    let telling = ["both", "spread", "spread_bare", "ratio", "arm"].iter().any(|part| bundle.part(part).is_some());
    let percent = bundle.part("estimate").is_some_and(|m| masked.mentions()[m].kind == Kind::Percent);
    telling || percent || list.members.len() > 1
}

/// The outcome that a number's own clause names, where an earlier number of the sentence, at byte `since` of the masked
/// string, has another: "fever in 12% and 5%, and fewer transfusions were needed (10% and 25%)". None where the clause
/// only goes on about the same: "falling to", "in those above 60".
pub(super) fn fresh(pack: &RulePack, masked: &Masked<'_>, list: &List, since: usize) -> Option<Named> {
    let (first, _) = list.extent();
    let text = masked.text();
    let to = text[..first].trim_end_matches(['(', '[', ' ']).len();
    let from = clause_start(text, to).max(since + 1).min(to);
    let parted = match text[..from].chars().next_back() {
        Some(';') => true,
        Some(')' | ']' | 'B') => predicate(pack, &text[from..to]).is_some(),
        _ => false,
    };
    if !parted || !tells(masked, list) {
        return None;
    }
    let lead = text[from..to].trim_start_matches([' ', ',']);
    let lead = ["and ", "but ", "or ", "while ", "whereas "].iter().find_map(|w| lead.strip_prefix(w)).unwrap_or(lead);
    let from = to - lead.len();
    let words = || lead.split([' ', ',']).filter(|w| !w.is_empty());
    let goes_on = words().next().is_none_or(|w| pack.is_word(Vocabulary::Continuing, w));
    let named = words().any(|w| {
        w.len() > 3
            && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
            && !UNNAMING.iter().any(|vocabulary| pack.is_word(*vocabulary, w))
    });
    let place = spoken(pack, text, from, to).filter(|_| named && !goes_on)?;
    Some(Named { rule: None, at: masked.folded(place.0, place.1), place: None })
}

/// Words of these name nothing.
const UNNAMING: [Vocabulary; 6] = [
    Vocabulary::NotOutcome,
    Vocabulary::Comparative,
    Vocabulary::MeasureWord,
    Vocabulary::Counted,
    Vocabulary::Predicate,
    Vocabulary::Continuing,
];

/// Where the clause begins that ends at `to`. Brackets without a number, like those of an abbreviation, are part of it.
fn clause_start(text: &str, to: usize) -> usize {
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

fn is_stop(c: char) -> bool {
    matches!(c, ';' | '(' | ')' | '[' | ']' | 'B' | ':' | '.')
}

/// Subject or object of the clause `from..to` of a masked string.
fn spoken(pack: &RulePack, text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    let (start, end) = trimmed(text, opened(pack, text, from, to), to);
    let (verb, after) = predicate(pack, &text[start..end]).map_or((end, end), |(a, b)| (start + a, start + b));
    let subject = shortened(pack, text, start, verb);
    if names(&text[subject.0..subject.1]) {
        return Some(subject);
    }
    let object = shortened(pack, text, after, end);
    if names(&text[object.0..object.1]) {
        return Some(object);
    }
    (end > start + 3).then(|| last_words(text, start, end))
}

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
fn predicate(pack: &RulePack, clause: &str) -> Option<(usize, usize)> {
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

/// Words before the name of an outcome that are no part of it.
const LEADS: &[&str] = &["the ", "a ", "an ", "their ", "its ", "median ", "mean ", "average "];

/// The part of a noun phrase (bytes of the folded text) that names something: what follows its last verb, else what
/// stands before its first. None where that begins with a word that no outcome begins with.
pub(super) fn core(pack: &RulePack, folded: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let phrase = folded[start..end].to_ascii_lowercase();
    let named = |from: usize, to: usize| {
        let mut from = from;
        while let Some(lead) = LEADS.iter().find(|lead| phrase[from..to].starts_with(**lead)) {
            from += lead.len();
        }
        let first = phrase[from..to].split([' ', ',']).next().unwrap_or_default();
        (from + 1 < to && !pack.is_word(Vocabulary::NotOutcome, first)).then_some((start + from, start + to))
    };
    let (mut head, mut tail) = (None, 0);
    let mut at = 0;
    for word in phrase.split(' ') {
        if pack.is_word(Vocabulary::Predicate, word) {
            head = head.or(Some(at));
            tail = at + word.len() + 1;
        }
        at += word.len() + 1;
    }
    let Some(head) = head else { return named(0, phrase.len()) };
    // "fewer visits", "less need of": how many is no part of what.
    let beyond_degree = |mut from: usize, to: usize| {
        while let Some(degree) =
            phrase[from..to].split(' ').next().filter(|word| pack.is_word(Vocabulary::Degree, word))
        {
            from = (from + degree.len() + 1).min(to);
        }
        named(from, to)
    };
    let (subject, tail) = ((0, head.saturating_sub(1)), (tail.min(phrase.len()), phrase.len()));
    if &phrase[..subject.1] == "there" {
        return beyond_degree(tail.0, tail.1);
    }
    let subject = beyond_degree(subject.0, subject.1)?;
    match named(tail.0, tail.1) {
        // "Further visits were needed": a participle alone names nothing without its subject.
        Some((_, to)) if !phrase[tail.0..tail.1].contains(' ') && phrase[tail.0..].ends_with("ed") => Some((subject.0, to)),
        Some(object) => Some(object),
        None => Some(subject),
    }
}

/// Whether a phrase has a word of its own.
fn names(phrase: &str) -> bool {
    phrase.bytes().filter(u8::is_ascii_lowercase).count() > 3
}

/// Bytes `from..to` of a masked string without blanks, brackets and prepositions around them.
fn trimmed(text: &str, from: usize, to: usize) -> (usize, usize) {
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
