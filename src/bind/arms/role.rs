//! Which arm is the control.

use super::{Arm, enumeration, label};
use crate::bind::document::Document;
use crate::model::{Role, RoleBy};
use crate::rules::{Kind, RulePack, Vocabulary};

/// Gives the arms their roles: by the words of their names, by what the text compares with what, else by order.
pub(super) fn assign(pack: &RulePack, document: &Document<'_, '_>, arms: &mut [Arm]) {
    if arms.len() < 2 {
        return;
    }
    let controls = controls_by_name(pack, arms, Vocabulary::Control)
        .or_else(|| controls_by_name(pack, arms, Vocabulary::LikelyControl))
        .or_else(|| comparator(pack, document, arms).map(|arm| vec![arm]))
        .or_else(|| untitled(document, arms).map(|arm| vec![arm]));
    let (controls, by) = match controls {
        Some(controls) => (controls, RoleBy::Cue),
        None => (vec![arms.len() - 1], RoleBy::Order),
    };
    for (index, arm) in arms.iter_mut().enumerate() {
        arm.role = Some(if controls.contains(&index) { Role::Control } else { Role::Intervention });
        arm.role_by = Some(by);
    }
}

/// The arms whose names hold a word of `list`, if some do and some do not.
fn controls_by_name(pack: &RulePack, arms: &[Arm], list: Vocabulary) -> Option<Vec<usize>> {
    let speaks = |arm: &Arm| {
        label::words_of(&arm.label).any(|(_, _, w)| pack.is_word(list, &w))
            || arm.names.iter().any(|n| n.0.iter().any(|w| pack.is_word(list, w)))
    };
    let found: Vec<usize> = (0..arms.len()).filter(|k| speaks(&arms[*k])).collect();
    (!found.is_empty() && found.len() < arms.len()).then_some(found)
}

/// The one of two arms that the title says nothing of, where it names the other.
fn untitled(document: &Document<'_, '_>, arms: &[Arm]) -> Option<usize> {
    let [first, second] = arms else { return None };
    let title = match &document.title {
        Some((text, _)) => text.folded(),
        None => document.sentences.first().map(|s| &document.text.folded()[s.sentence.start..s.sentence.end])?,
    };
    let title: Vec<String> = label::words_of(title).map(|(_, _, w)| w).collect();
    let own = |arm: &Arm, other: &Arm| {
        let words = arm.names.iter().flat_map(|n| &n.0);
        words.filter(|w| title.contains(w) && !other.names.iter().any(|n| n.0.contains(w))).count()
    };
    match (own(first, second), own(second, first)) {
        (0, 0) => None,
        (_, 0) => Some(1),
        (0, _) => Some(0),
        _ => None,
    }
}

/// The arm that the text most often puts after "versus" or "compared with".
fn comparator(pack: &RulePack, document: &Document<'_, '_>, arms: &[Arm]) -> Option<usize> {
    let mut votes = vec![0_u32; arms.len()];
    // Results are told either way round: only title and aims say what is compared with what.
    let aims = document.sentences.len() / 3;
    let sentences = document.sentences.iter().take(aims + 1).map(|s| (document.text, s));
    let title = document.title.iter().flat_map(|(text, sentences)| sentences.iter().map(|s| (*text, s)));
    for (text, sentence) in title.chain(sentences) {
        for (at, mention) in sentence.masked.top() {
            let versus = &sentence.masked.mentions()[mention];
            if versus.kind != Kind::Versus {
                continue;
            }
            let Some((left, right)) = enumeration::sides(pack, sentence.masked.text(), at, at + 1) else { continue };
            let named = |item: &enumeration::Item| {
                let (start, end) = sentence.masked.folded(item.start, item.end);
                let words: Vec<String> = label::words_of(&text.folded()[start..end])
                    .map(|(_, _, w)| w)
                    .filter(|w| label::is_telling(pack, w))
                    .collect();
                super::resolve::resolve(pack, arms, &words)
            };
            match (named(&left), named(&right)) {
                (Some(a), Some(b)) if a != b => votes[b] += 2,
                (None, Some(b)) => votes[b] += 1,
                _ => {}
            }
        }
    }
    let top = votes.iter().copied().max().filter(|v| *v > 0)?;
    let mut winners = votes.iter().enumerate().filter(|(_, v)| **v == top);
    let (winner, _) = winners.next()?;
    winners.next().is_none().then_some(winner)
}

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn controls_are_told_by_their_names_before_the_order() {
        assert_eq!(groups("They were randomised to placebo or letrozole."), ["arm control", "arm intervention"]);
        assert_eq!(groups("They were randomised to letrozole or exemestane."), ["arm intervention", "arm control"]);
    }
}
