//! What a noun phrase of no known name is the name of.

use crate::rules::{RulePack, Vocabulary};

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
        let only_how_much = pack.is_word(Vocabulary::Counted, &phrase[from..to]);
        (from + 1 < to && !only_how_much && !pack.is_word(Vocabulary::NotOutcome, first))
            .then_some((start + from, start + to))
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
    let Some(subject) = beyond_degree(subject.0, subject.1) else {
        // "There was less need of transfusion", "those on aspirin had more bleeding": the object alone names something.
        return beyond_degree(tail.0, tail.1);
    };
    match named(tail.0, tail.1) {
        // "Further visits were needed": a participle alone names nothing without its subject.
        Some((_, to)) if !phrase[tail.0..tail.1].contains(' ') && phrase[tail.0..].ends_with("ed") => {
            Some((subject.0, to))
        }
        Some(object) => Some(object),
        None => Some(subject),
    }
}
