//! Section labels of structured abstracts: "METHODS:", "Results.", "PATIENTS AND METHODS —".

use crate::model::Section;

/// The words that name sections, as the rules list them.
#[derive(Debug, Clone, Default)]
pub struct SectionLabels {
    /// Lower-case label word and the section it names; earlier ones win when a label holds several.
    words: Vec<(String, Option<Section>)>,
}

/// A label found at the start of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    /// The section it opens; none for those that hold no findings ("FUNDING") and for unknown ones.
    pub section: Option<Section>,
    /// Whether what stands under it is known to hold no findings.
    pub aside: bool,
    /// Bytes up to the first word of the section's own text.
    pub length: usize,
}

/// Labels that need no mark behind them and no capitals: before a word with a capital they are nothing else.
const UNMISTAKABLE: &[&str] = &[
    "results",
    "findings",
    "methods",
    "patients and methods",
    "materials and methods",
    "purpose",
    "background",
    "objective",
    "objectives",
    "introduction",
    "conclusion",
    "conclusions",
    "interpretation",
];

/// Words in the longest label known ("DESIGN, SETTING, AND PARTICIPANTS").
const MOST_WORDS: usize = 7;

impl SectionLabels {
    /// Labels in order of strength: in "PATIENTS AND METHODS" the stronger word names the section.
    pub fn new(words: Vec<(String, Option<Section>)>) -> Self {
        Self { words }
    }

    /// The label that `text` opens with, if any. Before a colon any known word counts; before a full stop or a
    /// dash the label must stand alone and begin with a capital; with no mark behind it ("RESULTS Of 80 women") it
    /// must stand before a capital, and be written in capitals or be one that can hardly be anything else.
    pub(super) fn at_start(&self, text: &str) -> Option<Label> {
        let bytes = text.as_bytes();
        if !bytes.first()?.is_ascii_uppercase() {
            return None;
        }
        let mut end = 0;
        let mut words = 0;
        let mut best: Option<usize> = None;
        let mut all_known = true;
        let mut shouted = true;
        let mut opens_known = false;
        loop {
            let start = end;
            while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) {
                end += 1;
            }
            if start == end || words == MOST_WORDS {
                return None;
            }
            let word = &text[start..end];
            words += 1;
            shouted &= word.bytes().all(|b| b.is_ascii_uppercase());
            let rank = self.rank(word);
            let known = rank.is_some() || matches!(word.to_ascii_lowercase().as_str(), "and" | "of" | "the" | "main");
            all_known &= known;
            opens_known |= known && words == 1;
            best = best.into_iter().chain(rank).min();
            let skip = bytes[end..].iter().take_while(|b| matches!(b, b' ' | b'/' | b',' | b'&' | b'(' | b')')).count();
            match bytes.get(end + skip) {
                Some(b':') => {
                    // An unknown label in capitals still ends the section before it.
                    if !(shouted && words <= 4) && !(best.is_some() && (shouted || opens_known)) {
                        return None;
                    }
                    let section = best.and_then(|rank| self.words[rank].1);
                    return Some(Label { section, aside: best.is_some() && section.is_none(), length: end + skip + 1 });
                }
                Some(b'.' | b'-') if skip <= 1 && all_known => {
                    let section = self.words[best?].1;
                    let marks = bytes[end + skip..].iter().take_while(|b| matches!(b, b'.' | b'-' | b' ')).count();
                    // "Results - " opens a section, "Results-based" does not.
                    let spaced =
                        bytes[end + skip..end + skip + marks].contains(&b' ') || bytes.get(end + skip) == Some(&b'.');
                    let label = Label { section, aside: section.is_none(), length: end + skip + marks };
                    return spaced.then_some(label);
                }
                Some(b)
                    if skip == 1
                        && all_known
                        && best.is_some_and(|rank| self.words[rank].1.is_some())
                        && (shouted || UNMISTAKABLE.iter().any(|w| text[..end].eq_ignore_ascii_case(w)))
                        && self.opens_text(&text[end + skip..], *b) =>
                {
                    let section = best.and_then(|rank| self.words[rank].1);
                    return Some(Label { section, aside: false, length: end + skip });
                }
                Some(b) if skip > 0 && b.is_ascii_alphabetic() => end += skip,
                _ => return None,
            }
        }
    }

    /// Whether `rest`, which begins with `first`, is the text of a section and not more of its label.
    fn opens_text(&self, rest: &str, first: u8) -> bool {
        if first.is_ascii_digit() {
            return true;
        }
        let word = rest.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let more = self.rank(word).is_some()
            || matches!(word.to_ascii_lowercase().as_str(), "and" | "of")
                && word.len() < 4
                && word.bytes().all(|b| b.is_ascii_uppercase());
        first.is_ascii_uppercase() && !more && (word.len() == 1 || word.bytes().skip(1).all(|b| b.is_ascii_lowercase()))
    }

    fn rank(&self, word: &str) -> Option<usize> {
        self.words.iter().position(|(known, _)| known.eq_ignore_ascii_case(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> SectionLabels {
        SectionLabels::new(vec![
            ("methods".into(), Some(Section::Methods)),
            ("results".into(), Some(Section::Results)),
            ("patients".into(), Some(Section::Methods)),
            ("funding".into(), None),
        ])
    }

    #[test]
    fn labels_in_many_shapes() {
        let found = |text| labels().at_start(text).map(|l| (l.section, l.length));
        assert_eq!(found("RESULTS: We saw"), Some((Some(Section::Results), 8)));
        assert_eq!(found("PATIENTS AND METHODS: In all"), Some((Some(Section::Methods), 21)));
        assert_eq!(found("Results. In all"), Some((Some(Section::Results), 9)));
        assert_eq!(found("FUNDING: None"), Some((None, 8)));
        assert_eq!(found("TRIAL REGISTRATION: ISRCTN"), Some((None, 19)));
    }

    #[test]
    fn labels_without_a_mark_stand_before_a_capital() {
        let found = |text| labels().at_start(text).map(|l| (l.section, l.length));
        assert_eq!(found("RESULTS Of 80 women"), Some((Some(Section::Results), 8)));
        assert_eq!(found("PATIENTS AND METHODS In all"), Some((Some(Section::Methods), 21)));
        assert_eq!(found("Results 80 women"), Some((Some(Section::Results), 8)));
        assert_eq!(found("Patients Were"), None);
    }

    #[test]
    fn an_unknown_label_hides_nothing() {
        assert!(labels().at_start("ACRO: a trial").is_some_and(|l| l.section.is_none() && !l.aside));
        assert!(labels().at_start("FUNDING: None").is_some_and(|l| l.aside));
    }

    #[test]
    fn prose_is_no_label() {
        for text in ["Results were poor", "Results-based care", "In methods: x", "results: x"] {
            assert_eq!(labels().at_start(text), None, "{text}");
        }
    }
}
