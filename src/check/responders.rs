//! Whether the label of a subgroup names the people who had a response ("subjects in remission without relapse").
//!
//! The trick is to ask the outcome's own words: the label must hold all of them, or their abbreviation, or a plain word
//! for responders, with nothing before it that turns it round and nothing that makes it a state at entry.

use crate::model::{Finding, Group};
use crate::rules::ResponderWords;

/// Words that a negation reaches over.
const REACH: usize = 3;

/// Whether the label of a group names the people with this response; `only` if no other response is counted.
pub fn names_responders(words: &ResponderWords, group: &Group, response: &Finding, only: bool) -> bool {
    let label = tokens(&group.label);
    if label.iter().any(|token| words.at_entry.contains(token)) {
        return false;
    }
    let place = place_of_outcome(&label, &group.label, &response.outcome.text).or_else(|| {
        let general = only || response.outcome.id.as_deref() == Some("overall_response");
        label.iter().position(|token| general && words.words.contains(token))
    });
    let Some(place) = place else { return false };
    let before = &label[place.saturating_sub(REACH)..place];
    !before.iter().any(|token| words.negations.contains(token))
}

/// Where the label first names the outcome: by all of its words in their order, or by the abbreviation in its brackets.
fn place_of_outcome(label: &[String], printed: &str, outcome: &str) -> Option<usize> {
    let (name, abbreviation) = match outcome.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches([')', ' '])),
        None => (outcome, outcome),
    };
    let name = tokens(name);
    let whole = label.windows(name.len().max(1)).position(|window| window == name);
    whole.or_else(|| {
        let short =
            is_abbreviation(abbreviation) && printed.split(|c: char| !c.is_alphanumeric()).any(|w| w == abbreviation);
        let token = abbreviation.to_lowercase();
        label.iter().position(|word| short && *word == token)
    })
}

fn is_abbreviation(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).count() >= 2 && !word.contains(' ')
}

fn tokens(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::build::{finding, subgroup, thresholds};

    fn names(label: &str, outcome: &str) -> bool {
        let group = subgroup(2, label, 30);
        let response = finding("complete_remission").words(outcome).done();
        names_responders(&thresholds().responders, &group, &response, false)
    }

    #[test]
    fn the_outcomes_own_words_name_them() {
        assert!(names("people with complete remission and no relapse", "complete remission"));
        assert!(names("patients in CR who stayed off treatment", "complete remission (CR)"));
        assert!(!names("patients with partial remission", "complete remission"));
    }

    #[test]
    fn what_is_turned_round_or_stood_at_entry_does_not() {
        assert!(!names("people without a complete remission", "complete remission"));
        assert!(!names("patients not in complete remission", "complete remission"));
        assert!(!names("patients transplanted in first complete remission", "complete remission"));
    }

    #[test]
    fn a_plain_word_needs_an_overall_response() {
        let group = subgroup(2, "responders", 30);
        let words = &thresholds().responders;
        let overall = finding("overall_response").words("objective response").done();
        let complete = finding("complete_remission").words("complete remission").done();
        assert!(names_responders(words, &group, &overall, false));
        assert!(!names_responders(words, &group, &complete, false));
        assert!(names_responders(words, &group, &complete, true));
    }
}
