//! Times and grades: what gap rules and pairs bind to the numbers of a list.

use super::list::List;
use crate::find::Masked;
use crate::rules::{GapSet, Kind, RuleId};

/// A time or grade bound to a number: its mention, and the gap rule that bound it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bound {
    pub mention: usize,
    pub rule: Option<RuleId>,
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
    list.members
        .iter()
        .map(|member| {
            let stop = next_number(text, member.at).unwrap_or(text.len());
            let behind = places
                .iter()
                .find(|(at, _)| *at > member.at && *at < stop && !leads_a_number(text, *at))
                .and_then(|(at, mention)| Some((after.best(&text[member.at + 1..*at])?, *mention)));
            let ahead = places
                .iter()
                .rev()
                .find(|(at, _)| {
                    // Brackets that hold nothing else are no bounds, but those around them are.
                    let from = if alone_in_brackets(text, *at) { closing(text, *at) } else { *at };
                    // "(severe [grade 3] 23%), rash in 38% (severe 17%)": what "severe" means was said before.
                    let severe = ["(severe ", "(severe in "].iter().any(|w| text[..member.at].ends_with(w));
                    *at < member.at && (severe || !text.get(from..member.at).is_some_and(leaves_brackets))
                })
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

/// Whether an attribute is that of the number behind it: "(grade 3 or 4, 1%", "and was grade 3 in 7", "at 2 years was
/// 43%".
fn leads_a_number(text: &str, at: usize) -> bool {
    let opens = text[..at].trim_end().ends_with(['(', '[', ';']);
    let behind = text[at + 1..].trim_start_matches([',', ':', '=', ' ']);
    let inside = ["in ", "was ", "were "].iter().find_map(|w| behind.strip_prefix(w));
    (opens || inside.is_some()) && inside.unwrap_or(behind).bytes().next() == Some(Kind::Bundle.symbol())
}

/// The first number behind byte `at` that is not a companion in brackets: "by 2.3 points (31%) at 6 months".
fn next_number(text: &str, at: usize) -> Option<usize> {
    let is_number = |b: u8| b == Kind::Bundle.symbol();
    let from = at + 1;
    let behind = text[from..].trim_start().strip_prefix(['(', '[']).unwrap_or_default();
    let companion = behind.bytes().next().is_some_and(is_number) && behind[1..].starts_with([')', ']']);
    let skip = if companion { text.len() - behind.len() + 1 } else { from };
    text[skip..].bytes().position(is_number).map(|k| skip + k)
}

/// Whether brackets hold nothing but an attribute: "Neutropenia (grade 3-4) was seen in 12%".
fn alone_in_brackets(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    let before = before.strip_suffix("at").map_or(before, str::trim_end);
    before.ends_with(['(', '[']) && text[at + 1..].trim_start().starts_with([')', ']'])
}

/// One past the first closing bracket behind byte `at`.
fn closing(text: &str, at: usize) -> usize {
    text[at..].find([')', ']']).map_or(at, |k| at + k + 1)
}

/// Attributes joined in one phrase that share out the numbers of a list: "1- and 2-year", "(any grade; grade 3 or 4)".
/// The phrase stands right before the list or, with as many members, right behind it.
fn paired(masked: &Masked<'_>, list: &List, places: &[(usize, usize)]) -> Option<Vec<Option<Bound>>> {
    let text = masked.text();
    let k = list.members.len();
    let (first, last) = list.extent();
    if k < 2 {
        return None;
    }
    let bound = |(_, mention): &(usize, usize)| Some(Bound { mention: *mention, rule: None });
    let before: Vec<(usize, usize)> = places.iter().copied().filter(|(at, _)| *at < first).collect();
    let joined = 1 + before.windows(2).rev().take_while(|pair| is_joined(&text[pair[0].0 + 1..pair[1].0])).count();
    let run = &before[before.len().saturating_sub(joined)..];
    if let Some((at, _)) = run.last()
        && run.len() > 1
        && k.is_multiple_of(run.len())
        && !text[at + 1..first].contains('.')
    {
        // "80% vs 70% and 60% vs 50%": the groups of each time stand together.
        let each = k / run.len();
        let which = |member: usize| if list.versus { member / each } else { member % run.len() };
        return Some((0..k).map(|member| bound(&run[which(member)])).collect());
    }
    let behind: Vec<(usize, usize)> = places.iter().copied().filter(|(at, _)| *at > last).take(k).collect();
    let inside = places.iter().any(|(at, _)| *at > first && *at < last);
    let all = behind.windows(2).all(|pair| is_joined(&text[pair[0].0 + 1..pair[1].0]));
    let near = behind.first().is_some_and(|(at, _)| is_near(&text[last + 1..*at]));
    (behind.len() == k && all && near && !inside && !list.versus).then(|| behind.iter().map(bound).collect())
}

/// Whether `gap` joins two attributes of one phrase.
fn is_joined(gap: &str) -> bool {
    let glue = gap.contains("and") || gap.contains([',', ';', '/']) || gap.contains("or");
    gap.len() <= 12 && gap.bytes().all(|b| !b.is_ascii_uppercase()) && glue
}

/// Whether `gap` leads from the last number of a list to the attributes of all of them.
fn is_near(gap: &str) -> bool {
    gap.len() <= 16 && gap.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b' ' | b',' | b'('))
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
