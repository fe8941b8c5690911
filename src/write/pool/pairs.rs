//! Two arms set against each other: the same outcome, time, grade and denominator in an intervention and a control.

use std::collections::BTreeMap;

use crate::model::{Group, GroupKind, Role};

use super::context::{Context, Key};
use super::shares::Share;

/// Two shares of one study.
pub struct Pair<'s, 'a> {
    /// Of the intervention.
    pub first: &'s Share<'a>,
    /// Of the control.
    pub second: &'s Share<'a>,
    /// Label of the arm that other pairs of this outcome have too; it must not be counted twice.
    pub shared: &'a str,
    /// How the two were told apart: `cue`, `order`, or `unknown` where they stand as they are named.
    pub roles: &'static str,
    /// Why there are no numbers.
    pub withheld: Option<String>,
}

/// The pairs among the shares of a record.
pub fn pairs<'s, 'a>(context: &Context<'a>, shares: &'s [Share<'a>]) -> Vec<Pair<'s, 'a>> {
    let arms = shares.iter().filter_map(|share| {
        let group = share.group.filter(|group| group.kind == GroupKind::Arm)?;
        let arm = Arm { group, denominator: context.denominator(share.finding), item: share };
        Some((Context::key(share.finding).of_any_measure(), arm))
    });
    matched(arms)
        .into_iter()
        .map(|Matched { first, second, shared, roles, twice }| {
            let side = |name, share: &Share| share.withheld.as_ref().map(|why| format!("{name}: {why}"));
            let twice = twice.then(|| "an arm has two results for this".to_owned());
            let withheld = twice.or(side("first group", first)).or(side("second group", second));
            Pair { first, second, shared, roles, withheld }
        })
        .collect()
}

/// What is reported of an arm.
#[derive(Clone, Copy)]
pub struct Arm<'a, T> {
    /// The arm.
    pub group: &'a Group,
    /// Who was counted, where that is said.
    pub denominator: &'static str,
    /// What is reported.
    pub item: T,
}

/// Two arms with what is reported of them.
pub struct Matched<'a, T> {
    /// Of the intervention.
    pub first: T,
    /// Of the control.
    pub second: T,
    /// Label of an arm that stands in several matches.
    pub shared: &'a str,
    /// How they were told apart.
    pub roles: &'static str,
    /// Whether an arm has more than one result of this kind, so that it is not clear which belongs here.
    pub twice: bool,
}

/// Matches interventions with controls of the same key. Denominators that are said and differ (intention to treat, safety) are
/// kept apart.
pub fn matched<'a, T: Copy>(arms: impl Iterator<Item = (Key, Arm<'a, T>)>) -> Vec<Matched<'a, T>> {
    let mut by_key: BTreeMap<Key, Vec<Arm<T>>> = BTreeMap::new();
    for (key, arm) in arms {
        by_key.entry(key).or_default().push(arm);
    }
    by_key.into_values().flat_map(|all| matches_of(&all)).collect()
}

fn matches_of<'a, T: Copy>(all: &[Arm<'a, T>]) -> Vec<Matched<'a, T>> {
    let mut groups: Vec<&Group> = Vec::new();
    for arm in all {
        if groups.iter().all(|group| group.id != arm.group.id) {
            groups.push(arm.group);
        }
    }
    let of = |role| groups.iter().filter(move |group| group.role == Some(role)).copied().collect::<Vec<_>>();
    let (mut interventions, mut controls) = (of(Role::Intervention), of(Role::Control));
    let untold = groups.iter().all(|group| group.role.is_none());
    if untold && groups.len() == 2 {
        (interventions, controls) = (vec![groups[0]], vec![groups[1]]);
    }
    let mut matches = Vec::new();
    for a in interventions {
        for b in &controls {
            let roles = if untold { "unknown" } else { by(a).max(by(b)) };
            matches.extend(alike(all, a, b).into_iter().map(|alike| (a, *b, roles, alike)));
        }
    }
    let opposed = |a: &Group, b: &Group| a.id != b.id;
    let shared = |a: &'a Group, b: &'a Group| {
        let of_a = matches.iter().any(|(other, control, ..)| other.id == a.id && opposed(control, b));
        let of_b = matches.iter().any(|(other, control, ..)| control.id == b.id && opposed(other, a));
        if of_b {
            b.label.as_str()
        } else if of_a {
            a.label.as_str()
        } else {
            ""
        }
    };
    let matched =
        |&(a, b, roles, (first, second, twice))| Matched { first, second, shared: shared(a, b), roles, twice };
    matches.iter().map(matched).collect()
}

/// What is reported of both arms on the same people; where an arm has more than one such result, it is not clear which.
fn alike<T: Copy>(all: &[Arm<T>], a: &Group, b: &Group) -> Vec<(T, T, bool)> {
    let of = |group: &Group| all.iter().filter(|arm| arm.group.id == group.id).collect::<Vec<_>>();
    let (first, second) = (of(a), of(b));
    let mut pairs: Vec<(T, T, bool)> = Vec::new();
    for (place, arm) in first.iter().enumerate() {
        let is_same = |other: &&&Arm<T>| other.denominator == arm.denominator;
        let fits = |other: &&&Arm<T>| is_same(other) || arm.denominator.is_empty() || other.denominator.is_empty();
        let exact: Vec<_> = second.iter().filter(is_same).collect();
        let partners = if exact.is_empty() { second.iter().filter(fits).collect() } else { exact };
        let again = first.iter().enumerate().any(|(other, twin)| other != place && twin.denominator == arm.denominator);
        let Some(partner) = partners.first() else { continue };
        // Said once, however many there are.
        if !again || first[..place].iter().all(|earlier| earlier.denominator != arm.denominator) {
            pairs.push((arm.item, partner.item, again || partners.len() > 1));
        }
    }
    pairs
}

fn by(group: &Group) -> &'static str {
    group.role_by.map_or("", crate::write::rows::code)
}
