//! Which arm some words name.

use super::{Arm, label};
use crate::model::Role;
use crate::rules::{RulePack, Vocabulary};

/// The one arm that `words` (telling ones, small letters) name; none where they name none, or could name two.
///
/// The trick: a name is judged by what it shares with the arm's, less what it leaves out; so "tamoxifen" is the arm of
/// tamoxifen alone, not that of tamoxifen with irradiation.
pub(super) fn resolve(pack: &RulePack, arms: &[Arm], words: &[String]) -> Option<usize> {
    if words.is_empty() {
        return None;
    }
    if let Some(arm) = by_role(pack, arms, words) {
        return Some(arm);
    }
    let mut best: Option<(i32, usize)> = None;
    let mut tied = false;
    for (index, arm) in arms.iter().enumerate() {
        let Some(score) = arm.names.iter().filter_map(|name| score(pack, name, words)).max() else { continue };
        match best {
            Some((top, _)) if score < top => {}
            Some((top, _)) if score == top => tied = true,
            _ => {
                best = Some((score, index));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, index)| index)
}

/// How well a name fits: shared words count most, words that only one side has count against it.
fn score(pack: &RulePack, name: &label::Label, words: &[String]) -> Option<i32> {
    let shared = name.shared(words) as i32;
    if shared == 0 {
        return None;
    }
    let missing = words.len() as i32 - shared;
    // "tamoxifen" is all that "tamoxifen alone" says.
    let told =
        name.0.iter().filter(|w| words.contains(w) || !pack.is_word(Vocabulary::LikelyControl, w)).count() as i32;
    let extra = told - shared;
    Some(shared * 10 - missing * 6 - extra)
}

/// "The control group", "the intervention group": by what the arm is there for.
fn by_role(pack: &RulePack, arms: &[Arm], words: &[String]) -> Option<usize> {
    let all = |list| words.iter().all(|w| pack.is_word(list, w));
    let literal = |word: &String| arms.iter().any(|a| a.names.iter().any(|n| n.0.contains(word)));
    if words.iter().any(literal) {
        return None;
    }
    let role = if all(Vocabulary::Control) {
        Role::Control
    } else if all(Vocabulary::Intervention) {
        Role::Intervention
    } else {
        return None;
    };
    let mut of_role = arms.iter().enumerate().filter(|(_, a)| a.role == Some(role));
    let first = of_role.next()?;
    of_role.next().is_none().then_some(first.0)
}
