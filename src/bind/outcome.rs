//! The outcome of each number of a list.

use super::attribute::leaves_brackets;
use super::list::{List, OWN_RANK};
use super::noun;
use crate::find::Masked;
use crate::rules::{Domain, Kind, RuleId, RulePack, Vocabulary};

/// An outcome as the sentence names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// Its rule; none for a noun phrase of no known name.
    pub rule: Option<RuleId>,
    /// Its words in the folded text.
    pub at: (usize, usize),
    /// Byte in the masked string; none where it was carried over.
    pub place: Option<usize>,
}

impl Named {
    /// The part of medicine it belongs to.
    pub fn domain(&self, pack: &RulePack) -> Option<Domain> {
        self.rule.and_then(|rule| pack.outcome(rule)).map(|outcome| outcome.domain)
    }
}

/// Outcomes of a list: for each member those it stands for (two where one number was said of both).
#[derive(Debug)]
pub(super) struct Outcomes {
    pub of: Vec<Vec<Named>>,
    /// The gap rule that bound them.
    pub rule: Option<RuleId>,
}

/// The outcome rule behind a mention, through brackets and abbreviations.
pub(super) fn rule_of(pack: &RulePack, masked: &Masked<'_>, mention: usize) -> Option<RuleId> {
    let m = &masked.mentions()[mention];
    match m.part("outcome") {
        Some(inner) => rule_of(pack, masked, inner),
        None => match m.constant("outcome") {
            Some(id) => pack.outcome_by_id(id),
            None => m.rule.filter(|rule| pack.outcome(*rule).is_some()),
        },
    }
}

fn named(pack: &RulePack, masked: &Masked<'_>, folded: &str, place: usize, mention: usize) -> Named {
    let m = &masked.mentions()[mention];
    // The words of the outcome proper, without its abbreviation in brackets.
    let inner = m.part("outcome").map_or(m, |inner| &masked.mentions()[inner]);
    let core = if m.kind == Kind::Noun { noun::core(pack, folded, m.start, m.end) } else { None };
    Named { rule: rule_of(pack, masked, mention), at: core.unwrap_or((inner.start, inner.end)), place: Some(place) }
}

/// Outcomes and noun phrases of a sentence: place in the masked string and mention.
fn candidates(pack: &RulePack, masked: &Masked<'_>, folded: &str) -> Vec<(usize, usize)> {
    let names_something = |m: usize| {
        let mention = &masked.mentions()[m];
        match mention.kind {
            Kind::Outcome => true,
            Kind::Noun => noun::core(pack, folded, mention.start, mention.end).is_some(),
            _ => false,
        }
    };
    masked.top().filter(|(_, m)| names_something(*m)).collect()
}

/// Added to the rank of an outcome that the number before it has already.
const SPENT: u16 = 40;

/// Binds the outcome of a list; none where no gap rule reaches one. `spent` holds places of outcomes that stand
/// after an earlier number and are its own.
pub(super) fn bind(
    pack: &RulePack,
    masked: &Masked<'_>,
    folded: &str,
    list: &List,
    spent: &mut Vec<usize>,
) -> Option<Outcomes> {
    let text = masked.text();
    let mut all = candidates(pack, masked, folded);
    drop_causes(pack, masked, &mut all);
    drop_circumstances(pack, masked, &mut all);
    let (first, last) = list.extent();
    let mut best: Option<(u16, usize, usize, RuleId, bool)> = None;
    for (index, (place, mention)) in all.iter().enumerate() {
        let (found, distance, after) = if *place < first {
            (pack.gaps().outcome_before.best(&text[place + 1..first]), first - place, false)
        } else if *place > last {
            (pack.gaps().outcome_after.best(&text[last + 1..*place]), place - last, true)
        } else if *place < list.members[1].at && masked.mentions()[*mention].kind == Kind::Outcome {
            // "two strokes with A and five with B": right behind the first number.
            let own = pack.gaps().outcome_after.best(&text[first + 1..*place]).filter(|(_, rank)| *rank <= OWN_RANK);
            (own, place - first, true)
        } else {
            continue;
        };
        let Some((rule, rank)) = found else { continue };
        let mut rank = rank;
        if !after && (spent.contains(place) || leaves_brackets(&text[*place + 1..first])) {
            rank += SPENT;
        }
        if !fits(pack, masked, *mention, list) {
            rank += MISFIT;
        }
        if is_aside(pack, &text[..*place]) {
            rank += ASIDE;
        }
        if best.is_none_or(|b| (rank, distance) < (b.0, b.1)) {
            best = Some((rank, distance, index, rule, after));
        }
    }
    let (_, _, index, rule, after) = best?;
    if after {
        spent.push(all[index].0);
    }
    let coordinated: Vec<usize> = coordinated(text, &all, index, after)
        .into_iter()
        .filter(|k| *k == index || !spent.contains(&all[*k].0))
        .collect();
    let names = |places: &[usize]| -> Vec<Named> {
        places.iter().map(|k| named(pack, masked, folded, all[*k].0, all[*k].1)).collect()
    };
    let k = list.members.len();
    let of = if coordinated.len() > 1 && k == coordinated.len() && !list.versus && !parted_by_arms(text, list) {
        coordinated.iter().map(|o| names(&[*o])).collect()
    } else if coordinated.len() > 1 && k == 2 * coordinated.len() {
        (0..k).map(|m| names(&[coordinated[m % coordinated.len()]])).collect()
    } else if coordinated.len() > 1
        && (!after && shares(pack, masked, &all, &coordinated, k) || after && k == 1 && denies(masked, list))
    {
        vec![names(&coordinated); k]
    } else {
        vec![names(&[index]); k]
    };
    Some(Outcomes { of, rule: Some(rule) })
}

/// Added to the rank of an outcome that only says which people, or when: "patients who had a response", "after relapse".
const ASIDE: u16 = 50;

/// Whether an outcome that `before` leads up to is such a one.
pub(super) fn is_aside(pack: &RulePack, before: &str) -> bool {
    pack.ends_with_word(Vocabulary::Aside, without_article(before))
}

/// Takes away noun phrases that only say where or in whom, where a known outcome stands before them in the clause:
/// "response rates after three cycles of the new drug (63%)".
fn drop_circumstances(pack: &RulePack, masked: &Masked<'_>, all: &mut Vec<(usize, usize)>) {
    let text = masked.text();
    let mut known: Option<usize> = None;
    // The last noun phrase taken away, or arm, that has its number in brackets.
    let mut whom: Option<usize> = None;
    all.retain(|(place, mention)| {
        if masked.mentions()[*mention].kind == Kind::Outcome {
            known = Some(*place);
            return true;
        }
        let Some(outcome) = known else { return true };
        let one_clause = !text[outcome..*place].contains([';', '.', ':', 'B']);
        let circumstance = one_clause && pack.ends_with_word(Vocabulary::Circumstance, text[..*place].trim_end());
        let between = &text[outcome + 1..*place];
        let arm = between.find(['(', '[']).filter(|k| compares(pack, &between[..*k]));
        let first = whom.filter(|first| *first > outcome).or(arm.map(|k| outcome + k));
        let parallel = first.is_some_and(|first| {
            is_parallel(text[first + 1..*place].trim_start_matches(|c: char| !matches!(c, '(' | '[')))
        });
        if circumstance || parallel {
            whom = Some(*place);
        }
        !(circumstance || parallel)
    });
}

/// The outcome that a sentence of prognostic factors is about: "age (HR 1.3) and stage (HR 2.1) were associated with
/// shorter survival".
pub(super) fn governing(pack: &RulePack, masked: &Masked<'_>, folded: &str) -> Option<Named> {
    let text = masked.text();
    let (place, mention) = masked.top().find(|(place, mention)| {
        masked.mentions()[*mention].kind == Kind::Outcome
            && pack.ends_with_word(Vocabulary::Governing, without_article(&text[..*place]))
    })?;
    Some(named(pack, masked, folded, place, mention))
}

/// Text before an outcome without the article and grade right before it.
fn without_article(before: &str) -> &str {
    let before = before.trim_end_matches([' ', char::from(Kind::Grade.symbol()), char::from(Kind::Time.symbol())]);
    let bare = ["a", "an", "the", "any"]
        .iter()
        .find_map(|article| before.strip_suffix(article).filter(|rest| rest.ends_with(' ')));
    bare.unwrap_or(before).trim_end()
}

/// Whether what stands between an outcome and its first bracket compares groups.
fn compares(pack: &RulePack, between: &str) -> bool {
    between.trim_end().ends_with('A') || between.split(' ').any(|word| pack.is_word(Vocabulary::Comparative, word))
}

/// How many brackets `gap` opens more than it closes.
pub(super) fn depth(gap: &str) -> i32 {
    gap.bytes().map(|b| i32::from(matches!(b, b'(' | b'[')) - i32::from(matches!(b, b')' | b']'))).sum()
}

/// Whether `between` two phrases is the number of the first in brackets and a word that compares: " (B) and ".
fn is_parallel(between: &str) -> bool {
    let Some(close) = between.rfind([')', ']']) else { return false };
    let glue = between[close + 1..].trim_start_matches(',').trim();
    let number = between.trim_start().starts_with(['(', '[']) && between[..close].contains('B');
    number && glue.len() <= 40 && ["and", "C", "than", "or", "but", "when C"].iter().any(|w| glue.starts_with(w))
}

/// Added to the rank of an outcome whose values are of another kind than the number.
const MISFIT: u16 = 35;

/// Whether the number of a list can be a value of an outcome: a length of time is no response, a percentage no
/// follow-up.
fn fits(pack: &RulePack, masked: &Masked<'_>, mention: usize, list: &List) -> bool {
    let bundle = &masked.mentions()[list.members[list.members.len() - 1].mention];
    let kind = bundle.part("estimate").map(|m| masked.mentions()[m].kind);
    let Some(rule) = rule_of(pack, masked, mention) else { return true };
    let domain = pack.outcome(rule).map(|o| o.domain);
    match kind {
        _ if list.members[0].ratio => true,
        Some(Kind::Duration) => !matches!(domain, Some(Domain::Response | Domain::Transplant | Domain::Toxicity)),
        Some(Kind::Percent) => pack.rule(rule).id != "follow_up",
        _ => true,
    }
}

/// Takes away outcomes that are only causes of another: "deaths due to sepsis (n = 2) and bleeding (n = 1)".
fn drop_causes(pack: &RulePack, masked: &Masked<'_>, all: &mut Vec<(usize, usize)>) {
    let text = masked.text();
    let is_failure =
        |m: usize| rule_of(pack, masked, m).and_then(|r| pack.outcome(r)).is_some_and(|o| o.domain == Domain::Failure);
    let caused = all.windows(2).find(|pair| {
        let gap = &text[pair[0].0 + 1..pair[1].0];
        is_failure(pair[0].1) && pack.has_word(Vocabulary::Cause, gap)
    });
    let Some(from) = caused.map(|pair| pair[1].0) else { return };
    let to = text[from..].find([';', '.']).map_or(text.len(), |k| from + k);
    all.retain(|(place, _)| *place < from || *place >= to);
}

/// Whether one number may be said of all of them: survival outcomes ("EFS and survival was 43%"), and toxicities where
/// there is but one number ("nausea and vomiting in 28%").
fn shares(pack: &RulePack, masked: &Masked<'_>, all: &[(usize, usize)], coordinated: &[usize], numbers: usize) -> bool {
    let domains: Vec<Option<Domain>> = coordinated
        .iter()
        .map(|k| rule_of(pack, masked, all[*k].1).and_then(|r| pack.outcome(r)).map(|o| o.domain))
        .collect();
    domains.iter().all(|d| matches!(d, Some(Domain::Survival | Domain::TimeToEvent)))
        || numbers == 1 && domains.iter().all(|d| *d == Some(Domain::Toxicity))
}

/// Whether arms stand between the numbers, which then are of one outcome each: "fever or rash in 10% on A and 2% on B".
fn parted_by_arms(text: &str, list: &List) -> bool {
    let (first, last) = list.extent();
    !list.respectively && text[first..last].bytes().any(|b| b == Kind::Arm.symbol())
}

/// Whether a list is a "no" or "none", which denies every outcome joined behind it: "no fever or rash".
fn denies(masked: &Masked<'_>, list: &List) -> bool {
    masked.mentions()[list.members[0].mention].part("none").is_some()
}

/// The outcomes joined to `index` by commas and "and", in order of mention.
fn coordinated(text: &str, all: &[(usize, usize)], index: usize, after: bool) -> Vec<usize> {
    let mut found = vec![index];
    if after {
        for next in index + 1..all.len() {
            if !joins(&text[all[next - 1].0 + 1..all[next].0]) {
                break;
            }
            found.push(next);
        }
    } else {
        for earlier in (0..index).rev() {
            if !joins(&text[all[earlier].0 + 1..all[earlier + 1].0]) {
                break;
            }
            found.insert(0, earlier);
        }
    }
    // Commas alone join nothing: "after completion, complete response rates were …".
    let gaps = found.windows(2).map(|pair| &text[all[pair[0]].0 + 1..all[pair[1]].0]);
    let joined = gaps.into_iter().any(|gap| gap.contains("and") || gap.contains("or") || gap.contains(['&', '/']));
    if joined { found } else { vec![index] }
}

/// Whether `gap` joins two outcomes of one list.
fn joins(gap: &str) -> bool {
    let bare: String = gap.chars().filter(|c| !matches!(c, 'T' | 'G')).collect();
    let words = bare.replace(',', " ");
    words.split_whitespace().all(|w| {
        matches!(
            w,
            "and"
                | "or"
                | "median"
                | "mean"
                | "the"
                | "cumulative"
                | "incidence"
                | "incidences"
                | "probability"
                | "probabilities"
                | "rates"
                | "rate"
                | "of"
                | "&"
                | "/"
                | "for"
                | "overall"
                | "grade"
                | "both"
                | "at"
        )
    }) && (!bare.trim().is_empty() || gap.contains(','))
}
