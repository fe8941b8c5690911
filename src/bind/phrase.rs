//! The words that stand for an outcome of no known name: the subject of the clause, or its object where the subject is
//! only people.

use super::clause;
use super::list::List;
use super::outcome::Named;
use crate::find::Masked;
use crate::rules::{Kind, RulePack, Vocabulary};

/// The words of a clause that names no outcome: those before the number, back to the last stop, or those after it.
/// Only numbers that cannot be anything but results get one: percentages, lists, and what `changed`.
pub(super) fn unnamed(pack: &RulePack, masked: &Masked<'_>, list: &List, changed: bool) -> Option<Named> {
    if !(changed || tells(masked, list)) {
        return None;
    }
    let (first, last) = list.extent();
    let text = masked.text();
    let to = text[..first].trim_end_matches(['(', '[', ' ']).len();
    let from = clause::start_of(text, to);
    let place = before(pack, text, from, first)
        .or_else(|| behind(pack, text, last + 1))
        .or_else(|| clause::words(text, from, to))?;
    Some(Named { rule: None, at: masked.folded(place.0, place.1), place: None })
}

/// What the clause `from..end` names, else the one that its bracket or colon belongs to: "oxygen uptake fell (least square
/// means -1.2)", "they went walking: 26% of men".
fn before(pack: &RulePack, text: &str, from: usize, end: usize) -> Option<(usize, usize)> {
    let (mut from, mut end) = (from, end);
    // "Sleep (change score of 3.6)": the words of measure are part of the name.
    let measured = clause::words(text, from, end).filter(|(start, end)| {
        let mut words = text[*start..*end].split(' ');
        words.clone().all(|w| pack.is_word(Vocabulary::MeasureWord, w))
            && words.any(|w| pack.is_word(Vocabulary::Counted, w))
    });
    for turn in 0..2 {
        if let Some((start, stop)) = clause::spoken(pack, text, from, end) {
            return Some((start, measured.filter(|_| turn > 0).map_or(stop, |(_, last)| last)));
        }
        end = from.checked_sub(1).filter(|k| matches!(text.as_bytes()[*k], b'(' | b'[' | b':'))?;
        from = clause::start_of(text, end);
    }
    None
}

/// What the words behind a number name that opens its clause: "; 32% of those on placebo received a transplant".
pub(super) fn opened(pack: &RulePack, masked: &Masked<'_>, list: &List) -> Option<Named> {
    let (first, last) = list.extent();
    let before = masked.text()[..first].trim_end();
    let opens = before.ends_with(';') || before.ends_with("; and");
    let place = behind(pack, masked.text(), last + 1).filter(|_| opens && tells(masked, list))?;
    Some(Named { rule: None, at: masked.folded(place.0, place.1), place: None })
}

/// What the words behind a number name, without the people it counts: "12% of patients tested positive for antibodies".
fn behind(pack: &RulePack, text: &str, from: usize) -> Option<(usize, usize)> {
    // "28% (placebo) of patients …".
    let arm = text[from..].strip_prefix(" (A)").or_else(|| text[from..].strip_prefix(" [A]"));
    let from = arm.map_or(from, |rest| text.len() - rest.len());
    let to = text[from..].find(clause::is_stop).map_or(text.len(), |k| from + k);
    let people = [Kind::People, Kind::Arm].map(|kind| char::from(kind.symbol()));
    let whom = |k: Option<usize>, without: usize| k.map_or(without, |k| from + k);
    let first = whom(text[from..to].find(people), to);
    let rest = (whom(text[from..to].rfind(people), from) + 1).min(to);
    [(from, first), (rest, to)]
        .map(|(start, end)| clause::trimmed(text, start, end))
        .into_iter()
        .find(|(start, end)| clause::names_something(pack, &text[*start..*end]))
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
    let from = clause::start_of(text, to).max(since + 1).min(to);
    let parted = match text[..from].chars().next_back() {
        Some(';') => true,
        Some(')' | ']' | 'B') => clause::predicate(pack, &text[from..to]).is_some(),
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
    let place = clause::spoken(pack, text, from, to).filter(|_| !goes_on && clause::names_something(pack, lead))?;
    Some(Named { rule: None, at: masked.folded(place.0, place.1), place: None })
}
