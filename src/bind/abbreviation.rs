//! Abbreviations that the abstract itself defines: "transfusion independence (TI)".
//!
//! An abbreviation of a known outcome's words extends the outcomes for this abstract; an abbreviation of other words
//! ("controlled release (CR)") takes that reading away from it.

use crate::rules::{Kind, RulePack, Term};

/// The terms of a text, with the abbreviations it defines applied.
pub(super) fn apply(pack: &RulePack, folded: &str, mut terms: Vec<Term>) -> Vec<Term> {
    for (open, _) in folded.match_indices('(') {
        let Some(short) = abbreviation(folded, open + 1) else { continue };
        let before = folded[..open].trim_end().len();
        let named = terms.iter().rfind(|t| t.end == before && is_outcome(pack, t)).copied();
        let own = terms.iter().find(|t| t.start == open + 1 && t.end == open + 1 + short.len()).map(|t| t.rule);
        match named {
            Some(term) if own != Some(term.rule) && term.end - term.start > short.len() => {
                let rule = term.rule;
                terms.retain(|t| &folded[t.start..t.end] != short);
                let found: Vec<Term> =
                    occurrences(folded, short).map(|start| Term { rule, start, end: start + short.len() }).collect();
                terms.retain(|t| found.iter().all(|f| f.end <= t.start || f.start >= t.end));
                terms.extend(found);
                terms.sort_by_key(|t| t.start);
            }
            None if own.is_some() && initials_match(&folded[..before], short) => {
                terms.retain(|t| &folded[t.start..t.end] != short);
            }
            _ => {}
        }
    }
    terms
}

fn is_outcome(pack: &RulePack, term: &Term) -> bool {
    pack.term(term.rule).is_some_and(|makes| makes.kind == Kind::Outcome)
}

/// The abbreviation in the brackets that open before `at`: capitals and digits, perhaps a small letter or a hyphen.
fn abbreviation(folded: &str, at: usize) -> Option<&str> {
    let rest = &folded[at..];
    let end = rest.find([')', ';', ',', ' ', ']'])?;
    let short = &rest[..end];
    let capitals = short.bytes().filter(u8::is_ascii_uppercase).count();
    let shaped = (2..=8).contains(&short.len())
        && capitals >= 2
        && short.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (shaped && rest.as_bytes()[end] == b')').then_some(short)
}

/// The abbreviations that a text defines, each with the words before its brackets that its letters begin.
pub(super) fn defined(folded: &str) -> Vec<(&str, &str)> {
    folded
        .match_indices('(')
        .filter_map(|(open, _)| {
            let short = abbreviation(folded, open + 1)?;
            let before = folded[..open].trim_end();
            let long = spelled_out(before, short)?;
            Some((short, long))
        })
        .collect()
}

/// The tail of `before` whose words begin with the letters of `short`.
fn spelled_out<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let first = short.bytes().find(u8::is_ascii_alphabetic)?.to_ascii_lowercase();
    let words = short.bytes().filter(u8::is_ascii_uppercase).count() + 2;
    let from = before.len().saturating_sub(120);
    let tail = before.get(from..)?;
    tail.char_indices()
        .filter(|(at, c)| c.is_ascii_alphanumeric() && (*at == 0 || !tail.as_bytes()[at - 1].is_ascii_alphanumeric()))
        .map(|(at, _)| &tail[at..])
        .filter(|t| t.as_bytes()[0].to_ascii_lowercase() == first)
        .find(|t| t.split([' ', '-', '/']).count() <= words && initials_match(t, short))
}

/// Whether the capitals of `short` are, in order, initials among the last words of `before`.
fn initials_match(before: &str, short: &str) -> bool {
    let wanted: Vec<u8> = short.bytes().filter(u8::is_ascii_uppercase).map(|b| b.to_ascii_lowercase()).collect();
    let initials: Vec<u8> = before
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| w.as_bytes()[0].to_ascii_lowercase())
        .collect();
    let from = initials.len().saturating_sub(wanted.len() + 2);
    let mut tail = initials[from..].iter();
    wanted.iter().all(|w| tail.any(|i| i == w))
}

/// Places where `word` stands as a word.
fn occurrences<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let bytes = text.as_bytes();
        let free = |k: Option<&u8>| !k.is_some_and(u8::is_ascii_alphanumeric);
        free(at.checked_sub(1).and_then(|k| bytes.get(k))) && free(bytes.get(at + word.len()))
    })
}
