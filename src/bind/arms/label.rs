//! Labels of arms as sets of telling words.

use std::borrow::Cow;

use crate::rules::{RulePack, Vocabulary};

/// The telling words of a label, in order, each once, in small letters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::bind) struct Label(pub Vec<String>);

impl Label {
    /// The telling words of `text`.
    pub fn of(pack: &RulePack, text: &str) -> Self {
        let mut words = Vec::new();
        for (_, _, word) in words_of(text) {
            if is_telling(pack, &word) && !words.iter().any(|w| *w == word) {
                words.push(word.into_owned());
            }
        }
        Self(words)
    }

    /// Whether both have the same words.
    pub fn same(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|w| other.0.contains(w))
    }

    /// Whether one name may be a shorter form of the other: "exercise" and "home exercise", not "home exercise" and
    /// "group exercise".
    pub fn fits(&self, other: &Self) -> bool {
        let shorter = self.0.len().min(other.0.len());
        let shared = self.shared(&other.0);
        shared > 0 && (shared == shorter || shared * 3 >= shorter * 2)
    }

    /// Whether it is the letter of a group.
    pub fn is_letter(&self) -> bool {
        matches!(self.0.as_slice(), [word] if word.starts_with('#'))
    }

    /// How many words both have.
    pub fn shared(&self, other: &[String]) -> usize {
        self.0.iter().filter(|w| other.contains(w)).count()
    }
}

/// Whether `word` (small letters) says which arm is meant.
pub(super) fn is_telling(pack: &RulePack, word: &str) -> bool {
    if pack.is_word(Vocabulary::Control, word) || pack.is_word(Vocabulary::LikelyControl, word) {
        return true;
    }
    !pack.is_word(Vocabulary::ArmFiller, word)
}

/// Whether a word (small letters) is the letter or number of a group: "a", "2", "iii".
pub(super) fn is_letter(word: &str) -> bool {
    let one = word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphanumeric());
    one || matches!(word, "ii" | "iii" | "iv")
}

/// The word that stands for a lettered group: no word of the text is it, so that "a" is never taken for group A.
pub(super) fn lettered(letter: &str) -> String {
    format!("#{letter}")
}

/// The words of `text` with their bytes, in small letters; a plural is its singular.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = (usize, usize, Cow<'_, str>)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        at += bytes[at..].iter().take_while(|b| !b.is_ascii_alphanumeric()).count();
        let start = at;
        at += bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        (start < at).then(|| (start, at, singular(&text[start..at])))
    })
}

fn singular(word: &str) -> Cow<'_, str> {
    let mut word = if word.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    };
    // One treatment with several names.
    if matches!(&*word, "irradiation" | "radiation" | "irradiated" | "rt" | "xrt") {
        return Cow::Borrowed("radiotherapy");
    }
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 3 && !stem.ends_with(['s', 'u', 'i']));
    if let Some(length) = stem.map(str::len) {
        match &mut word {
            Cow::Owned(word) => word.truncate(length),
            Cow::Borrowed(word) => *word = &word[..length],
        }
    }
    word
}

/// A label without the articles, verbs and brackets around it; and the bytes it keeps of `text`.
pub(super) fn trimmed(text: &str) -> (usize, usize) {
    let mut start = 0;
    let mut end = text.len();
    loop {
        let before = (start, end);
        let inner = &text[start..end];
        start += inner.len() - inner.trim_start_matches([' ', ',', ';', ':', '-', '(', '[', '.', '"', '\'']).len();
        let inner = &text[start..end.max(start)];
        for lead in [
            "the ",
            "a ",
            "an ",
            "either ",
            "receive ",
            "receiving ",
            "received ",
            "undergo ",
            "to ",
            "with ",
            "and ",
            "or ",
            "of ",
            "in ",
            "for ",
            "one of ",
            "both ",
            "their ",
        ] {
            if inner.len() > lead.len()
                && inner.is_char_boundary(lead.len())
                && inner[..lead.len()].eq_ignore_ascii_case(lead)
            {
                start += lead.len();
                break;
            }
        }
        let inner = &text[start..end.max(start)];
        end = start + inner.trim_end_matches([' ', ',', ';', ':', '-', '(', '[', '.', '"', '\'']).len();
        for tail in [" and", " or", " the", " to", " in", " with", " of", " versus", " vs", " who", " was", " were"] {
            let inner = &text[start..end];
            if inner.len() > tail.len() && inner[inner.len() - tail.len()..].eq_ignore_ascii_case(tail) {
                end -= tail.len();
                break;
            }
        }
        if (start, end) == before {
            return before;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_what_is_around_them() {
        let (start, end) = trimmed("to receive the exercise program, or");
        assert_eq!(&"to receive the exercise program, or"[start..end], "exercise program");
    }

    #[test]
    fn plurals_are_their_singulars() {
        let words: Vec<_> = words_of("Controls, analysis and steroids").map(|(_, _, w)| w).collect();
        assert_eq!(words, ["control", "analysis", "and", "steroid"]);
    }
}
