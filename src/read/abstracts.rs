//! Which text of a record is its abstract, where an export gives several, and none where it only says that there is none.

use super::draft::Draft;
use super::markup::plain;
use crate::model::Severity::{Note, Warning};

/// Longest text that is compared with the ways to say "none".
const LONGEST_NONE: usize = 70;
/// Most sections that are compared with a further one.
const SECTIONS: usize = 32;
/// Ways in which exports say that there is no abstract, in small letters and without brackets around.
const NONE: &[&str] = &[
    "",
    "#n/a",
    "abstract",
    "abstract is not available",
    "abstract not available",
    "abstract unavailable",
    "empty",
    "n.a",
    "n/a",
    "na",
    "nan",
    "nil",
    "no abstract",
    "no abstract available",
    "no abstract available for this article",
    "no abstract is available",
    "no abstract is available for this article",
    "no abstract present",
    "no abstract provided",
    "none",
    "none available",
    "not applicable",
    "not available",
    "null",
    "undefined",
    "unknown",
];

/// The texts of a record that may be its abstract.
#[derive(Debug, Default)]
pub(super) struct Abstracts {
    main: Vec<String>,
    other: Vec<String>,
}

impl Abstracts {
    /// Offers the text of an abstract field; several are sections of one abstract.
    pub fn push(&mut self, text: &str) {
        offer(&mut self.main, text);
    }

    /// Offers the text of a field that may repeat the abstract or hold another (`N2` beside `AB`).
    pub fn push_other(&mut self, text: &str) {
        offer(&mut self.other, text);
    }

    /// Offers a text that is the abstract only where there is no other.
    pub fn push_fallback(&mut self, text: &str) {
        if self.main.is_empty() && self.other.is_empty() {
            self.push(text);
        }
    }

    /// The abstract; what was left out is noted.
    pub fn choose<T: Copy + PartialEq>(self, draft: &mut Draft<T>) -> Option<String> {
        let main = joined(self.main, draft);
        let other = joined(self.other, draft);
        let (Some(main), Some(other)) = (&main, &other) else { return main.or(other) };
        if main.split_whitespace().eq(other.split_whitespace()) {
            return Some(main.clone());
        }
        let message = "the record has two different abstracts; the longer one is used";
        draft.note(Warning, "abstract.two", message, draft.line);
        let longer = if other.len() > main.len() { other } else { main };
        Some(longer.clone())
    }
}

fn offer(texts: &mut Vec<String>, text: &str) {
    let text = plain(text);
    if !says_none(&text) && !texts.iter().rev().take(SECTIONS).any(|known| *known == text) {
        texts.push(text);
    }
}

/// Whether `text` only says that there is no abstract.
pub(super) fn says_none(text: &str) -> bool {
    if text.len() > LONGEST_NONE {
        return false;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '#').to_lowercase();
    NONE.contains(&bare.as_str())
}

fn joined<T: Copy + PartialEq>(mut texts: Vec<String>, draft: &mut Draft<T>) -> Option<String> {
    if texts.len() > 1 {
        let all = texts.len();
        texts.retain(|text| !is_copyright(text));
        if texts.len() < all {
            draft.note(Note, "abstract.copyright", "a copyright line is left out of the abstract", draft.line);
        }
    }
    if texts.len() > 1 { Some(texts.join(" ")) } else { texts.pop() }
}

/// Whether a text that stands beside an abstract is the publisher's notice.
fn is_copyright(text: &str) -> bool {
    const OPENINGS: [&str; 6] =
        ["copyright", "©", "(c) ", "[abstract from", "this abstract may be abridged", "(copyright"];
    let opening: String = text.chars().take(40).collect::<String>().to_lowercase();
    OPENINGS.iter().any(|known| opening.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(main: &[&str], other: &[&str]) -> (Option<String>, Vec<String>) {
        let mut draft = Draft::<u8>::new();
        let mut abstracts = Abstracts::default();
        for text in main {
            abstracts.push(text);
        }
        for text in other {
            abstracts.push_other(text);
        }
        let text = abstracts.choose(&mut draft);
        (text, draft.diagnostics.into_iter().map(|diagnostic| diagnostic.code).collect())
    }

    #[test]
    fn equal_texts_are_one_and_of_different_ones_the_longer_is_used() {
        assert_eq!(chosen(&["One text."], &["One  text."]), (Some("One text.".into()), vec![]));
        assert_eq!(
            chosen(&["Short."], &["The longer text."]),
            (Some("The longer text.".into()), vec!["abstract.two".into()])
        );
        assert_eq!(chosen(&["NA"], &["Text."]), (Some("Text.".into()), vec![]));
    }

    #[test]
    fn sections_are_joined_without_the_copyright_line() {
        let (text, codes) = chosen(&["Aim: to see.", "Results: seen.", "Copyright of X is the property of Y."], &[]);
        assert_eq!(text.as_deref(), Some("Aim: to see. Results: seen."));
        assert_eq!(codes, ["abstract.copyright"]);
    }

    #[test]
    fn words_for_no_abstract_are_none() {
        for text in
            ["NA", "N/A", "n.a.", "[No abstract available]", "-", "None.", "<p></p>", "#N/A", "Abstract not available."]
        {
            assert_eq!(chosen(&[text], &[]).0, None, "{text}");
        }
        assert!(chosen(&["None of 12 patients relapsed."], &[]).0.is_some());
    }
}
