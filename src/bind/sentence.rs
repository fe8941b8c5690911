//! One sentence: its lists of numbers, each bound to outcome, group, time and grade.

use super::arms::Arms;
use super::clause;
use super::context::Context;
use super::document::Document;
use super::enclosing;
use super::grade;
use super::group::{self, Belongs};
use super::list::{self, List};
use super::measure;
use super::outcome::{self, Named};
use super::p_value;
use super::phrase;
use super::population::{Census, Who};
use super::split;
use super::time;
use crate::find::{Masked, Mention};
use crate::model::{BoundBy, FindingKind, Measure};
use crate::rules::{Domain, Kind, RuleId, RulePack};

/// A finding on its way: mentions, not yet values.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub sentence: usize,
    /// The bundle.
    pub mention: usize,
    pub kind: FindingKind,
    pub concluding: bool,
    pub outcome: Named,
    pub measure: Measure,
    pub belongs: Option<Belongs>,
    pub time: Option<usize>,
    pub grade: Option<usize>,
    /// A p value that compares the number with others and does not stand in its own brackets.
    pub shared_p: Option<usize>,
    /// An interval that stands in brackets of its own behind the number.
    pub own_interval: Option<usize>,
    /// The bundle that holds the count of this percentage, where the outcome stands between them.
    pub counted: Option<usize>,
    /// The bundle in whose brackets this one stands, and whose people it shares.
    pub within: Option<usize>,
    /// The later number of the list whose unit this one shares.
    pub unit_of: Option<usize>,
    pub rules: Vec<RuleId>,
}

/// Collects the rules that had a part in a finding, each once.
struct Trace<'m, 'p> {
    masked: &'m Masked<'p>,
    rules: Vec<RuleId>,
}

impl<'m, 'p> Trace<'m, 'p> {
    fn new(masked: &'m Masked<'p>) -> Self {
        Self { masked, rules: Vec::new() }
    }

    fn mention(mut self, mention: usize) -> Self {
        self.masked.rules_of(mention, &mut self.rules);
        self
    }

    fn mentions(self, mention: Option<usize>) -> Self {
        match mention {
            Some(mention) => self.mention(mention),
            None => self,
        }
    }

    fn rules(mut self, rules: impl IntoIterator<Item = Option<RuleId>>) -> Self {
        self.rules.extend(rules.into_iter().flatten());
        self
    }

    fn done(mut self) -> Vec<RuleId> {
        let mut seen = std::collections::BTreeSet::new();
        self.rules.retain(|rule| seen.insert(*rule));
        self.rules
    }
}

impl Draft {
    /// One draft for each arm where the number was said of every arm; else the draft itself.
    fn for_every_arm(self, arms: &Arms) -> Vec<Self> {
        match self.belongs {
            Some(Belongs { who: Who::Every, by, rule }) if !arms.list.is_empty() => {
                let of_arm = |arm| Self { belongs: Some(Belongs { who: Who::Arm(arm), by, rule }), ..self.clone() };
                (0..arms.list.len()).map(of_arm).collect()
            }
            _ => vec![self],
        }
    }
}

/// What a sentence leaves to the next ones.
#[derive(Debug, Default)]
pub(super) struct Previous {
    /// The order in which arms were last compared.
    pub order: Vec<usize>,
    /// The outcomes of the last list of the sentence before.
    outcomes: Vec<Named>,
}

/// What the lists of a sentence leave to each other.
#[derive(Default)]
struct Carried {
    outcomes: Vec<Vec<Named>>,
    /// Outcomes of the sentence before.
    before: Vec<Named>,
    time: Option<usize>,
    spent: Vec<usize>,
    /// Places of arms named behind the numbers that are theirs.
    spent_arms: Vec<usize>,
    /// Byte in the masked string of the last number bound.
    last_at: Option<usize>,
}

/// The findings of sentence `index`.
pub(super) fn bind(
    pack: &RulePack,
    document: &Document<'_, '_>,
    index: usize,
    arms: &Arms,
    census: &Census,
    context: &Context,
    previous: &mut Previous,
) -> Vec<Draft> {
    let masked = &document.sentences[index].masked;
    if context.suppressed {
        return Vec::new();
    }
    let folded = document.text.folded();
    let words = measure::words(pack, masked, folded);
    let mut carried =
        Carried { time: time::opening(masked), before: std::mem::take(&mut previous.outcomes), ..Carried::default() };
    let mut drafts = Vec::new();
    for list in list::lists(pack, masked) {
        let Some((outcomes, outcome_rule)) = outcomes(pack, masked, folded, &list, &words, &mut carried) else {
            continue;
        };
        let belongs = group::bind(pack, masked, &list, arms, &mut previous.order, &mut carried.spent_arms);
        let times = time::times(pack, masked, &list);
        let grades = grade::grades(pack, masked, &list, &outcomes);
        let mut told_before = None;
        for (k, member) in list.members.iter().enumerate() {
            let bundle = &masked.mentions()[member.mention];
            for named in &outcomes[k] {
                let domain = named.domain(pack);
                if bundle.part("unreached").is_some() && domain.is_none() && !masked.text().contains("median") {
                    // "The maximum tolerated dose was not reached" tells of no time.
                    continue;
                }
                let unit_of = shared_unit(masked, &list, k);
                // "Graft survival": a survival without a name of its own is measured like one.
                let survives = folded[named.at.0..named.at.1].ends_with("survival");
                let measured = if survives { Some(Domain::Survival) } else { domain };
                let told =
                    measure::measure(masked, member.at, bundle, unit_of, measured, &words).after(told_before, bundle);
                if told.measure == Measure::Other && is_passing_time(masked, &list, k, unit_of, belongs[k]) {
                    continue;
                }
                if told_before != Some(Measure::Change) {
                    told_before = Some(told.measure);
                }
                let own = Some(belongs[k].unwrap_or_else(|| scope(masked, index, census, member.at, domain)));
                let time = time::of(masked, bundle, times[k], carried.time, domain, told.measure);
                let grade = grades[k].filter(|_| graded(domain)).map(|g| g.mention);
                let rules = Trace::new(masked)
                    .mention(member.mention)
                    .mentions(named.place.and_then(|place| masked.mention_at(place)))
                    .mentions(time)
                    .mentions(grade)
                    .rules([named.rule, outcome_rule, own.and_then(|b| b.rule), told.rule])
                    .rules([times[k].and_then(|t| t.rule), grades[k].and_then(|g| g.rule)])
                    .rules(list.links.iter().copied().map(Some))
                    .done();
                let draft = Draft {
                    sentence: index,
                    mention: member.mention,
                    kind: if context.baseline && !outlasts_entry(domain)
                        || counts_entry(masked, bundle, domain)
                        || named.rule.is_none() && clause::disposes(pack, &folded[named.at.0..named.at.1])
                    {
                        FindingKind::Baseline
                    } else {
                        FindingKind::Result
                    },
                    concluding: context.conclusion,
                    outcome: named.clone(),
                    measure: told.measure,
                    belongs: own,
                    time,
                    grade,
                    shared_p: None,
                    own_interval: trailing_interval(masked, member.at),
                    counted: None,
                    within: enclosing::outer(masked, member.at),
                    unit_of,
                    rules,
                };
                // Several numbers "for each group" are one for each.
                let shared = list.members.len() == 1;
                drafts.extend(if shared { draft.for_every_arm(arms) } else { vec![draft] });
            }
        }
        if let Some(last) = times.iter().rev().flatten().next() {
            carried.time = Some(last.mention);
        }
        carried.last_at = Some(list.extent().1);
        previous.outcomes = distinct(&outcomes);
        carried.outcomes = outcomes;
    }
    split::join(masked, &mut drafts);
    p_value::share(pack, masked, &mut drafts);
    // Lists may lie in one another; findings stand in the order of their numbers.
    drafts.sort_by_key(|draft| masked.mentions()[draft.mention].start);
    drafts
}

/// Whether a length of time only says when or how long something was done ("and 48 hours", "for eight weeks"): it is no
/// value of a time to anything, and nothing compares it or says how it spreads.
fn is_passing_time(masked: &Masked<'_>, list: &List, k: usize, unit_of: Option<usize>, own: Option<Belongs>) -> bool {
    let bundle = &masked.mentions()[list.members[k].mention];
    let kind = |mention: usize| masked.mentions()[mention].kind;
    let time = unit_of.or(bundle.part("estimate")).is_some_and(|m| kind(m) == Kind::Duration);
    let told = ["interval", "p", "spread", "arm"].iter().any(|part| bundle.part(part).is_some());
    let arm = own.is_some_and(|b| b.by == BoundBy::Construction && matches!(b.who, Who::Arm(_)));
    time && !told && !arm && !list.versus && !list.respectively
}

/// Whether nothing but punctuation, p values and "respectively" stands between a ratio and the number before it.
fn follows_closely(masked: &Masked<'_>, list: &List, before: Option<usize>) -> bool {
    // Lists may lie in one another, and then nothing stands between.
    let gap = before.and_then(|at| masked.text().get(at + 1..list.members[0].at));
    gap.is_some_and(|gap| {
        gap.len() <= 30
            && !gap.contains("for")
            && gap.bytes().all(|b| !b.is_ascii_uppercase() || matches!(b, b'R' | b'X' | b'A' | b'S'))
    })
}

/// The outcomes of a list, each once, in order.
fn distinct(outcomes: &[Vec<Named>]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for named in outcomes.iter().flatten() {
        if !found.contains(named) {
            found.push(named.clone());
        }
    }
    found
}

/// The outcomes of a list, or those of the list before it where it has none of its own.
fn outcomes(
    pack: &RulePack,
    masked: &Masked<'_>,
    folded: &str,
    list: &List,
    words: &[measure::Word],
    carried: &mut Carried,
) -> Option<(Vec<Vec<Named>>, Option<RuleId>)> {
    let k = list.members.len();
    let first = list.members[0].at;
    let changed = words.iter().any(|(_, end, told, _)| *told == Measure::Change && *end <= first && first - end <= 3);
    if let Some(named) = inside(pack, masked, list.members[0].mention) {
        let of = list.members.iter().map(|m| vec![inside(pack, masked, m.mention).unwrap_or_else(|| named.clone())]);
        return Some((of.collect(), None));
    }
    if list.members[0].ratio
        && let Some(governing) = outcome::governing(pack, masked, folded)
    {
        return Some((vec![vec![governing]; k], None));
    }
    if list.members[0].ratio && follows_closely(masked, list, carried.last_at) && !carried.outcomes.is_empty() {
        return carried.outcomes.last().cloned().map(|last| (vec![last; k], None));
    }
    if let Some(found) = outcome::bind(pack, masked, folded, list, &mut carried.spent) {
        return Some((found.of, found.rule));
    }
    if carried.outcomes.is_empty() && list.respectively && carried.before.len() == k {
        return Some((carried.before.iter().map(|named| vec![Named { place: None, ..named.clone() }]).collect(), None));
    }
    let fresh = carried.last_at.and_then(|at| {
        phrase::fresh(pack, masked, list, at).or_else(|| {
            let unknown = carried.outcomes.last().is_some_and(|last| last.iter().all(|named| named.rule.is_none()));
            phrase::opened(pack, masked, list).filter(|_| unknown)
        })
    });
    let last = fresh
        .map(|named| vec![named])
        .or_else(|| carried.outcomes.last().cloned())
        .or_else(|| phrase::unnamed(pack, masked, list, changed).map(|named| vec![named]))?;
    Some((vec![last; k], None))
}

/// The outcome within a number's own words: "hazard ratio for death, 0.61", "212 deaths among 1840 women".
fn inside(pack: &RulePack, masked: &Masked<'_>, mention: usize) -> Option<Named> {
    let bundle = &masked.mentions()[mention];
    let of = bundle.parts.iter().find(|p| p.name == "of")?;
    let (inner, m) = masked
        .mentions()
        .iter()
        .enumerate()
        .rev()
        .find(|(_, m)| m.kind == Kind::Outcome && m.start >= of.start && m.end <= of.end)?;
    Some(Named { rule: outcome::rule_of(pack, masked, inner), at: (m.start, m.end), place: None })
}

/// Whether a bundle says how many had a disease, in a sentence that says how many entered: "60 patients with one disease
/// (n = 30) or the other (n = 30) were treated".
fn counts_entry(masked: &Masked<'_>, bundle: &Mention<'_>, domain: Option<Domain>) -> bool {
    let enters = masked.text().bytes().any(|b| b == Kind::Counted.symbol());
    enters && domain.is_none() && bundle.part("estimate").is_none() && bundle.part("both").is_none()
}

/// Whether outcomes of a domain are results even in a sentence with words of characteristics at entry, which then tell
/// who the people are: "median survival in previously treated patients".
fn outlasts_entry(domain: Option<Domain>) -> bool {
    matches!(domain, Some(Domain::Response | Domain::Survival | Domain::TimeToEvent))
}

/// Whether outcomes of a domain have grades.
fn graded(domain: Option<Domain>) -> bool {
    matches!(
        domain,
        None | Some(Domain::Toxicity | Domain::Transplant | Domain::Other | Domain::Failure | Domain::Conduct)
    )
}

/// The part of the people that the sentence is about, else everyone.
fn scope(masked: &Masked<'_>, sentence: usize, census: &Census, at: usize, domain: Option<Domain>) -> Belongs {
    let byte = masked.folded(at, at + 1).0;
    if let Some(part) = census.part_at(sentence, byte) {
        let p = &census.parts[part];
        let who = if p.is_arm { p.arm.map_or(Who::Part(part), Who::Arm) } else { Who::Part(part) };
        return Belongs { who, by: BoundBy::Scope, rule: Some(p.rule) };
    }
    // "After a follow-up of 31 months, relapse was rarer with exercise": everyone was followed.
    let led = domain != Some(Domain::Conduct) || masked.text()[..at].bytes().any(|b| b == Kind::Arm.symbol());
    if let Some(arm) = only_arm(masked).filter(|_| led) {
        return Belongs { who: Who::Arm(arm), by: BoundBy::Clause, rule: None };
    }
    Belongs { who: Who::All, by: BoundBy::Scope, rule: None }
}

/// The one arm that a sentence names, if it compares it with nothing.
fn only_arm(masked: &Masked<'_>) -> Option<usize> {
    let mut arms = masked.top().map(|(_, m)| &masked.mentions()[m]).filter(|m| m.kind == Kind::Arm).map(|m| m.arm);
    let first = arms.next()??;
    let alone = arms.all(|arm| arm == Some(first));
    let compared = masked.text().bytes().any(|b| b == Kind::Versus.symbol()) || masked.text().contains("than");
    (alone && !compared).then_some(first)
}

/// The interval in the next brackets behind a number: "69.8 months in the control group (95% CI, 61.6 to 79.8)".
fn trailing_interval(masked: &Masked<'_>, at: usize) -> Option<usize> {
    let is_interval = |kind| matches!(kind, Kind::Ci | Kind::Range | Kind::Bare);
    let (place, mention) = masked.top().find(|(place, m)| {
        let kind = masked.mentions()[*m].kind;
        *place > at && (is_interval(kind) || kind == Kind::Bundle)
    })?;
    let gap = &masked.text()[at + 1..place];
    let near = gap.len() <= TRAILING_WITHIN && gap.ends_with(['(', '[']) && !gap.contains([';', '.', ')', ']']);
    (near && is_interval(masked.mentions()[mention].kind)).then_some(mention)
}

/// Bytes of a masked sentence within which an interval in brackets is still that of the number before.
const TRAILING_WITHIN: usize = 60;

/// The mention of the next number of the list that has a unit, where member `k` has none.
fn shared_unit(masked: &Masked<'_>, list: &List, k: usize) -> Option<usize> {
    let estimate = |member: &list::Reported| {
        let mention = masked.mentions()[member.mention].part("estimate")?;
        Some((mention, masked.mentions()[mention].kind))
    };
    let (_, kind) = estimate(&list.members[k])?;
    if !matches!(kind, Kind::Int | Kind::Dec | Kind::Year) {
        return None;
    }
    let later = list.members[k + 1..].iter().filter_map(estimate);
    later
        .into_iter()
        .find(|(_, kind)| matches!(kind, Kind::Percent | Kind::Duration | Kind::Amount))
        .map(|(mention, _)| mention)
}
