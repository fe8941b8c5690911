//! Sizes of groups: arms that add up to what was split, and sets that shrink from screening to evaluation.

use crate::model::{Basis, Cue, Group, GroupKind, Verdict};

use super::catalogue::{COUNTS_SUM, GROUPS_FLOW};
use super::phrase;
use super::range::Range;
use super::sheet::{Row, Sheet};
use super::study::{Study, group_size};
use super::wording::tokens;

/// By how much a later set may exceed an earlier one and still be thought to be of the same people.
const LARGEST_EXCESS: f64 = 1.5;

/// `counts.sum`: the arms of one split add up to its total.
pub fn sum(study: &Study, sheet: &mut Sheet) {
    for whole in study.record.groups.iter().filter(|group| group.kind == GroupKind::All && group_size(group).is_some())
    {
        let after = |arm: &&Group| is_part_of(arm, whole) && place(whole).start < place(arm).start;
        let arms: Vec<&Group> = study.record.groups.iter().filter(after).collect();
        if arms.len() < 2 {
            continue;
        }
        match splits(study, whole, &arms) {
            Ok(together) => sum_row(study, sheet, whole, &arms, together),
            Err(why) => sheet.stop_groups(COUNTS_SUM, [whole.id].into_iter().chain(arms.iter().map(|arm| arm.id)), why),
        }
    }
}

fn is_part_of(arm: &Group, whole: &Group) -> bool {
    let of_it = arm.parent.is_none_or(|parent| parent == whole.id);
    arm.kind == GroupKind::Arm && of_it && (arm.basis == whole.basis || arm.basis.is_none())
}

/// Whether the arms are all that the total was split into, and whether one sentence says so.
fn splits(study: &Study, whole: &Group, arms: &[&Group]) -> Result<bool, String> {
    let sentence = |arm: &&Group| study.in_one_sentence(place(whole), place(arm));
    let together = arms.iter().all(sentence);
    if let Some(cue) = stopping(study, arms, whole) {
        return Err(study.phrase(cue));
    }
    if arms.iter().any(|arm| group_size(arm).is_none()) {
        return Err("the size of an arm is not reported".to_owned());
    }
    let said_of_arms = arms.iter().all(|arm| arm.basis == whole.basis);
    let split = matches!(whole.basis, Some(Basis::Enrolled | Basis::Randomised));
    if !study.counts_people(whole) {
        return Err("the total may count something else than people".to_owned());
    }
    if whole.basis.is_none() || !(said_of_arms || (split && together)) {
        return Err("the words do not say that the arms share out the total".to_owned());
    }
    let whole_n = group_size(whole).unwrap_or_default();
    let rest = whole_n - total(arms);
    if together && rest > 0.0 && stands_beside(study, whole, rest) {
        return Err(format!("the sentence also names {}, which completes the total", phrase::count(rest)));
    }
    if rest != 0.0
        && let Some(why) = other_total(study, whole, arms)
    {
        return Err(why);
    }
    Ok(together)
}

/// Why the arms may share out another number than the total: it is printed too, or some of them are parts of others.
fn other_total(study: &Study, whole: &Group, arms: &[&Group]) -> Option<String> {
    let sum = total(arms);
    let n = group_size(whole)?;
    let figures = phrase::count(sum);
    let printed = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default();
        text.split(|c: char| !c.is_ascii_digit() && c != ',').any(|number| number.replace(',', "") == figures)
    };
    let reference = &study.record.reference;
    if printed(&reference.abstract_text) || study.record.groups.iter().any(|g| group_size(g) == Some(sum)) {
        return Some(format!("the abstract also gives {figures}, which is the sum of the arms"));
    }
    let sizes: Vec<f64> = arms.iter().filter_map(|arm| group_size(arm)).collect();
    if sizes.iter().any(|size| *size > n) {
        return Some("an arm is larger than the total, which may count something else".to_owned());
    }
    let twice = |(i, arm): (usize, &&Group)| arms[..i].iter().any(|other| other.label.eq_ignore_ascii_case(&arm.label));
    if arms.iter().enumerate().any(twice) {
        return Some("an arm is named twice, so that there may be several splits".to_owned());
    }
    let sentence = study.sentence_around(place(whole)).map(|sentence| tokens(&sentence)).unwrap_or_default();
    if sentence.iter().filter(|token| *token == "n").count() > arms.len() {
        return Some("the sentence gives more sizes than there are arms".to_owned());
    }
    let some_make_it = (1..sizes.len()).any(|most| (sizes[..most].iter().sum::<f64>() - n).abs() < 0.5);
    some_make_it.then(|| "the first of the arms make up the total, so that the others may be parts of them".to_owned())
}

/// The first cue that stops the sum: for the whole abstract, or in the sentence of a size.
fn stopping<'a>(study: &Study<'a>, arms: &[&Group], whole: &Group) -> Option<&'a Cue> {
    let beside =
        |cue: &Cue| arms.iter().copied().chain([whole]).any(|group| study.in_one_sentence(cue.at, place(group)));
    study.record.cues.iter().find(|cue| {
        study.thresholds.cues_of(COUNTS_SUM.0).any(|lists| {
            (lists.throughout.contains(&cue.kind) && (cue.everywhere || beside(cue)))
                || (lists.here.contains(&cue.kind) && beside(cue))
        })
    })
}

fn place(group: &Group) -> crate::model::Span {
    group.n.as_ref().map_or(group.at, |n| n.at)
}

fn total(arms: &[&Group]) -> f64 {
    arms.iter().filter_map(|arm| group_size(arm)).sum()
}

/// Whether a number of just this size stands in the same sentence as a group's: an arm that was not recognised.
fn stands_beside(study: &Study, group: &Group, n: f64) -> bool {
    let Some(sentence) = study.sentence_around(place(group)) else { return false };
    let figures = phrase::count(n);
    sentence.split(|c: char| !c.is_ascii_digit()).any(|number| number == figures)
}

fn sum_row(study: &Study, sheet: &mut Sheet, whole: &Group, arms: &[&Group], together: bool) {
    let (Some(n), Some(size)) = (group_size(whole), &whole.n) else { return };
    let sum = total(arms);
    let parts: Vec<String> = arms.iter().filter_map(|arm| group_size(arm)).map(phrase::count).collect();
    let claim = format!("{} make {}", parts.join(" + "), phrase::count(sum));
    let (verdict, message) = if (sum - n).abs() < 0.5 {
        (Verdict::Consistent, format!("{claim}, the number split."))
    } else {
        let certain = together && whole.basis == Some(Basis::Randomised);
        let told = format!("{claim}, but {} are said to have been split between them.", phrase::count(n));
        (study.flag(COUNTS_SUM, certain), told)
    };
    let row =
        Row::new(COUNTS_SUM, verdict, message).groups([whole.id].into_iter().chain(arms.iter().map(|arm| arm.id)));
    sheet.push(row.reported(size).expected(Range::point(sum)));
}

/// `groups.flow`: evaluable ≤ treated ≤ randomised ≤ screened, each within the one before.
pub fn flow(study: &Study, sheet: &mut Sheet) {
    let mut sets: Vec<(Basis, &Group)> = study
        .record
        .groups
        .iter()
        .filter_map(|group| Some((group.basis?, group)))
        // People may be enrolled in one way and randomised in another.
        .filter(|(basis, group)| *basis != Basis::Enrolled && group_size(group).is_some())
        .collect();
    sets.sort_by_key(|(basis, _)| *basis);
    for (i, (wider, outer)) in sets.iter().enumerate() {
        let inner = sets[i + 1..].iter().find(|(narrower, inner)| narrower != wider && same_people(outer, inner));
        let Some((narrower, inner)) = inner else { continue };
        if are_of_one(study, outer, inner) {
            flow_row(study, sheet, (*wider, outer), (*narrower, inner));
        } else {
            let why = "the two sizes may be of different people";
            sheet.stop_groups(GROUPS_FLOW, [outer.id, inner.id], why);
        }
    }
}

/// Whether two sets are of the whole study, or of an arm under the same label.
fn same_people(a: &Group, b: &Group) -> bool {
    let whole = a.kind == GroupKind::All && b.kind == GroupKind::All;
    let arm = a.kind == GroupKind::Arm && b.kind == GroupKind::Arm && a.label.eq_ignore_ascii_case(&b.label);
    whole || arm
}

/// Whether a later set is surely of the people of the earlier; one that is not larger can be.
fn are_of_one(study: &Study, outer: &Group, inner: &Group) -> bool {
    let (Some(n), Some(m)) = (group_size(outer), group_size(inner)) else { return false };
    if m <= n {
        return true;
    }
    let words = &study.thresholds.words;
    let outsider = |group: &Group| tokens(&group.label).iter().any(|token| words.outsiders.contains(token));
    let people = study.counts_people(outer) && study.counts_people(inner) && !outsider(outer) && !outsider(inner);
    let only = |group: &Group| group.kind == GroupKind::Arm || group.basis.is_some_and(|basis| is_only(study, basis));
    let (first, second) = (place(outer), place(inner));
    let between = study.between(first, second).unwrap_or_default();
    let other_group = tokens(&between).iter().any(|token| words.sets.contains(token));
    let follows = first.field == second.field && first.start < second.start && !other_group;
    people && only(outer) && only(inner) && follows && m <= LARGEST_EXCESS * n
}

fn flow_row(study: &Study, sheet: &mut Sheet, (wider, outer): (Basis, &Group), (narrower, inner): (Basis, &Group)) {
    let ids = [outer.id, inner.id];
    let pooled = study.is_pooled()
        || study.record.cues.iter().any(|cue| {
            cue.everywhere && study.thresholds.cues_of(GROUPS_FLOW.0).any(|lists| lists.throughout.contains(&cue.kind))
        });
    if pooled {
        return sheet.stop_groups(GROUPS_FLOW, ids, "several studies or periods are counted together");
    }
    let (Some(n), Some(m), Some(size)) = (group_size(outer), group_size(inner), &inner.n) else { return };
    let claim = format!("{} {} of {} {}", phrase::count(m), basis(narrower), phrase::count(n), basis(wider));
    let (verdict, message) = if m > n {
        (study.flag(GROUPS_FLOW, true), format!("{claim}: the later set is larger than the earlier."))
    } else {
        (Verdict::Consistent, format!("{claim}."))
    };
    sheet
        .push(Row::new(GROUPS_FLOW, verdict, message).groups(ids).reported(size).expected(Range { low: 0.0, high: n }));
}

fn is_only(study: &Study, basis: Basis) -> bool {
    study.record.groups.iter().filter(|g| g.kind == GroupKind::All && g.basis == Some(basis)).count() == 1
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Screened => "screened",
        Basis::Enrolled => "enrolled",
        Basis::Randomised => "randomised",
        Basis::Treated => "treated",
        Basis::Evaluable => "evaluable",
    }
}
