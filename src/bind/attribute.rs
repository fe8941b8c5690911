//! Times and grades: what gap rules and pairs bind to the numbers of a list.

use super::list::List;
use crate::find::Masked;
use crate::rules::{GapSet, Kind, RuleId, RulePack};

/// A time or grade bound to a number: its mention, and the gap rule that bound it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bound {
    pub mention: usize,
    pub rule: Option<RuleId>,
}

/// Times of the members of a list.
pub(super) fn times(pack: &RulePack, masked: &Masked<'_>, list: &List) -> Vec<Option<Bound>> {
    attributes(masked, list, Kind::Time, &pack.gaps().time_before, &pack.gaps().time_after)
}

/// Attributes of one kind of the members of a list, by the gap rules before and after.
pub(super) fn attributes(
    masked: &Masked<'_>,
    list: &List,
    kind: Kind,
    before: &GapSet,
    after: &GapSet,
) -> Vec<Option<Bound>> {
    let text = masked.text();
    let places: Vec<(usize, usize)> = masked.top().filter(|(_, m)| masked.mentions()[*m].kind == kind).collect();
    if places.is_empty() {
        return vec![None; list.members.len()];
    }
    if let Some(paired) = paired(masked, list, &places) {
        return paired;
    }
    let bundles: Vec<usize> =
        masked.top().filter(|(_, m)| masked.mentions()[*m].kind == Kind::Bundle).map(|(at, _)| at).collect();
    list.members
        .iter()
        .map(|member| {
            let stop = bundles.iter().copied().find(|b| *b > member.at).unwrap_or(text.len());
            let behind = places
                .iter()
                .find(|(at, _)| *at > member.at && *at < stop && !leads_a_number(text, *at))
                .and_then(|(at, mention)| Some((after.best(&text[member.at + 1..*at])?, *mention)));
            let ahead = places
                .iter()
                .rev()
                .find(|(at, _)| *at < member.at && !leaves_brackets(&text[*at..member.at]))
                .and_then(|(at, mention)| Some((before.best(&text[*at + 1..member.at])?, *mention)));
            let best = match (behind, ahead) {
                (Some(b), Some(a)) => Some(if b.0.1 <= a.0.1 { b } else { a }),
                (b, a) => b.or(a),
            };
            best.map(|((rule, _), mention)| Bound { mention, rule: Some(rule) })
        })
        .scan(None, |last, own| {
            // What was said of one member of a list holds for those after it.
            *last = own.or(*last);
            Some(*last)
        })
        .collect()
}

/// Whether an attribute is that of the number behind it: "(grade 3 or 4, 1%", "and was grade 3 in 7".
fn leads_a_number(text: &str, at: usize) -> bool {
    let opens = text[..at].trim_end().ends_with(['(', '[', ';']);
    let behind = text[at + 1..].trim_start_matches([',', ':', '=', ' ']);
    let inside = behind.strip_prefix("in ");
    (opens || inside.is_some()) && inside.unwrap_or(behind).bytes().next() == Some(Kind::Bundle.symbol())
}

/// As many attributes joined in one phrase as the list has members: "1- and 2-year", "(any grade; grade 3 or 4)".
fn paired(masked: &Masked<'_>, list: &List, places: &[(usize, usize)]) -> Option<Vec<Option<Bound>>> {
    let text = masked.text();
    let k = list.members.len();
    let first = list.members[0].at;
    if k < 2 || list.versus {
        return None;
    }
    let before: Vec<&(usize, usize)> = places.iter().filter(|(at, _)| *at < first).collect();
    let tail = before.get(before.len().checked_sub(k)?..)?;
    let joined = tail.windows(2).all(|pair| {
        let gap = &text[pair[0].0 + 1..pair[1].0];
        gap.len() <= 12
            && gap.bytes().all(|b| !b.is_ascii_uppercase())
            && (gap.contains("and")
                || gap.contains(',')
                || gap.contains(';')
                || gap.contains('/')
                || gap.contains("or"))
    });
    let near = !text[tail[k - 1].0 + 1..first].contains(['.']);
    (joined && near).then(|| tail.iter().map(|(_, mention)| Some(Bound { mention: *mention, rule: None })).collect())
}

/// Whether `between` closes a bracket that was open where it begins.
pub(super) fn leaves_brackets(between: &str) -> bool {
    let mut depth = 0;
    between.bytes().any(|b| {
        match b {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            _ => {}
        }
        depth < 0
    })
}
