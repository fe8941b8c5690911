//! Which arm is the control.

use super::{Arm, label};
use crate::bind::document::Document;
use crate::model::{Role, RoleBy};
use crate::rules::{RulePack, Vocabulary};

/// Gives the arms their roles: by the words of their names, by what one has and the other
/// has not, by the title, else by order.
pub(super) fn assign(pack: &RulePack, document: &Document<'_, '_>, arms: &mut [Arm]) {
    if arms.len() < 2 {
        return;
    }
    let controls = controls_by_name(pack, arms, Vocabulary::Control)
        .or_else(|| controls_by_name(pack, arms, Vocabulary::LikelyControl))
        .or_else(|| part_of_all(arms).map(|arm| vec![arm]))
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

/// The arm whose treatment every other has too, with something more: "paclitaxel" beside "paclitaxel plus
/// trastuzumab".
fn part_of_all(arms: &[Arm]) -> Option<usize> {
    let within = |less: &Arm, more: &Arm| {
        let (less, more) = (&less.names[0].0, &more.names[0].0);
        !less.is_empty() && less.len() < more.len() && less.iter().all(|w| !w.starts_with('#') && more.contains(w))
    };
    let others = |k: usize| arms.iter().enumerate().filter(move |(other, _)| *other != k);
    (0..arms.len()).find(|k| others(*k).all(|(_, other)| within(&arms[*k], other)))
}

/// The one of two arms that the title says nothing of, where it names the other.
fn untitled(document: &Document<'_, '_>, arms: &[Arm]) -> Option<usize> {
    let [first, second] = arms else { return None };
    let (title, _) = document.title.as_ref()?;
    let title: Vec<String> = label::words_of(title.folded()).map(|(_, _, w)| w.into_owned()).collect();
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

#[cfg(test)]
mod tests {
    use crate::bind::example::groups;

    #[test]
    fn controls_are_told_by_their_names_before_the_order() {
        assert_eq!(groups("They were randomised to placebo or letrozole."), ["arm control", "arm intervention"]);
        assert_eq!(groups("They were randomised to letrozole or exemestane."), ["arm intervention", "arm control"]);
    }
}
