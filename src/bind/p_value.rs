//! P values of numbers that carry none in their own brackets.
//!
//! A p value that compares numbers stands behind the last of them: in its brackets, in brackets of its own, or with
//! the ratio that compares them. It is given to every number it compares: those of the same outcome, time and grade
//! since the p value before it.

use super::outcome;
use super::population::Who;
use super::sentence::Draft;
use crate::find::Masked;
use crate::rules::{Kind, RulePack};

/// A p value of a sentence.
#[derive(Debug, Clone, Copy)]
struct Source {
    /// Byte in the masked string: its own, or that of the bundle it stands in.
    at: usize,
    /// Its mention.
    mention: usize,
    /// The bundle it stands in.
    bundle: Option<usize>,
    /// Whether it belongs to a two-group measure.
    ratio: bool,
}

/// Bytes of a masked sentence within which a p value is that of the number before it.
const WITHIN: usize = 50;

/// The same where the outcome stands between, where it has brackets of its own, or where a ratio compares the numbers.
const BEYOND_OUTCOME: usize = 80;

/// Bytes from one number to the next of a pair that a ratio compares: "from 13 to 30 months".
const PAIR: usize = 6;

/// Bytes between p values of one list: "P = .02 and P = .04".
const BETWEEN: usize = 7;

/// Bytes from the p value of a test to the ratio it tests: "log-rank P < .001; hazard ratio, 0.33".
const BEFORE_RATIO: usize = 12;

/// Gives the p values of a sentence to the numbers they compare.
pub(super) fn share(pack: &RulePack, masked: &Masked<'_>, drafts: &mut [Draft]) {
    let sources = sources(masked);
    if sources.is_empty() {
        return;
    }
    let places: Vec<usize> = drafts
        .iter()
        .map(|draft| masked.top().find(|(_, m)| *m == draft.mention).map_or(usize::MAX, |(at, _)| at))
        .collect();
    let mut from = 0;
    let mut k = 0;
    while k < sources.len() {
        let run = run(masked, &sources[k..]);
        let open: Vec<usize> = (0..drafts.len())
            .filter(|d| (from..sources[k].at).contains(&places[*d]) && bare(masked, &drafts[*d]))
            .collect();
        let given = if run > 1 {
            in_order(&sources[k..k + run], drafts, &open)
        } else {
            compared(pack, masked, sources[k], drafts, &places, &open)
        };
        for (draft, mention) in given {
            drafts[draft].shared_p = Some(mention);
        }
        from = sources[k + run - 1].at;
        k += run;
    }
    forward(masked, &sources, drafts, &places);
}

fn sources(masked: &Masked<'_>) -> Vec<Source> {
    masked
        .top()
        .filter_map(|(at, m)| {
            let mention = &masked.mentions()[m];
            match mention.kind {
                Kind::P => Some(Source { at, mention: m, bundle: None, ratio: false }),
                Kind::Bundle => {
                    let ratio = mention.part("ratio").is_some();
                    mention.part("p").map(|p| Source { at, mention: p, bundle: Some(m), ratio })
                }
                _ => None,
            }
        })
        .collect()
}

/// How many of the first sources are p values of one list.
fn run(masked: &Masked<'_>, sources: &[Source]) -> usize {
    let joined = |pair: &[Source]| {
        let gap = &masked.text()[pair[0].at + 1..pair[1].at];
        pair.iter().all(|s| s.bundle.is_none()) && gap.len() <= BETWEEN && (gap.contains("and") || gap.contains(','))
    };
    1 + sources.windows(2).take_while(|pair| joined(pair)).count()
}

fn bare(masked: &Masked<'_>, draft: &Draft) -> bool {
    draft.shared_p.is_none() && masked.mentions()[draft.mention].part("p").is_none()
}

/// Whether two numbers are of the same thing: outcome, and but for ratios grade and, where both have one, time.
fn alike(masked: &Masked<'_>, a: &Draft, b: &Draft) -> bool {
    let named = a.outcome.at == b.outcome.at || a.outcome.rule.is_some() && a.outcome.rule == b.outcome.rule;
    let ratio = |d: &Draft| masked.mentions()[d.mention].part("ratio").is_some();
    let same_time = a.time.is_none() || b.time.is_none() || number(masked, a.time) == number(masked, b.time);
    named && (ratio(a) || ratio(b) || same_time && a.grade == b.grade)
}

/// The number of a time point.
fn number(masked: &Masked<'_>, time: Option<usize>) -> Option<f64> {
    let time = &masked.mentions()[time?];
    let inside = masked.mentions().iter().find(|m| m.start >= time.start && m.end <= time.end && m.number.is_some())?;
    inside.number.map(|n| n.value)
}

/// P values of a list go to the outcomes before them, in order; to all numbers where these have one outcome.
fn in_order(sources: &[Source], drafts: &[Draft], open: &[usize]) -> Vec<(usize, usize)> {
    let key = |d: usize| (&drafts[d].outcome.at, drafts[d].time);
    let mut keys = Vec::new();
    for d in open {
        if !keys.contains(&key(*d)) {
            keys.push(key(*d));
        }
    }
    let order = |d: usize| keys.iter().position(|k| *k == key(d));
    match keys.len() {
        1 => open.iter().map(|d| (*d, sources[0].mention)).collect(),
        n if n == sources.len() => open.iter().filter_map(|d| Some((*d, sources[order(*d)?].mention))).collect(),
        _ => Vec::new(),
    }
}

/// The open numbers that a p value compares.
fn compared(
    pack: &RulePack,
    masked: &Masked<'_>,
    source: Source,
    drafts: &[Draft],
    places: &[usize],
    open: &[usize],
) -> Vec<(usize, usize)> {
    let text = masked.text();
    let Some(last) = open.last().copied() else { return Vec::new() };
    let give = |chosen: Vec<usize>| chosen.into_iter().map(|d| (d, source.mention)).collect();
    let gap = &text[places[last] + 1..source.at];
    let anchor = if let Some(bundle) = source.bundle {
        let Some(anchor) = drafts.iter().find(|d| d.mention == bundle) else { return Vec::new() };
        if source.ratio && (gap.len() > BEYOND_OUTCOME || gap.contains('.')) {
            return Vec::new();
        }
        // A ratio right behind two numbers compares them, whatever it says that it is for.
        if source.ratio && reaches(gap, false) { &drafts[last] } else { anchor }
    } else {
        if said_of_all(text, source.at) {
            return give(open.to_vec());
        }
        if let Some(rule) = said_for(pack, masked, source.at) {
            return give(open.iter().copied().filter(|d| drafts[*d].outcome.rule == Some(rule)).collect());
        }
        if !reaches(gap, own_outcome(pack, masked, &drafts[last], (places[last], source.at))) {
            return Vec::new();
        }
        &drafts[last]
    };
    let like: Vec<usize> = open.iter().copied().filter(|d| alike(masked, &drafts[*d], anchor)).collect();
    let Some(first) = like.first().copied() else { return Vec::new() };
    let between = &text[places[first]..source.at];
    let arms: Vec<Who> = like.iter().filter_map(|d| drafts[*d].belongs).map(|b| b.who).collect();
    let pair = like.windows(2).any(|d| places[d[1]] > places[d[0]] && places[d[1]] - places[d[0]] <= PAIR);
    let two_arms = arms.iter().any(|who| matches!(who, Who::Arm(_)) && *who != arms[0]);
    let told = versus(between) || two_arms || pair && source.ratio;
    if told && !between.contains(". ") {
        return give(like);
    }
    // Nothing says that they are compared: the p value of a ratio is its own, and any other that of the clause.
    if source.ratio {
        return Vec::new();
    }
    let clause = |d: &usize| !text[places[*d]..source.at].contains([';', '.', ':']);
    let own = |d: &usize| source.bundle.is_none() && drafts[*d].mention == drafts[last].mention;
    give(like.into_iter().filter(|d| clause(d) || own(d)).collect())
}

/// Whether all that is named between a number and a p value (bytes of the masked string) is the number's own outcome.
fn own_outcome(pack: &RulePack, masked: &Masked<'_>, draft: &Draft, between: (usize, usize)) -> bool {
    let mut named = masked
        .top()
        .filter(|(at, m)| *at > between.0 && *at < between.1 && masked.mentions()[*m].kind == Kind::Outcome)
        .map(|(at, m)| draft.outcome.place == Some(at) || outcome::rule_of(pack, masked, m) == draft.outcome.rule)
        .peekable();
    named.peek().is_some() && named.all(|own| own)
}

/// Whether a p value behind `gap` is that of the number before it. The outcome may stand between, but no other may.
fn reaches(gap: &str, own_outcome: bool) -> bool {
    let named = |kind: Kind| gap.bytes().any(|b| b == kind.symbol());
    if named(Kind::Noun) || named(Kind::Outcome) && !own_outcome {
        return false;
    }
    // In brackets of its own it closes the clause.
    let bracketed = gap.ends_with(['(', '[']) && !gap.contains(',');
    let far = (own_outcome || bracketed) && !gap.contains([';', '.']);
    gap.len() <= if far { BEYOND_OUTCOME } else { WITHIN }
}

fn versus(between: &str) -> bool {
    between.bytes().any(|b| b == Kind::Versus.symbol() || b == Kind::Respectively.symbol())
        || between.contains(" than ")
}

/// "all P < .001", "P < .001 for both".
fn said_of_all(text: &str, at: usize) -> bool {
    let after = &text[at + 1..];
    let before = &text[..at];
    [" for all", " for both", " for each", " in all cases", " in both cases"].iter().any(|w| after.starts_with(w))
        || ["all ", "both ", "each "].iter().any(|w| before.ends_with(w))
}

/// The outcome that a p value says it is for: "P = .04 for relapse".
fn said_for(pack: &RulePack, masked: &Masked<'_>, at: usize) -> Option<crate::rules::RuleId> {
    let rest = &masked.text()[at + 1..];
    let skip = [" for the ", " for "].into_iter().find(|w| rest.starts_with(w))?.len();
    let place = at + 1 + skip;
    let mention = (place < masked.text().len()).then(|| masked.mention_at(place)).flatten()?;
    outcome::rule_of(pack, masked, mention)
}

/// A p value that stands with the first of two compared numbers is the second's too, and that of a test right before
/// a ratio is the ratio's.
fn forward(masked: &Masked<'_>, sources: &[Source], drafts: &mut [Draft], places: &[usize]) {
    let text = masked.text();
    for d in 0..drafts.len() {
        if !bare(masked, &drafts[d]) || places[d] == usize::MAX {
            continue;
        }
        let ratio = masked.mentions()[drafts[d].mention].part("ratio").is_some();
        let found = sources.iter().rev().filter(|s| s.at < places[d]).find(|s| {
            let gap = &text[s.at + 1..places[d]];
            if ratio {
                return s.bundle.is_none() && gap.len() <= BEFORE_RATIO && !gap.contains([')', ']', '.']);
            }
            let told = gap.bytes().any(|b| b == Kind::Versus.symbol())
                || text[places[d]..].bytes().any(|b| b == Kind::Respectively.symbol());
            let has = |e: &Draft| s.bundle == Some(e.mention) || e.shared_p == Some(s.mention);
            let like = drafts.iter().any(|e| has(e) && alike(masked, e, &drafts[d]));
            !s.ratio && told && like && !gap.contains([';', '.'])
        });
        if let Some(source) = found {
            drafts[d].shared_p = Some(source.mention);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example;

    const ARMS: &str = "Patients were randomised to exercise (n = 40) or usual care (n = 38). ";

    /// Number and p value of each finding.
    fn values(sentence: &str) -> Vec<(f64, Option<f64>)> {
        example::findings(&format!("{ARMS}{sentence}"))
            .iter()
            .filter_map(|f| Some((f.estimate.as_ref()?.value, f.p.as_ref().map(|p| p.value))))
            .collect()
    }

    #[test]
    fn both_compared_numbers_get_the_p_value() {
        assert_eq!(values("Relapse was seen in 31% vs 57% (P = .02)."), [(31.0, Some(0.02)), (57.0, Some(0.02))]);
        let said = "Relapse was seen in 31% with exercise (P = .02) versus 57% with usual care.";
        assert_eq!(values(said), [(31.0, Some(0.02)), (57.0, Some(0.02))]);
        let said = "The relapse rate was 31% with exercise and 57% with usual care (hazard ratio, 0.50; P = .02).";
        assert_eq!(values(said), [(31.0, Some(0.02)), (57.0, Some(0.02)), (0.5, Some(0.02))]);
    }

    #[test]
    fn p_values_of_a_list_go_in_order() {
        let said = "Relapse (31% vs 57%) and death (12% vs 14%) were rarer (P = .02 and P = .6, respectively).";
        let p: Vec<Option<f64>> = values(said).iter().map(|v| v.1).collect();
        assert_eq!(p, [Some(0.02), Some(0.02), Some(0.6), Some(0.6)]);
    }

    #[test]
    fn another_outcome_keeps_its_own() {
        let said = "Death was seen in 12%; relapse was seen in 31% vs 57% (P = .02).";
        assert_eq!(values(said), [(12.0, None), (31.0, Some(0.02)), (57.0, Some(0.02))]);
        let said = "Relapse was seen in 31% vs 57% and death in 12% vs 14% (P = .02 for relapse).";
        assert_eq!(values(said)[0].1, Some(0.02));
        assert_eq!(values(said)[3].1, None);
    }
}
