//! Marking every place where an arm is named.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Arms;
use super::label::{Label, is_letter, is_telling, lettered, words_of};
use crate::bind::document::{Document, ReadSentence};
use crate::find::Mention;
use crate::rules::{Kind, RulePack, Vocabulary};

/// A word of a sentence that may be part of an arm's name.
#[derive(Debug)]
struct Word<'t> {
    start: usize,
    end: usize,
    text: Cow<'t, str>,
    /// Telling, and part of some arm's name or a word for a role.
    named: bool,
    /// "group", "arm": ends a name.
    closes: bool,
}

/// Puts an arm mention wherever the abstract names one. What stands in brackets behind a name is another name from
/// then on: "trastuzumab biosimilar (TZB)".
pub(in crate::bind) fn mark(pack: &RulePack, document: &mut Document<'_, '_>, arms: &mut Arms) {
    if arms.list.is_empty() {
        return;
    }
    let folded = document.text.folded();
    let names = words_of_names(arms);
    for read in &mut document.sentences {
        mark_sentence(pack, folded, read, arms, &names);
    }
    let short: Vec<(usize, Label)> = document.sentences.iter().flat_map(|read| short_names(folded, read)).collect();
    let known = |arms: &Arms, name: &Label| arms.list.iter().any(|a| a.names.iter().any(|n| n.shared(&name.0) > 0));
    let mut news = false;
    for (arm, name) in short {
        if !known(arms, &name) {
            arms.list[arm].names.push(name);
            news = true;
        }
    }
    let names = words_of_names(arms);
    for read in document.sentences.iter_mut().filter(|_| news) {
        mark_sentence(pack, folded, read, arms, &names);
    }
}

/// Every word of the arms' names, each once.
fn words_of_names(arms: &Arms) -> Vec<&str> {
    let names: BTreeSet<&str> =
        arms.list.iter().flat_map(|a| &a.names).flat_map(|n| &n.0).map(String::as_str).collect();
    names.into_iter().collect()
}

/// Abbreviations in brackets of their own behind the names of arms.
fn short_names(folded: &str, read: &ReadSentence<'_>) -> Vec<(usize, Label)> {
    let masked = &read.masked;
    let behind = |at: usize, mention: usize| {
        let arm = masked.mentions()[mention].arm?;
        let rest = masked.text().get(at + 1..)?;
        let rest = rest.strip_prefix(" group").or_else(|| rest.strip_prefix(" arm")).unwrap_or(rest);
        let inner = rest.trim_start().strip_prefix('(')?;
        let close = inner.find(')')?;
        let open = masked.text().len() - inner.len();
        let (start, end) = masked.folded(open, open + close);
        let short = &folded[start..end];
        let capitals = short.bytes().filter(u8::is_ascii_uppercase).count();
        let plain = inner[..close].bytes().all(|b| b.is_ascii_lowercase() || b == b'0');
        let shaped = (2..=LONGEST_SHORT).contains(&short.len()) && capitals > 0 && plain;
        // "group B (ER)": said once, it names nothing.
        let again = folded.matches(short).count() > 1;
        (shaped && again).then(|| (arm, Label(vec![short.to_ascii_lowercase()])))
    };
    let arms = masked.top().filter(|(_, m)| masked.mentions()[*m].kind == Kind::Arm);
    arms.filter_map(|(at, mention)| behind(at, mention)).collect()
}

/// Letters of the longest abbreviation of an arm's name.
const LONGEST_SHORT: usize = 8;

fn mark_sentence(pack: &RulePack, folded: &str, read: &mut ReadSentence<'_>, arms: &Arms, names: &[&str]) {
    let (start, end) = (read.sentence.start, read.sentence.end);
    let words: Vec<Word<'_>> =
        words_of(&folded[start..end]).map(|(s, e, text)| word(pack, names, start + s, start + e, text)).collect();
    if words.iter().all(|w| !w.named) && !names.iter().any(|n| n.starts_with('#')) {
        return;
    }
    let words = with_letters(folded, words, arms);
    let mut replacements: Vec<(usize, usize, Mention<'_>)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !words[at].named {
            at += 1;
            continue;
        }
        let stop = name_end(pack, folded, &words, at);
        for (from, to, arm) in split(pack, &words[at..stop], arms) {
            let named = (from, to);
            let Some((place, from, to)) = read.masked.covering(from, to) else { continue };
            // Two names may touch the same dose: the first has it.
            if replacements.last().is_some_and(|r| r.1 > place.0) || !is_whole(folded, read, place, named) {
                continue;
            }
            if read.masked.is_plain(
                place.0,
                place.1,
                &[
                    Kind::Junk,
                    Kind::Time,
                    Kind::Int,
                    Kind::Percent,
                    Kind::Word,
                    Kind::Duration,
                    Kind::Amount,
                    Kind::People,
                    Kind::Outcome,
                ],
            ) {
                let mut mention = Mention::new(Kind::Arm, Some(arms.list[arm].rule), from, to);
                mention.arm = Some(arm);
                replacements.push((place.0, place.1, mention));
            }
        }
        at = stop;
    }
    read.replace(replacements);
}

/// Whether a name covers whole mentions, or is cut only by a dose ("500" in "fulvestrant 500 mg"); and is more than a
/// number.
fn is_whole(folded: &str, read: &ReadSentence<'_>, place: (usize, usize), named: (usize, usize)) -> bool {
    let is_dose = |m: usize| {
        let mention = &read.masked.mentions()[m];
        let words = folded[mention.start..mention.end].to_ascii_lowercase();
        mention.kind == Kind::Junk
            || mention.kind == Kind::Amount && ["mg", "ug", "gy", "iu"].iter().any(|u| words.contains(u))
    };
    let cut = |m: usize| {
        let mention = &read.masked.mentions()[m];
        mention.start < named.0 || mention.end > named.1
    };
    let mut inside = (place.0..place.1).filter_map(|at| read.masked.mention_at(at)).peekable();
    let bare = folded[named.0..named.1].bytes().all(|b| !b.is_ascii_alphabetic());
    if bare && !inside.peek().is_some_and(|m| is_dose(*m)) {
        return false;
    }
    // "control patients" are one mention of people.
    let counted = |m: usize| {
        let mention = &read.masked.mentions()[m];
        mention.kind == Kind::People && mention.start == named.0
    };
    inside.all(|m| !cut(m) || is_dose(m) || counted(m))
}

/// The words with "group A" and the like as one; of "arms A, B and C" each letter is one.
fn with_letters<'t>(folded: &str, words: Vec<Word<'t>>, arms: &Arms) -> Vec<Word<'t>> {
    let known = |letter: &str| {
        let wanted = lettered(letter);
        arms.list.iter().any(|a| a.names.iter().any(|n| n.0.contains(&wanted))).then_some(wanted)
    };
    if !arms.list.iter().any(|a| a.names.iter().any(|n| n.0.iter().any(|w| w.starts_with('#')))) {
        return words;
    }
    let mut joined: Vec<Word<'t>> = Vec::new();
    let mut listing = false;
    for mut word in words {
        let capital =
            folded.as_bytes()[word.start].is_ascii_uppercase() || folded.as_bytes()[word.start].is_ascii_digit();
        let wanted = (capital && is_letter(&word.text)).then(|| known(&word.text)).flatten();
        let before = joined.last();
        let group = before.is_some_and(|b| matches!(&*b.text, "group" | "arm" | "cohort") && b.end + 1 == word.start);
        match wanted {
            Some(wanted) if group => {
                let start = joined.pop().map_or(word.start, |b| b.start);
                joined.push(Word { start, text: wanted.into(), named: true, closes: true, ..word });
                listing = true;
            }
            Some(wanted) if listing => {
                word.text = wanted.into();
                joined.push(Word { named: true, closes: true, ..word });
            }
            _ => {
                listing &=
                    matches!(&*word.text, "and" | "or" | "versus" | "vs") || word.start > 0 && is_number(&word.text);
                joined.push(word);
            }
        }
    }
    joined
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

fn word<'t>(pack: &RulePack, names: &[&str], start: usize, end: usize, text: Cow<'t, str>) -> Word<'t> {
    let in_name = names.contains(&&*text);
    let role_word = || pack.is_word(Vocabulary::Control, &text) || pack.is_word(Vocabulary::Intervention, &text);
    let closes = matches!(&*text, "group" | "arm" | "cohort" | "recipient");
    Word { start, end, named: in_name && is_named(pack, &text) || role_word(), closes, text }
}

/// Whether a word may stand between two words of one name.
fn is_glue(pack: &RulePack, text: &str) -> bool {
    matches!(
        text,
        "plus"
            | "and"
            | "with"
            | "without"
            | "or"
            | "of"
            | "the"
            | "in"
            | "followed"
            | "by"
            | "alone"
            | "therapy"
            | "treatment"
            | "treated"
            | "only"
            | "no"
            | "dose"
            | "mg"
            | "m2"
            | "group"
    ) || !is_telling(pack, text) && text.len() <= 4
}

/// Words that are too common to begin a name.
fn is_named(pack: &RulePack, text: &str) -> bool {
    is_telling(pack, text) && !matches!(text, "no" | "not" | "only" | "without")
}

/// One past the last word of the name that begins at `at`.
fn name_end(pack: &RulePack, folded: &str, words: &[Word<'_>], at: usize) -> usize {
    let mut stop = at + 1;
    let mut next = stop;
    while next < words.len() {
        let between = &folded[words[next - 1].end..words[next].start];
        if !between.bytes().all(|b| matches!(b, b' ' | b'-' | b'/' | b'+' | b'\'' | b'"')) || next - at > 14 {
            break;
        }
        if words[next].closes {
            return next + 1;
        }
        if words[next].named || words[next].text == "alone" {
            stop = next + 1;
        } else if !is_glue(pack, &words[next].text) {
            break;
        }
        next += 1;
    }
    stop
}

/// The arms that a run of words names: the whole run one arm, or its parts around "and", "or" and the like several.
fn split(pack: &RulePack, words: &[Word<'_>], arms: &Arms) -> Vec<(usize, usize, usize)> {
    let telling = |part: &[Word<'_>]| -> Vec<String> {
        part.iter().filter(|w| w.named || w.text == "alone").map(|w| w.text.clone().into_owned()).collect()
    };
    let closed = words.last().is_some_and(|w| w.closes);
    let role_only = |part: &[Word<'_>]| {
        part.iter().all(|w| !arms.list.iter().any(|a| a.names.iter().any(|n| n.0.iter().any(|n| *n == w.text))))
    };
    let pieces: Vec<&[Word<'_>]> =
        words.split(|w| matches!(&*w.text, "and" | "or" | "than" | "versus")).filter(|p| !p.is_empty()).collect();
    if pieces.len() > 1 {
        let named: Vec<Option<usize>> = pieces.iter().map(|p| arms.resolve(pack, &telling(p))).collect();
        let distinct = named.iter().flatten().collect::<BTreeSet<_>>().len();
        let whole_exact =
            arms.list.iter().any(|a| a.names.iter().any(|n| n.0.len() > 1 && n.shared(&telling(words)) == n.0.len()));
        if named.iter().all(Option::is_some) && distinct == pieces.len() && !whole_exact {
            return pieces
                .iter()
                .zip(named)
                .filter_map(|(p, arm)| Some((p.first()?.start, p.last()?.end, arm?)))
                .collect();
        }
    }
    // A word for a role alone ("control", "treatment") names an arm only as "the control group".
    if role_only(words) && !closed {
        return Vec::new();
    }
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Vec::new() };
    arms.resolve(pack, &telling(words)).map(|arm| (first.start, last.end, arm)).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::bind::example::findings;

    #[test]
    fn lettered_groups_and_doses_are_found_again() {
        let text = "They were randomised to yoga (group A, n = 40) or rest (group B, n = 38). Relapse was seen in 31% in \
                    group A and 57% in group B.";
        let found = findings(text);
        assert_eq!(found.len(), 2);
        assert!(found[0].group.is_some() && found[0].group != found[1].group);
    }
}
