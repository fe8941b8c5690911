//! The group of each number.

use super::arms::Arms;
use super::list::{List, Reported};
use super::outcome;
use super::population::Who;
use crate::find::Masked;
use crate::model::BoundBy;
use crate::rules::{Kind, RuleId, RulePack};

/// Whom a number belongs to, and how that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Belongs {
    pub who: Who,
    pub by: BoundBy,
    pub rule: Option<RuleId>,
}

/// Place of every arm mention of a sentence, and whom it means.
fn arm_mentions(masked: &Masked<'_>) -> Vec<(usize, Who)> {
    masked
        .top()
        .filter(|(_, m)| masked.mentions()[*m].kind == Kind::Arm)
        .filter_map(|(at, m)| {
            let mention = &masked.mentions()[m];
            let every = mention.constant("every").map(|_| Who::Every);
            Some((at, mention.arm.map(Who::Arm).or(every)?))
        })
        .collect()
}

/// Rank up to which a gap rule is a construction; above it only the clause is shared.
const CONSTRUCTION_RANK: u16 = 40;

/// Whom the members of a list belong to; none for a member that is not said to belong to anyone. `order` is the order
/// in which the text last compared the arms, and `spent` the places where the sentence named the arm of a number before
/// it; both are brought up to date.
pub(super) fn bind(
    pack: &RulePack,
    masked: &Masked<'_>,
    list: &List,
    arms: &Arms,
    order: &mut Vec<usize>,
    spent: &mut Vec<usize>,
) -> Vec<Option<Belongs>> {
    let mentions = arm_mentions(masked);
    let (first, last) = list.extent();
    let text = masked.text();
    let direct = direct(pack, masked, list, &mentions, spent);
    let strong = |b: &Option<Belongs>| b.is_some_and(|b| b.by == BoundBy::Construction);
    let distinct = direct.iter().flatten().map(Belongs::who_arm).collect::<std::collections::BTreeSet<_>>().len();
    let k = list.members.len();
    if direct.iter().all(strong) && (k == 1 || distinct > 1 || !list.versus) {
        note_order(order, direct.iter().flatten().filter_map(Belongs::who_arm));
        return direct;
    }
    if k > 1 {
        let named = named_arms(mentions.iter().filter(|(at, _)| *at < first));
        let arms_in_order = of_runs(masked, list, &named, arms)
            .or_else(|| pair_before(masked, &named, k))
            .or_else(|| pair_after(text, &mentions, last, k))
            .or_else(|| {
                let named = compared_with(text, &mentions, first).map_or(named, |other| vec![other]);
                (list.versus || list.respectively).then(|| in_known_order(&named, k, arms, order)).flatten()
            });
        if let Some(arms_in_order) = arms_in_order {
            note_order(order, arms_in_order.iter().copied());
            return arms_in_order
                .into_iter()
                .map(|arm| Some(Belongs { who: Who::Arm(arm), by: BoundBy::List, rule: None }))
                .collect();
        }
        if let Some(nested) = nested(&direct, list) {
            return nested;
        }
    }
    direct
}

impl Belongs {
    fn who_arm(&self) -> Option<usize> {
        match self.who {
            Who::Arm(arm) => Some(arm),
            Who::All | Who::Part(_) | Who::Every | Who::Loose => None,
        }
    }
}

/// The arms among mentions.
fn named_arms<'m>(mentions: impl Iterator<Item = &'m (usize, Who)>) -> Vec<usize> {
    mentions
        .filter_map(|(_, who)| match who {
            Who::Arm(arm) => Some(*arm),
            Who::All | Who::Part(_) | Who::Every | Who::Loose => None,
        })
        .collect()
}

fn note_order(order: &mut Vec<usize>, arms: impl Iterator<Item = usize>) {
    let mut seen = Vec::new();
    for arm in arms {
        if !seen.contains(&arm) {
            seen.push(arm);
        }
    }
    if seen.len() > 1 {
        *order = seen;
    }
}

/// The other of two arms, where the only one named before a list is what the first number is compared with: "fell to 5%
/// compared with usual care (5% v 12%)".
fn compared_with(text: &str, mentions: &[(usize, Who)], first: usize) -> Option<usize> {
    let before: Vec<&(usize, Who)> = mentions.iter().filter(|(at, _)| *at < first).collect();
    let [(at, Who::Arm(arm))] = before.as_slice() else { return None };
    let lead = text[..*at].trim_end_matches(' ');
    let lead = ["with the", "to the", "than in the", "than with", "than in", "the", "in", "with", "to", "that of"]
        .iter()
        .find_map(|w| lead.strip_suffix(w))
        .map_or(lead, str::trim_end);
    let fronted = lead.len() <= 1;
    let compared = lead.ends_with(char::from(Kind::Versus.symbol())) || lead.ends_with("than");
    (compared && !fronted).then_some(1_usize.wrapping_sub(*arm)).filter(|other| *other <= 1)
}

/// The arms of a list that names one of two, or none: the named one first, else the order they were last compared in,
/// else the order in which the abstract introduced them.
fn in_known_order(before: &[usize], k: usize, arms: &Arms, order: &[usize]) -> Option<Vec<usize>> {
    if arms.list.len() != k {
        return None;
    }
    if let ([first], 2) = (before, k) {
        return Some(vec![*first, 1 - *first]);
    }
    Some(if order.len() == k { order.to_vec() } else { (0..k).collect() })
}

/// The arms of a list with several numbers for each arm: "71% and 52% v 48% and 33%" arm by arm, "71% v 48% and 52% v
/// 33%" arm after arm.
fn of_runs(masked: &Masked<'_>, list: &List, before: &[usize], arms: &Arms) -> Option<Vec<usize>> {
    let compared =
        |pair: &[Reported]| masked.text()[pair[0].at..pair[1].at].bytes().any(|b| b == Kind::Versus.symbol());
    let breaks: Vec<bool> = list.members.windows(2).map(compared).collect();
    let (k, n) = (list.members.len(), arms.list.len());
    if n < 2 || k <= n || !k.is_multiple_of(n) {
        return None;
    }
    let order = pair_before(masked, before, n).unwrap_or_else(|| (0..n).collect());
    let each = k / n;
    if breaks.iter().enumerate().all(|(m, broken)| *broken == (m + 1).is_multiple_of(each)) {
        return Some((0..k).map(|m| order[m / each]).collect());
    }
    let alternate = breaks.iter().enumerate().all(|(m, broken)| *broken != (m + 1).is_multiple_of(n));
    alternate.then(|| (0..k).map(|m| order[m % n]).collect())
}

/// Arms bound by gap rules, each member by itself.
fn direct(
    pack: &RulePack,
    masked: &Masked<'_>,
    list: &List,
    mentions: &[(usize, Who)],
    spent: &mut Vec<usize>,
) -> Vec<Option<Belongs>> {
    let text = masked.text();
    let bundles: Vec<usize> =
        masked.top().filter(|(_, m)| masked.mentions()[*m].kind == Kind::Bundle).map(|(at, _)| at).collect();
    list.members
        .iter()
        .map(|member| {
            let bundle = &masked.mentions()[member.mention];
            if let Some(arm) = bundle.part("arm").and_then(|m| masked.mentions()[m].arm) {
                return Some(Belongs { who: Who::Arm(arm), by: BoundBy::Construction, rule: bundle.rule });
            }
            // "By 1.6 points (29%) with exercise": what is behind its companion in brackets.
            let companion = [" (B)", " [B]"].iter().any(|c| text[member.at + 1..].starts_with(c));
            let from = if companion { member.at + " (B)".len() } else { member.at };
            let stop = bundles.iter().copied().find(|b| *b > from).unwrap_or(text.len());
            let behind = mentions
                .iter()
                .find(|(at, _)| *at > from && *at < stop)
                .and_then(|(at, who)| Some((pack.gaps().group_after.best(&text[from + 1..*at])?, *at, *who)));
            let ahead = mentions
                .iter()
                .rev()
                .find(|(at, _)| *at < member.at)
                .filter(|(at, _)| !spent.contains(at) || outcome::depth(&text[*at..member.at]) > 0)
                .and_then(|(at, who)| Some((pack.gaps().group_before.best(&text[*at + 1..member.at])?, *at, *who)));
            let best = match (behind, ahead) {
                (Some(b), Some(a)) => Some(if b.0.1 <= a.0.1 { b } else { a }),
                (b, a) => b.or(a),
            };
            let ((rule, rank), at, who) = best?;
            if at > member.at {
                spent.push(at);
            }
            let by = if rank <= CONSTRUCTION_RANK { BoundBy::Construction } else { BoundBy::Clause };
            Some(Belongs { who, by, rule: Some(rule) })
        })
        .collect()
}

/// The last `k` different arms named before a list, in order; reversed after a fronted "Compared with A, B …".
fn pair_before(masked: &Masked<'_>, before: &[usize], k: usize) -> Option<Vec<usize>> {
    let mut found: Vec<usize> = Vec::new();
    for arm in before.iter().rev() {
        if !found.contains(arm) {
            found.insert(0, *arm);
        }
        if found.len() == k {
            break;
        }
    }
    if found.len() != k {
        return None;
    }
    let fronted = masked.text().starts_with(char::from(Kind::Versus.symbol()));
    if fronted && k == 2 {
        found.reverse();
    }
    Some(found)
}

/// `k` arms joined right behind a list: "31% and 57% in the exercise and control groups".
fn pair_after(text: &str, mentions: &[(usize, Who)], last: usize, k: usize) -> Option<Vec<usize>> {
    let after: Vec<&(usize, Who)> = mentions.iter().filter(|(at, _)| *at > last).take(k).collect();
    if after.len() != k {
        return None;
    }
    let near = after[0].0 - last <= 60 && !text[last + 1..after[0].0].contains(['B', ';', '.']);
    let joined = after.windows(2).all(|pair| {
        let gap = &text[pair[0].0 + 1..pair[1].0];
        gap.len() <= 24 && !gap.contains(['B', ';', '.', 'O'])
    });
    let arms = named_arms(after.into_iter());
    let distinct = arms.iter().collect::<std::collections::BTreeSet<_>>().len() == k;
    (near && joined && distinct).then_some(arms)
}

/// Each arm's numbers side by side: "4.5 and 9.2 with A and 3.3 and 7.6 with B".
fn nested(direct: &[Option<Belongs>], list: &List) -> Option<Vec<Option<Belongs>>> {
    let k = list.members.len();
    let bound: Vec<usize> = (0..k).filter(|m| direct[*m].is_some_and(|b| b.by == BoundBy::Construction)).collect();
    if bound.len() != 2 || bound[1] != k - 1 || bound[0] + 1 != k / 2 || !k.is_multiple_of(2) {
        return None;
    }
    Some(
        (0..k)
            .map(|m| if m < k / 2 { direct[bound[0]] } else { direct[bound[1]] })
            .map(|b| b.map(|b| Belongs { by: BoundBy::List, ..b }))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use crate::bind::example::findings;

    #[test]
    fn numbers_of_a_list_go_to_the_arms_in_their_order() {
        let arms = "They were randomised to exercise (n = 40) or usual care (n = 38). ";
        for said in [
            "Relapse was seen in 31% and 57% in the exercise and usual care groups, respectively.",
            "Relapse was rarer with exercise than with usual care (31% v 57%).",
        ] {
            let found = findings(&format!("{arms}{said}"));
            assert_eq!(found.len(), 2, "{said}");
            assert!(found[0].group < found[1].group, "{said}");
        }
    }
}
